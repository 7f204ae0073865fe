// SPDX-License-Identifier: GPL-2.0-or-later
// Automatic white balance: the vendor's vectors (ae-awb-af 4.6), and what a user sees: neutral
// surfaces stay neutral under every light that a tuning file knows.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <memory>

#include "driver/control/awb_controller.hpp"
#include "driver/control/awb_window.hpp"
#include "tests/auto/loop.hpp"
#include "tests/auto/vendor_white.hpp"
#include "tests/auto/white_scene.hpp"

namespace t31::test {
namespace {

using namespace control;
using tuning::Parameter;

// ---- vectors

struct Vector {
  const char* file;
  u32 base_rg, base_bg;
  u32 rg, bg, kelvin;
  u32 red, blue;
  u32 red_word, blue_word;
};
constexpr Vector kVectors[] = {
    {"gc2053", 240, 200, 246, 216, 4769, 266, 303, 0x04000778, 0x04000954},
    {"gc2053", 320, 180, 322, 193, 3720, 204, 340, 0x040005BC, 0x04000A78},
    {"gc2053", 200, 300, 204, 309, 7076, 321, 212, 0x04000904, 0x04000688},
    {"gc2053", 256, 256, 255, 260, 5085, 257, 252, 0x04000738, 0x040007C4},
    {"gc2053", 180, 380, 183, 386, 11452, 358, 170, 0x04000A0C, 0x0400053C},
    {"gc2053", 400, 120, 404, 136, 2407, 162, 482, 0x0400048C, 0x04000ED8},
    {"jxf23", 240, 200, 243, 217, 4761, 270, 302, 0x04000768, 0x0400084C},
    {"jxf23", 320, 180, 322, 194, 3629, 204, 338, 0x04000598, 0x0400094C},
    {"jxf23", 200, 300, 202, 306, 7587, 324, 214, 0x040008E0, 0x040005E4},
    {"jxf23", 400, 120, 404, 149, 2585, 162, 440, 0x04000470, 0x04000C18},
};

std::vector<VendorZone> vector_zones(const Vector& vector) {
  std::vector<VendorZone> zones;
  for (u32 y = 0; y < 15; ++y) {
    for (u32 x = 0; x < 15; ++x) {
      zones.push_back({(vector.base_rg + 2 * x - 14) << 10, (vector.base_bg + 3 * y - 21) << 10,
                       100 + 15 * y + x});
    }
  }
  return zones;
}

AwbWhite found_by_driver(const std::vector<VendorZone>& list, tuning::Bank bank) {
  const auto zones = std::make_unique<AwbZones>();
  for (size_t i = 0; i < list.size(); ++i) {
    zones->point[i] = {list[i].rg, list[i].bg};
    zones->cells[i] = static_cast<u16>(list[i].cells);
    zones->most_cells = std::max(zones->most_cells, list[i].cells);
  }
  const auto map = std::make_unique<AwbMap>();
  map->configure(bank, AwbSet::kIndoor);
  const auto finder = std::make_unique<AwbWhitePoint>();
  finder->configure(bank);
  return finder->weigh(*zones, *map) ? finder->average(*map) : AwbWhite{};
}

// Cells of the table that follows a heading of the specification, without spaces.
std::vector<std::string> table_of(const std::string& heading) {
  std::ifstream stream(shared_folder() + "/spec/ae-awb-af.md");
  std::vector<std::string> rows;
  std::string line;
  while (std::getline(stream, line) && line.rfind(heading, 0) != 0) {
  }
  while (std::getline(stream, line) && line.rfind('#', 0) != 0) {
    if (line.rfind("| ", 0) != 0) continue;
    std::erase(line, ' ');
    rows.push_back(line);
  }
  if (!rows.empty()) rows.erase(rows.begin());
  return rows;
}

TEST(WhitePoint, NoVectorOfTheSpecificationIsMissingHere) {
  const std::vector<std::string> rows = table_of("### 4.6");
  if (rows.empty()) GTEST_SKIP() << "no specification";
  ASSERT_EQ(rows.size(), std::size(kVectors));
  for (size_t i = 0; i < rows.size(); ++i) {
    const Vector& v = kVectors[i];
    char line[160];
    std::snprintf(line, sizeof line, "|%s|%u,%u|%u,%u|%u|%u,%u|%08X,%08X|", v.file, v.base_rg,
                  v.base_bg, v.rg, v.bg, v.kelvin, v.red, v.blue, v.red_word, v.blue_word);
    EXPECT_EQ(rows[i], line);
  }
}

TEST(WhitePoint, EveryVectorOfTheVendorIsReproducedUpToItsOverflow) {
  unsigned overflows = 0;
  for (const Vector& vector : kVectors) {
    const std::vector<u8> bytes = read_bank(vector.file);
    if (bytes.empty()) GTEST_SKIP() << "no tuning files";
    SCOPED_TRACE(testing::Message()
                 << vector.file << " " << vector.base_rg << " " << vector.base_bg);
    const tuning::Bank bank(bytes.data());
    const std::vector<VendorZone> zones = vector_zones(vector);
    // The vendor's sum of weighted distances has 32 bits; in two rows it doesn't fit.
    bool overflowed = false;
    const VendorWhite vendor = vendor_white(zones, bank, true, &overflowed);
    EXPECT_EQ(vendor.rg, vector.rg);
    EXPECT_EQ(vendor.bg, vector.bg);
    EXPECT_EQ(vendor.kelvin, vector.kelvin);
    const AwbWhite found = found_by_driver(zones, bank);
    const VendorWhite exact = vendor_white(zones, bank, false, nullptr);
    EXPECT_EQ(found.point.rg, exact.rg << 10);
    EXPECT_EQ(found.point.bg, exact.bg << 10);
    EXPECT_EQ(found.kelvin, exact.kelvin);
    overflows += overflowed;
    if (!overflowed) {
      EXPECT_EQ(found.kelvin, vector.kelvin);
    }
  }
  // Mean distances are too small by then, so that zones beside white lose their weight.
  EXPECT_EQ(overflows, 2u);
}

void expect_weights_of_vendor(const AwbMap& map, tuning::Bank bank, const std::string& name) {
  for (u32 rg = 150 << 10; rg < 500 << 10; rg += 2341) {
    for (u32 bg = 90 << 10; bg < 460 << 10; bg += 2357) {
      const AwbPoint point = map.clamped({rg, bg});
      ASSERT_EQ(map.weight(point), vendor_colour_weight(bank, point.rg, point.bg))
          << name << " " << point.rg << " " << point.bg;
    }
  }
}

void expect_weights_of_vendor(tuning::Bank bank, const std::string& name) {
  const auto map = std::make_unique<AwbMap>();
  map->configure(bank, AwbSet::kIndoor);
  expect_weights_of_vendor(*map, bank, name);
}

TEST(WhitePoint, EveryColourIsAsLikelyWhiteAsAnIndependentImplementationSays) {
  constexpr u32 kLimits[][4] = {{3000, 2500, 5500, 6500}, {5200, 4500, 10500, 12000}};
  for (const char* file : kTuningFiles) {
    std::vector<u8> bytes = read_bank(file);
    if (bytes.empty()) GTEST_SKIP() << "no tuning files";
    tuning::BankWriter bank(bytes.data());
    expect_weights_of_vendor(bank.bank(), file);
    // The same with limits of colour temperature, and with a map that is flat.
    bank.set(Parameter::kAwbCtParaIn, 0, 1);
    bank.set(Parameter::kAwbCtParaIn, 1, 20);
    for (const auto& limits : kLimits) {
      bank.write(Parameter::kAwbCtThIn, limits);
      expect_weights_of_vendor(bank.bank(), std::string(file) + " limited");
    }
    bank.fill(Parameter::kAwbRgbgWeight, 200);
    expect_weights_of_vendor(bank.bank(), std::string(file) + " flat");
  }
}

// The sets outdoors have tables of their own and no lamps (ae-awb-af 4.3).
TEST(WhitePoint, ThroughADoorAndBackEveryColourIsJudgedByTheSetInUse) {
  constexpr struct {
    AwbSet set;
    Parameter limits;
  } kOutdoors[] = {{AwbSet::kOutdoor, Parameter::kAwbCtThOtLuxlow},
                   {AwbSet::kOutdoorBright, Parameter::kAwbCtThOtLuxhigh}};
  for (const char* file : kTuningFiles) {
    const std::vector<u8> bytes = read_bank(file);
    if (bytes.empty()) GTEST_SKIP() << "no tuning files";
    const tuning::Bank bank(bytes.data());
    const auto map = std::make_unique<AwbMap>();
    map->configure(bank, AwbSet::kIndoor);
    expect_weights_of_vendor(*map, bank, file);
    for (const auto& outdoors : kOutdoors) {
      std::vector<u8> as_indoors = bytes;
      tuning::BankWriter writer(as_indoors.data());
      writer.write(Parameter::kAwbRgbgWeight, bank.words(Parameter::kAwbRgbgWeightOt));
      writer.write(Parameter::kAwbCtThIn, bank.words(outdoors.limits));
      writer.write(Parameter::kAwbCtParaIn, bank.words(Parameter::kAwbCtParaOt));
      writer.set(Parameter::kAwbLightSrcNum, 0, 0);
      map->choose(bank, outdoors.set);
      expect_weights_of_vendor(*map, writer.bank(), std::string(file) + " outdoors");
    }
    map->choose(bank, AwbSet::kIndoor);
    expect_weights_of_vendor(*map, bank, std::string(file) + " indoors again");
  }
}

// Sums of cells that are cut to whole levels: a red of 6.3 levels reads as 5.8 in the mean.
TEST(WhitePoint, DarkZonesHaveTheRatiosOfTheLightAndNotOfWhatWasCutOff) {
  constexpr double kRed = 6.3, kGreen = 11.7, kBlue = 5.1;
  constexpr u32 kCells = 2304;
  std::mt19937 random(5);
  std::normal_distribution<double> noise(0, 1);
  const auto cut = [&](double level) {
    u64 sum = 0;
    for (u32 i = 0; i < kCells; ++i) sum += static_cast<u64>(std::max(0.0, level + noise(random)));
    return sum;
  };
  alignas(16) u32 words[4 * kZones] = {};
  const u64 red = cut(kRed), green = cut(kGreen), blue = cut(kBlue);
  const u64 low = red | green << 21 | blue << 42;
  words[0] = static_cast<u32>(low);
  words[1] = static_cast<u32>(low >> 32);
  words[2] = kCells << 20;
  words[3] = kCells >> 12;
  const auto zones = std::make_unique<AwbZones>();
  AwbStatistics table;
  measure_awb_zones(reinterpret_cast<const u8*>(words), {1024, 1024, 25}, *zones, table);
  EXPECT_NEAR(zones->point[0].rg / 262144.0, kRed / kGreen, 0.012 * kRed / kGreen);
  EXPECT_NEAR(zones->point[0].bg / 262144.0, kBlue / kGreen, 0.012 * kBlue / kGreen);
  // What users read is the quotient of the sums.
  EXPECT_EQ(zones->average.red_q8, 256 * (red * 1024 / green) / 1024);
  EXPECT_EQ(zones->average.blue_q8, 256 * (blue * 1024 / green) / 1024);
}

TEST(WhitePoint, GainsAndRegistersOfTheVectorsAreReproduced) {
  for (const Vector& vector : kVectors) {
    const std::vector<u8> bytes = read_bank(vector.file);
    if (bytes.empty()) GTEST_SKIP() << "no tuning files";
    const tuning::Bank bank(bytes.data());
    EXPECT_EQ(awb_gain_for(vector.rg), vector.red);
    EXPECT_EQ(awb_gain_for(vector.bg), vector.blue);
    const u32 red = awb_total_gain(vector.red, bank.get(Parameter::kAwbStatic, 0));
    const u32 blue = awb_total_gain(vector.blue, bank.get(Parameter::kAwbStatic, 1));
    EXPECT_EQ(0x04000000u | awb_register_gain(red, 1024), vector.red_word);
    EXPECT_EQ(0x04000000u | awb_register_gain(blue, 1024), vector.blue_word);
  }
}

TEST(WhitePoint, AnyZonesGiveWhatAnIndependentImplementationGives) {
  std::mt19937 random(11);
  for (const char* file : kTuningFiles) {
    const std::vector<u8> bytes = read_bank(file);
    if (bytes.empty()) GTEST_SKIP() << "no tuning files";
    const tuning::Bank bank(bytes.data());
    for (int frame = 0; frame < 20; ++frame) {
      std::vector<VendorZone> zones(225);
      const u32 spread = 1 + static_cast<u32>(random() % 120);
      const u32 red = 180 + static_cast<u32>(random() % 220);
      const u32 blue = 130 + static_cast<u32>(random() % 220);
      for (VendorZone& zone : zones) {
        const auto draw = [&](u32 most) { return static_cast<u32>(random() % most); };
        zone = {((red + draw(spread)) << 10) + draw(1024),
                ((blue + draw(spread)) << 10) + draw(1024), draw(4) == 0 ? 0 : 26 + draw(2000)};
      }
      zones[0].cells = 500;
      const AwbWhite found = found_by_driver(zones, bank);
      const VendorWhite exact = vendor_white(zones, bank, false, nullptr);
      if (exact.rg == 0) {
        EXPECT_FALSE(found.found);
        continue;
      }
      EXPECT_NEAR(found.point.rg >> 10, exact.rg, 0) << file << " " << frame;
      EXPECT_NEAR(found.point.bg >> 10, exact.bg, 0) << file << " " << frame;
      EXPECT_EQ(found.kelvin, exact.kelvin) << file << " " << frame;
    }
  }
}

// ---- pictures

constexpr double kLights[] = {2500, 2850, 3200, 4000, 5000, 6500, 7500};

class WhiteBalanceLoop : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    bytes_ = read_bank(GetParam());
    if (bytes_.empty()) GTEST_SKIP() << "no tuning files";
    controller_ = std::make_unique<AwbController>();
    scene_ = std::make_unique<WhiteScene>(GetParam(), bank());
    controller_->configure(bank());
    controller_->start({});
    for (const double kelvin : kLights) {
      const WhiteScene::Grey grey = scene_->grey(kelvin);
      if (grey.weight >= 200) lights_.push_back({kelvin, grey});
    }
  }
  tuning::Bank bank() const { return tuning::Bank(bytes_.data()); }

