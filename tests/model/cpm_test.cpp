// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "tests/model/bench.hpp"

namespace t31::model::test {
namespace {

constexpr std::uint32_t kStop = 1u << 21, kAcknowledge = 1u << 20, kReset = 1u << 22;

TEST(Cpm, CameraGatesAreClosedAfterBoot) {
  Bench bench;
  EXPECT_EQ(bench.cpm(0x20) & (1u << 23 | 1u << 25), 1u << 23 | 1u << 25);
}

TEST(Cpm, GatedUnitReadsZeroLosesWritesAndIsCounted) {
  Bench bench;
  bench.isp(0x0004, 0x12345678);
  EXPECT_EQ(bench.isp(0x0000), 0u);
  bench.csi(0x04, 1);
  EXPECT_EQ(bench.vic(0x00), 0u);
  EXPECT_EQ(bench.phy(0x00), 0u);
  EXPECT_EQ(bench.counter(T31_MODEL_GATED_ACCESSES), 5u);
  bench.open_clocks();
  EXPECT_EQ(bench.isp(0x0000), 0x54560031u);
  EXPECT_EQ(bench.isp(0x0004), 0u);
  EXPECT_EQ(bench.csi(0x00), 0x3130322au);
  EXPECT_EQ(bench.csi(0x04), 0u);
  EXPECT_EQ(bench.counter(T31_MODEL_GATED_ACCESSES), 5u);
}

TEST(Cpm, EachGateServesItsUnitsOnly) {
  Bench bench;
  bench.cpm(0x20, bench.cpm(0x20) & ~(1u << 25));
  EXPECT_EQ(bench.csi(0x00), 0x3130322au);
  EXPECT_EQ(bench.isp(0x00), 0u);
}

TEST(Cpm, SensorClockFollowsTheDivider) {
  Bench bench;
  EXPECT_EQ(bench.sensor->master_clock, 0u);
  bench.cpm(0x7c, 0x20000039);
  EXPECT_EQ(bench.sensor->master_clock, 24'000'000u);
  bench.cpm(0x7c, 0x00000039);
  EXPECT_EQ(bench.sensor->master_clock, 24'000'000u);
  bench.cpm(0x7c, 0x28000039);  // stop bit, change enabled
  EXPECT_EQ(bench.sensor->master_clock, 0u);
}

TEST(Cpm, DividerActsOnlyWhileChangeIsEnabled) {
  Bench bench;
  bench.cpm(0x7c, 0x00000039);
  EXPECT_EQ(bench.sensor->master_clock, 0u);
}

TEST(Cpm, DividerSourceSelectsTheParent) {
  Bench bench;
  bench.cpm(0x7c, 0x20000000 | 1u << 30 | 49);
  EXPECT_EQ(bench.sensor->master_clock, T31_MODEL_MPLL_HZ / 50);
  bench.cpm(0x7c, 0x20000000 | 2u << 30 | 49);
  EXPECT_EQ(bench.sensor->master_clock, T31_MODEL_VPLL_HZ / 50);
}

TEST(Cpm, DividerIsNeverBusy) {
  Bench bench;
  bench.cpm(0x80, 0x3000000d);
  EXPECT_EQ(bench.cpm(0x80), 0x2000000du);
}

TEST(Cpm, ResetStopIsAcknowledgedSoonAfterTheRequest) {
  Bench bench;
  bench.cpm(0xc4, kStop);
  EXPECT_EQ(bench.cpm(0xc4), kStop);
  bench.run(2 * kMillisecond);
  EXPECT_EQ(bench.cpm(0xc4), kStop | kAcknowledge);
  bench.cpm(0xc4, kReset | kAcknowledge);
  EXPECT_EQ(bench.cpm(0xc4), kReset);
  bench.cpm(0xc4, 0);
  EXPECT_EQ(bench.cpm(0xc4), 0u);
}

TEST(Cpm, ResetRestoresIspAndVicDefaultsButNotTheReceiver) {
  Bench bench;
  bench.open_clocks();
  bench.isp(0x0004, 0x11112222);
  bench.isp(0x40000, 0x333);
  bench.isp(0x9804, 0xf0001);
  bench.vic(0x04, 0x44445555);
  bench.csi(0x04, 1);
  bench.phy(0x000, 0x7d);
  bench.reset_isp();
  EXPECT_EQ(bench.isp(0x0004), 0u);
  EXPECT_EQ(bench.isp(0x40000), 0u);
  EXPECT_EQ(bench.isp(0x9804), 0u);
  EXPECT_EQ(bench.vic(0x04), 0u);
  EXPECT_EQ(bench.csi(0x04), 1u);
  EXPECT_EQ(bench.phy(0x000), 0x7du);
}

TEST(Cpm, RegistersStayAtDefaultsWhileResetIsHeld) {
  Bench bench;
  bench.open_clocks();
  bench.cpm(0xc4, kReset);
  bench.isp(0x0004, 0x11112222);
  bench.vic(0x04, 0x33334444);
  EXPECT_EQ(bench.isp(0x0004), 0u);
  EXPECT_EQ(bench.vic(0x04), 0u);
  bench.cpm(0xc4, 0);
  bench.isp(0x0004, 0x11112222);
  EXPECT_EQ(bench.isp(0x0004), 0x11112222u);
}

TEST(Cpm, ResetLowersInterruptLines) {
  Bench bench;
  bench.start();
  bench.run_frames(2);
  EXPECT_TRUE(bench.line_high(29));
  EXPECT_TRUE(bench.line_high(30));
  bench.reset_isp();
  EXPECT_FALSE(bench.line_high(29));
  EXPECT_FALSE(bench.line_high(30));
}

TEST(Map, UnknownAndUnalignedAddressesReadZeroAndTakeWritesSilently) {
  Bench bench;
  bench.open_clocks();
  for (std::uint32_t address : {0u, 0x10000ff0u, 0x12345678u, 0x13300001u, 0x13390000u, 0x133e1000u,
                                0x10024000u, 0xfffffffcu}) {
    bench.chip.write(address, 0xffffffff);
    EXPECT_EQ(bench.chip.read(address), 0u) << std::hex << address;
  }
}

}  // namespace
}  // namespace t31::model::test
