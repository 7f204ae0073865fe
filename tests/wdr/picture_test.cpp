// SPDX-License-Identifier: GPL-2.0-or-later
// What two exposures are for, measured on pictures.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "tests/camera/client.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kWidth = 1920, kHeight = 1080;
constexpr std::uint32_t kBuffers = 0x06000000;
constexpr int kSettle = 14;

std::string tuning_file() {
  const char* given = std::getenv("T31_SHARED");
  const std::string path =
      std::string(given != nullptr ? given : T31_SHARED_DIR) + "/data/tuning/jxf37.bin";
  return std::filesystem::exists(path) ? path : std::string();
}

// The luma of a frame after things have settled.
std::vector<std::uint8_t> picture(const Machine& machine, bool two, std::uint32_t lines = 0,
                                  std::uint32_t short_lines = 0) {
  Camera camera(machine);
  Session session;
  session.wdr = two;
  // The ABI has 63 characters for the path.
  const auto link = camera.root() / "t.bin";
  std::filesystem::create_symlink(tuning_file(), link);
  EXPECT_EQ(session.start("jxf37", link), 0);
  if (lines != 0) {
    struct Block {
      std::uint32_t words[T31_AE_WORDS];
    };
    User<Block> block;
    block->words[T31_AE_FREEZE] = 1;
    block->words[T31_AE_INTEGRATION_TIME] = lines;
    block->words[T31_AE_SHORT_INTEGRATION_TIME_MANUAL] = short_lines != 0;
    block->words[T31_AE_SHORT_INTEGRATION_TIME] = short_lines;
    EXPECT_EQ(session.control_set(T31_CONTROL_AE, block.address()), 0);
  }
  Channel channel(0, kWidth, kHeight, kBuffers);
  EXPECT_EQ(channel.start(2), 0);
  std::vector<std::uint8_t> luma;
  for (int i = 0; i < kSettle; ++i) {
    Frame frame;
    if (channel.dequeue(frame) != 0) return {};
    const std::uint8_t* first = channel.luma(frame.index);
    luma.assign(first, first + kWidth * kHeight);
    if (channel.queue(frame.index) != 0) return {};
  }
  EXPECT_EQ(channel.stream_off(), 0);
  return luma;
}

Machine bars(bool two) {
  Machine machine;
  machine.sensor = "jxf37";
  machine.sensor_parameters = two ? "data_type=2" : "";
  machine.scene = R"({"type":"steps"})";
  machine.extra = R"(,"shading":false)";
  return machine;
}

double bar_mean(const std::vector<std::uint8_t>& luma, unsigned bar) {
  constexpr unsigned kBars = 17;
  double sum = 0;
  unsigned count = 0;
  for (std::uint32_t y = 300; y < 780; ++y) {
    for (std::uint32_t x = (4 * bar + 1) * kWidth / (4 * kBars);
         x < (4 * bar + 3) * kWidth / (4 * kBars); ++x, ++count) {
      sum += luma[y * kWidth + x];
    }
  }
  return sum / count;
}

// Neighbouring bars, a stop apart, that differ by a code and more of 8 bits.
unsigned stops(const std::vector<std::uint8_t>& luma) {
  unsigned separated = 0;
  for (unsigned bar = 0; bar + 1 < 17; ++bar) {
    separated += bar_mean(luma, bar) - bar_mean(luma, bar + 1) >= 1;
  }
  return separated;
}

TEST(WdrPicture, SeparatesFifteenOfSixteenStopsWithTheUnmodifiedTuningFile) {
  if (tuning_file().empty()) GTEST_SKIP();
  const auto luma = picture(bars(true), true);
  ASSERT_FALSE(luma.empty());
  EXPECT_GE(stops(luma), 15u);
  // Brighter is never darker.
  for (unsigned bar = 0; bar + 1 < 17; ++bar) {
    EXPECT_GT(bar_mean(luma, bar) + 0.5, bar_mean(luma, bar + 1)) << bar;
  }
  RecordProperty("stops", static_cast<int>(stops(luma)));
}

TEST(WdrPicture, OneExposureSeparatesFarFewerStops) {
  if (tuning_file().empty()) GTEST_SKIP();
  const auto luma = picture(bars(false), false);
  ASSERT_FALSE(luma.empty());
  EXPECT_LE(stops(luma), 11u);
}

TEST(WdrPicture, SeparatesThemAtAGivenPairOfExposuresToo) {
  if (tuning_file().empty()) GTEST_SKIP();
  const auto fused = picture(bars(true), true, 1883, 37);
  ASSERT_FALSE(fused.empty());
  EXPECT_GE(stops(fused), 15u);
}

}  // namespace
}  // namespace t31::test