  AwbDecision run() {
    scene_->expose();
    return controller_->step(scene_->zones(), 3000u << 10, frame_++, table_);
  }
  void run(unsigned frames) {
    for (unsigned i = 0; i < frames; ++i) run();
  }
  double chroma() const {
    const AwbGains total = controller_->total_gains();
    return scene_->grey_chroma(total.red / 256.0, total.blue / 256.0);
  }
  u32 change_frames() const { return std::max(1u, bank().get(Parameter::kAwbCof, 0)); }

  struct Light {
    double kelvin;
    WhiteScene::Grey grey;
  };
  std::vector<u8> bytes_;
  std::unique_ptr<AwbController> controller_;
  std::unique_ptr<WhiteScene> scene_;
  std::vector<Light> lights_;
  AwbStatistics table_;
  u32 frame_ = 0;
};

TEST_P(WhiteBalanceLoop, NeutralPatchesOfTheChartEndNeutralUnderEveryLight) {
  scene_->show(WhiteScene::chart);
  double worst = 0;
  double worst_kelvin = 0;
  for (const Light& light : lights_) {
    scene_->shine(light.grey);
    controller_->start({});
    run(20);
    EXPECT_LE(chroma(), 2.0) << light.kelvin;
    EXPECT_NEAR(controller_->kelvin(), light.kelvin, 0.05 * light.kelvin);
    worst = std::max(worst, chroma());
    worst_kelvin = std::max(worst_kelvin, std::abs(controller_->kelvin() / light.kelvin - 1));
  }
  std::printf("%-12s %zu lights: chroma at most %.2f, colour temperature within %.1f %%\n",
              GetParam(), lights_.size(), worst, 100 * worst_kelvin);
}

