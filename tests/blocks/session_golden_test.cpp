// SPDX-License-Identifier: GPL-2.0-or-later
// Initialisation against two further recordings: a whole session of the vendor's driver, and the
// register file of one in an emulated camera; and the second set of block vectors.
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
  EXPECT_EQ(theirs_by_block.size(), 11u);
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

// hw-blocks-raw-color-golden.csv: case,step,block,register,value. A mesh stands there as a checksum
// over the (address, value) pairs of its writes.
struct Row {
  std::string step;
  u32 offset, value;
  bool mesh_checksum;
};

std::vector<Row> read_vectors(const std::string& path, const std::string& sensor) {
  std::vector<Row> rows;
  std::ifstream stream(path);
  for (std::string line; std::getline(stream, line);) {
    std::istringstream fields(line);
    std::string name, step, block, offset, value;
    for (std::string* field : {&name, &step, &block, &offset, &value}) {
      std::getline(fields, *field, ',');
    }
    if (name != sensor) continue;
    if (block == "LSC" && offset.starts_with("LUT")) {
      const size_t at = line.find("crc32=0x") + 8;
      rows.push_back(
          {step, 0, static_cast<u32>(std::stoul(line.substr(at, 8), nullptr, 16)), true});
    }
    if (!offset.starts_with("0x")) continue;
    const u32 at = static_cast<u32>(std::stoul(offset, nullptr, 16));
    if (!block_of(at)) continue;
    rows.push_back({step, at, static_cast<u32>(std::stoul(value, nullptr, 16)), false});
  }
  return rows;
}

void apply(blocks::BlockSet& set, tuning::TuningStore& store, const std::string& step) {
  using blocks::Level;
  if (step.find("gain code") != std::string::npos) set.set_total_gain(0x24680);
  if (step.find(" ev ") != std::string::npos) set.set_exposure_value(0x1234567);
  if (step.find(" ct ") != std::string::npos) set.set_colour_temperature(3300);
  if (step.find("brightness") != std::string::npos) set.set_level(Level::kBrightness, 100);
  if (step.find("contrast") != std::string::npos) set.set_level(Level::kContrast, 160);
  if (step.find("saturation") != std::string::npos) set.set_level(Level::kSaturation, 90);
  if (step.find("hue") != std::string::npos) set.set_level(Level::kHue, 150);
  if (step.find("sharpness") != std::string::npos) set.set_level(Level::kSharpness, 200);
  set.commit();
  if (step.find("night") != std::string::npos) {
    store.select_night(true);
    set.reload(store);
  }
  set.lens_shading_done();
}

// Of the mesh in the RAM, in the vendor's order of writing.
u32 mesh_checksum(std::map<u32, u32>& state) {
  constexpr u32 kWords = 1953;
  std::vector<u32> pairs;
  for (u32 word = 0; word < kWords; ++word) {
    const u32 offset = 0x28000 + word / 3 * 16 + word % 3 * 4;
    pairs.insert(pairs.end(), {offset, state[offset]});
  }
  pairs.insert(pairs.end(), {0x2800c, 0});
  return static_cast<u32>(
      crc32(0, reinterpret_cast<const Bytef*>(pairs.data()), static_cast<uInt>(pairs.size() * 4)));
}

TEST_F(SessionGolden, SecondSetOfVectorsLeavesTheSameRegisters) {
  for (const char* sensor : {"sc2336", "gc2053"}) {
    set_.forget();
    set_ = blocks::BlockSet(home_.window());
    start(sensor, {1920, 1080, 0, false, false, 25 << 16 | 1, 1125});
    const auto rows = read_vectors(shared_ + "/spec/hw-blocks-raw-color-golden.csv", sensor);
    ASSERT_GT(rows.size(), 500u);
    // The vectors were made without regard to what is bypassed.
    set_.set_modules(set_.modules() & ~(1u << 6 | 1u << 9));
    set_.commit();
    std::map<u32, u32> expected;
    for (size_t i = 0; i < rows.size();) {
      const std::string step = rows[i].step;
      SCOPED_TRACE(std::string(sensor) + " " + step);
      if (!step.starts_with("1 ")) apply(set_, store_, step);
      for (; i < rows.size() && rows[i].step == step; ++i) {
        if (rows[i].mesh_checksum) {
          EXPECT_EQ(mesh_checksum(home_.state), rows[i].value);
        } else {
          expected[rows[i].offset] = rows[i].value;
        }
      }
      for (const auto& [offset, value] : expected) {
        if (is_latch(offset)) continue;
        EXPECT_EQ(home_.state[offset], value) << std::hex << offset;
      }
      if (HasFailure()) return;
    }
  }
}

}  // namespace
}  // namespace t31::test
