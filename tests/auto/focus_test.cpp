// SPDX-License-Identifier: GPL-2.0-or-later
// The focus metric, worked by hand from ae-awb-af 1.6 and 5.
#include <gtest/gtest.h>

#include <array>

#include "driver/control/af_meter.hpp"

namespace t31::test {
namespace {

using namespace control;
using tuning::Parameter;

class Focus : public testing::Test {
 protected:
  Focus() {
    const u32 tilt[] = {19, 58, 42, 22, 6};
    bank_.write(Parameter::kAfTilt, tilt);
    bank_.set(Parameter::kAfZone, 1, 8);
    bank_.set(Parameter::kAfZone, 3, 8);
    bank_.fill(Parameter::kAfWeight, 1);
  }
  // Fields as the specification numbers their bits.
  void put(u32 zone, u64 fir0, u64 fir1, u64 iir0, u64 iir1, u64 frame_bits = 0) {
    const u64 low = fir0 | fir1 << 22 | iir0 << 44;
    const u64 high = iir0 >> 20 | iir1 << 2 | frame_bits << 62;
    words_[4 * zone] = static_cast<u32>(low);
    words_[4 * zone + 1] = static_cast<u32>(low >> 32);
    words_[4 * zone + 2] = static_cast<u32>(high);
    words_[4 * zone + 3] = static_cast<u32>(high >> 32);
  }
  AfMeasurement measure() {
    meter_.configure(bank_.bank());
    return meter_.measure(reinterpret_cast<const u8*>(words_.data()), table_);
  }

  std::vector<u8> bytes_ = std::vector<u8>(tuning::kBankBytes);
  tuning::BankWriter bank_{bytes_.data()};
  alignas(16) std::array<u32, 1024> words_{};
  AfMeter meter_;
  u32 table_[kZones] = {};
};

TEST_F(Focus, AZonesValueMixesTheFiltersOfBothDirections) {
  put(9, 640, 1280, 6400, 12800);  // row 1, column 1
  measure();
  // H = 19 * 6400 + 45 * 640, V = 58 * 12800 + 6 * 1280; (42 H + 22 V) / 64.
  EXPECT_EQ(table_[16], (42u * 150400 + 22u * 750080) / 64);
  EXPECT_EQ(table_[0], 0u);
}

TEST_F(Focus, TheMetricIsTheWeightedMeanTimesTheZones) {
  for (u32 zone = 0; zone < 64; ++zone) put(zone, 640, 1280, 6400, 12800);
  const AfMeasurement measured = measure();
  const u32 h = 150400 / 64, v = 750080 / 64;
  EXPECT_EQ(measured.horizontal, h * 64);
  EXPECT_EQ(measured.vertical, v * 64);
  EXPECT_EQ(measured.metric, (42 * h + 22 * v) / 64 * 64);
  EXPECT_EQ(measured.alternative, (42 * (h * 64 / 8) + 22 * (v * 64 / 8)) / 64);
  EXPECT_EQ(measured.shifted(3).metric, measured.metric >> 3);
}

TEST_F(Focus, ZonesWithoutWeightDoNotCount) {
  bank_.fill(Parameter::kAfWeight, 0);
  bank_.set(Parameter::kAfWeight, 16, 4);
  put(0, 4000, 4000, 4000, 4000);
  put(9, 640, 1280, 6400, 12800);
  const AfMeasurement measured = measure();
  EXPECT_EQ(measured.horizontal, 150400 / 64 * 64u);
  bank_.fill(Parameter::kAfWeight, 0);
  EXPECT_EQ(measure().metric, 0u);
}

TEST_F(Focus, FullFieldsDoNotOverflowTheSums) {
  constexpr u64 kFull = (1u << 22) - 1;
  for (u32 zone = 0; zone < 64; ++zone) put(zone, kFull, kFull, kFull, kFull);
  bank_.fill(Parameter::kAfWeight, 8);
  EXPECT_EQ(measure().horizontal, (64 * kFull / 64) * 64);
}

TEST_F(Focus, TheFrameNumberIsPutTogetherFromFourZones) {
  for (u32 zone = 0; zone < 4; ++zone) put(zone, 1, 1, 1, 1, (0x9c >> 2 * zone) & 3);
  EXPECT_EQ(measure().frame, 0x9c);
}

}  // namespace
}  // namespace t31::test
