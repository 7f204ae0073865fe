// SPDX-License-Identifier: GPL-2.0-or-later
// light.hpp - the light on a scene: what lamp it comes from, how it changes from frame to frame,
// and how mains lamps flicker within one.
#pragma once

#include <cstdint>
#include <vector>

namespace t31::model {

// A lamp by what a neutral surface looks like under it: a black body of that temperature, times
// factors of red and blue over green.
struct Illuminant {
  double kelvin = 5000;
  double red = 1;
  double blue = 1;
  bool operator==(const Illuminant&) const = default;
};

// Cool white fluorescent: CIE F2 (x 0.3721, y 0.3753) beside a black body of its own correlated
// temperature, in linear sRGB.
inline constexpr Illuminant kFluorescent{4230, 0.986, 0.952};

// From frame `frame` on the light goes to this, in `over` frames (0: at once). Levels go by equal
// factors, temperatures by equal steps in mired.
struct LightChange {
  std::uint64_t frame = 0;
  std::uint64_t over = 0;
  double level = 1;
  Illuminant illuminant;
};

struct Lighting {
  Illuminant illuminant;             // of the first frame, whose level is 1
  std::vector<LightChange> changes;  // by ascending frame
  double flicker_hertz = 0;          // of the mains; 0: steady
  double flicker_depth = 1;          // 1: dark twice a period
  // Standard deviation of red and blue over green from frame to frame, as a share.
  double tint_noise = 0;
};

struct Light {
  double level = 1;
  Illuminant illuminant;
};

// Of a frame, without and with noise of its tint. Depends on the frame's number only.
Light light_at(const Lighting& lighting, std::uint64_t frame);
Light noisy_light_at(const Lighting& lighting, std::uint64_t frame, std::uint64_t seed);

// Mean of a flickering light from `begin` for `length` seconds, 1 = its mean over time.
double flicker_share(const Lighting& lighting, double begin, double length);

}  // namespace t31::model
