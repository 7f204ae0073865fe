// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/tone/adr_formulas.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace t31::test {
namespace {

using tuning::Parameter;
using i64 = int64_t;

constexpr i64 kL[8] = {0, 30, 40, 50, 60, 70, 80, 100};
constexpr i64 kMinX[11] = {32, 64, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048};

i64 fdiv(int q, i64 a, i64 b) {
  const uint64_t top = static_cast<uint32_t>(a);
  return static_cast<uint32_t>((top << q) / static_cast<uint32_t>(b));
}

i64 fmul(int q, i64 a, i64 b) {
  const uint64_t product =
      static_cast<uint64_t>(static_cast<uint32_t>(a)) * static_cast<uint32_t>(b);
  return static_cast<uint32_t>(product >> q);
}

i64 rnd(int q, i64 v) {
  return static_cast<int32_t>(static_cast<uint32_t>(v + (i64{1} << (q - 1)))) >> q;
}

i64 r(i64 a, i64 b) {
  return rnd(10, fdiv(10, a << 10, b << 10));
}

i64 exp2_16(i64 x) {
  const auto p = [](i64 i) {
    return static_cast<i64>(std::pow(2.0, 30 + static_cast<double>(i) / 32));
  };
  const i64 i = (x & 0xffff) >> 11;
  const i64 l = x & 0x7ff;
  const i64 v = p(i) + (((p(i + 1) - p(i)) * l) >> 11);
  return v >> (14 - (x >> 16));
}

i64 seg(i64 x, const std::array<i64, 6>& xs, const std::array<i64, 6>& ys) {
  size_t k = 0;
  while (k < 6 && x >= xs[k]) ++k;
  if (k == 6) return ys[5];
  const i64 x0 = k == 0 ? 0 : xs[k - 1];
  const i64 y0 = k == 0 ? 0 : ys[k - 1];
  return ys[k] -
         rnd(10, fmul(10, fdiv(10, (ys[k] - y0) << 10, (xs[k] - x0) << 10), (xs[k] - x) << 10));
}

template <typename Array>
void mono(Array& t) {
  for (size_t i = 0; i < 8; ++i) {
    if (t[i] >= t[i + 1]) t[i + 1] = t[i] + 1;
  }
}

i64 wrap(i64 v) {
  return static_cast<int32_t>(static_cast<uint32_t>(v));
}

template <typename Array>
void fill(tuning::Bank bank, Parameter parameter, Array& out) {
  for (size_t i = 0; i < out.size(); ++i) {
    out[i] = bank.get_signed(parameter, static_cast<uint32_t>(i));
  }
}

Parameter next(Parameter parameter, int step) {
  return static_cast<Parameter>(static_cast<int>(parameter) + step);
}

}  // namespace

AdrFormulas::AdrFormulas() {
  for (size_t i = 0; i < blocks.size(); ++i) blocks[i] = kMinX[i % 11];
  std::copy(std::begin(kMinX), std::end(kMinX), min_y.begin());
  ctc_y.fill(1024);
}

void AdrFormulas::load(tuning::Bank bank, bool wdr, const std::array<uint16_t, 129>& gamma) {
  bank_ = bank;
  wdr_ = wdr;
  std::copy(gamma.begin(), gamma.end(), gy_.begin());
  fill(bank, Parameter::kAdrSoftGamXArray, gx_);
  fill(bank, wdr ? Parameter::kAdrSoftLightEndWdrArray : Parameter::kAdrSoftLightEndArray,
       light_end_);
  fill(bank, wdr ? Parameter::kAdrSoftBlockLightWdrArray : Parameter::kAdrSoftBlockLightArray,
       block_light_);
  fill(bank, wdr ? Parameter::kAdrSoftMapModeWdrArray : Parameter::kAdrSoftMapModeArray, map_mode_);
  fill(bank, Parameter::kAdrToolControlArray, tool_control_);
  fill(bank, wdr ? Parameter::kAdrCtcMap2cutYWdr : Parameter::kAdrCtcMap2cutY, cut_);
  fill(bank, Parameter::kAdrMapKneepointArray, map_x_);
  fill(bank, Parameter::kAdrCtcKneepointArray, ctc_x_);
  for (size_t k = 0; k < 9; ++k) {
    const i64 t = std::min<i64>(512 * static_cast<i64>(k), 4095);
    size_t j = 0;
    while (j < 129 && gy_[j] < t) ++j;
    if (j == 0 || j == 129) {
      base_[k] = j == 0 ? gx_[0] : gx_[128];
    } else {
      base_[k] = gx_[j - 1] + std::abs(t - gy_[j - 1]) * std::abs(gx_[j] - gx_[j - 1]) /
                                  std::abs(gy_[j] - gy_[j - 1]);
    }
  }
}

