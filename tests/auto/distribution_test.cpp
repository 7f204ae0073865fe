// SPDX-License-Identifier: GPL-2.0-or-later
// The exact formulas of automatic exposure against the vendor's vectors (ae-awb-af 2.11) and worked
// by hand.
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <string>

#include "driver/control/ae_settings.hpp"
#include "driver/control/ae_short.hpp"
#include "driver/control/ae_target.hpp"
#include "tests/auto/vendor_law.hpp"
#include "tests/blocks/golden.hpp"

namespace t31::test {
namespace {

using namespace control;

// A row of ae-awb-af 2.11.
struct Row {
  u32 lines, again, dgain;  // in force
  u32 mean, bright, dark;
  int below;  // -1: antiflicker off, else its policy
  bool stable;
  u32 compensation;  // 0: off
  u32 target;
  bool stable_after;
  u32 value;
  u32 new_lines, new_again, new_dgain;
};

constexpr Row kRows[] = {
    {1000, 1024, 1024, 20, 0, 0, -1, false, 0, 40, false, 1195000, 1166, 1024, 1024},
    {1000, 1024, 1024, 20, 0, 1024, -1, false, 0, 40, false, 1206000, 1177, 1024, 1024},
    {1346, 40000, 1024, 20, 0, 512, -1, false, 0, 35, false, 59015659, 1346, 43845, 1024},
    {1346, 88062, 1500, 10, 0, 1024, -1, false, 0, 30, false, 235349987, 1346, 88062, 2033},
    {1000, 1024, 1024, 60, 100, 0, -1, false, 0, 41, false, 986803, 963, 1024, 1024},
    {1000, 1024, 1024, 200, 700, 0, -1, false, 0, 45, false, 821877, 802, 1024, 1024},
    {100, 1024, 1024, 255, 1024, 0, -1, false, 0, 55, false, 81776, 79, 1035, 1024},
    {1000, 1024, 1024, 42, 0, 0, -1, false, 0, 42, true, 1024000, 1000, 1024, 1024},
    {1000, 1024, 1024, 44, 0, 0, -1, true, 0, 42, true, 1024000, 1000, 1024, 1024},
    {1000, 1024, 1024, 20, 0, 0, 0, false, 0, 40, false, 1195000, 1013, 1179, 1024},
    {500, 1024, 1024, 100, 300, 0, 0, false, 0, 45, false, 441899, 338, 1307, 1024},
    {338, 1024, 1024, 100, 300, 0, 0, false, 0, 49, false, 302175, 295, 1024, 1024},
    {338, 1024, 1024, 100, 300, 0, 1, false, 0, 49, false, 302175, 338, 1024, 1024},
    {338, 1024, 1024, 100, 300, 0, 2, false, 0, 49, false, 302175, 295, 1024, 1024},
    {1350, 2048, 1024, 25, 0, 0, 0, false, 0, 40, false, 2930794, 1346, 2177, 1024},
    {1000, 1024, 1024, 20, 0, 0, -1, false, 192, 60, false, 1366000, 1333, 1024, 1024},
};

// The table of the specification as kRows would be printed.
std::vector<std::string> specified_rows() {
  std::ifstream stream(shared_folder() + "/spec/ae-awb-af.md");
  std::vector<std::string> rows;
  std::string line;
  while (std::getline(stream, line) && line.rfind("### 2.11", 0) != 0) {
  }
  while (std::getline(stream, line) && line.rfind("### ", 0) != 0) {
    if (line.rfind("| ", 0) != 0) continue;
    std::erase(line, ' ');
    rows.push_back(line);
  }
  if (!rows.empty()) rows.erase(rows.begin());
  return rows;
}

TEST(AeFormulas, NoVectorOfTheSpecificationIsMissingHere) {
  const std::vector<std::string> rows = specified_rows();
  if (rows.empty()) GTEST_SKIP() << "no specification";
  ASSERT_EQ(rows.size(), std::size(kRows));
  for (size_t i = 0; i < rows.size(); ++i) {
    const Row& r = kRows[i];
    const std::string flicker = r.below < 0 ? "off" : "50," + std::to_string(r.below);
    const std::string scale = r.compensation == 0 ? "off" : std::to_string(r.compensation);
    char line[200];
    std::snprintf(line, sizeof line, "|%u/%u/%u|%u|%u,%u|%s|%u|%s|%u,%u|%u|%u/%u/%u|", r.lines,
                  r.again, r.dgain, r.mean, r.bright, r.dark, flicker.c_str(), u32{r.stable},
                  scale.c_str(), r.target, u32{r.stable_after}, r.value, r.new_lines, r.new_again,
                  r.new_dgain);
    EXPECT_EQ(rows[i], line);
  }
}

std::vector<u8> vector_bank(u32 compensation) {
  std::vector<u8> bytes(tuning::kBankBytes);
  tuning::BankWriter bank(bytes.data());
  using tuning::Parameter;
  constexpr u32 kKnots[] = {50, 200, 800, 2370, 6740, 13480, 26960, 107840, 431360, 800000};
  constexpr u32 kTargets[] = {55, 45, 40, 40, 40, 40, 35, 35, 30, 30};
  bank.write(Parameter::kAeEvList, kKnots);
  bank.write(Parameter::kAeAtList, kTargets);
  bank.fill(Parameter::kAeExtraAtList, 128);
  const u32 scales[] = {compensation != 0, 128, compensation, 128};
  bank.write(Parameter::kAeCompParam, scales);
  return bytes;
}

AeRange vector_range() {
  AeRange range;
  range.max_lines = 1346;
  range.max_again = 88062;
  range.max_dgain = 2048;
  return range;
}

AeFlicker vector_flicker(int below) {
  AeFlicker flicker;
  EXPECT_TRUE(ae_flicker_steps(50, 25, 1, 1350, flicker));
  flicker.active = below >= 0;
  flicker.below = static_cast<ShortFlicker>(below < 0 ? 0 : below);
  flicker.dim_luma = 20;
  return flicker;
}

TEST(AeFormulas, EveryVectorOfTheVendorsIterationIsReproduced) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(testing::Message() << row.lines << " lines, mean " << row.mean << ", flicker "
                                    << row.below << ", K2 " << row.compensation);
    const std::vector<u8> bytes = vector_bank(row.compensation);
    VendorLaw law;
    law.curve = ae_target_curve(tuning::Bank(bytes.data()), false);
    law.ev_step = {254, 171, 4, 1024, 512};
    law.stable_tol = {1150, 950, 5, 5};
    law.fifo_length = 1;
    law.boost = 2;
    law.target = 42;
    law.stable = row.stable;
    const u32 before = multiply_q(10, multiply_q(10, row.again, row.dgain), row.lines << 10);
    const u32 value = law.step(before, row.mean, row.bright, row.dark);
    EXPECT_EQ(law.target, row.target);
    EXPECT_EQ(law.stable, row.stable_after);
    EXPECT_EQ(value, row.value);
    if (value == before) continue;  // nothing is shared out anew
    const AeShares shares =
        ae_distribute(value, vector_range(), vector_flicker(row.below), row.target);
    EXPECT_EQ(shares.lines, row.new_lines);
    EXPECT_EQ(shares.again, row.new_again);
    EXPECT_EQ(shares.dgain, row.new_dgain);
  }
}

