// SPDX-License-Identifier: GPL-2.0-or-later
// white_balance.hpp - white balance as user space asks for it (ae-awb-af 4.5).
#pragma once

#include "driver/base/result.hpp"
#include "uapi/t31/isp_tuning.h"

namespace t31::control {

// Gains over green, Q10; the register has 14 bits.
struct WhiteBalanceGains {
  u32 red = 0x400;
  u32 blue = 0x400;
  constexpr bool operator==(const WhiteBalanceGains&) const = default;
};

class WhiteBalance {
 public:
  // The tuning file's start gains, in force in automatic mode.
  void set_start_gains(const WhiteBalanceGains& gains) { start_ = gains; }

  // -EPERM: mode above 9; nothing changes.
  Status set(const t31_white_balance& request);
  void get(t31_white_balance& out) const;

  // Gains that the mode gives.
  WhiteBalanceGains gains() const;
  bool automatic() const { return request_.mode == 0; }

 private:
  t31_white_balance request_{};
  WhiteBalanceGains start_;
};

}  // namespace t31::control