i64 AdrFormulas::evint(const std::array<i64, 9>& a, uint32_t ev) const {
  std::array<i64, 9> list;
  fill(bank_, wdr_ ? Parameter::kAdrEvListWdr : Parameter::kAdrEvList, list);
  size_t k = 0;
  while (k < 9 && list[k] < ev) ++k;
  if (k == 9) return a[8];
  if (k == 0) return a[0];
  if (list[k] == list[k - 1]) return a[k];
  const i64 d =
      std::abs(a[k] - a[k - 1]) * std::abs(ev - list[k - 1]) / std::abs(list[k] - list[k - 1]);
  return a[k] >= a[k - 1] ? a[k - 1] + d : a[k - 1] - d;
}

void AdrFormulas::follow(uint32_t ev) {
  const auto at = [&](Parameter parameter, uint32_t first) {
    std::array<i64, 9> list;
    for (uint32_t i = 0; i < 9; ++i) list[i] = bank_.get_signed(parameter, first + i);
    return evint(list, ev);
  };
  map_mode_[0] = at(Parameter::kAdrMinKneepointArray, 1);
  map_mode_[2] = at(Parameter::kAdrMinKneepointArray, 14);
  map_mode_[5] = at(wdr_ ? Parameter::kAdrBlp2ListWdr : Parameter::kAdrBlp2List, 0);
  light_end_[28] = at(wdr_ ? Parameter::kAdrLigbListWdr : Parameter::kAdrLigbList, 0);
  for (int i = 0; i < 4; ++i) {
    block_light_[10 + static_cast<size_t>(i)] =
        at(next(wdr_ ? Parameter::kAdrMapb1ListWdr : Parameter::kAdrMapb1List, i), 0);
  }
  if (tool_control_[3] != 1) return;
  constexpr uint32_t kRow[9] = {0, 10, 20, 32, 42, 52, 64, 74, 84};
  for (uint32_t p = 0; p < 9; ++p) {
    std::array<i64, 9> list;
    for (size_t k = 0; k < 9; ++k) list[k] = bank_.get(Parameter::kAdrSoftGamYArray, kRow[k] + p);
    cut_[p] = evint(list, ev);
  }
}

void AdrFormulas::histogram(const AdrCounts& counts, uint32_t width, uint32_t height) {
  const i64 n = std::max<i64>(i64{width} * height / 4, 5120);
  i64 c = 0;
  for (size_t i = 0; i < 512; ++i) {
    c = std::min(n, c + counts.histogram[i]);
    prod_[i] = ((c << 8) / (n >> 8)) * 10000 / 65536;
  }
  i64 total = 0;
  for (const auto& column : counts.sum) {
    for (const uint32_t sum : column) total += sum;
  }
  mean_ = total / n;
  mn_ = 4095;
  mx_ = imx_ = imn_ = 0;
  for (int col = 0; col < 6; ++col) {
    for (int row = 0; row < 4; ++row) {
      i64 b = counts.sum[col + 1][row + 1];
      if (block_light_[14] == 1) {
        for (int x = 0; x < 8; ++x) {
          for (int y = 0; y < 6; ++y) {
            const bool ring = x == 0 || x == 7 || y == 0 || y == 5;
            if (ring && std::clamp(x, 1, 6) == col + 1 && std::clamp(y, 1, 4) == row + 1) {
              b += counts.sum[x][y];
            }
          }
        }
      }
      const i64 mean = b / (n / 24);
      m_[static_cast<size_t>(col * 4 + row)] = mean;
      if (mean > mx_) {
        mx_ = mean;
        imx_ = col * 4 + row;
      }
      if (mean < mn_) {
        mn_ = mean;
        imn_ = col * 4 + row;
      }
    }
  }
}

