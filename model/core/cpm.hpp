// SPDX-License-Identifier: GPL-2.0-or-later
// cpm.hpp - clock and power manager: gates, the camera's two clock dividers, the ISP reset
// handshake.
#pragma once

#include <cstdint>

#include "model/core/timeline.hpp"
#include "model/include/t31_model.h"

namespace t31::model {

// PLL rates as the boot loader leaves them. 1392 MHz is the one rate that explains the dividers
// that the vendor's kernel programs for 24 MHz and 100 MHz; the other two are nominal.
inline constexpr std::uint64_t kApllHertz = T31_MODEL_APLL_HZ;
inline constexpr std::uint64_t kMpllHertz = T31_MODEL_MPLL_HZ;
inline constexpr std::uint64_t kVpllHertz = T31_MODEL_VPLL_HZ;

class Cpm {
 public:
  std::uint32_t read(std::uint32_t offset, Nanoseconds now) const;
  void write(std::uint32_t offset, std::uint32_t value, Nanoseconds now);

  bool isp_gate_open() const;
  bool csi_gate_open() const;
  // The ISP and VIC registers are held at their defaults.
  bool isp_reset_held() const;
  std::uint64_t isp_clock_hertz() const { return isp_divider_.hertz(0xf); }
  std::uint64_t sensor_clock_hertz() const { return sensor_divider_.hertz(0xff); }

 private:
  // A clock divider: what was written acts only while its change-enable bit is set.
  class Divider {
   public:
    void write(std::uint32_t value);
    std::uint32_t read() const { return written_; }
    std::uint64_t hertz(std::uint32_t divider_mask) const;

   private:
    static constexpr std::uint32_t kStopped = 1u << 27;
    std::uint32_t written_ = kStopped;
    std::uint32_t active_ = kStopped;
  };

  // After boot only the camera's gates are closed.
  std::uint32_t gates0_ = 0x0bcf5780;
  std::uint32_t gates1_ = 0x000033a2;
  std::uint32_t reset_ = 0;
  Nanoseconds stop_requested_at_ = 0;
  Divider isp_divider_;
  Divider sensor_divider_;
};

}  // namespace t31::model
