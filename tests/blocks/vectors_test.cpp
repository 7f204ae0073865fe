// SPDX-License-Identifier: GPL-2.0-or-later
// The specification's block vectors: every row of hw-blocks-raw-color-golden.csv, the blocks of
// hw-blocks-detail-tone-golden.csv that are tables, and the checksums of hw-blocks-detail-tone 9.1.
#include <gtest/gtest.h>
#include <zlib.h>

#include <fstream>
#include <sstream>

#include "driver/blocks/block_set.hpp"
#include "tests/blocks/golden.hpp"

namespace t31::test {
namespace {

constexpr char kPath[] = "/etc/sensor/test-t31.bin";

// Blocks on a bus that records, with a published tuning file.
class Vectors {
 public:
  Vectors(const std::string& tuning, bool wdr, bool night = false)
      : mode_{1920, 1080, 0, wdr, false, 25 << 16 | 1, 1125} {
    home.files[kPath] = read_bytes(shared_folder() + "/data/tuning/" + tuning + ".bin");
    EXPECT_EQ(store.load(kPath), tuning::LoadResult::kLoaded);
    store.select_night(night);
    set.write_csc();
    set.write_bypass(mode_, store);
    set.init(mode_, store);
  }
  u32 at(u32 offset) {
    const auto found = home.state.find(offset);
    return found == home.state.end() ? 0 : found->second;
  }

  FakeHome home;
  tuning::TuningStore store;
  blocks::BlockSet set{home.window()};

