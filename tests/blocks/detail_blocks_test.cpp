// SPDX-License-Identifier: GPL-2.0-or-later
// What is not a table in the detail and raw blocks: block grids and handshake of temporal denoise,
// packing of the colour map, infrared curves, gains of two exposures, gain thresholds and latches.
#include <gtest/gtest.h>

#include <algorithm>

#include "driver/blocks/block_set.hpp"
#include "driver/tuning/neutral.hpp"
#include "tests/blocks/golden.hpp"

namespace t31::test {
namespace {

using tuning::Parameter;

constexpr char kPath[] = "/tmp/test.bin";

class DetailBlocks : public testing::Test {
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
  void put(Parameter parameter, u32 index, u32 value) {
    ASSERT_TRUE(store_.set_user_word(parameter, index, value).ok());
    set_.parameter_changed(parameter);
  }
  void fill(Parameter parameter, u32 value) {
    for (u32 i = 0; i < tuning::parameter_info(parameter).count; ++i) put(parameter, i, value);
  }
  void gain(u32 code) {
    set_.set_total_gain(code);
    set_.commit();
  }
  u32 reg(u32 offset) { return home_.state.at(offset); }
  std::vector<Write> writes_in(u32 begin, u32 end) {
    std::vector<Write> writes = home_.take_writes();
    std::erase_if(writes,
                  [=](const Write& write) { return write.offset < begin || write.offset >= end; });
    return writes;
  }

