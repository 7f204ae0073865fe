// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/detail_tables.hpp"

#include <algorithm>
#include <cmath>

namespace t31::tune {
namespace {

using tuning::BankWriter;
using tuning::Parameter;

constexpr std::uint32_t kGainPoints = 9;  // gains 1 to 256
enum : unsigned { kSharpenBypass = 14, kSpatialBypass = 17 };

// Luma mixes pixels of three colours, and demosaicing neighbours: of their noise this share is
// left. The curve of sRGB has slope 1 at a quarter of the range.
constexpr double kLumaShare = 0.6;

double luma_noise(double raw_noise, std::uint32_t gain_point, double full_scale) {
  return raw_noise * std::pow(2, gain_point / 2.0) * kLumaShare * full_scale / 4095;
}

std::uint32_t whole(double value, double most) {
  return static_cast<std::uint32_t>(std::lround(std::clamp(value, 0.0, most)));
}

Parameter next(Parameter first, std::uint32_t i) {
  return static_cast<Parameter>(static_cast<std::uint32_t>(first) + i);
}

}  // namespace

void write_sharpening(BankWriter& bank, double noise) {
  // Nothing where nothing is, most for texture, less at strong edges, which would ring.
  constexpr std::uint32_t kWeights[16] = {0,  24, 48, 64, 64, 64, 60, 56,
                                          52, 48, 44, 40, 36, 32, 28, 24};
  bank.write(Parameter::kYSpWWeiNpArray, kWeights);
  bank.write(Parameter::kYSpBWeiNpArray, kWeights);
  // Of the detail a weight of 64 adds strength/32: half of it at gain 1, nothing at 128.
  constexpr std::uint32_t kStrength[kGainPoints] = {16, 15, 13, 10, 7, 4, 2, 0, 0};
  for (std::uint32_t brightness = 0; brightness < 4; ++brightness) {
    for (const Parameter first :
         {Parameter::kYSpWSlStren0Array, Parameter::kYSpWSlStren0WdrArray,
          Parameter::kYSpBSlStren0Array, Parameter::kYSpBSlStren0WdrArray}) {
      bank.write(next(first, brightness), kStrength);
    }
  }
  // What is smaller than noise is none of the scene's detail.
  constexpr double kFullScale = 1023;
  for (std::uint32_t i = 0; i < kGainPoints; ++i) {
    const std::uint32_t core = whole(luma_noise(noise, i, kFullScale), 255);
    bank.set(Parameter::kYSpUuThresArray, i, core);
    bank.set(Parameter::kYSpUuThresWdrArray, i, core);
  }
  // Beyond the samples around it a pixel goes by a quarter of their range, 32 of 1023 at most.
  constexpr std::uint32_t kOvershootShift = 1, kOvershoot = 8;
  bank.set(Parameter::kYSpWBLlParCfgArray, 6, kOvershootShift);
  bank.set(Parameter::kYSpWBLlParCfgArray, 7, kOvershoot);
  bank.set(Parameter::kYSpWBLlParCfgArray, 8, kOvershoot);
  bank.set(Parameter::kTopBypass, kSharpenBypass, 0);
}

void write_spatial_denoise(BankWriter& bank, double noise) {
  constexpr std::uint32_t kClasses = 16, kWidest = 16, kLimitStep = 8;
  // A neighbourhood that differs by noise alone keeps half its weight at this width.
  constexpr double kWidthPerNoise = 0.45, kFullScale = 255;
  for (std::uint32_t i = 0; i < kGainPoints; ++i) {
    const double width = kWidthPerNoise * luma_noise(noise, i, kFullScale);
    for (std::uint32_t activity = 0; activity < kClasses; ++activity) {
      // Where more happens than noise explains, half of it.
      const double range = activity * kLimitStep;
      const bool busy = range > 8 * luma_noise(noise, i, kFullScale);
      const std::uint32_t strength = whole(busy ? width / 2 : width, kWidest);
      bank.set(next(Parameter::kSdnsHS1Array, activity), i, strength);
      bank.set(next(Parameter::kSdnsHS1WdrArray, activity), i, strength);
      bank.set(next(Parameter::kSdnsHMv1Array, activity), i, strength);
    }
    bank.set(Parameter::kSdnsDarkThresArray, i, 0);
    bank.set(Parameter::kSdnsLightThresArray, i, 255);
  }
  for (std::uint32_t i = 0; i + 1 < kClasses; ++i) {
    bank.set(Parameter::kSdnsRS, i, kLimitStep * (i + 1));
    bank.set(Parameter::kSdnsRMv, i, kLimitStep * (i + 1));
    bank.set(Parameter::kSdnsDS1Thr, i, 1024 * (i + 1));
  }
  // Every distance counts as the curve has it.
  constexpr std::uint32_t kWhole = 32;
  bank.fill(Parameter::kSdnsWThr, kWhole);
  bank.set(Parameter::kSdnsHValMax, 0, kWidest);
  bank.set(Parameter::kTopBypass, kSpatialBypass, 0);
}

}  // namespace t31::tune
