// SPDX-License-Identifier: GPL-2.0-or-later
#include "image/image.hpp"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <stdexcept>

#include "tests/temporary_folder.hpp"

namespace t31::image {
namespace {

using Triple = std::array<int, 3>;

// The colour of a flat picture with these Y, U, V.
Triple convert(int y, int u, int v, ColourSpace space) {
  std::vector<std::uint8_t> luma(16 * 4, static_cast<std::uint8_t>(y));
  std::vector<std::uint8_t> chroma(16 * 2);
  for (std::size_t i = 0; i < chroma.size(); i += 2) {
    chroma[i] = static_cast<std::uint8_t>(u);
    chroma[i + 1] = static_cast<std::uint8_t>(v);
  }
  const RgbImage image = nv12_to_rgb({16, 4, 16, luma.data(), chroma.data()}, space);
  for (std::size_t i = 3; i < image.pixels.size(); ++i) {
    EXPECT_EQ(image.pixels[i], image.pixels[i - 3]) << "a flat picture stays flat";
  }
  return {image.pixels[0], image.pixels[1], image.pixels[2]};
}

TEST(Nv12, GreysKeepTheirLevelInFullRange) {
  for (int y = 0; y < 256; ++y) {
    EXPECT_EQ(convert(y, 128, 128, ColourSpace::kBt601Full), (Triple{y, y, y}));
    EXPECT_EQ(convert(y, 128, 128, ColourSpace::kBt709Full), (Triple{y, y, y}));
  }
}

TEST(Nv12, LimitedRangeSpreadsSixteenTo235) {
  for (const ColourSpace space : {ColourSpace::kBt601Limited, ColourSpace::kBt709Limited}) {
    EXPECT_EQ(convert(16, 128, 128, space), (Triple{0, 0, 0}));
    EXPECT_EQ(convert(235, 128, 128, space), (Triple{255, 255, 255}));
    EXPECT_EQ(convert(0, 128, 128, space), (Triple{0, 0, 0}));
    EXPECT_EQ(convert(255, 128, 128, space), (Triple{255, 255, 255}));
  }
}

TEST(Nv12, PureRedFollowsEachStandard) {
  // Y, U, V of R'G'B' = (255, 0, 0), rounded, by the equations of BT.601 and BT.709.
  struct Case {
    ColourSpace space;
    int y, u, v;
  };
  const Case cases[] = {{ColourSpace::kBt601Full, 76, 85, 255},
                        {ColourSpace::kBt601Limited, 81, 90, 240},
                        {ColourSpace::kBt709Full, 54, 99, 255},
                        {ColourSpace::kBt709Limited, 63, 102, 240}};
  for (const Case& c : cases) {
    const Triple rgb = convert(c.y, c.u, c.v, c.space);
    EXPECT_NEAR(rgb[0], 255, 2);
    EXPECT_NEAR(rgb[1], 0, 2);
    EXPECT_NEAR(rgb[2], 0, 2);
  }
}

TEST(Nv12, PaddingBetweenRowsIsSkipped) {
  std::vector<std::uint8_t> luma(24 * 2, 200), chroma(24, 128);
  for (int y = 0; y < 2; ++y) {
    for (int x = 16; x < 24; ++x) luma[y * 24 + x] = 0;
  }
  const RgbImage image =
      nv12_to_rgb({16, 2, 24, luma.data(), chroma.data()}, ColourSpace::kBt601Full);
  for (const std::uint8_t value : image.pixels) EXPECT_EQ(value, 200);
}

class Files : public testing::Test {
 protected:
  Files() {
    for (int i = 0; i < 33 * 17 * 3; ++i) {
      image_.pixels.push_back(static_cast<std::uint8_t>(i * 7 % 251));
    }
  }

  test::TemporaryFolder folder_;
  RgbImage image_{33, 17, {}};
};

TEST_F(Files, PngComesBackUnchanged) {
  const std::string path = folder_ / "picture.png";
  write_png(path, image_);
  const RgbImage back = read_png(path);
  EXPECT_EQ(back.width, 33u);
  EXPECT_EQ(back.height, 17u);
  EXPECT_EQ(back.pixels, image_.pixels);
}

TEST_F(Files, JpegIsWritten) {
  const std::string path = folder_ / "picture.jpg";
  write_jpeg(path, image_, 95);
  EXPECT_GT(std::filesystem::file_size(path), 300u);
}

TEST_F(Files, AFolderThatIsNotThereIsNamedInTheError) {
  const std::string path = folder_ / "nowhere/picture.png";
  for (const auto& write : {+[](const std::string&p, const RgbImage&i) { write_png(p, i); },
                            +[](const std::string&p, const RgbImage&i) { write_jpeg(p, i, 90); }}) {
    try {
      write(path, image_);
      FAIL() << "nothing was thrown";
    } catch (const std::runtime_error& error) {
      EXPECT_NE(std::string(error.what()).find("nowhere"), std::string::npos);
    }
  }
}

TEST_F(Files, WhatIsNotAPngIsRefused) {
  const std::string path = folder_ / "picture.jpg";
  write_jpeg(path, image_, 95);
  EXPECT_THROW(read_png(path), std::runtime_error);
}

}  // namespace
}  // namespace t31::image
