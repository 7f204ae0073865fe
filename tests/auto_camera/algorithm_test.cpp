// SPDX-License-Identifier: GPL-2.0-or-later
// Exposure and white balance by a program of the user (user-abi 2.14, 2.15): it decides while it is
// heard of; a program that falls silent leaves a camera that goes on by itself.
#include <cstdlib>

#include "tests/auto_camera/small_camera.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kIsp = 0x13300000;
constexpr std::uint32_t kMagic = 0x000336ac;
constexpr unsigned kSettled = 16, kPatience = 51;  // frames; two seconds

using AeOpen = std::array<std::uint32_t, 32>;
using AeGet = std::array<std::uint8_t, 2008>;
using AeSet = std::array<std::uint32_t, 14>;
using AwbGet = std::array<std::uint8_t, 707>;
using AwbSet = std::array<std::uint32_t, 6>;

template <std::size_t kBytes>
std::uint32_t word(const std::array<std::uint8_t, kBytes>& bytes, std::size_t at) {
  std::uint32_t value = 0;
  std::memcpy(&value, &bytes[at], 4);
  return value;
}

class Algorithm : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(camera.start(), 0);
    camera.frames(kSettled);
    std::free(t31_host_take_log());
  }
  template <typename T>
  int call(std::uint32_t command, T& value) {
    User<T> memory(value);
    const int result = camera.session.tx(command, memory.address());
    value = *memory;
    return result;
  }
  int open_exposure() {
    AeOpen open{kMagic};
    return call(T31_TX_ISP_AE_ALGO_OPEN, open);
  }
  static std::string log() {
    char* text = t31_host_take_log();
    const std::string copy = text;
    std::free(text);
    return copy;
  }

  SmallCamera camera{Light{30}};
};

TEST_F(Algorithm, ExposureIsTheProgramsAndTheDriversAgainAfterwards) {
  const double automatic = camera.exposure();
  ASSERT_EQ(open_exposure(), 0);
  AeGet got{};
  ASSERT_EQ(call(T31_TX_ISP_AE_ALGO_GET, got), 0);
  EXPECT_EQ(word(got, 0x7a0), camera.lines());
  EXPECT_EQ(word(got, 0x7d0), SmallCamera::kWidth);
  EXPECT_EQ(word(got, 8), word(got, 12)) << "an even picture: the first two zones";
  EXPECT_GT(word(got, 8), 0u);
  AeSet set{kMagic, 0, 1, 0, 33, 2048, 1024, 1024};
  ASSERT_EQ(call(T31_TX_ISP_AE_ALGO_SET, set), 0);
  for (unsigned i = 0; i < 20; ++i) ASSERT_EQ(call(T31_TX_ISP_AE_ALGO_GET, got), 0);
  EXPECT_EQ(camera.lines(), 33u);
  EXPECT_EQ(camera.block()[T31_AE_AGAIN], 2048u);
  std::array<std::uint32_t, 2> nothing{};
  ASSERT_EQ(call(T31_TX_ISP_AE_ALGO_CLOSE, nothing), 0);
  camera.frames(kSettled);
  EXPECT_NEAR(camera.exposure(), automatic, 0.05 * automatic);
}

TEST_F(Algorithm, ASilentProgramLosesExposureAndGetsItBackWhenItSpeaks) {
  const double automatic = camera.exposure();
  ASSERT_EQ(open_exposure(), 0);
  AeSet set{kMagic, 0, 1, 0, 33, 1024, 1024, 1024};
  ASSERT_EQ(call(T31_TX_ISP_AE_ALGO_SET, set), 0);
  camera.frames(20);
  EXPECT_EQ(camera.lines(), 33u);
  camera.frames(kPatience);
  EXPECT_NEAR(camera.exposure(), automatic, 0.05 * automatic);
  const std::string text = log();
  EXPECT_NE(text.find("exposure is silent"), std::string::npos) << text;
  ASSERT_EQ(call(T31_TX_ISP_AE_ALGO_SET, set), 0);
  camera.frames(6);
  EXPECT_EQ(camera.lines(), 33u);
}

TEST_F(Algorithm, WhiteBalanceIsTheProgramsUntilItFallsSilent) {
  ASSERT_EQ(camera.session.tx(T31_TX_ISP_AWB_ALGO_OPEN), 0);
  AwbGet got{};
  ASSERT_EQ(call(T31_TX_ISP_AWB_ALGO_GET, got), 0);
  // Averages of the zones, 256 = 1.0: the light's.
  EXPECT_NEAR(word(got, 16), 256 * 0.57, 8);
  EXPECT_NEAR(word(got, 20), 256 * 0.52, 8);
  AwbSet set{kMagic, 0, 1, 300, 600, 0};
  ASSERT_EQ(call(T31_TX_ISP_AWB_ALGO_SET, set), 0);
  camera.frames(4);
  EXPECT_EQ(t31_host_peek(kIsp + 0x1804), 0x04000000u | 1200);
  EXPECT_EQ(t31_host_peek(kIsp + 0x1808), 0x04000000u | 2400);
  camera.frames(kPatience);
  EXPECT_NEAR((t31_host_peek(kIsp + 0x1804) & 0x3fff) / 1024.0, 1 / 0.57, 0.1);
}

TEST_F(Algorithm, ClosingTheNodeEndsIt) {
  ASSERT_EQ(open_exposure(), 0);
  AeSet set{kMagic, 0, 1, 0, 33, 1024, 1024, 1024};
  ASSERT_EQ(call(T31_TX_ISP_AE_ALGO_SET, set), 0);
  camera.frames(4);
  ASSERT_EQ(camera.session.stop(), 0);
  ASSERT_EQ(camera.start(), 0);
  camera.frames(kSettled);
  EXPECT_NE(camera.lines(), 33u);
  EXPECT_EQ(call(T31_TX_ISP_AE_ALGO_SET, set), -EINVAL) << "not open";
}

}  // namespace
}  // namespace t31::test
