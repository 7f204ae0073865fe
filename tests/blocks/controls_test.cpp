// SPDX-License-Identifier: GPL-2.0-or-later
// User controls: they act, survive what they must survive, and bad ones change nothing.
#include <gtest/gtest.h>

#include <random>

#include "driver/blocks/block_set.hpp"
#include "driver/tuning/neutral.hpp"
#include "tests/blocks/golden.hpp"

namespace t31::test {
namespace {

using tuning::Parameter;

constexpr char kPath[] = "/tmp/test.bin";
constexpr u32 kColourMatrixOff = 1u << 9;
constexpr u32 kBcshOff = 1u << 16;

class Controls : public testing::Test {
 protected:
  void SetUp() override {
    std::vector<u8> file(tuning::kFileBytes);
    tuning::build_file(file, {.black_level = 256});
    home_.files[kPath] = file;
    store_.load(kPath);
    start();
  }
  void start() {
    set_.forget();
    set_.write_csc();
    set_.write_bypass(mode_, store_);
    set_.init(mode_, store_);
    home_.take_writes();
  }
  u32 reg(u32 offset) { return home_.state.at(offset); }
  // As the gamma control does it: above every bank.
  void set_gamma(const u16 (&nodes)[129]) {
    const auto* bytes = reinterpret_cast<const u8*>(nodes);
    ASSERT_TRUE(
        store_.set_user(tuning::SetBy::kControl, Parameter::kGammaRgbLutSaddr, 0, {bytes, 258})
            .ok());
    set_.parameter_changed(Parameter::kGammaRgbLutSaddr);
  }
  // Bypass word of module control with these bits on top of the one in force.
  void set_bypass(u32 set, u32 clear) {
    set_.set_modules((set_.modules() | set) & ~clear);
    set_.commit();
  }

