// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "tests/model/bench.hpp"

namespace t31::model::test {
namespace {

constexpr std::uint32_t kResetPin = 1u << 18;

void drive_through_shadow(Bench& bench, bool high) {
  bench.gpio(0x7018, kResetPin);
  bench.gpio(0x7024, kResetPin);
  bench.gpio(0x7038, kResetPin);
  bench.gpio(high ? 0x7044 : 0x7048, kResetPin);
}

TEST(Gpio, SensorStaysInResetUntilItsPinIsDrivenHigh) {
  Bench bench;
  EXPECT_FALSE(bench.sensor->reset_high);
  bench.release_sensor();
  EXPECT_TRUE(bench.sensor->reset_high);
}

TEST(Gpio, ShadowChangesActOnlyWhenLoaded) {
  Bench bench;
  drive_through_shadow(bench, true);
  EXPECT_FALSE(bench.sensor->reset_high);
  bench.gpio(0x70f0, 0);
  EXPECT_TRUE(bench.sensor->reset_high);
}

TEST(Gpio, ShadowLoadedIntoAnotherPortLeavesThisOneAlone) {
  Bench bench;
  drive_through_shadow(bench, true);
  bench.gpio(0x70f0, 1);
  EXPECT_FALSE(bench.sensor->reset_high);
  EXPECT_EQ(bench.gpio(0x1000) & kResetPin, kResetPin);
}

TEST(Gpio, LoadTouchesOnlyThePinsThatWereWritten) {
  Bench bench;
  bench.release_sensor();
  bench.gpio(0x7048, 1u << 3);
  bench.gpio(0x70f0, 0);
  EXPECT_TRUE(bench.sensor->reset_high);
}

TEST(Gpio, PinCanBePulsedLowAndHigh) {
  Bench bench;
  bench.release_sensor();
  drive_through_shadow(bench, false);
  bench.gpio(0x70f0, 0);
  EXPECT_FALSE(bench.sensor->reset_high);
  drive_through_shadow(bench, true);
  bench.gpio(0x70f0, 0);
  EXPECT_TRUE(bench.sensor->reset_high);
}

TEST(Gpio, PortAlsoTakesDirectWrites) {
  Bench bench;
  bench.gpio(0x0018, kResetPin);
  bench.gpio(0x0024, kResetPin);
  bench.gpio(0x0038, kResetPin);
  bench.gpio(0x0044, kResetPin);
  EXPECT_TRUE(bench.sensor->reset_high);
  EXPECT_EQ(bench.gpio(0x0000), kResetPin);
}

TEST(Gpio, AnInputReadsItsPullUp) {
  Bench bench;
  bench.gpio(0x1114, 1u << 5);
  EXPECT_EQ(bench.gpio(0x1000), 1u << 5);
  bench.gpio(0x1118, 1u << 5);
  EXPECT_EQ(bench.gpio(0x1000), 0u);
}

}  // namespace
}  // namespace t31::model::test
