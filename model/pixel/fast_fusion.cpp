// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/fast_fusion.hpp"

#include <cstdlib>

namespace t31::model::pixel {
namespace {

constexpr std::int32_t kBandRows = 32;
constexpr std::int32_t kFullGhost = 32;
constexpr std::int32_t kWhole = 256;

}  // namespace

void FastFusion::begin(const Fusion& fusion) {
  fusion_ = &fusion;
  for (std::int32_t x = 0; x < static_cast<std::int32_t>(kCodes); ++x) {
    const auto i = static_cast<std::size_t>(x);
    for (unsigned c = 0; c < Fusion::kColours; ++c) {
      mapped_[c][i] = static_cast<std::uint16_t>(limit(fusion.mapped(c, x), 0, kMax12));
    }
    curve_[i] = static_cast<std::uint16_t>(fusion.curve_weight(x));
    gamma_[i] = static_cast<std::uint16_t>(limit(fusion.encoded(x), 0, kMax12));
    const Fusion::Motion motion = fusion.motion_limit(x);
    // A negative threshold is like none below it.
    threshold_[i] = static_cast<std::uint16_t>(std::max(motion.threshold, 0));
    range_[i] = motion.range;
  }
}

void FastFusion::fill_stages(unsigned bits) {
  const std::size_t codes = std::size_t{1} << bits;
  for (unsigned e = 0; e < 2; ++e) {
    const ExposurePath& path = fusion_->exposure[e];
    for (unsigned slot = 0; slot < 4; ++slot) {
      Stage& stage = stages_[e][slot];
      stage.levelled.resize(codes);
      stage.balanced.resize(codes);
      for (std::size_t code = 0; code < codes; ++code) {
        const std::int32_t level =
            path.levelled(slot, aligned_to_12(static_cast<std::uint16_t>(code), bits));
        stage.levelled[code] = static_cast<std::uint16_t>(level);
        stage.balanced[code] = static_cast<std::uint16_t>(path.balance.apply(slot, level));
      }
    }
  }
}

void FastFusion::prepare_rows(const BayerFrame& frame, std::int32_t first, std::int32_t end,
                              ExposurePlanes& planes) const {
  const auto mask = static_cast<std::uint16_t>((1u << frame.bits) - 1u);
  const auto width = static_cast<std::int32_t>(frame.width);
  for (std::int32_t y = first; y < end; ++y) {
    const std::size_t start = static_cast<std::size_t>(y) * frame.width;
    for (unsigned e = 0; e < 2; ++e) {
      const std::uint16_t* codes = (e == 0 ? frame.codes : frame.short_codes).data() + start;
      std::uint16_t* metered = planes.metered[e].row(y);
      std::uint16_t* out = (e == 0 ? planes.longer : planes.shorter).row(y);
      const Stage* row = &stages_[e][FilterArray::slot(0, static_cast<unsigned>(y))];
      for (std::int32_t x = 0; x < width; ++x) {
        const Stage& stage = row[x & 1];
        const std::uint16_t code = codes[x] & mask;
        metered[x] = stage.levelled[code];
        out[x] = stage.balanced[code];
      }
    }
  }
}

ExposurePlanes FastFusion::prepare(const BayerFrame& frame) {
  fill_stages(frame.bits);
  const auto width = static_cast<std::int32_t>(frame.width);
  const auto height = static_cast<std::int32_t>(frame.height);
  ExposurePlanes planes;
  planes.longer = Plane<std::uint16_t>(width, height);
  planes.shorter = planes.metered[0] = planes.metered[1] = planes.longer;
  workers_.run_bands(height, kBandRows, [&](std::int32_t first, std::int32_t end, unsigned) {
    prepare_rows(frame, first, end, planes);
  });
  return planes;
}

std::int32_t FastFusion::weight(std::int32_t long_luma, std::int32_t short_luma) const {
  const auto mean = static_cast<std::size_t>(fusion_->mean_luma(long_luma, short_luma));
  const std::int32_t w = curve_[mean];
  if (fusion_->output == Fusion::Output::kShort) return w;
  if (fusion_->output == Fusion::Output::kLong) return kWhole - w;
  const auto at = static_cast<std::size_t>(long_luma);
  const std::int32_t over = std::abs(long_luma - short_luma) - threshold_[at];
  if (over <= 0) return w;
  const auto share = static_cast<std::int32_t>(
      std::min<std::int64_t>(std::int64_t{over} * range_[at] >> 10, kFullGhost));
  const std::int32_t ghost = (share * fusion_->ghost_weight) >> 5;
  return w + (((kWhole - w) * ghost) >> 5);
}

void FastFusion::fuse_cells(const ExposurePlanes& planes, std::int32_t y,
                            Plane<std::uint16_t>& out) const {
  const Plane<std::uint16_t>& longer = planes.longer;
  const std::int32_t width = longer.width;
  const std::int32_t below = std::min(y + 1, longer.height - 1);
  for (std::int32_t x = 0; x < width; x += 2) {
    const std::int32_t right = std::min(x + 1, width - 1);
    const std::int32_t xs[4] = {x, right, x, right};
    const std::int32_t ys[4] = {y, y, below, below};
    std::int32_t long_sum = 0, mapped_sum = 0, short_sum = 0;
    for (unsigned i = 0; i < 4; ++i) {
      const unsigned slot =
          FilterArray::slot(static_cast<unsigned>(xs[i]), static_cast<unsigned>(ys[i]));
      long_sum += longer.at(xs[i], ys[i]);
      const std::uint16_t shorter = planes.shorter.at(xs[i], ys[i]);
      short_sum += shorter;
      mapped_sum += mapped_[fusion_->map_of[slot]][shorter];
    }
    const std::int32_t w = weight(long_sum >> 2, mapped_sum >> 2);
    const std::int32_t gain = Fusion::map_gain(mapped_sum >> 2, short_sum >> 2);
    for (unsigned i = 0; i < 4; ++i) {
      const std::uint16_t shorter = planes.shorter.at(xs[i], ys[i]);
      const std::int32_t code = fusion_->mixed(longer.at(xs[i], ys[i]), shorter, gain, w);
      out.at(xs[i], ys[i]) = gamma_[static_cast<std::size_t>(code)];
    }
  }
}

Plane<std::uint16_t> FastFusion::fuse(const ExposurePlanes& planes) {
  Plane<std::uint16_t> out(planes.longer.width, planes.longer.height);
  workers_.run_bands(out.height, kBandRows, [&](std::int32_t first, std::int32_t end, unsigned) {
    for (std::int32_t y = first; y < end; y += 2) fuse_cells(planes, y, out);
  });
  return out;
}

}  // namespace t31::model::pixel
