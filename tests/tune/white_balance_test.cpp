// SPDX-License-Identifier: GPL-2.0-or-later
// Lights that were not measured, and the plane of colours made from them.
#include "t31tune/white_balance_tables.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "model/sensor/colour.hpp"

namespace t31::test {
namespace {

tune::MeasuredLight sc2336_at(double kelvin) {
  const auto grey = model::grey_ratios(model::sc2336_colour().greys, kelvin);
  return {kelvin, {grey[0] / grey[1], grey[2] / grey[1]}, false};
}

TEST(GreyCurve, GoesThroughWhatWasMeasured) {
  const tune::GreyCurve curve({sc2336_at(2850), sc2336_at(5000), sc2336_at(6500)});
  for (const double kelvin : {2850, 5000, 6500}) {
    const auto wanted = sc2336_at(kelvin).grey;
    EXPECT_NEAR(curve.at(kelvin).red, wanted.red, 1e-6);
    EXPECT_NEAR(curve.at(kelvin).blue, wanted.blue, 1e-6);
  }
}

// The SC2336's greys come from its published tuning file and know nothing of black bodies.
TEST(GreyCurve, OneMeasurementTellsAboutOtherLights) {
  const tune::GreyCurve curve({sc2336_at(5000)});
  for (const double kelvin : {2850, 3600, 4000, 6500, 7500}) {
    const auto wanted = sc2336_at(kelvin).grey;
    EXPECT_NEAR(std::log(curve.at(kelvin).red / wanted.red), 0, 0.15) << kelvin;
    EXPECT_NEAR(std::log(curve.at(kelvin).blue / wanted.blue), 0, 0.25) << kelvin;
  }
}

TEST(GreyCurve, WarmLightIsRedderAndLessBlue) {
  const tune::GreyCurve curve({sc2336_at(5000)});
  for (double kelvin = 2500; kelvin < 9000; kelvin += 250) {
    EXPECT_GT(curve.at(kelvin).red, curve.at(kelvin + 250).red);
    EXPECT_LT(curve.at(kelvin).blue, curve.at(kelvin + 250).blue);
  }
}

TEST(Estimate, AKnownSensorsLightsAreGuessedWithinAFifth) {
  for (const double kelvin : {2850, 4000, 5000, 6500}) {
    EXPECT_NEAR(std::log(tune::estimate_kelvin(sc2336_at(kelvin).grey) / kelvin), 0, 0.2) << kelvin;
  }
}

class Tables : public testing::Test {
 protected:
  static std::array<double, 2> place(double kelvin) {
    const auto grey = tune::GreyCurve(lights()).at(kelvin);
    return {256 * grey.red * tables().static_gains[0] / 1024,
            256 * grey.blue * tables().static_gains[1] / 1024};
  }
  static std::vector<tune::MeasuredLight> lights() { return {sc2336_at(4000)}; }
  static const tune::WhiteBalanceTables& tables() {
    static const auto kTables = tune::make_white_balance(lights());
    return kTables;
  }
  // Between the knots, as the driver does.
  static double at(const std::array<std::uint32_t, 225>& table, const std::array<double, 2>& p) {
    const auto cell = [](const std::array<std::uint32_t, 15>& knots, double value) {
      std::size_t i = 0;
      while (i < 13 && knots[i + 1] <= value) ++i;
      return std::pair{i, (value - knots[i]) / (knots[i + 1] - knots[i])};
    };
    const auto [x, u] = cell(tables().red_knots, p[0]);
    const auto [y, v] = cell(tables().blue_knots, p[1]);
    const auto value = [&](std::size_t row, std::size_t column) {
      return static_cast<double>(table[row * 15 + column]);
    };
    return (value(y, x) * (1 - u) + value(y, x + 1) * u) * (1 - v) +
           (value(y + 1, x) * (1 - u) + value(y + 1, x + 1) * u) * v;
  }
};

TEST_F(Tables, GreysOfEveryLightAreWhiteAndHaveTheirTemperature) {
  for (const double kelvin : {2850, 3200, 4000, 5000, 6500, 7500}) {
    EXPECT_GE(at(tables().weights, place(kelvin)), 200) << kelvin;
    EXPECT_NEAR(1e6 / at(tables().mireds, place(kelvin)), kelvin, 0.05 * kelvin);
  }
}

TEST_F(Tables, GreenGrassAndMagentaAreNot) {
  const auto grey = place(5000);
  EXPECT_EQ(at(tables().weights, {grey[0] * 0.75, grey[1] * 0.75}), 0);
  EXPECT_EQ(at(tables().weights, {grey[0] * 1.35, grey[1] * 1.35}), 0);
}

TEST_F(Tables, FiveThousandKelvinIsTheMiddle) {
  EXPECT_NEAR(place(5000)[0], 256, 1);
  EXPECT_NEAR(place(5000)[1], 256, 1);
}

TEST_F(Tables, KnotsAscendWithinTheirRange) {
  for (const auto& knots : {tables().red_knots, tables().blue_knots}) {
    for (std::size_t i = 1; i < knots.size(); ++i) EXPECT_GT(knots[i], knots[i - 1]);
    EXPECT_LE(knots.back(), 511u);
  }
}

TEST_F(Tables, TheMeasuredLightIsALightSource) {
  ASSERT_EQ(tables().lights.size(), 1u);
  // One more than the ratio (ae-awb-af 4.3, step 3).
  EXPECT_NEAR(tables().lights[0][0], place(4000)[0] + 1, 1);
  EXPECT_NEAR(tables().lights[0][1], place(4000)[1] + 1, 1);
  EXPECT_EQ(tables().nearness[0], 256u);
  EXPECT_EQ(tables().nearness[513], 0u);
}

}  // namespace
}  // namespace t31::test