TEST(AeFormulas, AntiflickerStepsAreThoseOfTheSpecification) {
  AeFlicker flicker;
  ASSERT_TRUE(ae_flicker_steps(50, 25, 1, 1350, flicker));
  EXPECT_EQ(flicker.count, 4u);
  constexpr u16 kSteps[] = {338, 675, 1013, 1350, 1350};
  for (u32 i = 0; i < 5; ++i) EXPECT_EQ(flicker.lines[i], kSteps[i]);
  ASSERT_TRUE(ae_flicker_steps(60, 25, 1, 1350, flicker));
  EXPECT_EQ(flicker.count, 4u);  // 1/120 s is 281.25 lines
  constexpr u16 kSixty[] = {281, 563, 844, 1125};
  for (u32 i = 0; i < 4; ++i) EXPECT_EQ(flicker.lines[i], kSixty[i]);
}

TEST(AeFormulas, AntiflickerWithoutRateOrLinesIsRefused) {
  AeFlicker flicker;
  EXPECT_FALSE(ae_flicker_steps(0, 25, 1, 1350, flicker));
  EXPECT_FALSE(ae_flicker_steps(50, 0, 1, 1350, flicker));
  EXPECT_FALSE(ae_flicker_steps(50, 25, 0, 1350, flicker));
  EXPECT_FALSE(ae_flicker_steps(50, 25, 1, 0, flicker));
  EXPECT_EQ(flicker.lines[0], 1);
}

TEST(AeFormulas, AFlickerStepMayExceedTheLongestTimeOnlyByWhatCannotBeSeen) {
  AeRange range = vector_range();
  range.max_lines = 1335;  // 15 of 1350 lines missing: 2 % ripple
  EXPECT_EQ(ae_distribute(1350u << 10, range, vector_flicker(0), 40).lines, 1013u);
  range.max_lines = 1346;
  EXPECT_EQ(ae_distribute(1350u << 10, range, vector_flicker(0), 40).lines, 1346u);
}

TEST(AeFormulas, TheProductOfAllSharesIsTheValueAskedForWithinOnePartInAThousand) {
  for (const int below : {-1, 0}) {
    for (u32 value = 400 << 10; value < 3000000000u / 16; value += value / 7 + 1) {
      const AeShares shares = ae_distribute(value, vector_range(), vector_flicker(below), 40);
      if (shares.limited) continue;
      const double product = shares.lines * (shares.again / 1024.0) * shares.dgain;
      EXPECT_NEAR(product / value, 1.0, 0.001) << value;
    }
  }
}

