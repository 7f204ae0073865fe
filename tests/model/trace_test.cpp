// SPDX-License-Identifier: GPL-2.0-or-later
// The vendor's recorded writes, fed to the model with no driver in the process, give a right
// picture.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/model/chart_sensor.hpp"
#include "tests/model/sessions.hpp"

namespace t31::model::test {
namespace {

constexpr unsigned kRed = 14, kGreen = 13, kBlue = 12;  // patches of the ColorChecker

// Interrupt bits of a frame with one channel and its statistics, and no other.
constexpr std::uint32_t kFrameBits =
    1u << 0 | 1u << 12 | 1u << 13 | 1u << 18 | 1u << 20 | 1u << 26 | 1u << 27 | 1u << 30 | 1u << 31;

void expect_clean(const Outcome& seen) {
  EXPECT_EQ(seen.isp_status, kFrameBits);
  EXPECT_EQ(seen.vic_status, 1u);
  EXPECT_EQ(seen.csi_error1, 0u);
  EXPECT_EQ(seen.csi_error2, 0u);
  EXPECT_EQ(seen.started, 2u);
  EXPECT_EQ(seen.output, 2u);
  EXPECT_EQ(seen.dropped, 0u);
  EXPECT_EQ(seen.bus_errors, 0u);
  EXPECT_EQ(seen.gated, 0u);
  EXPECT_EQ(seen.refused_i2c, 0u);
  EXPECT_TRUE(seen.interrupted);
}

// Initialisation leaves a map of haze (transmission 230, air light 200 everywhere) that the first
// statistics replace. This is the map of a clear scene.
void clear_the_map_of_haze(Replay& replay) {
  for (std::uint32_t i = 0; i < 180; ++i) replay.write(kIsp + 0x58000 + 4 * i, 0xff);
}

// Temporal denoise leans on the picture before, and before the first one memory holds none.
void switch_temporal_denoise_off(Replay& replay) {
  replay.write(kIsp + 0x7810, 0x01110111);  // bits 12 and 28, luma and chroma
  replay.write(kIsp + 0x7804, 1);           // the block's update request
}

TEST(VendorTrace, Sc2336SessionGivesAFlatGreyOfTheRightLevel) {
  const auto trace = sc2336_session();
  if (!trace) GTEST_SKIP() << "no shared data";
  Replay replay(sc2336(R"({"type":"flat","level":0.18})"));
  replay.play(*trace);
  clear_the_map_of_haze(replay);
  switch_temporal_denoise_off(replay);
  replay.white_balance(sc2336_grey());
  expect_clean(replay.run(2));
  for (const Planes& buffer : kSc2336Buffers) {
    const auto picture = replay.picture(buffer.luma, buffer.chroma);
    const auto block = [&picture](std::uint32_t x, std::uint32_t y) {
      constexpr std::uint32_t kSize = 64;
      return mean_colour(picture, x, y, kSize, kSize);
    };
    const MeanColour centre = block(kPictureWidth / 2, kPictureHeight / 2);
    // The file's gamma takes 18 % to 40.5 % (sensor-colour.md), with a slope of about 0.45 there.
    // The black level of 64 in 1023 is subtracted without stretching what remains.
    EXPECT_NEAR(centre.luma, 0.405 * 255 * std::pow(1 - 64.0 / 1023, 0.45), 2);
    EXPECT_NEAR(centre.u, 128, 1.5);
    EXPECT_NEAR(centre.v, 128, 1.5);
    // The lens loses a quarter and more in the corners; the file's table makes up for most of it.
    const MeanColour corner = block(0, 0);
    EXPECT_NEAR(corner.luma, centre.luma, 10);
    EXPECT_NEAR(corner.u, 128, 3);
    EXPECT_NEAR(corner.v, 128, 3);
  }
}

TEST(VendorTrace, Sc2336SessionGivesTheChartsColours) {
  const auto trace = sc2336_session();
  if (!trace) GTEST_SKIP() << "no shared data";
  Replay replay(sc2336(R"({"type":"colorchecker"})"));
  replay.play(*trace);
  clear_the_map_of_haze(replay);
  switch_temporal_denoise_off(replay);
  replay.white_balance(sc2336_grey());
  expect_clean(replay.run(2));
  for (const Planes& buffer : kSc2336Buffers) {
    const auto report = replay.chart(buffer.luma, buffer.chroma);
    EXPECT_LE(report.mean_delta_e, 4.5);
    EXPECT_LE(report.mean_neutral_chroma, 3);
    EXPECT_NEAR(report.exposure, 1, 0.5);
  }
}

TEST(VendorTrace, Sc2336StatisticsArriveInTheSecondBufferOfTheirRings) {
  const auto trace = sc2336_session();
  if (!trace) GTEST_SKIP() << "no shared data";
  Replay replay(sc2336(R"({"type":"flat","level":0.18})"));
  replay.play(*trace);
  replay.run(1);
  // Addresses that the session wrote to 0xa030, 0xa040, 0xb040.
  const auto any = [](std::span<std::uint8_t> bytes) {
    return std::any_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte != 0; });
  };
  EXPECT_TRUE(any(replay.memory(0x04bf1000, 15 * 15 * 16)));
  EXPECT_TRUE(any(replay.memory(0x04bf4800, 1024)));
  EXPECT_TRUE(any(replay.memory(0x04de5000, 15 * 15 * 16)));
  EXPECT_FALSE(any(replay.memory(0x04bf2000, 0x2000)));
}