TEST_P(WhiteBalanceLoop, NeutralPatchesEndNeutralUnderEveryLightBetweenThese) {
  scene_->show(WhiteScene::chart);
  for (double kelvin = 2500; kelvin <= 7500; kelvin += 125) {
    const WhiteScene::Grey grey = scene_->grey(kelvin);
    if (grey.weight < 200) continue;
    scene_->shine(grey);
    controller_->start({});
    run(20);
    EXPECT_LE(chroma(), 2.0) << kelvin;
    EXPECT_NEAR(controller_->kelvin(), kelvin, 0.05 * kelvin);
  }
}

TEST_P(WhiteBalanceLoop, AChangeOfLightIsFollowedWithinTwiceTheFilesFrames) {
  scene_->show(WhiteScene::chart);
  constexpr unsigned kNoises = 4;  // a rule that hangs on the noise fails in one of them
  for (const Light& before : lights_) {
    for (const Light& after : lights_) {
      for (unsigned noise = 0; noise < kNoises; ++noise) {
        scene_->shine(before.grey);
        controller_->start({});
        run(20);
        scene_->shine(after.grey);
        run(2 * change_frames());
        ASSERT_LE(chroma(), 2.0) << before.kelvin << " -> " << after.kelvin;
      }
    }
  }
}

