// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/tuning/strength.hpp"

#include "driver/base/math.hpp"

namespace t31::tuning {
namespace {

// A list and the value that full strength leads it to.
struct Scaled {
  Parameter parameter;
  u16 limit;
};

constexpr Scaled kSharpness[] = {{Parameter::kDmscSpDWStrenArray, 600},
                                 {Parameter::kDmscSpDBStrenArray, 600},
                                 {Parameter::kDmscSpUdWStrenArray, 600},
                                 {Parameter::kDmscSpUdBStrenArray, 600},
                                 {Parameter::kDmscUuStrenArray, 800}};

constexpr u16 kWidthLimit = 16;
constexpr u16 kSmoothLimit = 200;
constexpr Scaled kAverage[] = {{Parameter::kSdnsAveThresArray, kSmoothLimit},
                               {Parameter::kSdnsAveThresWdrArray, kSmoothLimit}};
// The sixteen width lists of one mode lie in a row.
constexpr u32 kWidths = 16;
constexpr Parameter kWidthLists[] = {Parameter::kSdnsHS1Array, Parameter::kSdnsHS1WdrArray};

constexpr Scaled kTemper[] = {{Parameter::kMdnsYSadAveThresArray, kSmoothLimit},
                              {Parameter::kMdnsYSadAssThresArray, kSmoothLimit},
                              {Parameter::kMdnsYStaAveThresArray, kSmoothLimit},
                              {Parameter::kMdnsYStaAssThresArray, kSmoothLimit},
                              {Parameter::kMdnsYRefWeiBMinArray, kSmoothLimit},
                              {Parameter::kMdnsYSadAveThresWdrArray, kSmoothLimit},
                              {Parameter::kMdnsYSadAssThresWdrArray, kSmoothLimit},
                              {Parameter::kMdnsYStaAveThresWdrArray, kSmoothLimit},
                              {Parameter::kMdnsYStaAssThresWdrArray, kSmoothLimit},
                              {Parameter::kMdnsYRefWeiBMinWdrArray, kSmoothLimit}};

constexpr Scaled kLocalTone[] = {
    {Parameter::kAdrMapb1List, 400},    {Parameter::kAdrMapb2List, 500},
    {Parameter::kAdrMapb3List, 600},    {Parameter::kAdrMapb4List, 600},
    {Parameter::kAdrMapb1ListWdr, 400}, {Parameter::kAdrMapb2ListWdr, 500},
    {Parameter::kAdrMapb3ListWdr, 600}, {Parameter::kAdrMapb4ListWdr, 600}};

// The five lists of one mode lie in a row.
constexpr u32 kTransmissions = 5;
struct Transmission {
  Parameter first;
  Parameter limit;  // its first element bounds how much is removed
};
constexpr Transmission kTransmission[] = {
    {Parameter::kDefogTrsy0List, Parameter::kDefogMainParaArray},
    {Parameter::kDefogTrsy0ListWdr, Parameter::kDefogMainParaWdrArray}};

constexpr Parameter kFlatness[] = {Parameter::kDpcDM1FthresArray, Parameter::kDpcDM3FthresArray};
constexpr Parameter kDistance[] = {Parameter::kDpcDM1DthresArray, Parameter::kDpcDM3DthresArray};

template <typename Scale>
void apply(StoredBank stored, LiveBank live, Parameter parameter, Scale&& scale) {
  const u32* from = stored.words(parameter).data();
  for (u32& value : live.words(parameter)) value = scale(*from++);
}

void apply(StoredBank stored, LiveBank live, std::span<const Scaled> lists, u8 strength) {
  for (const Scaled& list : lists) {
    apply(stored, live, list.parameter,
          [&](u32 value) { return scale_strength(value, strength, list.limit); });
  }
}

// Percent of transmission: towards 100, which removes nothing, below neutral; above it halfway
// towards the smallest that the block allows.
u32 scale_transmission(u32 value, u32 strength, u32 limit) {
  constexpr u32 kLeastLimit = 31;
  if (strength < kNeutralStrength) {
    return (strength * value + (kNeutralStrength - strength) * 100) >> 7;
  }
  const u32 least = max(kLeastLimit, limit) * 100 / 255;
  return ((384 - strength) * value + least * (strength - kNeutralStrength)) >> 8;
}

// Stronger: a rougher neighbourhood still counts as flat ...
u32 scale_flatness(u32 value, u32 strength) {
  constexpr u32 kFloor = 5;
  if (strength == kNeutralStrength) return value;
  if (strength > kNeutralStrength) return scale_strength(value, strength, 1200);
  return max(kFloor, (value * strength) >> 7);
}

// ... and a smaller distance from it already is a defect.
u32 scale_distance(u32 value, u32 strength) {
  if (strength == kNeutralStrength) return value;
  if (strength < kNeutralStrength) return ((value - 1000) * strength + 128000) >> 7;
  return ((256 - strength) * value + 5 * (strength - kNeutralStrength)) >> 7;
}

}  // namespace

u32 scale_strength(u32 value, u32 strength, u32 limit) {
  if (strength == kNeutralStrength) return value;
  if (strength < kNeutralStrength) return (value * strength) >> 7;
  if (value >= limit) return value;
  return value + (((limit - value) * (strength - kNeutralStrength)) >> 7);
}

void apply_sharpness(StoredBank stored, LiveBank live, u8 strength) {
  apply(stored, live, kSharpness, strength);
}

void apply_sinter(StoredBank stored, LiveBank live, u8 strength) {
  for (const Parameter first : kWidthLists) {
    for (u32 i = 0; i < kWidths; ++i) {
      const Scaled width{static_cast<Parameter>(static_cast<u32>(first) + i), kWidthLimit};
      apply(stored, live, std::span(&width, 1), strength);
    }
  }
  apply(stored, live, kAverage, strength);
}

void apply_temper(StoredBank stored, LiveBank live, u8 strength) {
  apply(stored, live, kTemper, strength);
}

void apply_local_tone(StoredBank stored, LiveBank live, u8 strength) {
  apply(stored, live, kLocalTone, strength);
}

void apply_defog(StoredBank stored, LiveBank live, u8 strength) {
  for (const Transmission& lists : kTransmission) {
    const u32 limit = stored.get(lists.limit);
    for (u32 i = 0; i < kTransmissions; ++i) {
      const Parameter list = static_cast<Parameter>(static_cast<u32>(lists.first) + i);
      apply(stored, live, list,
            [&](u32 value) { return scale_transmission(value, strength, limit); });
    }
  }
}

void apply_defect_strength(StoredBank stored, LiveBank live, u8 strength) {
  for (const Parameter list : kFlatness) {
    apply(stored, live, list, [&](u32 value) { return scale_flatness(value, strength); });
  }
  for (const Parameter list : kDistance) {
    apply(stored, live, list, [&](u32 value) { return scale_distance(value, strength); });
  }
}

}  // namespace t31::tuning