void AdrFormulas::index_set(i64 p, i64& s, i64& n) const {
  i64 least = 10000;
  for (const i64 prod : prod_) least = std::min(least, std::abs(prod - p));
  s = n = 0;
  for (size_t i = 0; i < 512; ++i) {
    if (std::abs(prod_[i] - p) != least) continue;
    s += static_cast<i64>(i);
    ++n;
  }
  s = std::max<i64>(s, 1);
  n = std::max<i64>(n, 1);
}

i64 AdrFormulas::smap(i64 p, i64 yd, i64 l) const {
  i64 s = 0, n = 0;
  index_set(p, s, n);
  const i64 x = std::max<i64>(8 * rnd(16, fdiv(16, s << 16, n << 16)) - 1, 0);
  size_t j = 0;
  while (j < 129 && x >= gx_[j]) ++j;
  i64 y = gy_[128];
  if (j < 129) {
    y = gy_[j] -
        rnd(16, fmul(16, fdiv(16, (gy_[j] - gy_[j - 1]) << 16, (gx_[j] - gx_[j - 1]) << 16),
                     (gx_[j] - x) << 16));
  }
  if (light_end_[26] != 1 && yd < y) y = yd;
  return rnd(10, fdiv(10, (yd * 100 + (y - yd) * l) << 10, 100 << 10));
}

i64 AdrFormulas::inv(i64 y) const {
  size_t j = 0;
  while (j < 129 && y >= gy_[j]) ++j;
  if (j == 129) return gx_[128];
  if (j == 0) return gx_[0];
  return gx_[j] -
         rnd(10, fmul(10, fdiv(10, (gx_[j] - gx_[j - 1]) << 10, (gy_[j] - gy_[j - 1]) << 10),
                      (gy_[j] - y) << 10));
}

AdrFormulas::Section AdrFormulas::subsection(i64 l) const {
  const auto prod_at = [&](i64 o) {
    return prod_[static_cast<size_t>(std::min<i64>(r(o, 8), 511))];
  };
  Section o{};
  const i64 y4 = smap(5000, 2048, l);
  o[4] = inv(y4);
  const i64 p4 = prod_at(o[4]);
  const i64 y2 = smap(p4 / 2, r(y4, 2), l);
  o[2] = inv(y2);
  const i64 p2 = prod_at(o[2]);
  o[1] = inv(smap(p2 / 2, r(y2, 2), l));
  o[3] = inv(smap((p4 + p2) / 2, r(y4 + y2, 2), l));
  o[5] = o[4] + 1;
  o[6] = o[4] + 2;
  o[7] = o[4] + 3;
  if (o[7] >= 4095) {
    for (size_t i = 4; i < 8; ++i) o[i] = 4087 + static_cast<i64>(i);
  }
  o[8] = 4095;
  return o;
}

void AdrFormulas::pick(Section& t, i64 lv) const {
  size_t k = 0;
  while (k < 8 && lv > kL[k]) ++k;
  if (k == 8) return;
  if (lv == kL[k] || k == 0) {
    t = c_[k];
    return;
  }
  for (size_t p = 1; p < 5; ++p) {
    const i64 a = c_[k - 1][p], b = c_[k][p];
    const i64 d = rnd(10, fmul(10, fdiv(10, std::abs(b - a) << 10, (kL[k] - kL[k - 1]) << 10),
                               (lv - kL[k - 1]) << 10));
    t[p] = b >= a ? a + d : a - d;
  }
}

