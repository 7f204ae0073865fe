// SPDX-License-Identifier: GPL-2.0-or-later
// The colour data of the sensors and its interpolation.
#include "model/sensor/colour.hpp"

#include <cstdio>

#include "model/sensor/description.hpp"
#include "probe.hpp"

namespace t31::model::testing {
namespace {

constexpr std::array<GreyPoint, 2> kTwo{{{2500, 1.0, 0.2}, {5000, 0.5, 0.4}}};

TEST(GreyRatios, AreTheTablesAtItsPoints) {
  EXPECT_DOUBLE_EQ(grey_ratios(kTwo, 2500)[0], 1.0);
  EXPECT_DOUBLE_EQ(grey_ratios(kTwo, 5000)[2], 0.4);
  EXPECT_DOUBLE_EQ(grey_ratios(kTwo, 5000)[1], 1.0);
}

TEST(GreyRatios, AreLinearInReciprocalTemperatureBetweenThem) {
  const Rgb middle = grey_ratios(kTwo, 1e6 / 300);  // halfway between 400 and 200 mired
  EXPECT_NEAR(middle[0], 0.75, 1e-12);
  EXPECT_NEAR(middle[2], 0.3, 1e-12);
}

TEST(GreyRatios, StayAtTheEndsOfTheTable) {
  EXPECT_DOUBLE_EQ(grey_ratios(kTwo, 1000)[0], 1.0);
  EXPECT_DOUBLE_EQ(grey_ratios(kTwo, 20000)[0], 0.5);
}

TEST(Sc2336ColourData, KeepsNeutralsNeutralAndCoversTheLightsOfTheDescription) {
  const SensorColour& colour = sc2336_colour();
  for (const Rgb& row : colour.from_srgb) {
    EXPECT_NEAR(row[0] + row[1] + row[2], 1, 1e-12);
  }
  EXPECT_DOUBLE_EQ(colour.greys.front().kelvin, kLowestLight);
  EXPECT_DOUBLE_EQ(colour.greys.back().kelvin, kHighestLight);
}

TEST(Sc2336ColourData, IsWhatTheScriptDerivesFromTheTuningFile) {
  const auto tuning = shared_file("data/tuning/sc2336.bin");
  if (!std::filesystem::exists(tuning)) {
    GTEST_SKIP() << "no " << tuning;
  }
  const std::string command =
      "python3 '" T31_SOURCE_DIR "/scripts/sensor_colour_table.py' '" + tuning.string() + "'";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  ASSERT_NE(pipe, nullptr);
  const SensorColour& colour = sc2336_colour();
  std::size_t greys = 0, lenses = 0;
  char line[256];
  while (fgets(line, sizeof line, pipe.get()) != nullptr) {
    double v[5];
    const int values = sscanf(line, "{%lf, %lf, %lf, %lf, %lf", v, v + 1, v + 2, v + 3, v + 4);
    if (values == 3) {
      ASSERT_LT(greys, colour.greys.size());
      EXPECT_DOUBLE_EQ(colour.greys[greys].kelvin, v[0]);
      EXPECT_DOUBLE_EQ(colour.greys[greys].red, v[1]);
      EXPECT_DOUBLE_EQ(colour.greys[greys++].blue, v[2]);
    } else if (values == 5) {
      ASSERT_LT(lenses, 3U);
      const LensFalloff& lens = colour.falloff[lenses++];
      EXPECT_DOUBLE_EQ(lens.c0, v[0]);
      EXPECT_DOUBLE_EQ(lens.c2, v[1]);
      EXPECT_DOUBLE_EQ(lens.c4, v[2]);
      EXPECT_DOUBLE_EQ(lens.dx, v[3]);
      EXPECT_DOUBLE_EQ(lens.dy, v[4]);
    }
  }
  EXPECT_EQ(greys, colour.greys.size());
  EXPECT_EQ(lenses, 3U);
}

TEST(BayerOrders, PutTheFourColoursWhereTheirNamesSay) {
  const auto letters = [](BayerOrder order) {
    std::string name;
    for (unsigned i = 0; i < 4; ++i) {
      name += "RGB"[static_cast<int>(colour_at(order, i & 1, i >> 1))];
    }
    return name;
  };
  EXPECT_EQ(letters(BayerOrder::kRggb), "RGGB");
  EXPECT_EQ(letters(BayerOrder::kBggr), "BGGR");
  EXPECT_EQ(letters(BayerOrder::kGrbg), "GRBG");
  EXPECT_EQ(letters(BayerOrder::kGbrg), "GBRG");
}

}  // namespace
}  // namespace t31::model::testing
