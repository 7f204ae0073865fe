// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "model/core/line_format.hpp"
#include "tests/model/bench.hpp"

namespace t31::model::test {
namespace {

constexpr std::uint32_t kStatus1 = 0x1e0, kClear1 = 0x1f0, kMask1 = 0x1e8;
constexpr std::uint32_t kHorizontal = 1u << 10, kVertical = 1u << 14, kDone = 1u;

struct VicTest : testing::Test {
  void SetUp() override { bench.start(); }
  // Loads the registers as a driver does and starts again.
  void restart() {
    bench.vic(0x00, 2);
    bench.vic(0x00, 4);
    bench.vic(0x00, 1);
  }
  // One frame; returns what VIC status 1 then shows.
  std::uint32_t one_frame() {
    bench.vic(kClear1, 0xffffffff);
    bench.run_to_frame_start();
    bench.run(35 * kMillisecond);
    return bench.vic(kStatus1);
  }
  Bench bench;
};

TEST_F(VicTest, FrameDoneIsRaisedAndCleared) {
  EXPECT_EQ(one_frame(), kDone);
  EXPECT_TRUE(bench.line_high(30));
  bench.vic(kClear1, kDone);
  EXPECT_EQ(bench.vic(kStatus1), 0u);
  EXPECT_FALSE(bench.line_high(30));
}

TEST_F(VicTest, MaskedStatusIsSeenButInterruptsNobody) {
  bench.vic(kMask1, kDone);
  EXPECT_EQ(one_frame(), kDone);
  EXPECT_FALSE(bench.line_high(30));
  bench.vic(kMask1, 0);
  EXPECT_TRUE(bench.line_high(30));
}

TEST_F(VicTest, IsReachableThroughTheIspWindow) {
  bench.isp(0xe0104, 0x77);
  EXPECT_EQ(bench.vic(0x104), 0x77u);
}

TEST_F(VicTest, ResetClearsControlAtOnceAndStops) {
  bench.vic(0x00, 4);
  EXPECT_EQ(bench.vic(0x00), 0u);
  EXPECT_EQ(one_frame(), 0u);
}

TEST_F(VicTest, RegisterEnableStaysReadable) {
  bench.vic(0x00, 2);
  EXPECT_EQ(bench.vic(0x00), 2u);
}

TEST_F(VicTest, StopForAChangeHaltsIt) {
  bench.vic(0x00, 0x10);
  EXPECT_EQ(one_frame(), 0u);
  bench.vic(0x00, 1);
  EXPECT_EQ(one_frame(), kDone);
}

TEST_F(VicTest, ConfigurationActsOnlyWhenLoaded) {
  bench.vic(0x100, 999);
  EXPECT_EQ(one_frame(), kDone);
  restart();
  EXPECT_EQ(one_frame(), kDone | kHorizontal);
}

TEST(Vic, StartedWithoutLoadGivesNothing) {
  Bench bench;
  bench.open_clocks();
  bench.release_sensor();
  bench.init_isp();
  bench.init_csi();
  bench.vic(0x04, kWidth << 16 | kHeight);
  bench.vic(0x0c, 2);
  bench.vic(0x14, 1);
  bench.vic(0x00, 1);
  bench.stream();
  bench.run_frames(3);
  EXPECT_EQ(bench.vic(kStatus1), 0u);
  EXPECT_EQ(bench.isp(0xb4), 0u);
}

TEST_F(VicTest, ResetWithinAFrameBreaksIt) {
  bench.run_to_frame_start();
  bench.isp(0xb8, 0xffffffff);
  bench.run(5 * kMillisecond);
  bench.vic(0x00, 4);
  bench.run(30 * kMillisecond);
  EXPECT_EQ(bench.isp(0xb4), 1u << 8);
  EXPECT_EQ(bench.vic(kStatus1), 0u);
}

TEST_F(VicTest, LoadWithinAFrameActsFromTheNext) {
  bench.run_to_frame_start();
  bench.vic(0x04, 16u << 16 | 16);
  bench.vic(0x14, 5);
  bench.vic(0x00, 3);  // load and keep running
  bench.run(35 * kMillisecond);
  ASSERT_EQ(bench.pixels->frames, 1u);
  EXPECT_EQ(bench.pixels->frame.width, kWidth);
  EXPECT_EQ(bench.pixels->frame.bits, 10u);
  bench.run_frames(1);
  EXPECT_EQ(bench.pixels->frames, 1u) << "no known format any more";
}

TEST_F(VicTest, OtherInterfaceThanMipiHearsNothing) {
  bench.vic(0x0c, 3);
  restart();
  EXPECT_EQ(one_frame(), 0u);
}

TEST_F(VicTest, TwoFrameRoutingWaitsForASecondExposure) {
  bench.vic(0x1ac, 0x4140);
  bench.vic(0x1a8, 0x4140);
  EXPECT_EQ(one_frame(), 0u);
}

TEST_F(VicTest, WrongWordsPerLineShearThePicture) {
  constexpr std::uint32_t kWords = 22, kPixelsPerLine = kWords * 32 / 10;  // 64 pixels need 20
  bench.vic(0x100, kWords);
  restart();
  EXPECT_EQ(one_frame(), kDone | kHorizontal);
  EXPECT_EQ(bench.vic(0x3a8), 20u << 16 | kWords);
  const BayerFrame& frame = bench.pixels->frame;
  ASSERT_EQ(frame.width, kWidth);
  for (unsigned y : {0u, 1u, 5u}) {
    const unsigned position = y * kPixelsPerLine;
    EXPECT_EQ(frame.codes[y * kWidth], FakeSensor::code(position % kWidth, position / kWidth, 10));
  }
}

TEST_F(VicTest, WrongPixelFormatUnpacksGarbage) {
  bench.vic(0x14, 0);  // RAW8 of a RAW10 line: five bytes for four pixels
  restart();
  one_frame();
  const BayerFrame& frame = bench.pixels->frame;
  EXPECT_EQ(frame.bits, 8u);
  const unsigned low_bits = FakeSensor::code(0, 0, 10) % 4 | FakeSensor::code(1, 0, 10) % 4 << 2 |
                            FakeSensor::code(2, 0, 10) % 4 << 4 |
                            FakeSensor::code(3, 0, 10) % 4 << 6;
  EXPECT_EQ(frame.codes[0], FakeSensor::code(0, 0, 10) >> 2);
  EXPECT_EQ(frame.codes[4], low_bits);
}

LinkFormat mipi_yuv() {
  LinkFormat link{.lanes = 2, .mbps = 594, .bits = 16, .width = kWidth, .height = kHeight};
  link.parallel.samples = Samples::kYuv422;
  return link;
}

// A receiver set to YUV 4:2:2, in its own words a line.
void expect_yuv(Bench& bench) {
  bench.isp(0x804, 0x1e);
  bench.vic(0x14, 7);
  bench.vic(0x100, kWidth * 16 / 32);
  bench.vic(0x00, 2);
  bench.vic(0x00, 4);
  bench.vic(0x00, 1);
  bench.vic(kClear1, 0xffffffff);
  bench.run_to_frame_start();
  bench.run(35 * kMillisecond);
}

TEST(Vic, YuvOfTheLinkIsHandedOnAsLumaAndChroma) {
  Bench bench({.link = mipi_yuv()});
  bench.start();
  expect_yuv(bench);
  EXPECT_EQ(bench.vic(kStatus1), kDone);
  ASSERT_EQ(bench.pixels->frames, 1u);
  const BayerFrame& frame = bench.pixels->frame;
  EXPECT_EQ(frame.samples, Samples::kYuv422);
  EXPECT_EQ(frame.bits, 16u);
  for (unsigned y : {0u, 7u, kHeight - 1}) {
    for (unsigned x = 0; x < kWidth; ++x)
      ASSERT_EQ(frame.codes[y * kWidth + x], FakeSensor::code(x, y, 16)) << x << ", " << y;
  }
}

TEST(Vic, TheDataTypeOfYuvIsThatOfCsi2) {
  for (const auto& [type, frames] : {std::pair{0x1eu, 1u}, std::pair{0x2bu, 0u}}) {
    Bench bench({.link = mipi_yuv()});
    bench.start();
    bench.vic(0x10c, 1u << 18 | type << 12);
    expect_yuv(bench);
    EXPECT_EQ(bench.pixels->frames, frames) << type;
  }
}

TEST(Vic, YuvReadAsRaw8HasChromaInFrontOfEachLuma) {
  Bench bench({.link = mipi_yuv()});
  bench.start();
  bench.isp(0x804, 0x1c);
  bench.vic(0x14, 0);
  bench.vic(0x00, 2);
  bench.vic(0x00, 4);
  bench.vic(0x00, 1);
  bench.run_to_frame_start();
  bench.run(35 * kMillisecond);
  ASSERT_GE(bench.pixels->frames, 1u);
  const BayerFrame& frame = bench.pixels->frame;
  EXPECT_EQ(frame.samples, Samples::kBayer);
  EXPECT_EQ(frame.codes[10], FakeSensor::code(5, 0, 16) >> 8);
  EXPECT_EQ(frame.codes[11], FakeSensor::code(5, 0, 16) & 0xff);
}

TEST_F(VicTest, RawBytesReadAsYuvArePairedOff) {
  bench.isp(0x804, 0x1e);
  bench.vic(0x14, 7);
  restart();
  one_frame();
  const BayerFrame& frame = bench.pixels->frame;
  EXPECT_EQ(frame.samples, Samples::kYuv422);
  EXPECT_EQ(frame.codes[0],
            (FakeSensor::code(0, 0, 10) >> 2) << 8 | FakeSensor::code(1, 0, 10) >> 2);
}

TEST(Vic, TwoExposuresOfYuvDoNotPass) {
  LinkFormat link = mipi_yuv();
  link.exposures = 2;
  Bench bench({.link = link});
  bench.start();
  bench.vic(0x1a8, 0x4140);
  bench.vic(0x1ac, 0x4140);
  expect_yuv(bench);
  EXPECT_EQ(bench.vic(kStatus1), 0u);
}

TEST_F(VicTest, SizeThatDiffersFromTheIspsRaisesErrorsAndGivesNoPicture) {
  bench.vic(0x04, (kWidth - 2) << 16 | kHeight);
  restart();
  EXPECT_EQ(one_frame(), kDone | kHorizontal);
  EXPECT_EQ(bench.isp(0xb4) & 0x100, 0x100u);
  bench.vic(0x04, kWidth << 16 | (kHeight - 1));
  restart();
  EXPECT_EQ(one_frame(), kDone | kVertical);
  EXPECT_EQ(bench.pixels->frames, 0u);
}

TEST_F(VicTest, WindowBeyondTheSensorsFrameIsBlackThere) {
  bench.vic(0x110, kWidth << 16 | 8);
  restart();
  bench.vic(0x104, 4);
  EXPECT_EQ(one_frame(), kDone | kHorizontal | kVertical);
  const BayerFrame& frame = bench.pixels->frame;
  EXPECT_EQ(frame.codes[0], FakeSensor::code(8, 4, 10));
  EXPECT_EQ(frame.codes[kWidth - 8], 0u);
  EXPECT_EQ(frame.codes[(kHeight - 4) * kWidth], 0u);
}

TEST(Vic, CutsItsWindowOutOfALargerSensorFrame) {
  Bench bench({.link = {.lanes = 2, .mbps = 594, .bits = 10, .width = 80, .height = 40}});
  bench.start();
  bench.vic(0x100, 25);
  bench.vic(0x110, 80u << 16 | 6);
  bench.vic(0x00, 2);
  bench.vic(0x00, 4);
  bench.vic(0x104, 2);
  bench.vic(0x00, 1);
  bench.run_frames(2);
  EXPECT_EQ(bench.vic(kStatus1), kDone);
  const BayerFrame& frame = bench.pixels->frame;
  EXPECT_EQ(frame.codes[0], FakeSensor::code(6, 2, 10));
  EXPECT_EQ(frame.codes[kWidth * kHeight - 1],
            FakeSensor::code(6 + kWidth - 1, 2 + kHeight - 1, 10));
}

TEST(LineFormat, PackedRaw10HasFourHighBytesThenTheLowBits) {
  const std::uint16_t codes[] = {0x3ff, 0x001, 0x102, 0x203};
  const std::vector<std::uint8_t> expected{0xff, 0x00, 0x40, 0x80, 0b11'10'01'11};
  EXPECT_EQ(pack_line(codes, 10), expected);
}

TEST(LineFormat, PackedRaw12HasTwoHighBytesThenTheLowBits) {
  const std::uint16_t codes[] = {0xabc, 0x123};
  const std::vector<std::uint8_t> expected{0xab, 0x12, 0x3c};
  EXPECT_EQ(pack_line(codes, 12), expected);
}

TEST(LineFormat, PackedYuvHasChromaBeforeLuma) {
  const std::uint16_t codes[] = {0x8012, 0x9034};  // Cb, Y; Cr, Y
  const std::vector<std::uint8_t> expected{0x80, 0x12, 0x90, 0x34};
  EXPECT_EQ(pack_line(codes, 16), expected);
}

TEST(LineFormat, UnpackingUndoesPacking) {
  for (unsigned bits : {8u, 10u, 12u, 16u}) {
    std::vector<std::uint16_t> codes(64);
    for (unsigned i = 0; i < codes.size(); ++i) codes[i] = FakeSensor::code(i, 3, bits);
    EXPECT_EQ(unpack_line(pack_line(codes, bits), bits), codes) << bits;
  }
}

TEST(LineFormat, WordsPerLineAreThoseOfTheSpecification) {
  EXPECT_EQ(line_words(1920, 8), 0x1e0u);
  EXPECT_EQ(line_words(1920, 10), 0x258u);
  EXPECT_EQ(line_words(1920, 12), 0x2d0u);
  EXPECT_EQ(line_words(1920, 16), 0x3c0u);
}

}  // namespace
}  // namespace t31::model::test