TEST(AeFormulas, AGainFixedByHandIsKeptAndTheOtherSharesMakeUpForIt) {
  AeRange range = vector_range();
  range.min_again = range.max_again = 4096;
  const AeShares bright = ae_distribute(400 << 10, range, vector_flicker(-1), 40);
  EXPECT_EQ(bright.again, 4096u);
  EXPECT_EQ(bright.lines, 100u);
  const AeShares dark = ae_distribute((1346 * 6) << 10, range, vector_flicker(-1), 40);
  EXPECT_EQ(dark.again, 4096u);
  EXPECT_EQ(dark.lines, 1346u);
  EXPECT_EQ(dark.dgain, 1536u);
}

TEST(AeFormulas, ATimeFixedByHandLeavesTheRestToGain) {
  AeRange range = vector_range();
  range.lines_fixed = true;
  range.fixed_lines = 100;
  const AeShares shares = ae_distribute(350 << 10, range, vector_flicker(0), 40);
  EXPECT_EQ(shares.lines, 100u);
  EXPECT_EQ(shares.again, 3584u);
  range.fixed_lines = 5000;
  EXPECT_EQ(ae_distribute(1u << 10, range, vector_flicker(0), 40).lines, 1346u);
}

TEST(AeFormulas, TheShortExposureFollowsTheLongOneThroughTheScaledList) {
  std::vector<u8> bytes(tuning::kBankBytes);
  tuning::BankWriter bank(bytes.data());
  using tuning::Parameter;
  constexpr u32 kKnots[] = {30, 200, 500, 1300, 2000, 8000, 45000, 130000, 390000, 600000};
  constexpr u32 kShort[] = {2, 16, 40, 100, 160, 600, 600, 600, 600, 600};
  bank.write(Parameter::kAeEvListWdr, kKnots);
  bank.write(Parameter::kAe1EvList, kShort);
  EXPECT_EQ(ae_short_value(ae_short_curve(bank.bank()), 350u << 10), 28u << 10);
  constexpr u32 kScales[] = {1, 128, 128, 160};
  bank.write(Parameter::kAeCompParamWdr, kScales);
  bank.fill(Parameter::kAeExtraAtListWdr, 128);
  // 16 * 160 / 128 = 20 and 40 * 160 / 128 = 50; half-way between them.
  EXPECT_EQ(ae_short_value(ae_short_curve(bank.bank()), 350u << 10), 35u << 10);

  AeRange range;
  range.max_lines = 98;
  range.max_again = 2048;
  range.max_dgain = 2048;
  EXPECT_EQ(ae_distribute_short(35u << 10, range), (AeShares{35, 1024, 1024, false}));
  EXPECT_EQ(ae_distribute_short(147u << 10, range), (AeShares{98, 1536, 1024, false}));
  EXPECT_EQ(ae_distribute_short(294u << 10, range), (AeShares{98, 2048, 1536, false}));
  EXPECT_EQ(ae_distribute_short(4000u << 10, range), (AeShares{98, 2048, 2048, true}));
}

TEST(AeFormulas, SettingsComeFromTheBankTheSensorAndTheUser) {
  std::vector<u8> bytes = vector_bank(0);
  tuning::BankWriter bank(bytes.data());
  using tuning::Parameter;
  const u32 antiflicker[] = {1, 2, 20};
  bank.write(Parameter::kAeDeflickerPara, antiflicker);
  bank.set(Parameter::kAeFlickerT, 0, 60);
  ExposureLimits limits;
  limits.min_lines = 2;
  limits.max_lines = 1346;
  limits.max_again = 8192;
  limits.max_sensor_dgain = 2048;
  limits.max_isp_dgain = 3072;
  const AeSettings settings = ae_settings(bank.bank(), false, limits, {25, 1, 1350}, {});
  EXPECT_EQ(settings.range.max_dgain, 6144u);
  EXPECT_EQ(settings.range.min_lines, 2u);
  EXPECT_TRUE(settings.flicker.active);
  EXPECT_EQ(settings.flicker.below, ShortFlicker::kDim);
  EXPECT_EQ(settings.flicker.lines[3], 1125);
  const AeSettings manual = ae_settings(bank.bank(), false, limits, {25, 1, 1350}, {500, 99999, 0});
  EXPECT_TRUE(manual.range.lines_fixed);
  EXPECT_EQ(manual.range.fixed_lines, 500u);
  EXPECT_EQ(manual.range.min_again, 8192u);
  EXPECT_EQ(manual.range.max_again, 8192u);
}

TEST(AeFormulas, GainsAreAskedForAndRealisedAsTheSensorInterfaceHasThem) {
  EXPECT_EQ(ae_gain_request(1024), 0u);
  EXPECT_EQ(ae_gain_request(2048), 65536u);
  EXPECT_EQ(ae_gain_realised(65536), 2048u);
  EXPECT_EQ(ae_gain_for_lines(1024, 101, 100), 1034u);
  EXPECT_EQ(ae_isp_gain(3000, 1024, 2048, 1024, 65535), 1500u);
  EXPECT_EQ(ae_isp_gain(3000, 1024, 2048, 1024, 1200), 1200u);
}

}  // namespace
}  // namespace t31::test