AdrFormulas::Section AdrFormulas::light(i64 q) const {
  constexpr i64 kT2[9] = {0, 157, 350, 608, 1017, 1621, 2309, 3133, 4095};
  Section out{};
  for (size_t i = 0; i < 9; ++i) {
    i64 u = i == 0 ? 0 : 4095;
    if (i > 0 && i < 8) {
      i64 s = 0, n = 0;
      index_set(1250 * static_cast<i64>(i), s, n);
      u = 8 * (((s << 12) / n + 2048) / 4096) - 1;
    }
    out[i] = (1000 * std::max(u, kT2[i]) - std::abs(u - kT2[i]) * q) / 1000;
  }
  return out;
}

void AdrFormulas::min_curve() {
  Section m = base_;
  const i64 lv = block_light_[6];
  if (light_end_[14] == 1) {
    m = light(10 * block_light_[7]);
  } else if (lv >= 0 && lv <= 100) {
    size_t k = 0;
    while (lv > kL[k]) ++k;
    if (k == 0 || lv == kL[k]) {
      m = c_[k];
    } else {
      for (size_t p = 1; p < 5; ++p) {
        const i64 a = c_[k - 1][p], b = c_[k][p];
        const i64 d = (std::abs(b - a) * (lv - kL[k - 1]) * 1024) / (kL[k] - kL[k - 1]);
        m[p] = (a * 1024 + (b >= a ? d : -d) + 512) / 1024;
      }
    }
  }
  m[0] = std::max<i64>(0, m[0]);
  mono(m);
  Six y{base_[0]};
  for (size_t k = 1; k < 5; ++k)
    y[k] = y[k - 1] + std::max(base_[k] - base_[k - 1], m[k] - m[k - 1]);
  y[4] = std::min<i64>(4095, y[4]);
  y[5] = base_[8];
  for (size_t i = 0; i < 11; ++i) min_y[i] = seg(kMinX[i], {m[0], m[1], m[2], m[3], m[4], m[8]}, y);
}

void AdrFormulas::ctc_curve() {
  const bool alternative = light_end_[14] == 1;
  Section f = base_;
  if (alternative) {
    f = light(0);
  } else {
    pick(f, block_light_[7]);
    if (f[1] < 2) f[1] = 1;
    mono(f);
  }
  for (size_t j = 0; j < (alternative ? 9u : 8u); ++j) {
    const i64 x = ctc_x_[j];
    size_t k = 0;
    while (k < 9 && x >= f[k]) ++k;
    if (k == 9) {
      ctc_y[j] = cut_[8];
    } else if (k == 0) {
      ctc_y[j] =
          alternative
              ? cut_[0]
              : cut_[0] - rnd(10, fmul(10, fdiv(10, cut_[0] << 10, f[0] << 10), (f[0] - x) << 10));
    } else {
      const i64 d =
          rnd(10, fmul(10, fdiv(10, std::abs(cut_[k] - cut_[k - 1]) << 10, (f[k] - f[k - 1]) << 10),
                       (f[k] - x) << 10));
      ctc_y[j] = cut_[k] >= cut_[k - 1] ? cut_[k] - d : cut_[k] + d;
    }
  }
}

