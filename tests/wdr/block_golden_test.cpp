// SPDX-License-Identifier: GPL-2.0-or-later
// The block's registers against the vendor's: initialisation, and frames with made-up statistics.
#include <fstream>
#include <sstream>

#include "tests/wdr/block_setup.hpp"

namespace t31::test {
namespace {

constexpr u32 kFirstRegister = 0x2030;
constexpr u32 kEnd = 0x2800;

u32 number(const std::string& text, int base) {
  return static_cast<u32>(std::stoul(text, nullptr, base));
}

// "W,ISP,OFFSET,VALUE" lines of the block in the phase `init` of a blocks file.
std::vector<Write> init_writes(const std::string& path) {
  std::vector<Write> writes;
  std::ifstream stream(path);
  bool inside = false;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("# phase")) inside = line == "# phase init";
    if (!inside || !line.starts_with("W,ISP,")) continue;
    const u32 offset = number(line.substr(6, 5), 16);
    if (offset >= kFirstRegister && offset < kEnd) {
      writes.push_back({offset, number(line.substr(12), 16)});
    }
  }
  return writes;
}

TEST_F(WdrBlock, InitialisationWritesWhatTheVendorWritesInTheSameOrder) {
  if (!load("imx327-wdr")) GTEST_SKIP();
  const auto expected =
      init_writes(shared_folder() + "/data/golden/blocks_imx327-wdr_1920x1080_bayer0_wdr.csv");
  ASSERT_EQ(expected.size(), 342u);
  init();
  EXPECT_EQ(home_.take_writes(), expected);
}

class WdrFrames : public WdrBlock {
 protected:
  void draw_frame(Draws& draws) {
    blocks::WdrHistograms& histograms = block_.histograms();
    for (auto& cumulative : histograms.cumulative) {
      u32 weight[256];
      u64 sum = 0;
      for (u32& w : weight) sum += w = draws.next() % 1000;
      u32 running = 0;
      for (u32 bin = 0; bin < 256; ++bin) {
        running += static_cast<u32>(u64{518400} * weight[bin] / sum);
        cumulative[bin] = running;
      }
    }
    for (u32& mean : means_) mean = draws.next() % 4096;
  }
};

TEST_F(WdrFrames, EveryRegisterOfTheTwoRecordedFramesIsTheVendors) {
  if (!load("sc2310-wdr")) GTEST_SKIP();
  std::map<std::string, std::map<u32, u32>> expected;
  std::ifstream stream(shared_folder() + "/spec/hw-blocks-detail-tone-golden.csv");
  for (std::string line; std::getline(stream, line);) {
    if (!line.starts_with("wdr sc2310-wdr,")) continue;
    std::istringstream cells(line);
    std::string name, step, offset, value;
    std::getline(cells, name, ',');
    std::getline(cells, step, ',');
    std::getline(cells, offset, ',');
    std::getline(cells, value, ',');
    expected[step][number(offset, 16)] = number(value, 16);
  }
  ASSERT_EQ(expected.size(), 2u);
  init();
  Draws draws(3);
  const blocks::WdrExposures exposures{1024, 400, 1500, 50};
  for (const auto& [step, registers] : expected) {
    draw_frame(draws);
    block_.set_exposure(number(step.substr(step.rfind(' ') + 1), 10));
    block_.step(means_, exposures);
    commit();
    EXPECT_EQ(registers.size(), 206u);
    for (const auto& [offset, value] : registers) {
      EXPECT_EQ(home_.state[offset], value) << step << ' ' << std::hex << offset;
    }
  }
}

}  // namespace
}  // namespace t31::test
