// SPDX-License-Identifier: GPL-2.0-or-later
// `t31cam blocks` against the five recorded blocks files, by the rules of data/golden/README.md;
// and with every published tuning file in both modes.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "t31cam/commands.hpp"
#include "t31cam/errors.hpp"
#include "tests/temporary_folder.hpp"

namespace t31::test {
namespace {

using cam::BlocksOptions;

std::string shared_folder() {
  const char* variable = std::getenv("T31_SHARED");
  const std::string folder = variable != nullptr ? variable : T31_SHARED_DIR;
  return std::filesystem::is_directory(folder + "/data/golden") ? folder : "";
}

struct Write {
  uint32_t offset;
  std::string value;  // or "dma"
  bool operator==(const Write&) const = default;
};

struct Phase {
  std::string name;
  std::vector<Write> writes;
};

// The header line, then the phases.
std::vector<Phase> read(std::istream& in) {
  std::vector<Phase> phases;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("# ")) {
      phases.push_back({line, {}});
    } else if (line.starts_with("W,ISP,")) {
      phases.back().writes.push_back(
          {static_cast<uint32_t>(std::stoul(line.substr(6, 5), nullptr, 16)), line.substr(12)});
    } else {
      ADD_FAILURE() << "unexpected line " << line;
    }
  }
  return phases;
}

std::vector<Phase> ours(const BlocksOptions& options) {
  std::stringstream out;
  cam::write_blocks_file(options, out);
  return read(out);
}

const std::set<uint32_t> kLatches = {0x1070, 0x1800, 0x2898, 0x2800c, 0x30ac, 0x499c,
                                     0x5000, 0x6800, 0x7090, 0x7804,  0x7818, 0x8b4c,
                                     0x9044, 0xa000, 0xa800, 0xb000,  0xb800};

