// SPDX-License-Identifier: GPL-2.0-or-later
// The blocks under the inputs of data/golden/blocks_*.csv, against what the vendor's driver wrote.
#include <gtest/gtest.h>

#include <algorithm>

#include "driver/blocks/block_set.hpp"
#include "tests/blocks/golden.hpp"

namespace t31::test {
namespace {

struct Recording {
  const char* file;
  const char* tuning;
  blocks::SensorMode mode;
};

const Recording kRecordings[] = {
    {"blocks_sc2336_1920x1080_bayer0_linear.csv",
     "sc2336.bin",
     {1920, 1080, 0, false, false, 25 << 16 | 1, 1350}},
    {"blocks_gc2053_1920x1080_bayer0_linear.csv",
     "gc2053.bin",
     {1920, 1080, 0, false, false, 25 << 16 | 1, 1350}},
    {"blocks_gc2053_1280x720_bayer3_linear.csv",
     "gc2053.bin",
     {1280, 720, 3, false, false, 25 << 16 | 1, 1350}},
    {"blocks_jxf37_1920x1080_bayer1_linear.csv",
     "jxf37.bin",
     {1920, 1080, 1, false, false, 25 << 16 | 1, 1350}},
    {"blocks_imx327-wdr_1920x1080_bayer0_wdr.csv",
     "imx327-wdr.bin",
     {1920, 1080, 0, true, false, 25 << 16 | 1, 1350}},
};

constexpr char kPath[] = "/etc/sensor/test-t31.bin";

std::map<u32, std::vector<Write>> by_block(const std::vector<Write>& writes) {
  std::map<u32, std::vector<Write>> blocks;
  for (const Write& write : writes) {
    if (const auto block = block_of(write.offset)) blocks[*block].push_back(write);
  }
  return blocks;
}

std::string text(const Write& write) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%05x=%08x", write.offset, write.value);
  return buffer;
}

bool is_subsequence(const std::vector<Write>& part, const std::vector<Write>& whole) {
  auto at = whole.begin();
  for (const Write& write : part) {
    at = std::find(at, whole.end(), write);
    if (at == whole.end()) return false;
    ++at;
  }
  return true;
}

// Registers that act through a latch which is written before each of them.
u32 latch_before(u32 offset) {
  const bool gib = (offset >= 0x1030 && offset < 0x1038) || (offset >= 0x1060 && offset < 0x1070);
  if (gib) return 0x1070;
  if (offset > 0x1800 && offset < 0x1814) return 0x1800;
  if (offset > 0x5000 && offset < 0x5018) return 0x5000;
  if (offset == 0xa028) return 0xa000;
  if (offset == 0xa828) return 0xa800;
  if (offset >= 0xb028 && offset < 0xb03c) return 0xb000;
  return 0;
}

void expect_latches(const std::vector<Write>& ours) {
  for (size_t i = 0; i < ours.size(); ++i) {
    const u32 latch = latch_before(ours[i].offset);
    if (latch == 0) continue;
    ASSERT_GT(i, 0u);
    EXPECT_EQ(ours[i - 1], (Write{latch, 1})) << "before " << text(ours[i]);
  }
  const auto blocks = by_block(ours);
  if (blocks.contains(0x4800)) {
    EXPECT_EQ(blocks.at(0x4800).back(), (Write{0x499c, 1}));
  }
}

class BlocksGolden : public testing::TestWithParam<Recording> {
 protected:
  void SetUp() override {
    const std::string shared = shared_folder();
    if (shared.empty()) GTEST_SKIP() << "no shared data";
    home_.files[kPath] = read_bytes(shared + "/data/tuning/" + GetParam().tuning);
    ASSERT_EQ(store_.load(kPath), tuning::LoadResult::kLoaded);
    phases_ = read_phases(shared + "/data/golden/" + GetParam().file);
    ASSERT_GT(phases_.size(), 80u);
  }

  void start() {
    set_.write_csc();
    set_.write_bypass(GetParam().mode, store_);
    set_.init(GetParam().mode, store_);
  }

  void control(const std::string& marker) {
    static const std::map<uint64_t, blocks::Level> kLevels = {
        {0x980900, blocks::Level::kBrightness}, {0x980901, blocks::Level::kContrast},
        {0x980902, blocks::Level::kSaturation}, {0x98091b, blocks::Level::kSharpness},
        {0x8000101, blocks::Level::kHue},       {0x8000086, blocks::Level::kSinter},
        {0x8000085, blocks::Level::kTemper},    {0x8000062, blocks::Level::kDpc}};
    const auto level = kLevels.find(marker_value(marker, "id").value());
    if (level == kLevels.end()) return;
    set_.set_level(level->second, static_cast<u8>(marker_value(marker, "value").value()));
    set_.commit();
  }

