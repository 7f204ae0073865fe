// SPDX-License-Identifier: GPL-2.0-or-later
// Initialisation against two further recordings: a whole session of the vendor's driver, and the
// register file of one in an emulated camera.
#include <gtest/gtest.h>
#include <zlib.h>

#include <fstream>
#include <sstream>

#include "driver/blocks/block_set.hpp"
#include "tests/blocks/golden.hpp"

namespace t31::test {
namespace {

constexpr char kPath[] = "/etc/sensor/test-t31.bin";

class SessionGolden : public testing::Test {
 protected:
  void SetUp() override {
    shared_ = shared_folder();
    if (shared_.empty()) GTEST_SKIP() << "no shared data";
  }
  void start(const std::string& sensor, const blocks::SensorMode& mode) {
    home_.files[kPath] = read_bytes(shared_ + "/data/tuning/" + sensor + ".bin");
    store_.select_night(false);
    ASSERT_EQ(store_.load(kPath), tuning::LoadResult::kLoaded);
    set_.write_csc();
    set_.write_bypass(mode, store_);
    set_.init(mode, store_);
  }

  std::string shared_;
  FakeHome home_;
  tuning::TuningStore store_;
  blocks::BlockSet set_{home_.window()};
};

std::string gunzip(const std::string& path) {
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return {};
  std::string text;
  char buffer[4096];
  for (int count; (count = gzread(file, buffer, sizeof buffer)) > 0;) text.append(buffer, count);
  gzclose(file);
  return text;
}

TEST_F(SessionGolden, InitOfAWholeSessionIsTheSameSequenceInEveryBlock) {
  start("gc2053", {1920, 1080, 0, false, false, 25 << 16 | 1, 1125});
  const auto theirs =
      read_session(shared_ + "/data/golden/linear_1080p_gc2053.csv", "# sensor core.init");
  std::map<u32, std::vector<Write>> ours_by_block;
  std::map<u32, std::vector<Write>> theirs_by_block;
  for (const Write& write : home_.take_writes()) {
    if (const auto block = block_of(write.offset)) ours_by_block[*block].push_back(write);
  }
  for (const Write& write : theirs) theirs_by_block[*block_of(write.offset)].push_back(write);
  EXPECT_EQ(theirs_by_block.size(), 21u);
  for (const auto& [block, writes] : theirs_by_block) {
    EXPECT_EQ(ours_by_block[block], writes) << std::hex << block;
  }
}

TEST_F(SessionGolden, RegisterFileAfterInitIsTheVendors) {
  start("sc2336", {1920, 1080, 1, false, false, 25 << 16 | 1, 1350});
  std::istringstream lines(gunzip(shared_ + "/data/golden/sessions/sc2336_1080p.state_init.gz"));
  std::string unit, offset, value;
  int compared = 0;
  while (lines >> unit >> offset >> value) {
    const u32 at = static_cast<u32>(std::stoul(offset, nullptr, 16));
    if (unit != "isp" || !block_of(at)) continue;
    ASSERT_TRUE(home_.state.contains(at)) << offset;
    EXPECT_EQ(home_.state[at], std::stoul(value, nullptr, 16)) << offset;
    ++compared;
  }
  EXPECT_GT(compared, 2500);
}

}  // namespace
}  // namespace t31::test
