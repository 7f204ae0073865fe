// SPDX-License-Identifier: GPL-2.0-or-later
// awb_map.hpp - the plane of colour ratios as a tuning file describes it: how likely a colour is
// white, and the colour temperature of the light under which it is (ae-awb-af 4.3).
//
// Coordinates are red and blue over green after the sensor's static gains, 256 = 1.0; Q10 adds ten
// fraction bits to that.
#pragma once

#include "driver/tuning/bank.hpp"

namespace t31::control {

// Which of a file's parameter sets applies; follows the exposure value.
enum class AwbSet : u8 { kOutdoorBright, kOutdoor, kIndoor };

struct AwbPoint {
  u32 rg = 0, bg = 0;  // Q10
};

class AwbMap {
 public:
  static constexpr u32 kKnots = 15;
  static constexpr u32 kUnknownKelvin = 5000;

  // Looks at the bank's tables from now on; again when the bank changes.
  void configure(tuning::Bank bank, AwbSet set);
  // Another set of the same bank.
  void choose(tuning::Bank bank, AwbSet set);
  // Every colour counts the same.
  void set_grey_world(bool grey_world) { grey_world_ = grey_world; }

  AwbPoint clamped(AwbPoint point) const {
    return {red_.clamped(point.rg), blue_.clamped(point.bg)};
  }
  // Likelihood of white, Q10, 256 = 1.0. For clamped points, as those below.
  u32 weight(AwbPoint point) const;
  // Of the light, 0 when the file doesn't say.
  u32 mired_q10(AwbPoint point) const;
  u32 kelvin(AwbPoint point) const;

 private:
  struct Axis {
    void configure(tuning::Bank bank, tuning::Parameter knots);
    u32 clamped(u32 value_q10) const {
      return value_q10 < first ? first : value_q10 > last ? last : value_q10;
    }

    u32 knots[kKnots] = {};
    u32 first = 0, last = 0;  // knots, Q10
    u8 index[512] = {};       // of the knot at or below a value
  };
  struct Light {
    s32 rg, bg;
  };
  // The cell of the tables that a point lies in, and how far along.
  struct Cell {
    u32 along_q10, width, up_q10, height;
  };
  // What holds for a whole cell: most cells need no more than that. Worked out when a colour lies
  // there for the first time, so that another set doesn't cost a frame all of them.
  enum class Temperature : u8 { kFull, kFloor, kVaries, kUnknown = 0xff };
  struct Summary {
    u32 weight_q10;  // without light sources; kVaries: by interpolation
    Temperature temperature;
    u16 lights;  // that are close to some of it, one bit each
  };
  static constexpr u32 kVaries = 0xffffffff;

  void configure_lights(tuning::Bank bank);
  void choose_limits(tuning::Bank bank, AwbSet set);
  void summarise(u32 corner) const;
  Temperature temperature_at(u32 corner) const;
  u32 flat_weight(u32 corner, Temperature temperature) const;
  u16 lights_beside(u32 first, u32 last, s32 Light::*axis) const;

  u32 corner(AwbPoint point) const;
  Cell cell(AwbPoint point) const;
  static u32 between(std::span<const u32> table, u32 corner, const Cell& cell);
  u32 varying_weight(AwbPoint point, u32 corner, Temperature temperature, u32 least) const;
  u32 temperature_weight(u32 mired) const;
  u32 light_weight(AwbPoint point, u32 lights) const;

  Axis red_, blue_;
  std::span<const u32> weights_, mireds_, nearness_;
  bool grey_world_ = false;
  bool limited_ = false;  // by colour temperature
  u32 floor_ = 256;       // weight outside the limits
  u32 limits_[4] = {};
  u32 least_mired_ = 0, most_mired_ = 0;       // of full weight
  u32 coolest_mired_ = 0, warmest_mired_ = 0;  // of the floor, and beyond
  static constexpr u32 kLights = 9;
  Light lights_[kLights] = {};
  u32 light_count_ = 0;
  bool lights_count_ = false;  // in the set in use
  // That matter between two knots, one bit each.
  u16 beside_red_[kKnots - 1] = {}, beside_blue_[kKnots - 1] = {};
  mutable Summary summaries_[kKnots * (kKnots - 1)] = {};
};

}  // namespace t31::control
