// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/af_meter.hpp"

#include "driver/base/math.hpp"
#include "driver/control/zone_record.hpp"

namespace t31::control {
namespace {

using tuning::Parameter;

enum : u32 { kRows = 1, kColumns = 3 };                                   // of the grid
enum : u32 { kHorizontalMix, kVerticalMix, kHorizontal, kVertical, kQ };  // of the tilt

constexpr u32 kLargestQ = 15;

}  // namespace

AfMeasurement AfMeasurement::shifted(u32 bits) const {
  const u32 by = min(bits, 31u);
  return {metric >> by, alternative >> by, horizontal >> by, vertical >> by, frame};
}

void AfMeter::configure(tuning::Bank bank) {
  rows_ = clamp(bank.get(Parameter::kAfZone, kRows), 1u, kZoneRows);
  columns_ = clamp(bank.get(Parameter::kAfZone, kColumns), 1u, kZoneColumns);
  bank.read(Parameter::kAfTilt, tilt_);
  q_ = min(bank.get(Parameter::kAfTilt, kQ), kLargestQ);
  weights_total_ = 0;
  for (u32 i = 0; i < kZones; ++i) {
    weights_[i] = static_cast<u16>(min(bank.get(Parameter::kAfWeight, i), 0xffffu));
  }
  for (u32 row = 0; row < rows_; ++row) {
    for (u32 column = 0; column < columns_; ++column) {
      weights_total_ += weights_[row * kZoneColumns + column];
    }
  }
}

AfMeasurement AfMeter::measure(const u8* zones, u32 (&table)[kZones]) const {
  const u32* words = record_words(zones);
  const u32 one = 1u << q_;
  u64 horizontal = 0;
  u64 vertical = 0;
  u32 number = 0;
  for (u32 row = 0, record = 0; row < rows_; ++row) {
    for (u32 column = 0; column < columns_; ++column, ++record, words += kRecordWords) {
      const AfZone zone = unpack_af_zone(words);
      const u32 index = row * kZoneColumns + column;
      const u32 across =
          tilt_[kHorizontalMix] * zone.horizontal0 + (one - tilt_[kHorizontalMix]) * zone.vertical0;
      const u32 down =
          tilt_[kVerticalMix] * zone.horizontal1 + (one - tilt_[kVerticalMix]) * zone.vertical1;
      table[index] = (tilt_[kHorizontal] * across + tilt_[kVertical] * down) >> q_;
      horizontal += static_cast<u64>(across >> q_) * weights_[index];
      vertical += static_cast<u64>(down >> q_) * weights_[index];
      if (record < 4) number |= zone.frame_bits << 2 * record;
    }
  }
  AfMeasurement out;
  out.frame = static_cast<u8>(number);
  if (weights_total_ == 0) return out;
  const u32 zone_count = rows_ * columns_;
  const u32 h = static_cast<u32>(divide(horizontal, weights_total_));
  const u32 v = static_cast<u32>(divide(vertical, weights_total_));
  const auto both = [&](u64 a, u64 b) {
    return static_cast<u32>((tilt_[kHorizontal] * a + tilt_[kVertical] * b) >> q_);
  };
  out.horizontal = h * zone_count;
  out.vertical = v * zone_count;
  out.metric = both(h, v) * zone_count;
  out.alternative = both(horizontal >> 3, vertical >> 3);
  return out;
}

}  // namespace t31::control
