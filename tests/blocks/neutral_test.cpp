// SPDX-License-Identifier: GPL-2.0-or-later
// What a neutral tuning file programs: nothing that changes a picture but black level and sRGB
// gamma.
#include "driver/tuning/neutral.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "driver/blocks/block_set.hpp"
#include "tests/blocks/golden.hpp"

namespace t31::test {
namespace {

constexpr char kPath[] = "/tmp/neutral.bin";

class Neutral : public testing::Test {
 protected:
  void SetUp() override {
    std::vector<u8> file(tuning::kFileBytes);
    tuning::build_file(file, {.black_level = 200, .red_gain_q10 = 1100, .blue_gain_q10 = 1300});
    home_.files[kPath] = file;
    ASSERT_EQ(store_.load(kPath), tuning::LoadResult::kLoaded);
    set_.write_csc();
    set_.write_bypass(mode_, store_);
    set_.init(mode_, store_);
  }
  u32 reg(u32 offset) { return home_.state.at(offset); }

  FakeHome home_;
  tuning::TuningStore store_;
  blocks::BlockSet set_{home_.window()};
  blocks::SensorMode mode_{1920, 1080, 0, false, false, 25 << 16 | 1, 1125};
};

TEST_F(Neutral, OnlyBlackLevelGainsDemosaicGammaCscAndBcshWork) {
  const u32 active = ~reg(0x0c) & 0x7ffff;
  EXPECT_EQ(active, 1u << 1 | 1u << 2 | 1u << 8 | 1u << 10 | 1u << 12 | 1u << 16);
}

TEST_F(Neutral, BlackLevelIsTheOneGivenForAllColours) {
  EXPECT_EQ(reg(0x1060), 200u);
  EXPECT_EQ(reg(0x1064), 200u << 16 | 200u);
  EXPECT_EQ(reg(0x1068), 200u << 16 | 200u);
  u32 levels[5];
  set_.black_level(levels);
  for (const u32 level : levels) EXPECT_EQ(level, 200u);
}

TEST_F(Neutral, WhiteBalanceStartsWithTheGivenGainsWithinTheirStepOfFour) {
  EXPECT_NEAR(reg(0x1804) & 0x3fff, 1100, 4);
  EXPECT_NEAR(reg(0x1808) & 0x3fff, 1300, 4);
  EXPECT_EQ(reg(0x1804) >> 16, 1024u);
}

TEST_F(Neutral, GammaIsSrgb) {
  for (u32 i = 0; i <= 127; ++i) {
    const double x = i / 128.0;
    const double y = x <= 0.0031308 ? 12.92 * x : 1.055 * std::pow(x, 1 / 2.4) - 0.055;
    EXPECT_EQ(reg(0x40000 + 4 * i) & 0xfff, std::lround(4095 * y)) << i;
  }
  EXPECT_EQ(reg(0x40000 + 4 * 127) >> 12, 4095u);
}

TEST_F(Neutral, MatricesAreTheExactIdentity) {
  EXPECT_EQ(reg(0x5004), 1024u);
  EXPECT_EQ(reg(0x5008), 0u);
  EXPECT_EQ(reg(0x500c), 1024u);
  EXPECT_EQ(reg(0x5010), 0u);
  EXPECT_EQ(reg(0x5014), 1024u);
  EXPECT_EQ(reg(0x8024), 1024u);
  EXPECT_EQ(reg(0x8028), 0u);
  EXPECT_EQ(reg(0x802c), 1024u << 16);
  EXPECT_EQ(reg(0x8030), 0u);
  EXPECT_EQ(reg(0x8034), 0u);
  EXPECT_EQ(reg(0x8038), 1024u);
}

TEST_F(Neutral, BrightnessContrastAndSaturationAreOne) {
  for (const u32 offset : {0x8018u, 0x801cu, 0x8020u}) EXPECT_EQ(reg(offset), 1024u << 16 | 1024u);
  EXPECT_EQ(reg(0x8058), 1024u << 16 | 1024u);
  EXPECT_EQ(reg(0x805c) & 0xffff, 0u);
  EXPECT_EQ(reg(0x8060), reg(0x805c));
  EXPECT_EQ(reg(0x806c), 1024u << 16 | 1024u);
  EXPECT_EQ(reg(0x8070), 1024u << 16 | 1024u);
  EXPECT_EQ(reg(0x8064), 1u);  // enabled, no ramp
}

TEST_F(Neutral, StaysNeutralAtEveryGainExposureAndLight) {
  home_.take_writes();
  const auto before = home_.state;
  for (const u32 gain : {0u, 0x2ffffu, 0x90000u}) {
    set_.set_total_gain(gain);
    for (const u64 ev : {u64{0}, u64{50} << 10, u64{3000000} << 10}) {
      set_.set_exposure_value(ev);
      for (const u32 kelvin : {2000u, 3300u, 4400u, 9000u}) {
        set_.set_colour_temperature(kelvin);
        set_.commit();
      }
    }
  }
  for (const auto& [offset, value] : home_.state) {
    const bool idle_black_level = offset >= 0x1014 && offset <= 0x1020;
    if (idle_black_level) continue;
    ASSERT_TRUE(before.contains(offset)) << std::hex << offset;
    EXPECT_EQ(value, before.at(offset)) << std::hex << offset;
  }
}

TEST_F(Neutral, LensShadingMeshIsUnityShouldItBeSwitchedOn) {
  for (u32 word = 0; word < 2046; ++word) {
    ASSERT_EQ(reg(0x28000 + word / 3 * 16 + word % 3 * 4), 0x800800u) << word;
  }
}

TEST_F(Neutral, DemosaicDoesNotSharpen) {
  EXPECT_EQ(reg(0x4848), 0u);
  EXPECT_EQ(reg(0x4860), 0u);
}

TEST(NeutralBank, WrongBufferSizesAreLeftAlone) {
  std::vector<u8> bytes(100, 7);
  tuning::build_neutral_bank(bytes, {});
  tuning::build_file(bytes, {});
  EXPECT_EQ(bytes, std::vector<u8>(100, 7));
}

}  // namespace
}  // namespace t31::test
