// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "tests/model/bench.hpp"

namespace t31::model::test {
namespace {

constexpr std::uint32_t kError1 = 0x20, kError2 = 0x24;

// Everything but the receiver is set up and the sensor streams.
struct Csi : testing::Test {
  void SetUp() override { bench.start(); }
  unsigned received() {
    bench.run_to_frame_start();
    const auto before = bench.pixels->frames;
    bench.isp(0xb8, 0xffffffff);
    bench.run_frames(2);
    return bench.pixels->frames - before;
  }
  Bench bench;
};

TEST_F(Csi, ReceivesWhatIsProgrammedLikeTheSensor) {
  EXPECT_EQ(received(), 2u);
  EXPECT_EQ(bench.csi(kError1), 0u);
  EXPECT_EQ(bench.csi(kError2), 0u);
}

TEST_F(Csi, OneLaneInsteadOfTwoGivesErrorsAndNoFrame) {
  bench.csi(0x04, 0);
  EXPECT_EQ(received(), 0u);
  EXPECT_NE(bench.csi(kError1), 0u);
}

TEST_F(Csi, MoreLanesThanTheSensorHasGivesErrorsAndNoFrame) {
  bench.sensor->link_format.lanes = 1;
  EXPECT_EQ(received(), 0u);
  EXPECT_EQ(bench.csi(kError1) & 0xf, 2u) << "lane 1 never synchronises";
}

TEST_F(Csi, WrongSettleCodeLosesSynchronisationOnThatLane) {
  bench.phy(0x1e0, 3);
  EXPECT_EQ(received(), 0u);
  EXPECT_EQ(bench.csi(kError1) & 0xf, 2u);
}

TEST_F(Csi, NeighbouringSettleCodeStillLocks) {
  bench.phy(0x160, 6);
  bench.phy(0x1e0, 8);
  EXPECT_EQ(received(), 2u);
}

// A reset of the PHY is not taken to do that: the sensor's driver before must have cleaned up.
TEST_F(Csi, SettleCodeStaysOverAResetUntilItsResetValueIsWritten) {
  bench.phy(0x160, 3);
  bench.csi(0x0c, 0);
  bench.csi(0x0c, 1);
  EXPECT_EQ(received(), 0u);
  EXPECT_EQ(bench.csi(kError1) & 0xf, 1u);
  bench.phy(0x160, 0);
  EXPECT_EQ(received(), 2u) << "the lane measures the time itself";
  EXPECT_EQ(bench.csi(kError1), 0u);
}

TEST_F(Csi, ErrorRegistersClearOnRead) {
  bench.csi(0x04, 0);
  received();
  EXPECT_NE(bench.csi(kError1), 0u);
  EXPECT_EQ(bench.csi(kError1), 0u);
}

TEST_F(Csi, PhyInResetHearsNothingAndReportsNothing) {
  bench.csi(0x0c, 0);
  EXPECT_EQ(received(), 0u);
  EXPECT_EQ(bench.csi(kError1), 0u);
}

TEST_F(Csi, ControllerInResetHearsNothing) {
  bench.csi(0x10, 0);
  EXPECT_EQ(received(), 0u);
}

TEST_F(Csi, PhyWithoutPowerOrClockLaneHearsNothing) {
  bench.phy(0x000, 0);
  EXPECT_EQ(received(), 0u);
  bench.phy(0x000, 0x7d);
  bench.phy(0x128, 0);
  EXPECT_EQ(received(), 0u);
}

TEST_F(Csi, ParallelModeShutsMipiOut) {
  bench.phy(0x2cc, 1);
  EXPECT_EQ(received(), 0u);
}

TEST_F(Csi, DataTypeNobodyAskedForIsReported) {
  bench.vic(0x10c, 1u << 18 | 0x2a << 12);
  bench.vic(0x00, 2);
  bench.vic(0x00, 1);
  EXPECT_EQ(received(), 0u);
  EXPECT_EQ(bench.csi(kError2), 1u << 12);
}

TEST_F(Csi, FrameIsLostWhenThePhyIsResetWithinIt) {
  bench.run_to_frame_start();
  bench.run(5 * kMillisecond);
  bench.csi(0x0c, 0);
  bench.run(30 * kMillisecond);
  EXPECT_EQ(bench.isp(0xb4) & (1u << 13 | 1u), 0u) << "neither ISP nor channel done";
  EXPECT_EQ(bench.isp(0xb4) & 1u << 8, 1u << 8);
}

TEST_F(Csi, PhyStateShowsStoppedLanesInBlankingAndActivityInLines) {
  EXPECT_EQ(bench.csi(0x14), 0x630u);
  bench.run_to_frame_start();
  EXPECT_EQ(bench.csi(0x14), 0x300u);
  bench.run(35 * kMillisecond);
  EXPECT_EQ(bench.csi(0x14), 0x630u);
}

TEST_F(Csi, PhyStateIsZeroWithoutSensorClockOrPhyReset) {
  bench.csi(0x0c, 0);
  EXPECT_EQ(bench.csi(0x14), 0u);
  bench.csi(0x0c, 1);
  bench.cpm(0x7c, 0x28000039);
  EXPECT_EQ(bench.csi(0x14), 0u);
}

struct Settle {
  unsigned mbps, code;
};
struct SettleTable : testing::TestWithParam<Settle> {};
TEST_P(SettleTable, CodeFollowsTheLaneRate) {
  EXPECT_EQ(t31::model::Csi::settle_code(GetParam().mbps), GetParam().code);
}
// hw-pipeline 2.2, both sides of every boundary.
INSTANTIATE_TEST_SUITE_P(
    All, SettleTable,
    testing::Values(Settle{79, 11}, Settle{80, 0}, Settle{109, 0}, Settle{110, 1}, Settle{149, 1},
                    Settle{150, 2}, Settle{199, 2}, Settle{200, 3}, Settle{249, 3}, Settle{250, 4},
                    Settle{299, 4}, Settle{300, 5}, Settle{399, 5}, Settle{400, 6}, Settle{499, 6},
                    Settle{500, 7}, Settle{599, 7}, Settle{600, 8}, Settle{699, 8}, Settle{700, 9},
                    Settle{799, 9}, Settle{800, 10}, Settle{999, 10}, Settle{1000, 11}));

}  // namespace
}  // namespace t31::model::test