  FakeHome home_;
  tuning::TuningStore store_;
  blocks::BlockSet set_{home_.window()};
  blocks::SensorMode mode_{1000, 700, 0, false, false, 25 << 16 | 1, 1125};
};

// hw-blocks-detail-tone 3.4 at 1000x700 with blocks of 20 (wanted: 18): half a block is 10.
TEST_F(DetailBlocks, TemporalGridsFollowSizeAndBlockEdge) {
  fill(Parameter::kMdnsYStaBlkSizeArray, 18);
  set_.commit();
  EXPECT_EQ(reg(0x7870), 0u);  // 1000 and 700 are multiples of 20
  EXPECT_EQ(reg(0x7874), 50u << 24 | 35 << 16 | 20 << 8 | 20);
  EXPECT_EQ(reg(0x7888), 1u << 1);  // 690 isn't
  EXPECT_EQ(reg(0x788c), 50u << 24 | 35 << 16 | 20 << 8 | 20);
  EXPECT_EQ(reg(0x7880), 10u << 16);
  EXPECT_EQ(reg(0x7884), 690u << 16 | 1000);
  EXPECT_EQ(reg(0x7898), 10u);
  EXPECT_EQ(reg(0x789c), 700u << 16 | 990);
  EXPECT_EQ(reg(0x78a0), 1u);
  EXPECT_EQ(reg(0x78b0), 10u << 16 | 10);
  EXPECT_EQ(reg(0x78b4), 690u << 16 | 990);
  EXPECT_EQ(reg(0x78b8), 3u);
  // Chroma 500x350: 4 and 14 left over of blocks of 16.
  EXPECT_EQ(reg(0x7a84), 7u << 16 | 2);
  EXPECT_EQ(reg(0x7a88), 336u << 16 | 496);
}

TEST_F(DetailBlocks, TemporalBlockEdgeStaysWithinItsField) {
  for (const auto& [wanted, edge] :
       {std::pair(0u, 16u), {16u, 16u}, {17u, 20u}, {0xffffffffu, 252u}}) {
    fill(Parameter::kMdnsYStaBlkSizeArray, wanted);
    set_.commit();
    EXPECT_EQ(reg(0x7874) & 0xffff, edge << 8 | edge) << wanted;
  }
}

TEST_F(DetailBlocks, TemporalUpdateIsOpenedBeforeAndTakenOverAfterAGroup) {
  fill(Parameter::kMdnsYSadWinOptArray, 3);
  set_.commit();
  auto writes = writes_in(0x7800, 0x7af0);
  ASSERT_EQ(writes.size(), 3u);
  EXPECT_EQ(writes[0], (Write{0x7804, 0x110}));
  EXPECT_EQ(writes[1].offset, 0x7944u);
  EXPECT_EQ(writes[2], (Write{0x7804, 0x111}));
}

TEST_F(DetailBlocks, ModuleControlSwitchesTheTemporalFilterThroughItsEnable) {
  set_.set_modules(0);
  set_.commit();
  EXPECT_EQ(reg(0x7810), 0x00010001u | 1u << 12);
  home_.take_writes();
  set_.set_modules(1u << 31);
  EXPECT_EQ(set_.modules() >> 31, 1u);
  set_.commit();
  EXPECT_EQ(reg(0x7810), 0x00010001u);
  const std::vector<Write> expected = {
      {0x7804, 0x110}, {0x7810, 0x00010001}, {0x7818, 1}, {0x7804, 0x111}};
  EXPECT_EQ(writes_in(0x7800, 0x7af0), expected);
  store_.select_night(true);
  set_.reload(store_);
  EXPECT_EQ(set_.modules() >> 31, 1u) << "survives a switch";
}

// Group g, five nodes: hue 7 bits each, saturation 9 bits each, two words
// (hw-blocks-raw-color 7.5).
TEST_F(DetailBlocks, ColourMapPacksFiveNodesInTwoWordsForBothPorts) {
  const u32 hue[5] = {1, 0x7f, 0x55, 0x2a, 0x59};
  const u32 saturation[5] = {0x1ff, 0x001, 0x155, 0x1a3, 0x0f7};
  for (u32 i = 0; i < 5; ++i) {
    put(Parameter::kClmHLut, 5 * 209 + i, hue[i]);
    put(Parameter::kClmSLut, 5 * 209 + i, saturation[i]);
  }
  set_.commit();
  for (const u32 base : {0x60000u, 0x68000u}) {
    EXPECT_EQ(reg(base + 209 * 8),
              hue[0] | hue[1] << 7 | hue[2] << 14 | hue[3] << 21 | hue[4] << 28);
    EXPECT_EQ(reg(base + 209 * 8 + 4), hue[4] >> 4);
    EXPECT_EQ(reg(base + 208 * 8), 0u);
  }
  for (const u32 base : {0x70000u, 0x78000u}) {
    EXPECT_EQ(reg(base + 209 * 8),
              saturation[0] | saturation[1] << 9 | saturation[2] << 18 | saturation[3] << 27);
    EXPECT_EQ(reg(base + 209 * 8 + 4), saturation[3] >> 5 | saturation[4] << 4);
  }
}

TEST_F(DetailBlocks, OnlyWordsOfTheColourMapThatDifferAreWritten) {
  set_.reload(store_);
  EXPECT_TRUE(writes_in(0x60000, 0x80000).empty());
  put(Parameter::kClmSLut, 3, 1);
  set_.commit();
  const std::vector<Write> expected = {{0x70000, 1u << 27}, {0x78000, 1u << 27}};
  EXPECT_EQ(writes_in(0x60000, 0x80000), expected);
  start();
  set_.forget();
  set_.reload(store_);
  EXPECT_EQ(writes_in(0x60000, 0x80000).size(), 1680u) << "unknown after a reset";
}

// hw-blocks-raw-color 5.1.3: points 10, 20, 30, 50; curves low 100, middle 200, high 400.
class InfraredCurves : public DetailBlocks {
 protected:
  void SetUp() override {
    mode_.infrared = true;
    mode_.bayer = 8;
    DetailBlocks::SetUp();
    const u32 points[4] = {10, 20, 30, 50};
    for (u32 i = 0; i < 4; ++i) put(Parameter::kGibIrPoint, i, points[i]);
    for (const Parameter curve :
         {Parameter::kGibDeirRL, Parameter::kGibDeirGL, Parameter::kGibDeirBL}) {
      fill(curve, 100);
    }
    for (const Parameter curve :
         {Parameter::kGibDeirRM, Parameter::kGibDeirGM, Parameter::kGibDeirBM}) {
      fill(curve, 200);
    }
    for (const Parameter curve :
         {Parameter::kGibDeirRH, Parameter::kGibDeirGH, Parameter::kGibDeirBH}) {
      fill(curve, 400);
    }
    set_.commit();
  }
  u32 node(u32 level) {
    set_.set_infrared(level);
    set_.commit();
    for (const u32 base : {0x80000u, 0x80080u, 0x80100u}) {
      EXPECT_EQ(reg(base + 4 * 31) & 0xfff, reg(0x80000) >> 12);
    }
    return reg(0x80000) & 0xfff;
  }
};

TEST_F(InfraredCurves, CurvesAreChosenAndBlendedByTheInfraredLevel) {
  EXPECT_EQ(node(5), 100u);
  EXPECT_EQ(node(10), 100u);
  EXPECT_EQ(node(15), 150u);
  EXPECT_EQ(node(25), 200u);
  EXPECT_EQ(node(31), 210u);
  EXPECT_EQ(node(50), 400u);
  EXPECT_EQ(node(4000000000u), 400u);
  EXPECT_EQ(node(20), 200u);
}

TEST_F(InfraredCurves, AtNightTheyStay) {
  EXPECT_EQ(node(5), 100u);
  store_.select_night(true);
  set_.reload(store_);
  home_.take_writes();
  set_.set_infrared(60);
  set_.commit();
  EXPECT_TRUE(writes_in(0x80000, 0x80180).empty());
  EXPECT_EQ(reg(0x106c) >> 16, 0u) << "and infrared removal is off";
}

TEST_F(InfraredCurves, PointsInAnyOrderAreHarmless) {
  for (u32 i = 0; i < 4; ++i) put(Parameter::kGibIrPoint, i, 40);
  for (const u32 level : {39u, 40u, 41u}) EXPECT_TRUE(node(level) == 100 || node(level) == 400);
}

// tuning-blob 3: words all 1. What two exposures force is in the recorded file.
TEST_F(DetailBlocks, TheBypassWordFollowsTheMode) {
  constexpr u32 kTone = 1u << 7 | 1u << 13;
  fill(Parameter::kTopBypass, 1);
  set_.set_wdr(true);
  EXPECT_EQ(reg(0x0c) | kTone, 0xa1fffff6u | 0x00880002u);
  set_.set_wdr(false);
  EXPECT_EQ(reg(0x0c), 0xb577fffdu | 0x34000009u);
}

class TwoExposures : public DetailBlocks {
 protected:
  void SetUp() override {
    mode_.wdr = true;
    DetailBlocks::SetUp();
  }
};

TEST_F(TwoExposures, DigitalGainGoesToBothExposuresAndNotToTheCommonStage) {
  const u32 common = reg(0x1030);
  set_.set_digital_gain(1536);
  set_.set_short_digital_gain(2048);
  set_.commit();
  const std::vector<Write> expected = {
      {0x1070, 1}, {0x1000, 0x06000600}, {0x1070, 1}, {0x1004, 0x06000600},
      {0x1070, 1}, {0x100c, 0x08000800}, {0x1070, 1}, {0x1010, 0x08000800}};
  EXPECT_EQ(writes_in(0x1000, 0x1074), expected);
  EXPECT_EQ(reg(0x1030), common);
}

TEST_F(TwoExposures, BlackLevelOfTheLongExposureFollowsTheGain) {
  for (u32 i = 0; i < 9; ++i) put(Parameter::kGbBlcR, i, 16 * i);
  put(Parameter::kGbBlcMin, 3, 5);
  gain(0x30000);
  EXPECT_EQ(reg(0x1018) & 0xffff, 48u);
  EXPECT_EQ(reg(0x1020) >> 16, 5u);
  EXPECT_EQ(reg(0x1024) & 0xffff, 0u) << "the short one's stays at gain 1";
  u32 levels[5];
  set_.black_level(levels);
  EXPECT_EQ(levels[0], 48u);
}

TEST_F(DetailBlocks, ChangesOfGainBelowATwoHundredFiftySixthStopDoNotCount) {
  for (u32 i = 0; i < 9; ++i) put(Parameter::kYSpSlExpThresArray, i, 4000 * i);
  set_.commit();
  gain(0x20000);
  home_.take_writes();
  gain(0x200ff);
  EXPECT_TRUE(writes_in(0x7000, 0x7094).empty());
  gain(0x20100);
  const std::vector<Write> writes = writes_in(0x7000, 0x7094);
  ASSERT_EQ(writes.size(), 2u);
  EXPECT_EQ(writes[0], (Write{0x7000, 8000 + 4000 * 0x100 / 0x10000 + 1}));  // 8015.6
  EXPECT_EQ(writes[1], (Write{0x7090, 1}));
}

// 0x10a in an 8-bit slot, as in two published night banks: the ninth bit reaches the next field.
TEST_F(DetailBlocks, SharpeningKeepsTheNinthBitThatPublishedFilesRelyOn) {
  fill(Parameter::kYSpMvUuStrenArray, 0x10a);
  fill(Parameter::kYSpUuStrenArray, 0x20);
  set_.commit();
  EXPECT_EQ(reg(0x7010) & 0xffffff, 0x210au);
}

TEST_F(DetailBlocks, RawDenoiseLearnsTheBalanceAgainAfterABankSwitch) {
  set_.set_white_balance(1500, 1600);
  set_.commit();
  set_.reload(store_);
  EXPECT_NE(reg(0x3000), 0x00400040u) << "the bank's";
  set_.commit();
  EXPECT_NE(reg(0x3000), 0x00400040u) << "nobody has reported yet";
  set_.set_white_balance(1500, 1600);
  EXPECT_TRUE(set_.dirty());
  set_.commit();
  EXPECT_EQ(reg(0x3000), 0x00400040u);
  EXPECT_EQ(reg(0x3004), 0x00010001u);
}

TEST_F(DetailBlocks, ABalanceThatIsInForceWritesNothing) {
  const u32 red = set_.red_gain();
  const u32 blue = set_.blue_gain();
  set_.set_white_balance(red + 1, blue);
  set_.set_white_balance(red, blue);
  EXPECT_FALSE(set_.dirty());
  set_.commit();
  EXPECT_TRUE(home_.take_writes().empty());
}

TEST_F(DetailBlocks, WhiteBalanceTellsRawDenoiseOnce) {
  set_.set_white_balance(1500, 1600);
  set_.commit();
  EXPECT_EQ(reg(0x3000), 0x00400040u);
  EXPECT_EQ(reg(0x3004), 0x00010001u);
  home_.take_writes();
  set_.set_white_balance(1501, 1600);
  set_.commit();
  EXPECT_TRUE(writes_in(0x3000, 0x30b0).empty());
}

// ae-awb-af 1.1 at 1000x700 with 8x8 zones: (1000 - 15) / 8 and (700 - 3) / 8, even.
TEST_F(DetailBlocks, FocusZonesDivideThePicture) {
  const u32 zone[4] = {3, 8, 1, 8};
  for (u32 i = 0; i < 4; ++i) put(Parameter::kAfZone, i, zone[i]);
  put(Parameter::kAfZone, 4 + 8, 77);
  set_.commit();
  EXPECT_EQ(reg(0xb804), 8u << 28 | 1 << 16 | 8 << 12 | 3);
  EXPECT_EQ(reg(0xb808), 122u * 0x01010101);
  EXPECT_EQ(reg(0xb818), 86u * 0x01010101);
  EXPECT_EQ(reg(0xb810), 77u) << "unused zones are the bank's";
}

}  // namespace
}  // namespace t31::test
