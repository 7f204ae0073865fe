// SPDX-License-Identifier: GPL-2.0-or-later
#include "loops/sensor_gains.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "common/errors.hpp"

namespace t31::loops {
namespace {

constexpr u32 kMask = (1u << 11) - 1;  // 1/32 octave

u32 log2_q16(double gain) {
  return static_cast<u32>(std::lround(65536 * std::log2(gain)));
}

// SC2336: 1 to 32 times by a coarse gain of whole octaves, times 128 to 252 of 128 in steps of 4.
std::vector<u32> octaves_of_32_steps(unsigned octaves) {
  std::vector<u32> steps;
  for (unsigned octave = 0; octave < octaves; ++octave) {
    for (unsigned fine = 0x80; fine <= 0xfc; fine += 4) {
      steps.push_back((octave << 16) + log2_q16(fine / 128.0));
    }
  }
  steps.push_back(octaves << 16);
  return steps;
}

// JX-F37: 2^(code >> 4) x (1 + (code & 15) / 16).
std::vector<u32> octaves_of_16_steps(unsigned octaves) {
  std::vector<u32> steps;
  for (unsigned code = 0; code < 16 * octaves; ++code) {
    steps.push_back((code >> 4 << 16) + log2_q16(1 + (code & 15) / 16.0));
  }
  return steps;
}

// IMX307: 0.3 dB a code, by the driver's arithmetic a twentieth of an octave.
std::vector<u32> twentieths_of_octaves(unsigned most) {
  std::vector<u32> steps;
  for (unsigned code = 0; code <= most; ++code) steps.push_back((code << 16) / 20);
  return steps;
}

// Two chips whose steps follow no rule: measured by their maker, 0.2 octaves wide and more.
const std::vector<u32> kGc2053{0,      13726,  31177,  44067,  64793,  78621,  96180,  109138,
                               132537, 146067, 163567, 176747, 195118, 208560, 229103, 242511,
                               262419, 275710, 292252, 305571, 324962, 338280, 358923, 372267,
                               392101, 415415, 421082, 440360, 444864};
const std::vector<u32> kGc4653{0,      14995,  31177,  47704,  65535,  81158,  97241,
                               113239, 131070, 147006, 162776, 178774, 196605, 212541,
                               228311, 244420, 262140, 278154, 293912, 309955, 327675,
                               343689, 359480, 375518, 393210, 409243};

constexpr const char* kSensors[] = {"sc2336", "gc2053", "gc4653", "jxf37", "imx307"};

}  // namespace

GainTable::GainTable(std::vector<u32> steps) : steps_(std::move(steps)) {}

u32 GainTable::realise(u32 request) const {
  if (steps_.empty()) return request & ~kMask;
  const auto above = std::ranges::upper_bound(steps_, request);
  return above == steps_.begin() ? steps_.front() : *std::prev(above);
}

std::span<const char* const> gain_sensors() {
  return kSensors;
}

const GainTable& sensor_gains(const std::string& sensor) {
  static const std::map<std::string, GainTable> tables{
      {"sc2336", GainTable(octaves_of_32_steps(5))},
      {"gc2053", GainTable(kGc2053)},
      {"gc4653", GainTable(kGc4653)},
      {"jxf37", GainTable(octaves_of_16_steps(4))},
      {"imx307", GainTable(twentieths_of_octaves(140))}};
  const auto found = tables.find(sensor);
  if (found == tables.end()) throw tools::Failure("the gains of " + sensor + " are not known");
  return found->second;
}

}  // namespace t31::loops
