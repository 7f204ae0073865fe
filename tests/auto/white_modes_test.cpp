// SPDX-License-Identifier: GPL-2.0-or-later
// Modes of white balance, read-back, and which cells are counted, from ae-awb-af 1.5 and 4.5.
#include <gtest/gtest.h>

#include "driver/control/awb_modes.hpp"
#include "driver/control/awb_window.hpp"

namespace t31::test {
namespace {

using namespace control;
using tuning::Parameter;

TEST(WhiteModes, PresetsHaveTheGainsOfTheVendor) {
  constexpr AwbGains kExpected[] = {{384, 384}, {438, 303}, {219, 690}, {240, 564},
                                    {315, 459}, {468, 279}, {240, 376}};
  for (u32 i = 0; i < 7; ++i) {
    EXPECT_EQ(awb_mode_gains({static_cast<AwbMode>(2 + i), 1, 2}, {412, 661}), kExpected[i]);
  }
}

TEST(WhiteModes, AutomaticManualAndCustomGainsAreTakenAsAsked) {
  EXPECT_EQ(awb_mode_gains({AwbMode::kAuto, 1, 2}, {412, 661}), (AwbGains{412, 661}));
  EXPECT_EQ(awb_mode_gains({AwbMode::kManual, 300, 500}, {412, 661}), (AwbGains{300, 500}));
  EXPECT_EQ(awb_mode_gains({AwbMode::kCustom, 0, 32}, {412, 661}), (AwbGains{412, 661 * 96 / 64}));
}

// Recorded: 159, 99 and 153, 179 for a scene with R/G 0.6, B/G 0.7 and gains 412, 661.
TEST(WhiteModes, ReadBackIsThatOfTheRecordedSession) {
  const AwbReadBack back = awb_read_back({}, {412, 661}, {153, 179});
  EXPECT_EQ(back.reciprocal_red, 159u);
  EXPECT_EQ(back.reciprocal_blue, 99u);
  EXPECT_EQ(back.average_red, 153u);
  EXPECT_EQ(back.red, 65536u / 159);
  EXPECT_EQ(back.blue, 65536u / 99);
  EXPECT_EQ(awb_read_back({AwbMode::kManual, 300, 500}, {412, 661}, {153, 179}).red, 300u);
}

TEST(WhiteModes, OffsetsFollowTheColourTemperatureInStepsOfTwoHundredKelvin) {
  const AwbTrend trend{{1100, 1101, 1200, 1201, 1300, 1301}};
  AwbTrendChoice choice;
  EXPECT_EQ(choice.offsets(trend, 5000, true), (AwbGains{1100, 1101}));
  EXPECT_EQ(choice.offsets(trend, 4900, false), (AwbGains{1100, 1101}));
  EXPECT_EQ(choice.offsets(trend, 4800, false), (AwbGains{1200, 1201}));
  EXPECT_EQ(choice.offsets(trend, 3000, false), (AwbGains{1300, 1301}));
  EXPECT_EQ(choice.offsets(trend, 3100, false), (AwbGains{1300, 1301}));
  EXPECT_EQ(choice.offsets(trend, 3100, true), (AwbGains{1200, 1201}));
}

class Window : public testing::Test {
 protected:
  Window() {
    const u32 bounds[] = {95, 290, 50, 210, 256, 200, 256, 380, 5, 240, 1};
    for (u32 i = 0; i < 11; ++i) bank_.set(Parameter::kAwbAwbParameter, 34 + i, bounds[i]);
    const u32 low_light[] = {50, 260};
    bank_.write(Parameter::kAwbLowlightRgTh, low_light);
    bank_.set(Parameter::kAwbMode, 2, 20000);
  }
  std::vector<u8> bytes_ = std::vector<u8>(tuning::kBankBytes);
  tuning::BankWriter bank_{bytes_.data()};
};

TEST_F(Window, BoundsComeFromTheFileAndTheLowestLumaFollowsTheGain) {
  const AwbWindow usual = awb_window(bank_.bank(), {3000 << 10, 60, 1024}, false);
  EXPECT_EQ(usual, (AwbWindow{290 << 16 | 95, 210 << 16 | 50, 200 << 16 | 256, 380 << 16 | 256,
                              1 << 16 | 240 << 8 | 5}));
  EXPECT_EQ(awb_window(bank_.bank(), {3000 << 10, 60, 3072}, false).luma & 0xff, 15u);
  EXPECT_EQ(awb_window(bank_.bank(), {3000 << 10, 2, 1024}, false).luma & 0xff, 2u);
  EXPECT_EQ(awb_window(bank_.bank(), {3000 << 10, 0, 1024}, false).luma & 0xff, 1u);
}

TEST_F(Window, LowLightAndGreyWorldOpenIt) {
  EXPECT_EQ(awb_window(bank_.bank(), {20000 << 10, 60, 1024}, false).red_ratio, 290u << 16 | 95);
  const AwbWindow dark = awb_window(bank_.bank(), {(20000 << 10) + 1, 60, 1024}, false);
  EXPECT_EQ(dark.red_ratio, 260u << 16 | 50);
  EXPECT_EQ(dark.blue_ratio, 0x03ff0001u);
  const AwbWindow open = awb_window(bank_.bank(), {3000 << 10, 60, 1024}, true);
  EXPECT_EQ(open.red_ratio, 0x0fff0001u);
  EXPECT_EQ(open.blue_ratio, 0x0fff0001u);
  EXPECT_EQ(open.combined_low, 0x00000100u);
  EXPECT_EQ(open.combined_high, 0xffff0100u);
}

}  // namespace
}  // namespace t31::test
