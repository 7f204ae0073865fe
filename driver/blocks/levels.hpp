// SPDX-License-Identifier: GPL-2.0-or-later
// levels.hpp - the user's picture controls: one byte each, 128 is neutral.
#pragma once

#include "driver/blocks/sensor_mode.hpp"
#include "driver/tuning/bank.hpp"

namespace t31::blocks {

enum class Level : u8 {
  kBrightness,
  kContrast,
  kSaturation,
  kSharpness,
  kHue,
  kSinter,  // spatial noise reduction
  kTemper,  // temporal noise reduction
  kDpc,     // defect pixels
  kDrc,     // local tone mapping
  kDefog,
  kCount
};

inline constexpr u32 kNeutralLevel = 128;

class Levels {
 public:
  constexpr u8 get(Level level) const { return values_[index(level)]; }
  constexpr void set(Level level, u8 value) { values_[index(level)] = value; }

 private:
  static constexpr u32 kLevels = static_cast<u32>(Level::kCount);
  static constexpr u32 index(Level level) { return static_cast<u32>(level) % kLevels; }
  u8 values_[kLevels] = {kNeutralLevel, kNeutralLevel, kNeutralLevel, kNeutralLevel, kNeutralLevel,
                         kNeutralLevel, kNeutralLevel, kNeutralLevel, kNeutralLevel, kNeutralLevel};
};

// What a block reads when it computes its registers.
struct BlockInputs {
  tuning::Bank bank;
  const SensorMode& mode;
  const Levels& levels;
  bool night;
};

}  // namespace t31::blocks
