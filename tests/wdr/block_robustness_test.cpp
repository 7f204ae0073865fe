// SPDX-License-Identifier: GPL-2.0-or-later
// Whatever a tuning file or a statistics buffer holds, the block computes something and stays
// alive.
#include <random>

#include "tests/wdr/block_setup.hpp"

namespace t31::test {
namespace {

class HostileWdr : public WdrBlock {
 protected:
  void fill_bank(std::mt19937& random, bool small) {
    for (size_t i = 0; i + 4 <= bank_.size(); i += 4) {
      const u32 word = small ? random() % 4 : random();
      for (u32 k = 0; k < 4; ++k) bank_[i + k] = static_cast<u8>(word >> (8 * k));
    }
  }
  void run_frames(std::mt19937& random) {
    for (int frame = 0; frame < 3; ++frame) {
      std::vector<u8> dma(blocks::kWdrStatisticsBytes);
      for (u8& byte : dma) byte = frame == 0 ? 0 : static_cast<u8>(random());
      block_.histograms().unpack(dma.data());
      for (u32& mean : means_) mean = random() % 256;
      block_.set_exposure(static_cast<u32>(random()));
      const auto draw = [&] { return static_cast<u32>(random()); };
      block_.step(means_, {draw(), draw(), frame == 1 ? 0u : draw(), draw()});
      commit();
    }
  }
};

TEST_F(HostileWdr, AnyBankAndAnyStatisticsGiveRegisterValuesAndNothingElse) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    fill_bank(random, round % 2 == 0);
    init(128 + round * 8, 128 + round * 4);
    run_frames(random);
  }
  for (const auto& [offset, value] : home_.state) EXPECT_LT(offset, 0x2688u);
}

TEST_F(HostileWdr, EveryModeOfEveryPartStaysAliveWithoutLight) {
  std::mt19937 random(8);
  for (u32 mode = 0; mode < 16; ++mode) {
    for (u32 model = 0; model < 3; ++model) {
      fill_bank(random, true);
      for (u32 i = 0; i < 4; ++i) {
        set(tuning::Parameter::kComputermodleSoftwareInArray, i, i == 3 ? model % 2 : model);
      }
      set(tuning::Parameter::kWdrToolControlArray, 0, mode);
      set(tuning::Parameter::kWdrGamYArray, 0, model);
      init();
      run_frames(random);
    }
  }
}

TEST_F(WdrBlock, StatisticsRecordsAreReadFromRowsOf1024BytesThatHold516) {
  std::vector<u8> dma(blocks::kWdrStatisticsBytes, 0xff);
  // Record 0 and record 40; 32 records and a word fill a row of 516 bytes.
  const auto put = [&](u32 byte, u32 word) {
    const u32 at = byte / 516 * 1024 + byte % 516;
    for (u32 k = 0; k < 4; ++k) dma[at + k] = static_cast<u8>(word >> (8 * k));
  };
  for (u32 record = 0; record < 256; ++record) {
    for (u32 w = 0; w < 4; ++w) put(record * 16 + 4 * w, 0);
  }
  // R0 = 5, G0 = 0x1abcd, B0 = 7; R1 = 0x100000, G1 = 3, B1 = 0x1fffff
  put(40 * 16, 5 | 0x1abcdu << 21);
  put(40 * 16 + 4, 0x1abcdu >> 11 | 7u << 10);
  put(40 * 16 + 8, 0x100000 | 3u << 21);
  put(40 * 16 + 12, 0x1fffffu << 10);
  blocks::WdrHistograms histograms;
  histograms.unpack(dma.data());
  const u32 expected[6] = {5, 0x1abcd, 7, 0x100000, 3, 0x1fffff};
  for (u32 i = 0; i < 6; ++i) {
    EXPECT_EQ(histograms.cumulative[i][39], 0u) << i;
    EXPECT_EQ(histograms.cumulative[i][40], expected[i]) << i;
    EXPECT_EQ(histograms.cumulative[i][255], expected[i]) << i;
  }
}

TEST_F(WdrBlock, AStaticSceneMapsShortCodesToTheCodesOfTheLongExposure) {
  if (!load("imx327-wdr")) GTEST_SKIP();
  init();
  // Uniform light up to the long exposure's saturation, a ratio of four: a short code s has as many
  // pixels below it as the long code 4 s.
  for (u32 colour = 0; colour < 3; ++colour) {
    for (u32 bin = 0; bin < 256; ++bin) {
      block_.histograms().cumulative[colour][bin] = 1000 * (bin + 1);
      block_.histograms().cumulative[colour + 3][bin] = 1000 * std::min(256u, 4 * (bin + 1));
    }
  }
  block_.step(means_, {1000, 1024, 250, 1024});
  commit();
  // Node 16 is the short code 16 * 16 of 4095.
  const u32 node16 = home_.state[0x20f4 + 4 * 8] & 0xfff;
  EXPECT_NEAR(static_cast<double>(node16), 4.0 * 256, 24);
  EXPECT_EQ(home_.state[0x2620], (1000u << 12) / 251 - 14000);  // this file's offset
}

TEST_F(WdrBlock, OutputModesShowOneExposureAndReturnToBoth) {
  if (!load("imx327-wdr")) GTEST_SKIP();
  init();
  EXPECT_EQ(block_.output(), blocks::WdrOutput::kFused);
  const u32 fused = home_.state[0x2600];
  block_.set_output(blocks::WdrOutput::kLong);
  EXPECT_TRUE(block_.dirty());
  commit();
  EXPECT_EQ(home_.state[0x2600] >> 4 & 3, 3u);
  block_.step(means_, {});
  commit();
  EXPECT_EQ(home_.state[0x24a4], 0x01000100u);
  EXPECT_EQ(home_.state[0x2040] >> 24, 0u);
  block_.set_output(blocks::WdrOutput::kShort);
  commit();
  EXPECT_EQ(home_.state[0x2600] >> 4 & 3, 2u);
  EXPECT_EQ(block_.output(), blocks::WdrOutput::kShort);
  block_.set_output(blocks::WdrOutput::kFused);
  commit();
  EXPECT_EQ(home_.state[0x2600], fused);
}

TEST_F(WdrBlock, TheFusionCurveOfJxf37FollowsTheBrightestBlocksOfTheShortExposure) {
  if (!load("jxf37")) GTEST_SKIP();
  init();
  // Its table, first row (blocks up to 20): 0 up to node 12, 60 at 18, 150 at 25, 200 at 32.
  means_.fill(10);
  block_.step(means_, {});
  commit();
  EXPECT_EQ(home_.state[0x24a4 + 4 * 6], 0x000a0000u);  // node 12 and 13
  EXPECT_EQ(home_.state[0x24a4 + 4 * 9] & 0x1ff, 60u);
  EXPECT_EQ(home_.state[0x24e4], 200u);
  // Last row, blocks of 180 and more: 180 at 20, 225 at 25, 240 at 32; the smoothing over frames is
  // off in this file.
  means_.fill(200);
  block_.step(means_, {});
  commit();
  EXPECT_EQ(home_.state[0x24e4], 240u);
}

}  // namespace
}  // namespace t31::test
