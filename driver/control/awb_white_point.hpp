// SPDX-License-Identifier: GPL-2.0-or-later
// awb_white_point.hpp - the colour of the light, from the zones that are likely to be white
// (ae-awb-af 4.3).
#pragma once

#include "driver/control/awb_zones.hpp"

namespace t31::control {

struct AwbWhite {
  bool found = false;
  AwbPoint point{256 << 10, 256 << 10};
  u32 kelvin = AwbMap::kUnknownKelvin;
};

class AwbWhitePoint {
 public:
  void configure(tuning::Bank bank);

  // Of a frame: where the zones that were marked as close to `from` lie now, when most of them are
  // still close; what may be white besides isn't looked at.
  AwbWhite held(const AwbZones& zones, const AwbMap& map, AwbPoint from) const;

  // Takes a frame: what each zone is worth. False: nothing is likely to be white.
  bool weigh(const AwbZones& zones, const AwbMap& map);

  // ---- of the zones weighed last

  // Their weighted average, once more without those far from it.
  AwbWhite average(const AwbMap& map);
  // Where they lie densest around or near `from`: neutral surfaces agree on one point, colours that
  // only pass for white scatter around it. `far` looks further.
  AwbWhite densest(const AwbMap& map, AwbPoint from, bool far) const;
  // How much of their weight lies close to a point, Q10 shares; `lasting`: in
  // zones that were marked.
  struct Support {
    u32 close, lasting;
  };
  Support support(AwbPoint at) const;
  // Marks the zones close to a point, and no others.
  void mark(AwbPoint at);

 private:
  // Where a point lies for searching: quarters of 1/256.
  struct Place {
    s16 rg, bg;
  };
  static Place place(AwbPoint point);
  static u32 distance(Place a, Place b);
  class Pull;

  // A zone that may be white.
  struct Candidate {
    AwbPoint point;  // within the map
    u32 weight;      // Q10
    u32 trimmed;     // weight without what is far from the average
    Place place;
    u16 strength;  // weight for searching
    u8 zone;
  };
  std::span<const Candidate> candidates() const { return std::span(candidates_).first(count_); }

  bool mean(u32 Candidate::*weight, AwbPoint& out) const;
  void trim(AwbPoint centre);
  bool shift(u32 radius, AwbPoint& at) const;
  u32 density(Place at) const;
  AwbPoint foot(AwbPoint average) const;
  bool shift_held(const AwbZones& zones, AwbPoint& at) const;

  u16 spatial_[kZones] = {};
  u32 strength_shift_ = 2;
  bool marked_[kZones] = {};
  u8 marks_[kZones] = {};  // the marked zones
  u32 mark_count_ = 0;
  bool trims_ = false;
  u32 far_q10_ = 2048, near_q10_ = 1536;  // over the mean squared distance

  u32 count_ = 0;
  Candidate candidates_[kZones] = {};
};

}  // namespace t31::control