 private:
  blocks::SensorMode mode_;
};

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream stream(line);
  for (std::string field; std::getline(stream, field, ',');) fields.push_back(field);
  return fields;
}

std::vector<std::vector<std::string>> read_csv(const std::string& path) {
  std::vector<std::vector<std::string>> rows;
  std::ifstream stream(path);
  for (std::string line; std::getline(stream, line);) rows.push_back(split(line));
  return rows;
}

u32 hex(const std::string& text) {
  return static_cast<u32>(std::stoul(text, nullptr, 16));
}

// ---- raw and colour blocks

// Addresses of a block's look-up RAM in the vendor's order of writing.
std::vector<u32> ram_order(const std::string& block) {
  std::vector<u32> order;
  if (block == "GAMMA") {
    for (u32 i = 0; i < 128; ++i) {
      for (const u32 base : {0x40000u, 0x48000u, 0x50000u}) order.push_back(base + 4 * i);
    }
  } else if (block == "GIB") {
    for (u32 i = 0; i < 32; ++i) {
      for (const u32 base : {0x80000u, 0x80080u, 0x80100u}) order.push_back(base + 4 * i);
    }
  } else if (block == "LSC") {
    for (u32 i = 0; i < 1953; ++i) order.push_back(0x28000 + i / 3 * 16 + i % 3 * 4);
    order.push_back(0x2800c);
  } else if (block == "CLM") {
    for (const u32 base : {0x60000u, 0x68000u, 0x70000u, 0x78000u}) {
      for (u32 i = 0; i < 420; ++i) order.push_back(base + 4 * i);
    }
  }
  return order;
}

u32 ram_checksum(Vectors& vectors, const std::string& block) {
  std::vector<u32> pairs;
  for (const u32 offset : ram_order(block)) {
    pairs.insert(pairs.end(), {offset, vectors.at(offset)});
  }
  return static_cast<u32>(
      crc32(0, reinterpret_cast<const Bytef*>(pairs.data()), static_cast<uInt>(pairs.size() * 4)));
}

void apply(Vectors& vectors, const std::string& step) {
  using blocks::Level;
  blocks::BlockSet& set = vectors.set;
  const auto is = [&](const char* name) { return step.find(name) != std::string::npos; };
  if (is("gain code")) set.set_total_gain(0x24680);
  if (is(" ev ")) set.set_exposure_value(0x1234567);
  if (is(" ct ")) set.set_colour_temperature(3300);
  if (is("brightness")) set.set_level(Level::kBrightness, 100);
  if (is("contrast")) set.set_level(Level::kContrast, 160);
  if (is("saturation")) set.set_level(Level::kSaturation, 90);
  if (is("hue")) set.set_level(Level::kHue, 150);
  if (is("sharpness")) set.set_level(Level::kSharpness, 200);
  if (is("dpc strength")) set.set_level(Level::kDpc, 60);
  if (is("awb hook")) set.set_white_balance(1500, 1600);
  set.commit();
  if (is("night")) {
    vectors.store.select_night(true);
    set.reload(vectors.store);
  }
  set.lens_shading_done();
}

class RawColourVectors : public testing::TestWithParam<const char*> {};

TEST_P(RawColourVectors, EveryRowIsWhatTheRegistersHold) {
  if (shared_folder().empty()) GTEST_SKIP() << "no shared data";
  const std::string name = GetParam();
  const bool wdr = name.find(" wdr") != std::string::npos;
  Vectors vectors(name.substr(0, name.find(' ')), wdr);
  // The vectors were made without regard to what is bypassed.
  vectors.set.set_modules(vectors.set.modules() & ~(1u << 6 | 1u << 9 | 1u << 16));
  // They were made with the lists for two exposures from the start, where the vendor's whole
  // initialisation (blocks_*_wdr.csv) leaves these two blocks with those for one.
  if (wdr) {
    vectors.set.parameter_changed(tuning::Parameter::kRdnsTextBaseThresWdrArray);
    vectors.set.parameter_changed(tuning::Parameter::kCcmDWdr);
  }
  vectors.set.commit();
  std::map<u32, u32> expected;
  int compared = 0;
  const auto rows = read_csv(shared_folder() + "/spec/hw-blocks-raw-color-golden.csv");
  for (size_t i = 0; i < rows.size();) {
    if (rows[i][0] != name) {
      ++i;
      continue;
    }
    const std::string step = rows[i][1];
    SCOPED_TRACE(step);
    if (step != "1 init") apply(vectors, step);
    for (; i < rows.size() && rows[i][0] == name && rows[i][1] == step; ++i, ++compared) {
      if (rows[i][3].starts_with("LUT")) {
        const size_t at = rows[i][4].find("0x");
        EXPECT_EQ(ram_checksum(vectors, rows[i][2]), hex(rows[i][4].substr(at, 10))) << rows[i][2];
      } else {
        expected[hex(rows[i][3])] = hex(rows[i][4]);
      }
    }
    for (const auto& [offset, value] : expected) {
      if (is_latch(offset)) continue;
      EXPECT_EQ(vectors.at(offset), value) << std::hex << offset;
    }
  }
  EXPECT_GT(compared, 1000);
}

INSTANTIATE_TEST_SUITE_P(Vendor, RawColourVectors,
                         testing::Values("sc2336", "gc2053", "imx327-wdr wdr"),
                         [](const auto& info) {
                           const std::string_view name = info.param;
                           return std::string(name.substr(0, name.find_first_of("- ")));
                         });

// ---- detail blocks

struct Range {
  u32 begin, end;
  bool has(u32 offset) const { return offset >= begin && offset < end; }
};

const std::map<std::string, Range> kDetail = {{"init sharpen", {0x7000, 0x7094}},
                                              {"init sdns", {0x8800, 0x8b50}},
                                              {"init mdns", {0x7800, 0x7af0}},
                                              {"init ydns", {0x7af0, 0x7b00}}};

class DetailVectors : public testing::TestWithParam<const char*> {};

TEST_P(DetailVectors, InitWritesTheSameSequence) {
  if (shared_folder().empty()) GTEST_SKIP() << "no shared data";
  Vectors vectors(GetParam(), false);
  const std::vector<Write> ours = vectors.home.take_writes();
  const auto rows = read_csv(shared_folder() + "/spec/hw-blocks-detail-tone-golden.csv");
  for (const auto& [step, range] : kDetail) {
    SCOPED_TRACE(step);
    std::vector<Write> own, theirs;
    for (const Write& write : ours) {
      if (range.has(write.offset)) own.push_back(write);
    }
    for (const auto& row : rows) {
      if (row[0] == GetParam() && row[1] == step) theirs.push_back({hex(row[2]), hex(row[3])});
    }
    EXPECT_FALSE(theirs.empty());
    EXPECT_EQ(own, theirs);
  }
}

TEST_P(DetailVectors, AChangeOfGainLeavesTheSameRegisters) {
  if (shared_folder().empty()) GTEST_SKIP() << "no shared data";
  Vectors vectors(GetParam(), false);
  vectors.set.set_total_gain(0x28000);
  vectors.set.commit();
  int compared = 0;
  for (const auto& row : read_csv(shared_folder() + "/spec/hw-blocks-detail-tone-golden.csv")) {
    if (row[0] != GetParam() || row[1] != "gain 0x28000" || is_latch(hex(row[2]))) continue;
    EXPECT_EQ(vectors.at(hex(row[2])), hex(row[3])) << row[2];
    ++compared;
  }
  EXPECT_GT(compared, 200);
}

INSTANTIATE_TEST_SUITE_P(Vendor, DetailVectors, testing::Values("gc2053", "imx307"),
                         [](const auto& info) { return std::string(info.param); });

// Rows "| blob | bank | gain | sharpen | mdns | ydns | sdns | ..." of the specification.
TEST(DetailChecksums, RegisterWindowsOfThreeFilesByDayAndNightAtThreeGains) {
  if (shared_folder().empty()) GTEST_SKIP() << "no shared data";
  const char* const kWindows[] = {"init sharpen", "init mdns", "init ydns", "init sdns"};
  std::ifstream stream(shared_folder() + "/spec/hw-blocks-detail-tone.md");
  int compared = 0;
  for (std::string line; std::getline(stream, line);) {
    std::istringstream fields(line);
    std::string bar, blob, bank, gain;
    fields >> bar >> blob >> bar >> bank >> bar >> gain;
    if (bank != "day" && bank != "night") continue;
    SCOPED_TRACE(blob + " " + bank + " " + gain);
    Vectors vectors(blob, false, bank == "night");
    if (gain != "init") {
      vectors.set.set_total_gain(hex(gain));
      vectors.set.commit();
    }
    for (const char* name : kWindows) {
      std::string checksum;
      fields >> bar >> checksum;
      std::vector<u32> words;
      const Range range = kDetail.at(name);
      for (u32 offset = range.begin; offset < range.end; offset += 4) {
        words.push_back(vectors.at(offset));
      }
      EXPECT_EQ(crc32(0, reinterpret_cast<const Bytef*>(words.data()),
                      static_cast<uInt>(words.size() * 4)),
                hex(checksum))
          << name;
      ++compared;
    }
  }
  EXPECT_EQ(compared, 72);
}

}  // namespace
}  // namespace t31::test
