// SPDX-License-Identifier: GPL-2.0-or-later
// A picture that arrives as YUV: straight to the scaler, past every block.
#include <gtest/gtest.h>

#include "setup.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kWidth = 32, kHeight = 16;

BayerFrame yuv_frame() {
  BayerFrame frame;
  frame.width = kWidth;
  frame.height = kHeight;
  frame.bits = 16;
  frame.samples = Samples::kYuv422;
  for (std::uint32_t y = 0; y < kHeight; ++y)
    for (std::uint32_t x = 0; x < kWidth; ++x)
      frame.codes.push_back(
          static_cast<std::uint16_t>((x + 3 * y) | (100 + 2 * y + 40 * (x % 2)) << 8));
  return frame;
}

struct Output {
  std::vector<std::uint8_t> luma, chroma;
};

Output process(const IspRegisters& registers, const BayerFrame& frame, std::uint32_t width,
               std::uint32_t height, Statistics* statistics) {
  Output out;
  out.luma.assign(std::size_t{width} * height, 0xee);
  out.chroma.assign(std::size_t{width} * height / 2, 0xee);
  const ChannelImage images[kChannels] = {{out.luma.data(), out.chroma.data()}};
  Pipeline pipeline(Pipeline::Path::kFast, 1);
  pipeline.process(registers, frame, images, statistics);
  return out;
}

TEST(YuvInput, LumaPassesAndChromaIsTheMeanOfTwoRows) {
  IspRegisters registers = neutral_registers(kWidth, kHeight);
  registers.word(0x000c) = 0;  // every block on: none of them sees it
  const Output out = process(registers, yuv_frame(), kWidth, kHeight, nullptr);
  for (std::uint32_t y = 0; y < kHeight; ++y)
    for (std::uint32_t x = 0; x < kWidth; ++x) {
      ASSERT_EQ(out.luma[y * kWidth + x], x + 3 * y);
      // Rows of 100 + 2 y and 100 + 2 (y + 1): in the middle 101 + 2 y.
      ASSERT_EQ(out.chroma[y / 2 * kWidth + x], 101 + 4 * (y / 2) + 40 * (x % 2));
    }
}

TEST(YuvInput, IsScaledAsAnyPicture) {
  IspRegisters registers = neutral_registers(kWidth, kHeight);
  set_channel(registers, 0, kWidth / 2, kHeight / 2);
  const Output out = process(registers, yuv_frame(), kWidth / 2, kHeight / 2, nullptr);
  // Linear interpolation in the middle of four: x + 3 y at (2 x + 0.5, 2 y + 0.5).
  for (std::uint32_t y = 0; y < kHeight / 2; ++y)
    for (std::uint32_t x = 0; x < kWidth / 2; ++x)
      ASSERT_EQ(out.luma[y * kWidth / 2 + x], 2 * x + 6 * y + 2);
}

TEST(YuvInput, GivesNoStatistics) {
  Statistics statistics;
  statistics.ae_zones.fill(7);
  statistics.adr.fill(7);
  process(neutral_registers(kWidth, kHeight), yuv_frame(), kWidth, kHeight, &statistics);
  EXPECT_EQ(statistics.ae_zones, Statistics{}.ae_zones);
  EXPECT_EQ(statistics.adr, Statistics{}.adr);
}

TEST(YuvInput, RgbLeavesMemoryAlone) {
  BayerFrame frame = yuv_frame();
  frame.samples = Samples::kRgb565;
  const Output out = process(neutral_registers(kWidth, kHeight), frame, kWidth, kHeight, nullptr);
  EXPECT_EQ(out.luma, std::vector<std::uint8_t>(kWidth * kHeight, 0xee));
}

}  // namespace
}  // namespace t31::model
