// SPDX-License-Identifier: GPL-2.0-or-later
#include "loops/plant.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace t31::loops {
namespace {

constexpr u32 kColumns = 15, kRows = 15;
constexpr u32 kZoneWidth = Plant::kWidth / 2 / kColumns, kZoneHeight = Plant::kHeight / 2 / kRows;
constexpr u32 kCells = kZoneWidth * kZoneHeight;
constexpr u32 kDark = 30, kBright = 153;  // the classes of every published tuning file

}  // namespace

PlantExposure Plant::tell(const control::AeShares& shares) {
  PlantExposure next;
  next.lines = shares.lines;
  next.again = control::ae_gain_realised(gains.realise(control::ae_gain_request(shares.again)));
  next.isp_dgain =
      control::ae_isp_gain(shares.again, shares.dgain, next.again, 1024, max_isp_dgain);
  told_.push_back({acts_in(), next});
  return next;
}

// Light that a row collects, as a share of steady light; rows start one line after another.
double Plant::lit(double first_line) const {
  if (flicker.hertz == 0) return 1;
  const double line_rate = kFps * static_cast<double>(kFrameLines);
  const double turn = 2 * std::numbers::pi * 2 * flicker.hertz / line_rate;  // angle of a line
  const double begin = turn * (first_line + double{kFrameLines} * frame_);
  const double length = turn * now_.lines;
  return 1 + flicker.depth * (std::sin(begin + length) - std::sin(begin)) / length;
}

double Plant::banding() const {
  double least = 10, most = 0;
  for (u32 row = 0; row < kHeight; ++row) {
    least = std::min(least, lit(row));
    most = std::max(most, lit(row));
  }
  return most / least - 1;
}

void Plant::write_zone(u32 zone, u32 level) {
  const u64 sum = u64{level} * kCells;
  const u64 dark = level < kDark ? kCells : 0;
  const u64 bright = level >= kBright ? kCells : 0;
  const u64 low = (dark != 0 ? sum : 0) | (dark + bright == 0 ? sum << 21 : 0) |
                  (bright != 0 ? sum << 42 : 0) | (dark << 63);
  const u64 high = dark >> 1 | bright << 12;
  zones_[4 * zone] = static_cast<u32>(low);
  zones_[4 * zone + 1] = static_cast<u32>(low >> 32);
  zones_[4 * zone + 2] = static_cast<u32>(high);
  zones_[4 * zone + 3] = static_cast<u32>(high >> 32);
}

void Plant::expose() {
  ++frame_;
  while (!told_.empty() && static_cast<s32>(frame_ - told_.front().frame) >= 0) {
    now_ = told_.front().exposure;
    told_.pop_front();
  }
  const double steady = radiance * now_.product();
  luma_ = std::min(255.0, steady);
  const int noise =
      mean_noise == 0 ? 0 : std::uniform_int_distribution<int>(-mean_noise, mean_noise)(random_);
  histogram_.fill(0);
  for (u32 zone = 0; zone < kRows * kColumns; ++zone) {
    const double row = (zone / kColumns + 0.5) * kZoneHeight * 2;
    const double level = std::floor(std::min(255.0, steady * scene(zone) * lit(row)));
    const u32 whole = static_cast<u32>(std::clamp(level + noise, 0.0, 255.0));
    write_zone(zone, whole);
    histogram_[whole] += kCells;
  }
}

}  // namespace t31::loops
