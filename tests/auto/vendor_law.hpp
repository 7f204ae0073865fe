// SPDX-License-Identifier: GPL-2.0-or-later
// vendor_law.hpp - the vendor's convergence law (ae-awb-af 2.4), the baseline of the closed loop:
// it reproduces the recorded vectors on top of the driver's own target curve, and rings on the
// plant as the vendor's driver was measured to.
#pragma once

#include <algorithm>
#include <array>

#include "driver/control/ae_target.hpp"

namespace t31::test {

class VendorLaw {
 public:
  control::AeCurve curve;
  std::array<u32, 5> ev_step{};
  std::array<u32, 4> stable_tol{};
  u32 fifo_length = 1;
  u32 boost = 0;  // of the step gains
  u32 target = 0;
  bool stable = false;

  // The new exposure value for the one in force.
  u32 step(u32 value, u32 mean, u32 bright_share = 0, u32 dark_share = 0) {
    const u32 filtered = filter(mean);
    const u64 ratio = (u64{target} << 20) / (u64{filtered} << 10);
    const u32 predicted = static_cast<u32>(value * ratio >> 10);
    if (stable && ratio > stable_tol[1] && ratio < stable_tol[0]) return value;
    stable = target - stable_tol[2] <= filtered && filtered <= target + stable_tol[3];
    if (stable) return value;
    target = curve.at(predicted);
    return scaled(value, filtered, bright_share, dark_share);
  }

 private:
  u32 filter(u32 mean) {
    if (!filled_) fifo_.fill(mean);
    filled_ = true;
    std::shift_left(fifo_.begin(), fifo_.end(), 1);
    fifo_[14] = mean;
    u32 sum = 0;
    u32 weights = 0;
    for (u32 k = 15 - fifo_length; k < 15; ++k) {
      sum += (k + 1) * fifo_[k];
      weights += k + 1;
    }
    return std::max(1u, sum / weights);
  }

  static u64 product(u64 a, u64 b) { return a * b >> 20; }

  u32 boosted(u32 gain, u32 share) const {
    const u64 bounded = std::min(share, 1024 - gain);
    const u64 square = ((u64{boost} << 10) * bounded >> 10) * bounded >> 10;
    return gain + static_cast<u32>((square << 10) / (128 << 10));
  }

  u32 scaled(u32 value, u32 mean, u32 bright_share, u32 dark_share) const {
    constexpr u64 kOne = 1 << 20;
    const u64 error =
        ((target > mean ? target - mean : mean - target) * u64{1 << 20}) / (u64{mean} << 10);
    const u64 e = error << 10;
    const u64 down = u64{boosted(ev_step[0], bright_share)} << 10;
    const u64 up = u64{boosted(ev_step[1], dark_share)} << 10;
    const u64 least = u64{ev_step[2]} << 10;
    u64 factor = kOne;
    if (mean < target) {
      factor += error > ev_step[3] ? product(up, e) : product(product(up, e), e);
      if (factor > kOne && factor < kOne + least) factor = kOne + least;
    } else {
      const u64 square = product(product(down, e), e);
      factor -= error >= ev_step[4] || error == 0 ? product(down, e)
                                                  : (square << 20) / ((1024 - error) << 10);
      if (factor < kOne && factor > kOne - least) factor = kOne - least;
    }
    const u64 result = product(u64{value} << 10, factor) >> 10;
    return static_cast<u32>(std::clamp<u64>(result, 1024, 0xffffffff));
  }

  std::array<u32, 15> fifo_{};
  bool filled_ = false;
};

}  // namespace t31::test
