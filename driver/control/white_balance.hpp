// SPDX-License-Identifier: GPL-2.0-or-later
// white_balance.hpp - white balance as user space asks for it (ae-awb-af 4.5).
#pragma once

#include "driver/base/result.hpp"
#include "driver/control/statistics.hpp"
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
  WhiteBalance();

  // The tuning file's static gains (Q10), in force in automatic mode.
  void set_static_gains(const WhiteBalanceGains& gains) { static_ = gains; }
  // Colour temperature that these gains stand for.
  static constexpr u32 kDaylightKelvin = 5000;

  // -EPERM: mode above 9; nothing changes.
  Status set(const t31_white_balance& request);
  void get(t31_white_balance& out) const;

  // Gains that the mode gives, with the user's trend.
  WhiteBalanceGains gains() const;
  bool automatic() const { return request_.mode == 0; }

  // What automatic white balance starts from, Q8 over the static gains; 256 = 1.0. -EPERM: 0, or
  // more than 16 bits.
  Status set_start(u32 red_q8, u32 blue_q8);
  bool start_given() const { return start_given_; }

  // Reported, and followed by the blocks, instead of the measured one in manual mode. 0: none.
  void set_kelvin(u32 kelvin) { kelvin_ = kelvin; }
  u32 kelvin() const { return request_.mode == 1 && kelvin_ != 0 ? kelvin_ : kDaylightKelvin; }

  // Offsets of the register values, 1024 = 0: red and blue at 5000 K and more, at 3001 to 4999 K,
  // below. -EPERM: more than 14 bits.
  Status set_trend(const t31_awb_trend& trend);
  const t31_awb_trend& trend() const { return trend_; }

  void set_clusters(const t31_awb_clusters& clusters) { clusters_ = clusters; }
  const t31_awb_clusters& clusters() const { return clusters_; }
  // 0 normal, 1 grey world, 2 reweighted; -EPERM: others.
  Status set_algorithm(u32 algorithm);
  u32 algorithm() const { return algorithm_; }

 private:
  WhiteBalanceGains raw_gains() const;

  t31_white_balance request_{};
  WhiteBalanceGains static_;
  bool start_given_ = false;
  u32 start_red_q8_ = 256, start_blue_q8_ = 256;
  u32 kelvin_ = 0;
  t31_awb_trend trend_;
  t31_awb_clusters clusters_{};
  u32 algorithm_ = 0;
};

}  // namespace t31::control
