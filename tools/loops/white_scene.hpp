// SPDX-License-Identifier: GPL-2.0-or-later
// white_scene.hpp - what automatic white balance looks at: coloured surfaces under a light of some
// temperature, through a sensor's colour response (sensor-colour.md), as the white-balance engine
// counts them (ae-awb-af 1.5, 1.7).
#pragma once

#include <array>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "driver/control/awb_map.hpp"

namespace t31::loops {

using Colour = std::array<double, 3>;  // red, green, blue; linear

// The 24 patches of the chart, linear sRGB, row by row; neutral ones are 18 to 23.
const std::array<Colour, 24>& chart_patches();

class WhiteScene {
 public:
  WhiteScene(const std::string& file, tuning::Bank bank);

  // Ratios of a neutral surface under a light, 256 = 1.0: the point of the file's mesh with this
  // temperature and the largest weight.
  struct Grey {
    double rg = 0, bg = 0, weight = 0;
  };
  Grey grey(double kelvin) const;

  // What there is to see at a place of the picture, 0..1; and the light on it.
  using Surface = std::function<Colour(double x, double y)>;
  void show(const Surface& surface) { look_at(surface, light_); }
  void shine(const Grey& light) { look_at(surface_, light); }
  const Grey& light() const { return light_; }
  static Colour chart(double x, double y);

  double ratio_noise = 0;  // of rg and bg of all zones, 256 = 1.0, the same for a frame
  double zone_noise = 0;   // of each zone

  // Fills the buffer: what was looked at, with new noise.
  void expose();
  const u8* zones() const { return reinterpret_cast<const u8*>(words_.data()); }

  // CIELAB chroma of a mid-grey surface after gains over green, in this light.
  double grey_chroma(double red_gain, double blue_gain) const;

 private:
  struct Window {
    u32 red_low, red_high, blue_low, blue_high, red_part, least, blue_part, most, luma_low,
        luma_high;
  };
  void look_at(const Surface& surface, const Grey& light);
  bool candidate(const std::array<double, 3>& cell) const;
  Colour sensed(const Colour& colour) const;

  static constexpr double kExposure = 200;  // luma of a perfect white, of 255
  struct Sums {
    double red, green, blue;
    u64 cells;
  };
  tuning::Bank bank_;
  Surface surface_ = [](double, double) { return Colour{.2, .2, .2}; };
  Grey light_;
  std::array<Sums, 225> sums_{};
  std::array<Colour, 3> response_;  // rows
  double static_red_, static_blue_;
  Window window_;
  std::mt19937 random_{7};
  alignas(16) std::array<u32, 1024> words_{};
};

}  // namespace t31::loops