// Writes by block: units of 2 KiB, look-up RAMs of 32.
std::map<uint32_t, std::vector<Write>> by_block(const std::vector<Write>& writes) {
  std::map<uint32_t, std::vector<Write>> blocks;
  for (const Write& write : writes) {
    blocks[write.offset & (write.offset < 0x10000 ? ~0x7ffu : ~0x7fffu)].push_back(write);
  }
  return blocks;
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

// The latch that a changed group ends with; 0: none, or one before each write.
uint32_t latch_after(uint32_t block) {
  static const std::map<uint32_t, uint32_t> kAfter = {{0x2800, 0x2898}, {0x3000, 0x30ac},
                                                      {0x4800, 0x499c}, {0x7000, 0x7090},
                                                      {0x8800, 0x8b4c}, {0x9000, 0x9044}};
  const auto found = kAfter.find(block);
  return found == kAfter.end() ? 0 : found->second;
}

struct Recording {
  const char* name;
  const char* file;
  const char* tuning;
  BlocksOptions options;
};
const Recording kRecordings[] = {
    {"Sc2336",
     "blocks_sc2336_1920x1080_bayer0_linear.csv",
     "sc2336.bin",
     {"", 1920, 1080, 0, false, 1350, ""}},
    {"Gc2053",
     "blocks_gc2053_1920x1080_bayer0_linear.csv",
     "gc2053.bin",
     {"", 1920, 1080, 0, false, 1350, ""}},
    {"Gc2053At720p",
     "blocks_gc2053_1280x720_bayer3_linear.csv",
     "gc2053.bin",
     {"", 1280, 720, 3, false, 1350, ""}},
    {"Jxf37",
     "blocks_jxf37_1920x1080_bayer1_linear.csv",
     "jxf37.bin",
     {"", 1920, 1080, 1, false, 1350, ""}},
    {"Imx327Wdr",
     "blocks_imx327-wdr_1920x1080_bayer0_wdr.csv",
     "imx327-wdr.bin",
     {"", 1920, 1080, 0, true, 1350, ""}},
};

class BlocksFile : public testing::TestWithParam<Recording> {
 protected:
  void SetUp() override {
    if (shared_folder().empty()) GTEST_SKIP() << "no shared data";
    BlocksOptions options = GetParam().options;
    options.tuning = shared_folder() + "/data/tuning/" + GetParam().tuning;
    ours_ = ours(options);
    std::ifstream recorded(shared_folder() + "/data/golden/" + GetParam().file);
    theirs_ = read(recorded);
    ASSERT_EQ(ours_.size(), 95u);
    ASSERT_EQ(theirs_.size(), ours_.size());
  }
  std::vector<Phase> ours_;
  std::vector<Phase> theirs_;
};

TEST_P(BlocksFile, HeaderAndPhasesAreTheRecordedOnes) {
  for (size_t i = 0; i < ours_.size(); ++i) EXPECT_EQ(ours_[i].name, theirs_[i].name);
}

TEST_P(BlocksFile, InitialisationIsTheSameSequenceOfWrites) {
  EXPECT_EQ(ours_[1].name, "# phase init");
  const auto& own = ours_[1].writes;
  const auto& recorded = theirs_[1].writes;
  EXPECT_EQ(own.size(), recorded.size());
  const auto [a, b] = std::mismatch(own.begin(), own.end(), recorded.begin(), recorded.end());
  if (a != own.end() && b != recorded.end()) {
    ADD_FAILURE() << std::hex << "ours " << a->offset << "=" << a->value << ", recorded "
                  << b->offset << "=" << b->value;
  }
}

TEST_P(BlocksFile, EveryPhaseLeavesTheRecordedRegisters) {
  std::map<uint32_t, std::string> own, recorded;
  for (size_t i = 0; i < ours_.size(); ++i) {
    SCOPED_TRACE(ours_[i].name);
    for (const Write& write : ours_[i].writes) own[write.offset] = write.value;
    for (const Write& write : theirs_[i].writes) recorded[write.offset] = write.value;
    for (const auto& [offset, value] : recorded) {
      if (kLatches.contains(offset)) continue;
      EXPECT_EQ(own[offset], value) << std::hex << offset;
    }
    for (const auto& [offset, value] : own) {
      EXPECT_TRUE(recorded.contains(offset)) << std::hex << offset << " is nobody else's";
    }
    if (HasFailure()) return;
  }
}

TEST_P(BlocksFile, WritesThatHappenKeepTheRecordedOrderAndEndWithTheirLatch) {
  for (size_t i = 2; i < ours_.size(); ++i) {
    SCOPED_TRACE(ours_[i].name);
    const auto recorded = by_block(theirs_[i].writes);
    for (const auto& [block, writes] : by_block(ours_[i].writes)) {
      ASSERT_TRUE(recorded.contains(block)) << std::hex << block;
      EXPECT_TRUE(is_subsequence(writes, recorded.at(block))) << std::hex << block;
      if (latch_after(block) != 0) {
        EXPECT_EQ(writes.back().offset, latch_after(block));
        EXPECT_GT(writes.size(), 1u) << "a latch for nothing";
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Vendor, BlocksFile, testing::ValuesIn(kRecordings),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(BlocksCommand, EveryPublishedTuningFileRunsWithOneAndTwoExposures) {
  if (shared_folder().empty()) GTEST_SKIP() << "no shared data";
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(shared_folder() + "/data/tuning")) {
    if (entry.path().extension() != ".bin") continue;
    for (const bool wdr : {false, true}) {
      SCOPED_TRACE(entry.path().string());
      const auto phases = ours({entry.path().string(), 2304, 1296, 2, wdr, 1500, ""});
      ASSERT_EQ(phases.size(), 95u);
      EXPECT_GT(phases[1].writes.size(), 5000u);
      EXPECT_FALSE(phases.at(94).writes.empty());  // day
    }
    ++files;
  }
  EXPECT_GE(files, 9);
}

TEST(BlocksCommand, AFileThatIsNoTuningFileIsNamedWithTheReason) {
  const TemporaryFolder folder;
  const std::string path = folder / "t31_no_tuning.bin";
  std::ofstream(path) << "nothing";
  std::stringstream out;
  try {
    cam::write_blocks_file({path, 1920, 1080, 0, false, 1350, ""}, out);
    ADD_FAILURE() << "no error";
  } catch (const cam::Failure& error) {
    EXPECT_NE(std::string(error.what()).find(path), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("size"), std::string::npos) << error.what();
  }
  std::filesystem::remove(path);
  EXPECT_THROW(cam::write_blocks_file({path, 1920, 1080, 0, false, 1350, ""}, out), cam::Failure);
  EXPECT_TRUE(out.str().empty());
}

}  // namespace
}  // namespace t31::test