TEST_P(WhiteBalanceLoop, AStaticNoisySceneChangesNoRegister) {
  scene_->show(WhiteScene::chart);
  scene_->ratio_noise = 1;
  scene_->zone_noise = 2;
  for (const Light& light : lights_) {
    scene_->shine(light.grey);
    controller_->start({});
    run(30);
    unsigned changes = 0;
    for (unsigned i = 0; i < 1000; ++i) changes += run().changed;
    EXPECT_EQ(changes, 0u) << light.kelvin;
    EXPECT_LE(chroma(), 2.0);
  }
}

struct Filling {
  const char* name;
  Colour colour;
};
const Filling kFillings[] = {{"grass", {.09, .18, .05}},         {"foliage", chart_patches()[3]},
                             {"light skin", chart_patches()[1]}, {"dark skin", chart_patches()[0]},
                             {"hazy sky", chart_patches()[2]},   {"blue sky", {.25, .45, .9}}};

TEST_P(WhiteBalanceLoop, ALargeSurfaceOfOneColourDoesNotPullWhatIsGrey) {
  for (const Filling& filling : kFillings) {
    for (const Light& light : lights_) {
      scene_->shine(light.grey);
      scene_->show(WhiteScene::chart);
      controller_->start({});
      run(20);
      scene_->show([colour = filling.colour](double x, double y) {
        const double grey = .1 + .5 * x;
        return y < .2 ? Colour{grey, grey, grey} : colour;
      });
      run(100);
      EXPECT_LE(chroma(), 6.0) << filling.name << " " << light.kelvin;
    }
  }
}

