// SPDX-License-Identifier: GPL-2.0-or-later
// What two exposures are for, measured on pictures.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "colour/colour_space.hpp"
#include "tests/camera/client.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kWidth = 1920, kHeight = 1080;
constexpr std::uint32_t kBuffers = 0x06000000;
constexpr int kSettle = 14;
constexpr std::uint32_t kStartLines = 600;

std::string tuning_file() {
  const char* given = std::getenv("T31_SHARED");
  const std::string path =
      std::string(given != nullptr ? given : T31_SHARED_DIR) + "/data/tuning/jxf37.bin";
  return std::filesystem::exists(path) ? path : std::string();
}

// A frame after things have settled: luma, then pairs of chroma. The exposure is held; that of the
// sensor's start unless another is given. `balance`: gains of red and blue,
// 0 leaves them to the driver.
struct Balance {
  double red = 0, blue = 0;
};
std::vector<std::uint8_t> picture(const Machine& machine, bool two,
                                  std::uint32_t lines = kStartLines, std::uint32_t short_lines = 0,
                                  const Balance& balance = {}) {
  Camera camera(machine);
  Session session;
  session.wdr = two;
  // The ABI has 63 characters for the path.
  const auto link = camera.root() / "t.bin";
  std::filesystem::create_symlink(tuning_file(), link);
  EXPECT_EQ(session.start("jxf37", link), 0);
  struct Block {
    std::uint32_t words[T31_AE_WORDS];
  };
  User<Block> block;
  block->words[T31_AE_FREEZE] = 1;
  block->words[T31_AE_INTEGRATION_TIME] = lines;
  block->words[T31_AE_AGAIN] = block->words[T31_AE_ISP_DGAIN] = 1024;
  block->words[T31_AE_SHORT_INTEGRATION_TIME_MANUAL] = short_lines != 0;
  block->words[T31_AE_SHORT_INTEGRATION_TIME] = short_lines;
  EXPECT_EQ(session.control_set(T31_CONTROL_AE, block.address()), 0);
  if (balance.red > 0) {
    EXPECT_EQ(session.set_white_balance(balance.red, balance.blue), 0);
  }
  Channel channel(0, kWidth, kHeight, kBuffers);
  EXPECT_EQ(channel.start(2), 0);
  std::vector<std::uint8_t> taken;
  for (int i = 0; i < kSettle; ++i) {
    Frame frame;
    if (channel.dequeue(frame) != 0) return {};
    const std::uint8_t* luma = channel.luma(frame.index);
    const std::uint8_t* chroma = channel.chroma(frame.index);
    taken.assign(luma, luma + kWidth * kHeight);
    taken.insert(taken.end(), chroma, chroma + kWidth * kHeight / 2);
    if (channel.queue(frame.index) != 0) return {};
  }
  EXPECT_EQ(channel.stream_off(), 0);
  return taken;
}

Machine bars(bool two) {
  Machine machine;
  machine.sensor = "jxf37";
  machine.sensor_parameters = two ? "data_type=2" : "";
  machine.scene = R"({"type":"steps"})";
  machine.extra = R"(,"shading":false)";
  return machine;
}

// Mean of a sample of each pixel of a bar, away from its edges.
template <typename Sample>
double mean_of_bar(unsigned bar, const Sample& sample) {
  constexpr unsigned kBars = 17;
  double sum = 0;
  unsigned count = 0;
  for (std::uint32_t y = 300; y < 780; ++y) {
    for (std::uint32_t x = (4 * bar + 1) * kWidth / (4 * kBars);
         x < (4 * bar + 3) * kWidth / (4 * kBars); ++x, ++count) {
      sum += sample(x, y);
    }
  }
  return sum / count;
}

double bar_mean(const std::vector<std::uint8_t>& luma, unsigned bar) {
  return mean_of_bar(bar, [&](std::uint32_t x, std::uint32_t y) { return luma[y * kWidth + x]; });
}

