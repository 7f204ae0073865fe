// SPDX-License-Identifier: GPL-2.0-or-later
// The engine behind blocks that are tables, on small tables and on all published tuning files.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <vector>

#include "driver/blocks/block_set.hpp"
#include "driver/tuning/engine.hpp"
#include "tests/blocks/golden.hpp"

namespace t31::test {
namespace {

using tuning::Combine;
using tuning::Entry;
using tuning::Follows;
using tuning::Parameter;

// Any lists of nine, and a fixed array.
constexpr Parameter kA = Parameter::kYdnsMvThres0Array;
constexpr Parameter kB = Parameter::kYdnsMvThres1Array;
constexpr Parameter kC = Parameter::kYdnsMvThres2Array;
constexpr Parameter kFixed = Parameter::kDpcDCorParArray;

constexpr Entry follow(Parameter parameter, u16 reg, u8 bit, u8 width,
                       Combine combine = Combine::kSet) {
  return {parameter, parameter, 0, Follows::kGain, combine, reg, bit, width};
}
constexpr Entry fixed(u8 element, u16 reg, u8 bit, u8 width, Combine combine = Combine::kSet) {
  return {kFixed, kFixed, element, Follows::kFixed, combine, reg, bit, width};
}

class Table : public testing::Test {
 protected:
  void list(Parameter parameter, u32 low, u32 high) {  // at gain 1 and above
    writer_.fill(parameter, high);
    writer_.set(parameter, 0, low);
  }
  template <const auto& kEntries>
  std::map<u32, u32> full(u32 gain, bool wdr = false) {
    std::map<u32, u32> values;
    tuning::refresh(tuning::table_view<kEntries>(), {writer_.bank(), gain, wdr},
                    [&](u32 offset, u32 value) { values[offset] = value; });
    return values;
  }

