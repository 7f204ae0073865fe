// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "plot/chart.hpp"
#include "plot/font.hpp"

namespace t31::test {
namespace {

using plot::Canvas;

bool is(const image::RgbImage& image, int x, int y, plot::Colour colour) {
  const std::uint8_t* pixel =
      image.at(static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y));
  return pixel[0] == colour.r && pixel[1] == colour.g && pixel[2] == colour.b;
}

TEST(Canvas, ALineHasBothEndsAndStaysInThePicture) {
  Canvas canvas(20, 10);
  canvas.line(2, 3, 12, 8, plot::kRed);
  EXPECT_TRUE(is(canvas.image(), 2, 3, plot::kRed));
  EXPECT_TRUE(is(canvas.image(), 12, 8, plot::kRed));
  EXPECT_TRUE(is(canvas.image(), 2, 4, plot::kWhite));
  canvas.line(-1e12, -5, 1e12, 500, plot::kBlue);
  canvas.line(std::numeric_limits<double>::quiet_NaN(), 0, 5, 5, plot::kBlue);
  canvas.fill(-5, -5, 100, 100, plot::kGreen);
  EXPECT_TRUE(is(canvas.image(), 19, 9, plot::kGreen));
}

TEST(Canvas, LettersDiffer) {
  for (char a = '!'; a < '~'; ++a) {
    for (char b = static_cast<char>(a + 1); b <= '~'; ++b) {
      EXPECT_NE(plot::glyph(a), plot::glyph(b)) << a << b;
    }
  }
  EXPECT_EQ(plot::glyph('\n'), plot::glyph('\x7f'));  // neither has one
}

// Where a colour is seen: leftmost, rightmost, highest, lowest.
struct Extent {
  int left = 1 << 20, right = -1, top = 1 << 20, bottom = -1;
};
Extent extent(const image::RgbImage& image, plot::Colour colour) {
  Extent found;
  for (int y = 60; y < static_cast<int>(image.height); ++y) {  // below the legend
    for (int x = 0; x < static_cast<int>(image.width); ++x) {
      if (!is(image, x, y, colour)) continue;
      found.left = std::min(found.left, x), found.right = std::max(found.right, x);
      found.top = std::min(found.top, y), found.bottom = std::max(found.bottom, y);
    }
  }
  return found;
}

TEST(Chart, AStraightLineGoesFromCornerToCorner) {
  plot::Chart chart{"line", {"x", false, 0, 10}, {"y", false, 0, 100}, {}};
  chart.series.push_back({"", plot::kRed, {0, 10}, {0, 90}, false});
  const Extent seen = extent(plot::draw(chart, 400, 300), plot::kRed);
  EXPECT_NEAR(seen.left, 64, 1);
  EXPECT_NEAR(seen.right, 384, 1);
  EXPECT_NEAR(seen.bottom, 260, 2);
  EXPECT_NEAR(seen.top, 44 + 0.1 * 216, 2);
}

TEST(Chart, DecadesAreEquallyWide) {
  plot::Chart chart{"", {"x", true, 1, 100}, {"y", false, 0, 2}, {}};
  chart.series.push_back({"", plot::kRed, {10}, {1}, true});
  const Extent seen = extent(plot::draw(chart, 400, 300), plot::kRed);
  EXPECT_NEAR((seen.left + seen.right) / 2.0, (64 + 384) / 2.0, 1);
}

TEST(Chart, StrangeDataIsDrawnAsFarAsItGoes) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  plot::Chart chart{"", {"", true}, {"", true}, {}};
  EXPECT_EQ(plot::draw(chart).width, 800u);
  chart.series.push_back({"a", plot::kRed, {0, 1, nan, 5}, {3, nan, 4, 3}, true});
  chart.series.push_back({"b", plot::kBlue, {}, {1}, true});
  EXPECT_EQ(plot::draw(chart).width, 800u);
  EXPECT_EQ(plot::draw(plot::Map{}).height, 560u);
}

TEST(Map, LargestValuesAreBrightest) {
  plot::Map map;
  map.columns = 2;
  map.values = {0, 1, 2, 3};
  const image::RgbImage image = plot::draw(map, 400, 300);
  const auto brightness = [&](int x, int y) {
    const std::uint8_t* pixel =
        image.at(static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y));
    return pixel[0] + pixel[1] + pixel[2];
  };
  EXPECT_LT(brightness(100, 80), brightness(250, 80));
  EXPECT_LT(brightness(250, 80), brightness(100, 200));
  EXPECT_LT(brightness(100, 200), brightness(250, 200));
}

}  // namespace
}  // namespace t31::test