// Distance from the grey axis of CIELAB; full range BT.601 as the file's conversion.
double bar_chroma(const std::vector<std::uint8_t>& nv12, unsigned bar) {
  const auto plane = [&](std::uint32_t offset) {
    return mean_of_bar(bar, [&](std::uint32_t x, std::uint32_t y) {
      return nv12[kWidth * kHeight + y / 2 * kWidth + (x & ~1u) + offset] - 128.0;
    });
  };
  const double y = bar_mean(nv12, bar), u = plane(0), v = plane(1);
  const auto encoded = [](double code) { return std::clamp(code / 255, 0.0, 1.0); };
  const colour::Rgb rgb = {encoded(y + 1.402 * v), encoded(y - 0.344 * u - 0.714 * v),
                           encoded(y + 1.772 * u)};
  return colour::chroma(colour::linear_to_lab(colour::srgb_to_linear(rgb)));
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

TEST(WdrPicture, GreysAreNeutral) {
  if (tuning_file().empty()) GTEST_SKIP();
  // What the virtual sensor makes of a grey under its light of 5000 K (docs/sensor-model.md).
  const Balance balance{1 / 0.6155, 1 / 0.4190};
  const auto nv12 = picture(bars(true), true, 0, 0, balance);
  ASSERT_FALSE(nv12.empty());
  // Ten stops down the short exposure is black, and what is left is the noise of the long one
  // behind a steep curve.
  constexpr unsigned kDark = 11;
  for (unsigned bar = 0; bar < 17; ++bar) {
    EXPECT_LE(bar_chroma(nv12, bar), bar < kDark ? 4 : 10)
        << "bar " << bar << ", luma " << bar_mean(nv12, bar);
  }
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

// From the sensor's start on, nothing held; the last of the pictures. `off`: the frames until the
// mean stays near its target.
std::vector<std::uint8_t> automatic_picture(std::uint32_t compensation, int frames, int& off) {
  Camera camera(bars(true));
  Session session;
  session.wdr = true;
  const auto link = camera.root() / "t.bin";
  std::filesystem::create_symlink(tuning_file(), link);
  EXPECT_EQ(session.start("jxf37", link), 0);
  EXPECT_EQ(session.control_set(T31_CONTROL_AE_COMPENSATION, compensation), 0);
  Channel channel(0, kWidth, kHeight, kBuffers);
  EXPECT_EQ(channel.start(2), 0);
  std::vector<std::uint8_t> luma;
  off = 0;
  for (int i = 1; i <= frames; ++i) {
    Frame frame;
    if (channel.dequeue(frame) != 0) return {};
    User<t31_ae_state> state;
    std::uint32_t address = state.address();
    EXPECT_EQ(session.control_get(T31_CONTROL_AE_STATE, address), 0);
    if (std::abs(state->mean / static_cast<double>(state->target) - 1) > 0.13) off = i;
    luma.assign(channel.luma(frame.index), channel.luma(frame.index) + kWidth * kHeight);
    if (channel.queue(frame.index) != 0) return {};
  }
  EXPECT_EQ(channel.stream_off(), 0);
  return luma;
}

// Sixteen stops leave the two darkest bars less than a code of 12 bits at the file's own target.
TEST(WdrPicture, ExposureFindsTheChartWithinTwelveFramesAndTellsFourteenStopsApart) {
  if (tuning_file().empty()) GTEST_SKIP();
  int off = 0;
  // Tone curves take longer than exposure to arrive.
  const auto luma = automatic_picture(128, 34, off);
  ASSERT_FALSE(luma.empty());
  EXPECT_LE(off, 12);
  EXPECT_GE(stops(luma), 14u);
}

TEST(WdrPicture, ExposureThatIsCompensatedTellsFifteenStopsApart) {
  if (tuning_file().empty()) GTEST_SKIP();
  int off = 0;
  const auto luma = automatic_picture(192, 18, off);
  ASSERT_FALSE(luma.empty());
  EXPECT_LE(off, 12);
  EXPECT_GE(stops(luma), 15u);
}

}  // namespace
}  // namespace t31::test
