// SPDX-License-Identifier: GPL-2.0-or-later
// photons_simd.cpp - expose_row for the widest vectors of the machine.
#include "model/sensor/noise_hash.hpp"
#include "model/sensor/photons.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "model/sensor/photons_simd.cpp"
#include "hwy/foreach_target.h"  // IWYU pragma: keep

#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace t31::model {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class D32, class V32 = hn::Vec<D32>>
HWY_INLINE V32 pair_sums(D32 d, V32 h) {
  const auto bytes = hn::Set(d, 0x00ff00ffU);
  return hn::Add(hn::And(h, bytes), hn::And(hn::ShiftRight<8>(h), bytes));
}

// noise_sum() of the columns.
template <class D32, class V32 = hn::Vec<D32>>
HWY_INLINE hn::Vec<hn::RebindToSigned<D32>> noise_sums(D32 d, std::uint64_t key, V32 columns) {
  V32 h = hn::Xor(hn::Mul(columns, hn::Set(d, kColumnFactor)),
                  hn::Set(d, static_cast<std::uint32_t>(key)));
  h = hn::Mul(hn::Xor(h, hn::ShiftRight<16>(h)), hn::Set(d, kMixFactor1));
  h = hn::Mul(hn::Xor(h, hn::ShiftRight<15>(h)), hn::Set(d, kMixFactor2));
  h = hn::Xor(h, hn::ShiftRight<16>(h));
  V32 g = hn::Mul(hn::Xor(h, hn::Set(d, static_cast<std::uint32_t>(key >> 32))),
                  hn::Set(d, kMixFactor3));
  g = hn::Xor(g, hn::ShiftRight<15>(g));
  const V32 pairs = hn::Add(pair_sums(d, h), pair_sums(d, g));
  const V32 sum = hn::Add(hn::And(pairs, hn::Set(d, 0xffffU)), hn::ShiftRight<16>(pairs));
  const hn::RebindToSigned<D32> di;
  return hn::Sub(hn::BitCast(di, sum), hn::Set(di, kNoiseMean));
}

template <bool kShade, bool kNoise>
void expose(const ExposureTerms& terms, std::uint64_t key, const std::uint16_t* HWY_RESTRICT light,
            const std::uint16_t* HWY_RESTRICT shade, std::uint16_t* HWY_RESTRICT codes,
            std::size_t count) {
  const hn::ScalableTag<float> df;
  const hn::RebindToSigned<decltype(df)> di;
  const hn::RebindToUnsigned<decltype(df)> du;
  const hn::Rebind<std::uint16_t, decltype(df)> d16;
  const std::size_t lanes = hn::Lanes(df);
  const auto load = [&](const std::uint16_t* from) HWY_ATTR {
    return hn::ConvertTo(df, hn::PromoteTo(di, hn::LoadU(d16, from)));
  };
  const auto even = hn::Set(df, terms.level_per_unit[0]);
  const auto odd = hn::Set(df, terms.level_per_unit[1]);
  // Vectors begin at even columns, but for vectors of one.
  const auto per_unit = [&](std::size_t i) HWY_ATTR {
    if (lanes == 1) return (i & 1) != 0 ? odd : even;
    return hn::OddEven(odd, even);
  };
  const auto codes_at = [&](std::size_t i, const std::uint16_t* in,
                            const std::uint16_t* dim) HWY_ATTR {
    auto level = hn::Mul(load(in), per_unit(i));
    if constexpr (kShade) {
      level = hn::Mul(level, hn::Mul(load(dim), hn::Set(df, 1.0F / 32768)));
    }
    auto sum = hn::NearestInt(hn::Min(level, hn::Set(df, terms.level_limit)));
    if constexpr (kNoise) {
      const auto shot = hn::Mul(hn::ConvertTo(df, sum), hn::Set(df, terms.variance_per_level));
      const auto variance = hn::Add(hn::NearestInt(hn::Min(shot, hn::Set(df, kVarianceLimit))),
                                    hn::Set(di, terms.variance_base));
      const auto sigma = hn::Sqrt(hn::ConvertTo(df, variance));
      const auto columns = hn::Iota(du, static_cast<std::uint32_t>(i));
      const auto normal =
          hn::Mul(hn::ConvertTo(df, noise_sums(du, key, columns)), hn::Set(df, kNoiseUnit));
      sum = hn::Add(sum, hn::NearestInt(hn::Mul(sigma, normal)));
    }
    const auto code = hn::ShiftRight<8>(hn::Add(sum, hn::Set(di, terms.black)));
    return hn::DemoteTo(d16,
                        hn::Min(code, hn::Set(di, terms.highest_code)));  // saturates below at 0
  };
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    hn::StoreU(codes_at(i, light + i, kShade ? shade + i : nullptr), d16, codes + i);
  }
  if (i < count) {
    HWY_ALIGN std::uint16_t in[hn::MaxLanes(d16)] = {};
    HWY_ALIGN std::uint16_t dim[hn::MaxLanes(d16)] = {};
    HWY_ALIGN std::uint16_t out[hn::MaxLanes(d16)];
    for (std::size_t j = i; j < count; ++j) {
      in[j - i] = light[j];
      dim[j - i] = kShade ? shade[j] : 0;
    }
    hn::StoreU(codes_at(i, in, dim), d16, out);
    for (std::size_t j = i; j < count; ++j) {
      codes[j] = out[j - i];
    }
  }
}

void expose_vectors(const ExposureTerms& terms, std::uint64_t key, const std::uint16_t* light,
                    const std::uint16_t* shade, std::uint16_t* codes, std::size_t count) {
  if (terms.noise) {
    (shade != nullptr ? expose<true, true> : expose<false, true>)(terms, key, light, shade, codes,
                                                                  count);
  } else {
    (shade != nullptr ? expose<true, false> : expose<false, false>)(terms, key, light, shade, codes,
                                                                    count);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace t31::model
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace t31::model {

HWY_EXPORT(expose_vectors);

void expose_row(const ExposureTerms& terms, std::uint64_t key, const std::uint16_t* light,
                const std::uint16_t* shade, std::uint16_t* codes, std::size_t count) {
  HWY_DYNAMIC_DISPATCH(expose_vectors)(terms, key, light, shade, codes, count);
}

}  // namespace t31::model
#endif
