// SPDX-License-Identifier: GPL-2.0-or-later
// The block's registers against the vendor's: initialisation, and frames with made-up statistics.
#include <cstdlib>
#include <fstream>
#include <random>
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

// The long code for a short one, straight from the specification's text (7.5).
u32 matched(const u32 (&longer)[256], const u32 (&shorter)[256], u32 i, bool nearest) {
  if (!nearest) {
    for (u32 j = 1; j <= 255; ++j) {
      if (longer[j - 1] < shorter[i] && shorter[i] <= longer[j]) return std::max(i + 1, j);
    }
    return i + 1;
  }
  const auto off = [&](u32 bin) { return std::llabs(s64{longer[bin]} - s64{shorter[i]}); };
  u32 code = i + 1;
  long long best = off(i);
  for (u32 j = 2; j <= 256; ++j) {
    if (off(j - 1) >= best) continue;
    best = off(j - 1);
    code = std::max(j, i + 1);
  }
  return code;
}

TEST_F(WdrFrames, MapsAreThoseOfASearchOverAllCodesForAnyHistograms) {
  std::mt19937 random(5);
  for (int round = 0; round < 60; ++round) {
    const bool nearest = round % 2 == 0;
    set(tuning::Parameter::kComputermodleSoftwareInArray, 0, nearest);
    set(tuning::Parameter::kComputermodleSoftwareInArray, 3, 2);
    init();
    for (auto& cumulative : block_.histograms().cumulative) {
      // Empty bins, plateaus and equal sums.
      u32 running = 0;
      for (u32& sum : cumulative) {
        running += random() % 3 == 0 ? static_cast<u32>(random() % (round < 30 ? 4 : 4000)) : 0;
        sum = running;
      }
    }
    const blocks::WdrHistograms histograms = block_.histograms();
    block_.step(means_, {});
    commit();
    constexpr u32 kMaps[3] = {0x2050, 0x20f4, 0x2198};
    for (u32 colour = 0; colour < 3; ++colour) {
      for (u32 a = 0; a < 80; ++a) {
        const u32 code = a < 16 ? a : a < 24 ? 2 * a - 15 : 4 * a - 61;
        const u32 expected = 16 * matched(histograms.cumulative[colour],
                                          histograms.cumulative[colour + 3], code, nearest) -
                             1;
        const u32 word = home_.state[kMaps[colour] + (a + 1) / 2 * 4];
        ASSERT_EQ(word >> ((a + 1) % 2 * 16) & 0xfff, expected)
            << round << ' ' << colour << ' ' << a;
      }
    }
  }
}

}  // namespace
}  // namespace t31::test