  void apply(const std::string& marker) {
    if (marker == "init") return start();
    if (marker == "night" || marker == "day") {
      store_.select_night(marker == "night");
      return set_.reload(store_);
    }
    if (const auto version = marker_value(marker, "version")) {
      // Version 4, the user's, still holds the values of 0.
      t31_csc csc{};
      csc.mode = static_cast<u32>(*version) % 4;
      ASSERT_TRUE(set_.set_csc(csc).ok());
      return set_.commit();
    }
    if (marker.starts_with("control")) control(marker);
    if (const auto gain = marker_value(marker, "log2_q16")) {
      set_.set_total_gain(static_cast<u32>(*gain));
      set_.commit();
    }
    const size_t ev = marker.find("ev q10");
    if (ev != std::string::npos) {
      set_.set_exposure_value(marker_value(marker.substr(ev), "q10").value());
      set_.commit();
    }
    if (const auto kelvin = marker_value(marker, "kelvin")) {
      set_.set_colour_temperature(static_cast<u32>(*kelvin));
      set_.commit();
    }
  }

  FakeHome home_;
  tuning::TuningStore store_;
  blocks::BlockSet set_{home_.window()};
  std::vector<Phase> phases_;
};

TEST_P(BlocksGolden, InitWritesTheSameSequenceInEveryBlock) {
  start();
  const auto ours = by_block(home_.take_writes());
  const auto theirs = by_block(phases_.front().writes);
  ASSERT_EQ(ours.size(), theirs.size());
  for (const auto& [block, writes] : theirs) {
    ASSERT_TRUE(ours.contains(block)) << std::hex << block;
    const auto& own = ours.at(block);
    const auto [a, b] = std::mismatch(own.begin(), own.end(), writes.begin(), writes.end());
    EXPECT_EQ(own.size(), writes.size()) << std::hex << block;
    if (a != own.end() && b != writes.end()) {
      ADD_FAILURE() << "ours " << text(*a) << ", vendor's " << text(*b);
    }
  }
}

TEST_P(BlocksGolden, EveryEventLeavesTheVendorsRegisterState) {
  std::map<u32, u32> expected;
  for (const Phase& phase : phases_) {
    SCOPED_TRACE(phase.name);
    apply(phase.name);
    for (const Write& write : phase.writes) expected[write.offset] = write.value;
    for (const auto& [offset, value] : expected) {
      if (is_latch(offset)) continue;
      EXPECT_EQ(text({offset, home_.state[offset]}), text({offset, value}));
    }
    if (HasFailure()) return;
  }
}

TEST_P(BlocksGolden, WritesThatHappenKeepTheVendorsOrderAndLatches) {
  for (const Phase& phase : phases_) {
    SCOPED_TRACE(phase.name);
    apply(phase.name);
    const std::vector<Write> writes = home_.take_writes();
    expect_latches(writes);
    const auto theirs = by_block(phase.writes);
    for (const auto& [block, ours] : by_block(writes)) {
      ASSERT_TRUE(theirs.contains(block)) << std::hex << block;
      EXPECT_TRUE(is_subsequence(ours, theirs.at(block))) << std::hex << block;
    }
    if (HasFailure()) return;
  }
}

TEST_P(BlocksGolden, RepeatingAllInputsWritesNothing) {
  for (const Phase& phase : phases_) apply(phase.name);
  set_.set_total_gain(131072);
  set_.set_exposure_value(5120000);
  set_.set_colour_temperature(5000);
  set_.commit();
  home_.take_writes();
  set_.set_total_gain(131072);
  set_.set_exposure_value(5120000);
  set_.set_colour_temperature(5000);
  for (u8 level = 0; level < static_cast<u8>(blocks::Level::kCount); ++level) {
    set_.set_level(blocks::Level{level}, set_.level(blocks::Level{level}));
  }
  set_.commit();
  EXPECT_TRUE(home_.take_writes().empty());
}

TEST_P(BlocksGolden, BypassWordIsTheVendors) {
  start();
  std::map<std::string, u32> words = {{"sc2336.bin", 0xb5742209},
                                      {"gc2053.bin", 0xb5742249},
                                      {"jxf37.bin", 0xb5740249},
                                      {"imx327-wdr.bin", 0xa1fc8222}};
  EXPECT_EQ(set_.bypass(), words.at(GetParam().tuning));
  EXPECT_EQ(home_.state[0x0c], set_.bypass());
}

std::string recording_name(const testing::TestParamInfo<Recording>& info) {
  std::string name = info.param.file;
  name = name.substr(7, name.rfind('_') - 7);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Vendor, BlocksGolden, testing::ValuesIn(kRecordings), recording_name);

}  // namespace
}  // namespace t31::test
