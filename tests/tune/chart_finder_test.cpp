// SPDX-License-Identifier: GPL-2.0-or-later
// A ColorChecker is found however it lies, the right way round, and nothing else is taken for one.
#include "t31tune/chart_finder.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "tests/tune/synthetic.hpp"

namespace t31::test {
namespace {

using colour::ChartCorners;
using colour::Point;

// A chart of a given pitch, turned about the middle of the frame.
ChartCorners turned(double degrees, double pitch, bool mirrored = false) {
  const double angle = degrees * std::numbers::pi / 180;
  const auto place = [&](double column, double row) {
    const double x = (column - 2.5) * pitch * (mirrored ? -1 : 1), y = (row - 1.5) * pitch;
    return Point{640 + x * std::cos(angle) - y * std::sin(angle),
                 480 + x * std::sin(angle) + y * std::cos(angle)};
  };
  return {place(0, 0), place(5, 0), place(5, 3), place(0, 3)};
}

std::optional<tune::FoundChart> find(const ChartView& chart) {
  tune::BlackLevel black;
  black.fill(kViewBlack);
  return tune::find_chart(render_chart(chart), black);
}

void expect_found(const ChartCorners& corners, ChartView chart = {}) {
  chart.view = view_of(corners);
  const auto found = find(chart);
  ASSERT_TRUE(found);
  const auto off = [](const Point& a, const Point& b) { return std::hypot(a.x - b.x, a.y - b.y); };
  const double pitch = off(corners.dark_skin, corners.bluish_green) / 5;
  // A patch's sampled middle is half a pitch wide, its even part nine tenths.
  const double most = 0.1 * pitch + 1;
  EXPECT_LT(off(found->corners.dark_skin, corners.dark_skin), most);
  EXPECT_LT(off(found->corners.bluish_green, corners.bluish_green), most);
  EXPECT_LT(off(found->corners.black, corners.black), most);
  EXPECT_LT(off(found->corners.white, corners.white), most);
}

class TurnedChart : public testing::TestWithParam<double> {};

TEST_P(TurnedChart, IsFoundTheRightWayRound) {
  expect_found(turned(GetParam(), 90));
}

TEST_P(TurnedChart, IsFoundMirrored) {
  expect_found(turned(GetParam(), 90, true));
}

INSTANTIATE_TEST_SUITE_P(Angles, TurnedChart, testing::Values(0, 12, 45, 90, 137, 180, 270, 333));

TEST(ChartFinder, FindsATiltedChart) {
  expect_found({{300, 200}, {1000, 320}, {960, 660}, {330, 760}});
  expect_found({{400, 300}, {820, 270}, {990, 680}, {230, 640}});
}

TEST(ChartFinder, FindsAChartThatIsATenthOfThePicture) {
  expect_found(turned(5, 21));
}

TEST(ChartFinder, FindsAChartThatFillsThePicture) {
  expect_found(turned(0, 195));
}

TEST(ChartFinder, FindsANoisyAndADimChart) {
  ChartView noisy;
  noisy.noise = 20;
  expect_found(turned(20, 90), noisy);
  ChartView dim;
  dim.exposure = 0.08;
  expect_found(turned(20, 90), dim);
}

TEST(ChartFinder, TellsNothingWhenThereIsNone) {
  ChartView chart;
  chart.view = view_of(turned(0, 90));
  chart.patches = false;
  EXPECT_FALSE(find(chart));
}

TEST(ChartFinder, TellsNothingWhenTheChartIsCutOff) {
  ChartView chart;
  ChartCorners corners = turned(0, 90);
  for (Point* corner :
       {&corners.dark_skin, &corners.bluish_green, &corners.black, &corners.white}) {
    corner->x += 520;
  }
  chart.view = view_of(corners);
  EXPECT_FALSE(find(chart));
}

TEST(ChartFinder, TakesNoGreyCheckerboardForAChart) {
  tune::RawFrame frame = render_chart({.view = view_of(turned(0, 90))});
  for (tune::Plane& plane : frame.planes) {
    for (std::uint32_t y = 0; y < plane.height; ++y) {
      for (std::uint32_t x = 0; x < plane.width; ++x) {
        const bool square = x % 40 > 4 && y % 40 > 4;
        plane.at(x, y) = static_cast<float>(square ? 300 + 50 * ((x / 40 + y / 40) % 2) : 80);
      }
    }
  }
  tune::BlackLevel black;
  black.fill(kViewBlack);
  EXPECT_FALSE(tune::find_chart(frame, black));
}

TEST(ChartFinder, OnlyTheChartInItsOrderFitsByALinearChangeOfColour) {
  colour::PatchColours camera;
  for (std::size_t i = 0; i < camera.size(); ++i) {
    const colour::Rgb c = colour::published_colour(i);
    camera[i] = {0.3 * c[0] + 0.1 * c[1], 0.1 * c[0] + 0.4 * c[1] + 0.1 * c[2],
                 0.1 * c[1] + 0.2 * c[2]};
  }
  EXPECT_LT(tune::linear_fit_error(camera), 0.5);
  std::reverse(camera.begin(), camera.end());
  EXPECT_GT(tune::linear_fit_error(camera), 2 * tune::kMostFitError);
}

}  // namespace
}  // namespace t31::test