  std::vector<u32> words_ = std::vector<u32>(tuning::kBankBytes / 4, 0);
  tuning::BankWriter writer_{reinterpret_cast<u8*>(words_.data())};
};

constexpr Entry kPacked[] = {follow(kA, 0x10, 0, 8), fixed(1, 0x10, 8, 8),
                             follow(kB, 0x10, 16, 16)};

TEST_F(Table, FieldsArePackedAndCutToTheirWidth) {
  list(kA, 0x1ab, 0x1ab);
  list(kB, 0x54321, 0x54321);
  writer_.set(kFixed, 1, 0x3cd);
  EXPECT_EQ(full<kPacked>(0x20000).at(0x10), 0x4321cdabu);
}

TEST_F(Table, ListsAreInterpolatedOverTheGainRoundingHalfUp) {
  list(kA, 10, 13);
  EXPECT_EQ(full<kPacked>(0x8000).at(0x10), 12u);  // 11.5
  list(kA, 13, 10);
  EXPECT_EQ(full<kPacked>(0x8000).at(0x10), 11u);  // 13 - 1.5, seen from the first
  EXPECT_EQ(full<kPacked>(0x0000).at(0x10), 13u);
  EXPECT_EQ(full<kPacked>(0x10000).at(0x10), 10u);
}

TEST_F(Table, BeyondTheLastPointAndBelowTheFirstTheListEnds) {
  for (u32 i = 0; i < 9; ++i) writer_.set(kA, i, i + 1);
  EXPECT_EQ(full<kPacked>(0x80000).at(0x10), 9u);
  EXPECT_EQ(full<kPacked>(0x7fffffff).at(0x10), 9u);
  EXPECT_EQ(full<kPacked>(0xfffffffe).at(0x10), 1u);
}

constexpr Entry kRepeated[] = {follow(kA, 0x10, 0, 8),  follow(kA, 0x10, 8, 8),
                               follow(kA, 0x10, 16, 8), follow(kB, 0x10, 24, 8),
                               follow(kA, 0x14, 0, 8),  follow(kA, 0x14, 8, 8),
                               follow(kA, 0x14, 16, 8), follow(kB, 0x14, 24, 8)};

TEST_F(Table, AValueMayGoToSeveralFieldsAndRegisters) {
  list(kA, 0x12, 0x12);
  list(kB, 0x34, 0x34);
  const auto values = full<kRepeated>(0);
  EXPECT_EQ(values.at(0x10), 0x34121212u);
  EXPECT_EQ(values.at(0x14), 0x34121212u);
  const tuning::TableView view = tuning::table_view<kRepeated>();
  EXPECT_EQ(view.changes[1].kind, tuning::RegisterKind::kCopy);
  EXPECT_EQ(view.changes[0].rows, 2);  // one row for the three equal fields
}

constexpr Entry kSums[] = {
    follow(kA, 0x10, 0, 16, Combine::kLessEighth),
    follow(kA, 0x14, 0, 16),
    fixed(0, 0x14, 0, 16, Combine::kAdd),
    fixed(1, 0x14, 0, 16, Combine::kAddLimit4095),
    follow(kB, 0x14, 16, 16),
    follow(kC, 0x18, 0, 32, Combine::kLevelMask),
};

TEST_F(Table, RowsOfAFieldCombine) {
  list(kA, 1000, 1000);
  list(kB, 5, 5);
  list(kC, 3, 3);
  writer_.set(kFixed, 0, 3000);
  auto values = full<kSums>(0);
  EXPECT_EQ(values.at(0x10), 875u);
  EXPECT_EQ(values.at(0x14), 5u << 16 | 4000);
  EXPECT_EQ(values.at(0x18), 0x01370137u);
  writer_.set(kFixed, 1, 500);
  list(kC, 77, 77);
  values = full<kSums>(0);
  EXPECT_EQ(values.at(0x14), 5u << 16 | 4095);
  EXPECT_EQ(values.at(0x18), 0x137f137fu);
}

constexpr Entry kDifferences[] = {
    follow(kA, 0x10, 0, 16),  follow(kB, 0x10, 16, 16),
    follow(kA, 0x14, 0, 16),  fixed(2, 0x14, 0, 16, Combine::kSubtractToZero),
    follow(kB, 0x14, 16, 16), fixed(2, 0x14, 16, 16, Combine::kSubtractToZero)};

// What a change of gain leaves must be what a full refresh computes.
class Followed : public Table {
 protected:
  struct Registers {
    std::map<u32, u32> values;
    int writes = 0;
    u32& held(u32 offset) { return values[offset]; }
    void begin() {}
    void write(u32, u32) { ++writes; }
  };
  template <const auto& kEntries>
  Registers change(u32 from, u32 to) {
    Registers registers{full<kEntries>(from)};
    tuning::MovingRegisters moving;
    moving.find(tuning::table_view<kEntries>(), writer_.bank());
    tuning::follow_gain(tuning::table_view<kEntries>(), moving, {writer_.bank(), to, false},
                        registers);
    EXPECT_EQ(registers.values, full<kEntries>(to));
    return registers;
  }
};

TEST_F(Followed, FixedFieldsStayAsTheRegisterHoldsThem) {
  list(kA, 10, 20);
  writer_.set(kFixed, 1, 0x77);
  EXPECT_EQ(change<kPacked>(0, 0x10000).writes, 1);
}

TEST_F(Followed, CopiesAndSumsFollow) {
  list(kA, 10, 20);
  EXPECT_EQ(change<kRepeated>(0, 0x10000).writes, 2);
  EXPECT_EQ(change<kSums>(0, 0x10000).writes, 2);
}

TEST_F(Followed, DifferencesFollowWithAndWithoutSomethingToSubtract) {
  list(kA, 10, 20);
  list(kB, 300, 200);
  EXPECT_EQ(change<kDifferences>(0, 0x8000).writes, 2);
  writer_.set(kFixed, 2, 15);
  EXPECT_EQ(change<kDifferences>(0, 0x8000).values.at(0x14), 235u << 16);
}

TEST_F(Followed, ListsThatAreTheSameAtAllGainsCostNoVisit) {
  list(kA, 10, 10);
  list(kB, 20, 20);
  tuning::MovingRegisters moving;
  moving.find(tuning::table_view<kRepeated>(), writer_.bank());
  EXPECT_TRUE(moving.changes().empty());
  writer_.set(kB, 8, 21);
  moving.find(tuning::table_view<kRepeated>(), writer_.bank());
  EXPECT_EQ(moving.changes().size(), 2u);
}

// ---- all published files

constexpr char kPath[] = "/etc/sensor/test-t31.bin";

std::vector<std::string> published_files() {
  std::vector<std::string> names;
  if (shared_folder().empty()) return names;
  for (const auto& entry : std::filesystem::directory_iterator(shared_folder() + "/data/tuning")) {
    if (entry.path().extension() == ".bin") names.push_back(entry.path().string());
  }
  return names;
}

struct Camera {
  Camera(const std::string& file, bool wdr) : mode{2304, 1296, 2, wdr, false, 25 << 16 | 1, 1500} {
    home.files[kPath] = read_bytes(file);
    EXPECT_EQ(store.load(kPath), tuning::LoadResult::kLoaded);
    set.write_csc();
    set.write_bypass(mode, store);
    set.init(mode, store);
  }
  void gain(u32 code) {
    set.set_total_gain(code);
    set.commit();
  }
  FakeHome home;
  tuning::TuningStore store;
  blocks::BlockSet set{home.window()};
  blocks::SensorMode mode;
};

std::map<u32, u32> without_latches(const std::map<u32, u32>& state) {
  std::map<u32, u32> rest;
  for (const auto& [offset, value] : state) {
    if (!is_latch(offset)) rest.insert({offset, value});
  }
  return rest;
}

TEST(PublishedFiles, TheWayToAGainDoesNotMatter) {
  if (published_files().empty()) GTEST_SKIP() << "no shared data";
  for (const std::string& file : published_files()) {
    for (const bool wdr : {false, true}) {
      SCOPED_TRACE(file + (wdr ? " wdr" : ""));
      std::map<u32, u32> straight;
      {
        Camera camera(file, wdr);
        camera.gain(0x20000);
        camera.gain(0x34567);
        straight = without_latches(camera.home.state);
      }
      Camera camera(file, wdr);
      for (const u32 code : {0x0u, 0x7ffffu, 0x80000u, 0x12345u, 0x712u, 0x45678u, 0x34567u}) {
        camera.gain(code);
      }
      EXPECT_EQ(without_latches(camera.home.state), straight);
    }
  }
}

TEST(PublishedFiles, ADayAfterANightIsTheDayAgain) {
  if (published_files().empty()) GTEST_SKIP() << "no shared data";
  for (const std::string& file : published_files()) {
    for (const bool wdr : {false, true}) {
      SCOPED_TRACE(file + (wdr ? " wdr" : ""));
      Camera camera(file, wdr);
      // Some lists are computed at the gain that a switch finds.
      camera.gain(0x23456);
      camera.store.select_night(false);
      camera.set.reload(camera.store);
      camera.gain(0x23456);
      const auto day = without_latches(camera.home.state);
      for (const bool night : {true, false}) {
        camera.store.select_night(night);
        camera.set.reload(camera.store);
        camera.gain(0x23456);
      }
      EXPECT_EQ(without_latches(camera.home.state), day);
    }
  }
}

}  // namespace
}  // namespace t31::test
