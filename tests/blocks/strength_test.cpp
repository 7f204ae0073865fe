// SPDX-License-Identifier: GPL-2.0-or-later
// User strengths: the documented scaling (hw-blocks-raw-color 6.1, 10; hw-blocks-detail-tone 8),
// always of the stored values.
#include "driver/tuning/strength.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace t31::test {
namespace {

using tuning::Parameter;

class Strength : public testing::Test {
 protected:
  // What the file says; before strengths are applied.
  void store(Parameter parameter, u32 index, u32 value) {
    writer_.set(parameter, index, value);
    originals_.take(bytes_.data());
  }
  void store(Parameter parameter, u32 value) {
    for (u32 i = 0; i < tuning::parameter_info(parameter).count; ++i) store(parameter, i, value);
  }
  u32 live(Parameter parameter, u32 index = 0) { return live_.bank().get(parameter, index); }

  std::vector<u8> bytes_ = std::vector<u8>(tuning::kBankBytes, 0);
  tuning::BankWriter writer_{bytes_.data()};
  tuning::LiveOriginals originals_;
  tuning::LiveBank live_{bytes_.data()};
  tuning::StoredBank stored_{live_.bank(), originals_};
};

TEST_F(Strength, ScalesToZeroBelowNeutralAndTowardsTheLimitAbove) {
  EXPECT_EQ(tuning::scale_strength(100, 0, 600), 0u);
  EXPECT_EQ(tuning::scale_strength(100, 64, 600), 50u);
  EXPECT_EQ(tuning::scale_strength(100, 127, 600), 99u);
  EXPECT_EQ(tuning::scale_strength(100, 192, 600), 350u);
  EXPECT_EQ(tuning::scale_strength(100, 255, 600), 100u + 500 * 127 / 128);
}

TEST_F(Strength, AValueBeyondTheLimitStays) {
  EXPECT_EQ(tuning::scale_strength(700, 255, 600), 700u);
  EXPECT_EQ(tuning::scale_strength(0xffffffff, 200, 16), 0xffffffffu);
}

TEST_F(Strength, NeutralRestoresWhatIsStored) {
  for (u32 i = 0; i < 9; ++i) store(Parameter::kDpcDM1FthresArray, i, i);
  store(Parameter::kDpcDM1DthresArray, 4000000000u);
  tuning::apply_defect_strength(stored_, live_, 255);
  tuning::apply_defect_strength(stored_, live_, 128);
  for (u32 i = 0; i < 9; ++i) EXPECT_EQ(live(Parameter::kDpcDM1FthresArray, i), i);
  EXPECT_EQ(live(Parameter::kDpcDM1DthresArray), 4000000000u);
}

TEST_F(Strength, RepeatedStrengthsDoNotAccumulate) {
  store(Parameter::kSdnsHS7Array, 8);
  for (int i = 0; i < 3; ++i) tuning::apply_sinter(stored_, live_, 64);
  EXPECT_EQ(live(Parameter::kSdnsHS7Array), 4u);
  tuning::apply_sinter(stored_, live_, 192);
  EXPECT_EQ(live(Parameter::kSdnsHS7Array), 12u);
}

TEST_F(Strength, SharpnessHasALimitOfItsOwnForTheUndirectedPart) {
  store(Parameter::kDmscUuStrenArray, 0);
  store(Parameter::kDmscSpUdBStrenArray, 0);
  store(Parameter::kDmscUuStrenWdrArray, 77);
  tuning::apply_sharpness(stored_, live_, 192);
  EXPECT_EQ(live(Parameter::kDmscUuStrenArray, 8), 400u);
  EXPECT_EQ(live(Parameter::kDmscSpUdBStrenArray, 8), 300u);
  EXPECT_EQ(live(Parameter::kDmscUuStrenWdrArray), 77u) << "lists for two exposures stay";
}

TEST_F(Strength, SinterScalesAllSixteenWidthsOfBothModesAndTheAverage) {
  for (u32 id = 273; id <= 288; ++id) store(static_cast<Parameter>(id), 10);
  for (u32 id = 360; id <= 375; ++id) store(static_cast<Parameter>(id), 16);
  store(Parameter::kSdnsAveThresArray, 100);
  store(Parameter::kSdnsHMv1Array, 10);
  tuning::apply_sinter(stored_, live_, 192);
  for (u32 id = 273; id <= 288; ++id) EXPECT_EQ(live(static_cast<Parameter>(id), 4), 13u) << id;
  for (u32 id = 360; id <= 375; ++id) EXPECT_EQ(live(static_cast<Parameter>(id), 4), 16u) << id;
  EXPECT_EQ(live(Parameter::kSdnsAveThresArray), 150u);
  EXPECT_EQ(live(Parameter::kSdnsHMv1Array), 10u) << "moving areas are not scaled";
}

TEST_F(Strength, TemperScalesThresholdsAndTheBackgroundWeightOnly) {
  store(Parameter::kMdnsYSadAveThresArray, 40);
  store(Parameter::kMdnsYRefWeiBMinWdrArray, 120);
  tuning::apply_temper(stored_, live_, 64);
  EXPECT_EQ(live(Parameter::kMdnsYSadAveThresArray), 20u);
  EXPECT_EQ(live(Parameter::kMdnsYRefWeiBMinWdrArray), 60u);
}

// fthr: max(5, f s >> 7) and f + ((1200 - f)(s - 128) >> 7); dthr: ((d - 1000) s + 128000) >> 7 and
// ((256 - s) d + 5 (s - 128)) >> 7.
TEST_F(Strength, DefectStrengthFollowsTheTwoDocumentedFormulas) {
  store(Parameter::kDpcDM3FthresArray, 80);
  store(Parameter::kDpcDM3DthresArray, 60);
  store(Parameter::kDpcDM3DthresWdrArray, 60);
  tuning::apply_defect_strength(stored_, live_, 60);
  EXPECT_EQ(live(Parameter::kDpcDM3FthresArray), 37u);
  EXPECT_EQ(live(Parameter::kDpcDM3DthresArray), (128000u - 940 * 60) >> 7);
  tuning::apply_defect_strength(stored_, live_, 0);
  EXPECT_EQ(live(Parameter::kDpcDM3FthresArray), 5u);
  EXPECT_EQ(live(Parameter::kDpcDM3DthresArray), 1000u);
  tuning::apply_defect_strength(stored_, live_, 192);
  EXPECT_EQ(live(Parameter::kDpcDM3FthresArray), 640u);
  EXPECT_EQ(live(Parameter::kDpcDM3DthresArray), (64u * 60 + 5 * 64) >> 7);
  EXPECT_EQ(live(Parameter::kDpcDM3DthresWdrArray), 60u);
}

}  // namespace
}  // namespace t31::test