void AdrFormulas::block_curves() {
  const auto& bl = block_light_;
  const auto& mm = map_mode_;
  const auto limit = [&](i64 v, size_t at, i64 low, i64 high) {
    return light_end_[18] == 1 ? std::clamp(v, light_end_[at], light_end_[at + 1])
                               : std::clamp(v, low, high);
  };
  i64 centre = bl[2];
  if (bl[0] == 1) centre = mean_;
  if (bl[0] == 2) centre = mm[0];
  if (bl[0] == 3) centre = (mm[0] * mm[1] + (256 - mm[1]) * mean_) / 256;
  centre = limit(centre, 19, 20, 4000);
  i64 su = bl[3];
  if (bl[1] == 1) su = (centre - mn_) / 2;
  if (bl[1] == 2) su = mm[2];
  if (bl[1] == 3) su = (mm[2] * mm[3] + (centre - mn_) / 2 * (256 - mm[3])) / 256;
  su = limit(su, 21, 20, 600);
  i64 sd = mm[5];
  if (mm[4] == 1) sd = (bl[4] + 200) / 2;
  if (mm[4] == 2) sd = bl[4];
  if (mm[4] == 3) sd = (mm[5] * mm[6] + (bl[4] + 200) / 2 * (256 - mm[6])) / 256;
  sd = limit(sd, 23, 20, 600);

  centre_ = centre;
  su_ = su;
  sd_ = sd;
  const i64 kk = fdiv(16, i64{14427} << 16, i64{10000} << 16);
  const i64 g = light_end_[28];
  Section t = base_;
  for (size_t b = 0; b < 24; ++b) {
    const i64 v = std::max<i64>(1, m_[b]);
    const i64 s = centre < v ? sd : su;
    const i64 d = std::min<i64>((v - centre) * (v - centre), 0x3ffffc);
    const i64 e = std::min<i64>(fmul(16, fdiv(10, d << 10, (2 * s * s) << 10) << 6, kk), 0xeffff);
    const i64 q = fdiv(16, g << 16, exp2_16(e));
    const i64 wgt = centre < v ? q >> 16 : (((g << 16) - q) >> 16) + g;
    pick(t, rnd(10, fdiv(10, std::min<i64>(wgt, 10000) << 10, 102400)));
    if (t[0] < 2) t[0] = 1;
    mono(t);
    Six y{base_[0]};
    for (size_t k = 1; k < 5; ++k) y[k] = y[k - 1] + std::max(bl[9 + k], t[k] - t[k - 1]);
    y[5] = base_[8];
    std::array<i64, 11> cur;
    for (size_t i = 0; i < 11; ++i) {
      const i64 x = map_x_[i];
      cur[i] = seg(x, {t[0], t[1], t[2], t[3], t[4], t[8]}, y);
      if (light_end_[25] != 1) continue;
      const i64 px = i == 0 ? 0 : map_x_[i - 1];
      const i64 py = i == 0 ? 0 : cur[i - 1];
      if (((cur[i] - py) << 16) / (x - px) > light_end_[i]) {
        cur[i] = ((x - px) * light_end_[i] + (py << 16)) / 65536;
      }
    }
    const i64 dark = prod_[static_cast<size_t>(mm[10])];
    if (mm[7] == 1 && dark >= mm[8]) {
      for (size_t i = 0; i < 11; ++i) {
        const i64 x = map_x_[i];
        if (dark > mm[9]) {
          cur[i] = x;
        } else {
          const i64 product = wrap(wrap((cur[i] - x) * (dark - mm[8])) << 10);
          cur[i] = wrap((cur[i] << 10) - (mm[9] == mm[8] ? 0 : product / (mm[9] - mm[8]))) / 1024;
        }
      }
    }
    i64* pre = &blocks[b * 11];
    i64 step = tool_control_[13];
    if (step >= 513) {
      step = 512;
    } else if (step == 0 && tool_control_[11] != 9) {
      step = 1;
    }
    i64 md = 0;
    for (size_t i = 0; i < 11; ++i) md = std::max(md, std::abs(cur[i] - pre[i]));
    for (size_t i = 0; i < 11; ++i) {
      i64 now = cur[i];
      if (tool_control_[12] == 1) {
        if (step < md) {
          const i64 move = (std::abs(cur[i] - pre[i]) * ((step << 21) / md) + 0x100000) / 0x200000;
          now = cur[i] >= pre[i] ? pre[i] + move : pre[i] - move;
        }
        now = std::min<i64>(now, 4085 + static_cast<i64>(i));
      }
      pre[i] = now;
    }
  }
}

void AdrFormulas::event(const AdrCounts& counts, uint32_t width, uint32_t height, uint32_t ev) {
  follow(ev);
  histogram(counts, width, height);
  for (size_t k = 0; k < 8; ++k) c_[k] = subsection(kL[k]);
  min_curve();
  ctc_curve();
  block_curves();
}

}  // namespace t31::test