// Somebody walks in front of a wall.
TEST_P(WhiteBalanceLoop, AnObjectThatCoversMostOfAGreyWallDoesNotPullTheRest) {
  const auto wall = [](double x) { return Colour{.1 + .5 * x, .1 + .5 * x, .1 + .5 * x}; };
  for (const Filling& filling : kFillings) {
    for (const Light& light : lights_) {
      scene_->shine(light.grey);
      scene_->show([wall](double x, double) { return wall(x); });
      controller_->start({});
      run(20);
      for (double share = 0; share < .86; share += .05) {
        scene_->show([=, colour = filling.colour](double x, double y) {
          return y < share ? colour : wall(x);
        });
        run(4);
      }
      EXPECT_LE(chroma(), 6.0) << filling.name << " " << light.kelvin;
    }
  }
}

TEST_P(WhiteBalanceLoop, WithoutAnythingWhiteTheGainsStay) {
  scene_->show(WhiteScene::chart);
  run(20);
  const AwbGains before = controller_->gains();
  scene_->show([](double, double) { return Colour{.02, .3, .02}; });
  run(50);
  EXPECT_FALSE(controller_->report().white);
  EXPECT_EQ(controller_->gains(), before);
}

TEST_P(WhiteBalanceLoop, FrozenGainsStayUntilTheyAreReleased) {
  scene_->show(WhiteScene::chart);
  run(20);
  const AwbGains before = controller_->gains();
  controller_->freeze(true);
  scene_->shine(lights_.back().grey);
  run(50);
  EXPECT_EQ(controller_->gains(), before);
  controller_->freeze(false);
  run(2 * change_frames());
  EXPECT_LE(chroma(), 2.0);
}

INSTANTIATE_TEST_SUITE_P(AllFiles, WhiteBalanceLoop, testing::ValuesIn(kTuningFiles));

}  // namespace
}  // namespace t31::test
