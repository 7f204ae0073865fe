// SPDX-License-Identifier: GPL-2.0-or-later
// awb_modes.hpp - the modes of white balance that a user can choose, and what is read back
// (ae-awb-af 4.5). Gains are totals over green, Q8 as in the ABI.
#pragma once

#include "driver/control/awb_gains.hpp"
#include "driver/control/statistics.hpp"

namespace t31::control {

enum class AwbMode : u8 {
  kAuto,
  kManual,
  kDaylight,
  kCloudy,
  kIncandescent,
  kFluorescent,
  kTwilight,
  kShade,
  kWarmFluorescent,
  kCustom,  // automatic, shifted by the user
};
inline constexpr u32 kAwbModes = 10;

struct AwbRequest {
  AwbMode mode = AwbMode::kAuto;
  u32 red = 0, blue = 0;  // of kManual and kCustom
};

// Gains of a mode, `automatic` being what automatic white balance has found.
AwbGains awb_mode_gains(const AwbRequest& request, const AwbGains& automatic);

// What users read; the words of the ABI's attribute block.
struct AwbReadBack {
  u32 mode = 0, red = 0, blue = 0;
  u32 average_red = 0, average_blue = 0;        // of the zones, 256 = 1.0
  u32 reciprocal_red = 0, reciprocal_blue = 0;  // 65536 / gain
};
AwbReadBack awb_read_back(const AwbRequest& request, const AwbGains& automatic,
                          const ColourRatios& average);

// The user's offsets for high, middle and low colour temperatures, red and blue, 1024 = none.
struct AwbTrend {
  u32 offsets[6] = {1024, 1024, 1024, 1024, 1024, 1024};
};

// Which offsets apply; a change of less than 200 K does not change them.
class AwbTrendChoice {
 public:
  // `renewed`: the offsets themselves have changed.
  AwbGains offsets(const AwbTrend& trend, u32 kelvin, bool renewed);

 private:
  u32 kelvin_ = 0;
  u32 first_ = 0;
};

}  // namespace t31::control