// The second channel's buffers in both sessions that have one, 640x360.
constexpr std::uint32_t kSmallWidth = 640, kSmallHeight = 360;

TEST(VendorTrace, TwoChannelSessionGivesBothPictures) {
  const auto trace = sc2336_session("sc2336_two_channels");
  if (!trace) GTEST_SKIP() << "no shared data";
  Replay replay(sc2336(R"({"type":"colorchecker"})"));
  replay.play(*trace);
  clear_the_map_of_haze(replay);
  switch_temporal_denoise_off(replay);
  replay.white_balance(sc2336_grey());
  const Outcome seen = replay.run(2);
  EXPECT_EQ(seen.isp_status, kFrameBits | 1u << 1);
  EXPECT_EQ(seen.output, 4u);
  EXPECT_EQ(seen.dropped, 0u);
  const auto large = replay.chart(kSc2336Buffers[1].luma, kSc2336Buffers[1].chroma);
  const auto small = replay.chart(0x06bc8300, 0x06c01b00, kSmallWidth, kSmallHeight);
  EXPECT_LE(large.mean_delta_e, 4.5);
  EXPECT_LE(small.mean_delta_e, 4.5);
  EXPECT_NEAR(small.exposure, large.exposure, 0.02);
}

TEST(VendorTrace, SecondChannelWorksAlone) {
  const auto trace = sc2336_session("sc2336_ch1_640x360");
  if (!trace) GTEST_SKIP() << "no shared data";
  Replay replay(sc2336(R"({"type":"colorchecker"})"));
  replay.play(*trace);
  const Outcome seen = replay.run(2);
  EXPECT_EQ(seen.isp_status, (kFrameBits & ~1u) | 1u << 1);
  EXPECT_EQ(seen.output, 2u);
}

TEST(VendorTrace, SnapshotSessionLeavesTheSensorsFrameInMemory) {
  const auto folder = golden_folder();
  if (!folder) GTEST_SKIP() << "no shared data";
  const auto start = sc2336_session("sc2336_snapraw");
  Replay replay(sc2336(R"({"type":"flat","level":0.18})"));
  replay.play(*start);
  // What `snapraw` wrote later in the session: registers 0x300 to 0x350 up to arming.
  for (const Step& step : load_trace(*folder / "sessions" / "sc2336_snapraw.trace.gz")) {
    if (step.kind != Step::Kind::kWrite || step.address < kVic + 0x300 ||
        step.address > kVic + 0x350)
      continue;
    replay.write(step.address, step.value);
    if (step.address == kVic + 0x300) break;
  }
  const Outcome seen = replay.run(1);
  EXPECT_EQ(seen.bus_errors, 0u);
  const auto raw = replay.memory(0x06000000, std::size_t{2} * kPictureWidth * kPictureHeight);
  const std::size_t middle = 2 * (std::size_t{540} * kPictureWidth + 961);  // green of BGGR
  const int code = raw[middle] | raw[middle + 1] << 8;
  EXPECT_NEAR(code, 65 + 0.18 * (1023 - 65), 3) << "black level 65, 18 % of what is above it";
}

TEST(VendorTrace, Gc2053SessionGivesTheChartsColours) {
  const auto trace = gc2053_session();
  if (!trace) GTEST_SKIP() << "no shared data";
  Replay replay(std::make_unique<ChartSensor>(kGc2053Grey));
  replay.supply_sensor();
  replay.play(*trace);
  clear_the_map_of_haze(replay);
  switch_temporal_denoise_off(replay);
  expect_clean(replay.run(2));
  for (const Planes& buffer : kGc2053Buffers) {
    const auto report = replay.chart(buffer.luma, buffer.chroma);
    // A sensor without data of its own: 3.7 to 5.9 over the nine files (sensor-colour.md).
    EXPECT_LE(report.mean_delta_e, 5.9);
    EXPECT_LE(report.mean_neutral_chroma, 3);
    const auto picture = replay.picture(buffer.luma, buffer.chroma);
    EXPECT_GT(patch_colour(picture, kRed).v, 150);
    EXPECT_GT(patch_colour(picture, kBlue).u, 150);
    EXPECT_LT(patch_colour(picture, kGreen).v, 110);
  }
}

TEST(VendorTrace, WholeGc2053SessionWithItsStopEndsQuietly) {
  const auto folder = golden_folder();
  if (!folder) GTEST_SKIP() << "no shared data";
  Replay replay(std::make_unique<ChartSensor>(kGc2053Grey));
  replay.supply_sensor();
  replay.play(load_trace(*folder / "linear_1080p_gc2053.csv"));
  const Outcome seen = replay.run(2);
  EXPECT_EQ(seen.output, 0u);
  EXPECT_EQ(seen.bus_errors, 0u);
  EXPECT_EQ(seen.isp_status, 0u) << "its clock is off";
}

}  // namespace
}  // namespace t31::model::test
