// SPDX-License-Identifier: GPL-2.0-or-later
// white_balance.hpp - white balance as user space asks for it, on top of what automatic white
// balance finds (ae-awb-af 4.5).
#pragma once

#include "driver/base/result.hpp"
#include "driver/control/awb_modes.hpp"
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

  // What automatic white balance has found: total gains, and the light's colour temperature.
  void set_automatic(const AwbGains& gains, u32 kelvin);
  const AwbGains& automatic_gains() const { return automatic_; }
  // Colour temperature while nothing has been measured.
  static constexpr u32 kDaylightKelvin = 5000;

  // -EPERM: mode above 9; nothing changes.
  Status set(const t31_white_balance& request);
  const t31_white_balance& request() const { return request_; }
  void get(t31_white_balance& out) const;

  // Gains that the mode gives, with the user's trend.
  WhiteBalanceGains gains();
  bool automatic() const { return request_.mode == 0 && !external_; }

  // An algorithm in user space decides: manual mode, whatever is set, until the end. 0 kelvin: as
  // measured.
  void set_external(const AwbGains& gains, u32 kelvin);
  void end_external();

  // What automatic white balance starts from, Q8 over the static gains; 256 = 1.0. -EPERM: 0, or
  // more than 16 bits.
  Status set_start(u32 red_q8, u32 blue_q8);
  bool start_given() const { return start_given_; }
  const AwbGains& start() const { return start_; }

  // Reported, and followed by the blocks, instead of the measured one in manual mode. 0: none.
  void set_kelvin(u32 kelvin) { kelvin_ = kelvin; }
  u32 kelvin() const;

  // Offsets of the register values, 1024 = 0: red and blue at 5000 K and more, at 3001 to 4999 K,
  // below. -EPERM: more than 14 bits.
  Status set_trend(const t31_awb_trend& trend);
  const t31_awb_trend& trend() const { return trend_; }

  Status set_clusters(const t31_awb_clusters& clusters);
  const t31_awb_clusters& clusters() const { return clusters_; }
  // 0 normal, 1 grey world, 2 reweighted; -EPERM: others.
  Status set_algorithm(u32 algorithm);
  u32 algorithm() const { return algorithm_; }

 private:
  AwbGains total_gains() const;
  AwbRequest in_force() const;

  t31_white_balance request_{};
  AwbGains automatic_;
  u32 measured_kelvin_ = kDaylightKelvin;
  bool start_given_ = false;
  AwbGains start_;
  u32 kelvin_ = 0;
  bool external_ = false;
  AwbGains external_gains_;
  u32 external_kelvin_ = 0;
  t31_awb_trend trend_;
  AwbTrendChoice trend_choice_;
  bool trend_renewed_ = true;
  t31_awb_clusters clusters_{};
  u32 algorithm_ = 0;
};

}  // namespace t31::control