  FakeHome home_;
  tuning::TuningStore store_;
  blocks::BlockSet set_{home_.window()};
  blocks::SensorMode mode_{1920, 1080, 0, false, false, 25 << 16 | 1, 1125};
};

// Swaps red and green, keeps blue.
t31_colour_matrix swapping(s8 saturation) {
  t31_colour_matrix attributes{};
  attributes.manual = 1;
  attributes.saturation = saturation;
  const u32 matrix[9] = {0, 1024, 0, 1024, 0, 0, 0, 0, 1024};
  std::copy(std::begin(matrix), std::end(matrix), attributes.matrix);
  return attributes;
}

TEST_F(Controls, SettersWriteNothingUntilCommit) {
  set_.set_level(blocks::Level::kHue, 10);
  set_.set_total_gain(0x30000);
  set_.set_digital_gain(2048);
  set_.set_white_balance(1500, 1600);
  set_.set_modules(0);
  t31_csc csc{};
  csc.mode = 2;
  ASSERT_TRUE(set_.set_csc(csc).ok());
  EXPECT_TRUE(set_.dirty());
  EXPECT_TRUE(home_.take_writes().empty());
  set_.commit();
  EXPECT_FALSE(set_.dirty());
  EXPECT_FALSE(home_.take_writes().empty());
}

TEST_F(Controls, DigitalGainGoesToAllFourColoursThroughTheLatch) {
  set_.set_digital_gain(1536);
  set_.commit();
  const std::vector<Write> expected = {
      {0x1070, 1}, {0x1030, 0x06000600}, {0x1070, 1}, {0x1034, 0x06000600}};
  EXPECT_EQ(home_.take_writes(), expected);
  EXPECT_EQ(set_.digital_gain(), 1536u);
}

TEST_F(Controls, WhiteBalanceIsLimitedToTheRegistersRange) {
  set_.set_white_balance(1234, 0x12345678);
  set_.commit();
  EXPECT_EQ(reg(0x1804), 0x040004d2u);
  EXPECT_EQ(reg(0x1808), 0x04003fffu);
  EXPECT_EQ(reg(0x180c), reg(0x1804));
  EXPECT_EQ(reg(0x1810), reg(0x1808));
}

TEST_F(Controls, UserSettingsSurviveReloadAndANewSession) {
  u16 curve[129];
  for (u32 i = 0; i < 129; ++i) curve[i] = static_cast<u16>(i * 31);
  set_gamma(curve);
  set_.set_level(blocks::Level::kBrightness, 140);
  t31_csc csc{};
  csc.mode = 3;
  ASSERT_TRUE(set_.set_csc(csc).ok());
  ASSERT_TRUE(set_.set_colour_matrix(swapping(1)).ok());
  set_.commit();
  const auto expected = home_.state;
  store_.select_night(true);
  set_.reload(store_);
  start();
  for (const u32 offset : {0x40004u, 0x6010u, 0x6030u, 0x8018u, 0x8024u, 0x802cu}) {
    EXPECT_EQ(reg(offset), expected.at(offset)) << std::hex << offset;
  }
  EXPECT_EQ(set_.level(blocks::Level::kBrightness), 140);
}

TEST_F(Controls, GammaRewritesOnlyTheNodesThatChanged) {
  u16 curve[129];
  for (u32 i = 0; i < 129; ++i) {
    curve[i] = static_cast<u16>(store_.active().get(Parameter::kGammaRgbLutSaddr, i));
  }
  curve[64] += 5;
  set_gamma(curve);
  set_.commit();
  const auto writes = home_.take_writes();
  ASSERT_EQ(writes.size(), 6u);
  EXPECT_EQ(writes[0].offset, 0x40000u + 63 * 4);
  EXPECT_EQ(writes[1].offset, 0x48000u + 63 * 4);
  EXPECT_EQ(writes[2].offset, 0x50000u + 63 * 4);
  EXPECT_EQ(writes[3].offset, 0x40000u + 64 * 4);
}

TEST_F(Controls, CscRefusesUnknownModesAndValuesThatDoNotFit) {
  t31_csc csc{};
  csc.mode = 5;
  EXPECT_EQ(set_.set_csc(csc).code(), -T31_EINVAL);
  set_.csc(csc);
  csc.mode = 4;
  csc.coefficients[4] = -1024;
  EXPECT_EQ(set_.set_csc(csc).code(), -T31_EINVAL);
  csc.coefficients[4] = INT32_MIN;
  EXPECT_EQ(set_.set_csc(csc).code(), -T31_EINVAL);
  csc.coefficients[4] = -1023;
  csc.luma_clip[1] = 256;
  EXPECT_EQ(set_.set_csc(csc).code(), -T31_EINVAL);
  csc.luma_clip[1] = 200;
  EXPECT_TRUE(set_.set_csc(csc).ok());
  set_.commit();
  EXPECT_EQ(reg(0x6014) >> 10 & 0x3ff, 1023u);
  EXPECT_EQ(reg(0x6030), 0xc800ff00u);
}

TEST_F(Controls, MonochromeClipsChromaToItsCentre) {  // hw-pipeline 4.6
  set_.set_monochrome(true);
  set_.commit();
  EXPECT_EQ(reg(0x6030), 0xff008080u);
  set_.set_monochrome(false);
  set_.commit();
  EXPECT_EQ(reg(0x6030), 0xff00ff00u);
}

TEST_F(Controls, ModulesBypassAndEnableEveryBlock) {
  set_.set_modules(0);
  set_.commit();
  EXPECT_EQ(reg(0x0c) & 0x7ffff, 0u);
  EXPECT_EQ(set_.modules(), 0u);
  set_.set_modules(0x7ffff);
  set_.commit();
  EXPECT_EQ(reg(0x0c) & 0x7ffff, 0x7ffffu);
  store_.select_night(true);
  set_.reload(store_);
  EXPECT_EQ(reg(0x0c) & 0x7ffff, 0x7ffffu);
}

TEST_F(Controls, ABlockIsProgrammedBeforeItComesIntoUse) {
  ASSERT_TRUE(set_.set_colour_matrix(swapping(1)).ok());
  set_.commit();
  home_.take_writes();
  set_bypass(0, kColourMatrixOff);
  const auto writes = home_.take_writes();
  ASSERT_FALSE(writes.empty());
  EXPECT_EQ(writes.back().offset, 0x0cu);
  EXPECT_EQ(reg(0x5004), 1024u << 16);  // the swap is now in linear light ...
  EXPECT_EQ(reg(0x8024), 1024u);        // ... and no longer in BCSH
}

TEST_F(Controls, ColourMatrixGoesToTheBlockInUse) {
  set_bypass(kBcshOff, kColourMatrixOff);
  ASSERT_TRUE(set_.set_colour_matrix(swapping(0)).ok());
  set_.commit();
  EXPECT_EQ(reg(0x5004), 1024u << 16);
  t31_colour_matrix read{};
  set_.colour_matrix(read);
  EXPECT_EQ(read.manual, 1);
  EXPECT_EQ(read.matrix[1], 1024u);
  EXPECT_EQ(read.matrix[0], 0u);
}

TEST_F(Controls, MatrixWithoutSaturationSwitchesBcshsSaturationOff) {
  ASSERT_TRUE(set_.set_colour_matrix(swapping(0)).ok());
  set_.commit();
  EXPECT_EQ(reg(0x8064) & 7, 0u);
  t31_colour_matrix automatic{};
  ASSERT_TRUE(set_.set_colour_matrix(automatic).ok());
  set_.commit();
  EXPECT_EQ(reg(0x8064) & 7, 1u);
  EXPECT_EQ(reg(0x8024), 1024u);
}

TEST_F(Controls, TheCodeOfATinyNegativeElementCountsAsZero) {
  t31_colour_matrix attributes = swapping(1);
  attributes.matrix[0] = 0x2000;
  attributes.matrix[2] = 0x3fff;  // -1
  ASSERT_TRUE(set_.set_colour_matrix(attributes).ok());
  set_.commit();
  t31_colour_matrix read{};
  set_.colour_matrix(read);
  EXPECT_EQ(read.matrix[0], 0u);
  EXPECT_EQ(read.matrix[2], 0xffffffffu);
}

TEST_F(Controls, OutputReleaseSetsBit31AndStays) {
  set_.release_output();
  set_.commit();
  EXPECT_NE(reg(0x0c) & 0x80000000u, 0u);
  set_.reload(store_);
  EXPECT_NE(reg(0x0c) & 0x80000000u, 0u);
}

TEST_F(Controls, SettersBetweenSessionsWaitForTheNextInit) {
  store_.unload();
  set_.set_level(blocks::Level::kBrightness, 200);
  set_.set_modules(0x7ffff);
  EXPECT_EQ(set_.modules() & 0x7ffff, 0x7ffffu);
  set_.commit();
  set_.lens_shading_done();
  EXPECT_TRUE(home_.take_writes().empty());
  ASSERT_EQ(store_.load(kPath), tuning::LoadResult::kLoaded);
  start();
  EXPECT_EQ(reg(0x0c) & 0x7ffff, 0x7ffffu);
  EXPECT_EQ(reg(0x8018) >> 16, 1600u);
}

TEST_F(Controls, AfterAResetEverythingIsWrittenAgain) {
  home_.state.clear();
  start();
  const auto first = home_.state;
  home_.state.clear();
  start();
  EXPECT_EQ(home_.state, first);
}

// Any bytes as a bank: no crash, no endless loop, no undefined arithmetic (run under the
// sanitizers).
TEST_F(Controls, BanksOfRandomBytesAreHarmless) {
  std::mt19937 random(7);
  for (int round = 0; round < 30; ++round) {
    std::vector<u8> file(tuning::kFileBytes);
    for (u8& byte : file) byte = static_cast<u8>(round % 3 == 0 ? random() : random() & 3);
    tuning::write_header(file);
    home_.files[kPath] = file;
    ASSERT_EQ(store_.load(kPath), tuning::LoadResult::kLoaded);
    mode_.bayer = random() % 40;
    mode_.infrared = (random() & 1) != 0;
    start();
    for (int step = 0; step < 20; ++step) {
      set_.set_total_gain(random());
      set_.set_exposure_value(static_cast<u64>(random()) << (random() % 32));
      set_.set_colour_temperature(random() >> (random() % 32));
      set_.set_level(static_cast<blocks::Level>(random() % 10), static_cast<u8>(random()));
      set_.set_modules(random());
      u32 statistics[1024];
      for (u32& word : statistics) word = static_cast<u32>(random()) >> random() % 32;
      set_.take_tone_statistics(statistics);
      set_.take_defog_statistics(statistics);
      set_.commit();
      set_.lens_shading_done();
    }
    store_.select_night(true);
    set_.reload(store_);
  }
}

}  // namespace
}  // namespace t31::test
