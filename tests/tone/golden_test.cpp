// SPDX-License-Identifier: GPL-2.0-or-later
// Local tone mapping and haze removal against what the vendor's code wrote for the same inputs
// (hw-blocks-detail-tone 9.1, 9.2).
#include <zlib.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/tone/tone_fixture.hpp"

namespace t31::test {
namespace {

std::string text(const Write& write) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%05x=%08x", write.offset, write.value);
  return buffer;
}

class ToneGolden : public ToneFixture {
 protected:
  // Rows of one case and step, in order.
  std::vector<Write> rows(const std::string& name, const std::string& step) const {
    std::vector<Write> found;
    std::ifstream stream(shared_ + "/spec/hw-blocks-detail-tone-golden.csv");
    for (std::string line; std::getline(stream, line);) {
      std::istringstream fields(line);
      std::string at[4];
      for (std::string& field : at) std::getline(fields, field, ',');
      if (at[0] != name || at[1] != step) continue;
      found.push_back({static_cast<u32>(std::stoul(at[2], nullptr, 16)),
                       static_cast<u32>(std::stoul(at[3], nullptr, 16))});
    }
    return found;
  }

  void expect_state(const std::vector<Write>& expected, size_t count) {
    ASSERT_EQ(expected.size(), count);
    for (const Write& row : expected) {
      EXPECT_EQ(text({row.offset, home_.state[row.offset]}), text(row));
    }
  }

  // The writes of an initialisation without `left_out` registers from `left_out_first` on, which
  // the recording doesn't have.
  void expect_sequence(const std::vector<Write>& expected, u32 left_out_first, u32 left_out) {
    std::vector<Write> ours = home_.take_writes();
    std::erase_if(ours, [&](const Write& write) {
      return write.offset >= left_out_first && write.offset < left_out_first + 4 * left_out;
    });
    ASSERT_FALSE(expected.empty());
    ASSERT_EQ(ours.size(), expected.size());
    for (size_t i = 0; i < ours.size(); ++i) EXPECT_EQ(text(ours[i]), text(expected[i])) << i;
  }

  u32 checksum(u32 first, u32 end) {
    std::vector<u32> words;
    for (u32 at = first; at < end; at += 4) {
      words.push_back(home_.state.contains(at) ? home_.state[at] : 0);
    }
    return static_cast<u32>(crc32(0, reinterpret_cast<const Bytef*>(words.data()),
                                  static_cast<uInt>(4 * words.size())));
  }
};

TEST_F(ToneGolden, ToneCurvesOfThreeFramesFollowStatisticsAndExposure) {
  load("gc2053.bin");
  init_adr();
  Draws draws(1);
  const u32 exposures[] = {5000, 40000, 300000};
  for (u32 i = 0; i < 3; ++i) {
    const std::string step = "frame " + std::to_string(i) + " ev " + std::to_string(exposures[i]);
    SCOPED_TRACE(step);
    adr_.set_exposure(exposures[i]);
    frame(draw_adr(draws, 1920 * 1080 / 4));
    expect_state(rows("adr gc2053", step), 143);
  }
}

TEST_F(ToneGolden, HazeMapsOfThreeFramesFollowStatistics) {
  load("gc2053.bin");
  init_defog();
  Draws draws(2);
  for (u32 i = 0; i < 3; ++i) {
    const std::string step = "frame " + std::to_string(i);
    SCOPED_TRACE(step);
    frame(draw_defog(draws));
    expect_state(rows("defog gc2053", step), 180);
  }
}

TEST_F(ToneGolden, InitialisationWritesTheRecordedSequence) {
  for (const std::string file : {"gc2053", "imx307"}) {
    SCOPED_TRACE(file);
    load(file + ".bin");
    registers_.forget();
    defog_.forget();
    home_.take_writes();
    init_defog();
    expect_sequence(rows(file, "init defog"), 0x58000, 180);
    init_adr();
    expect_sequence(rows(file, "init adr"), 0x4084, 132);
  }
}

TEST_F(ToneGolden, RegisterWindowsAfterInitialisationHaveTheRecordedChecksums) {
  struct Row {
    const char* file;
    bool night;
    u32 adr, defog;
  };
  constexpr u32 kGeometryAndCurves = 0x8c80ee9f;
  constexpr Row kRows[] = {
      {"gc2053.bin", false, 0xf7b84291, 0xda3cad8c}, {"gc2053.bin", true, 0xe49bb4c4, 0xab927439},
      {"imx307.bin", false, 0xaf33f1f3, 0x132bbb60}, {"imx307.bin", true, 0xe49bb4c4, 0x56a61b9c},
      {"jxf37.bin", false, 0xaf33f1f3, 0xda3cad8c},  {"jxf37.bin", true, 0xe49bb4c4, 0xab927439}};
  for (const Row& row : kRows) {
    SCOPED_TRACE(std::string(row.file) + (row.night ? " night" : " day"));
    load(row.file, row.night);
    home_.state.clear();
    registers_.forget();
    defog_.forget();
    init_defog();
    init_adr();
    EXPECT_EQ(checksum(0x4294, 0x44a0), row.adr);
    EXPECT_EQ(checksum(0x4000, 0x4294), kGeometryAndCurves);
    EXPECT_EQ(checksum(0x5800, 0x5b20), row.defog);
    for (u32 block = 0; block < 180; ++block) {
      EXPECT_EQ(home_.state[0x58000 + 4 * block], 0xc8c8c8e6u);
    }
  }
}

}  // namespace
}  // namespace t31::test
