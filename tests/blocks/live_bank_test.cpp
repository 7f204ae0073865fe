// SPDX-License-Identifier: GPL-2.0-or-later
// What the driver writes into the bank in force (strengths, weights, reports) is never part of what
// is stored, whatever happens to banks while it stands there.
#include "driver/tuning/live_bank.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "driver/blocks/block_set.hpp"
#include "tests/blocks/fake_home.hpp"

namespace t31::test {
namespace {

using blocks::Level;
using tuning::LoadResult;
using tuning::Parameter;

constexpr char kPath[] = "/etc/sensor/test-t31.bin";
constexpr char kCustomPath[] = "/etc/sensor/test-cust-t31.bin";
constexpr char kOtherPath[] = "/tmp/other.bin";

std::vector<u8> random_file(unsigned seed) {
  std::vector<u8> file(tuning::kFileBytes);
  std::mt19937 random(seed);
  for (size_t at = tuning::kDayOffset; at < file.size(); at += 4) file[at] = random() % 250 + 2;
  for (const u32 bank : {tuning::kDayOffset, tuning::kNightOffset}) {
    tuning::BankWriter writer(file.data() + bank);
    writer.fill(Parameter::kTopBypass, 0);
    writer.set(Parameter::kLscLutNum, 0, 1953);
    writer.set(Parameter::kLscLutStride, 0, 21);
  }
  tuning::write_header(file);
  return file;
}

class LiveBank : public testing::Test {
 protected:
  LiveBank() {
    home_.files = {{kPath, file_}, {kCustomPath, custom_}, {kOtherPath, other_}};
    EXPECT_EQ(store_.load(kPath), LoadResult::kLoaded);
    EXPECT_EQ(store_.load_custom(kCustomPath), LoadResult::kLoaded);
    set_.write_bypass(mode_, store_);
    set_.init(mode_, store_);
    work();
  }

  // All that the blocks write into a bank.
  void work() {
    set_.reload(store_);
    for (u32 level = 0; level < static_cast<u32>(Level::kCount); ++level) {
      set_.set_level(static_cast<Level>(level), 128);
      set_.set_level(static_cast<Level>(level), 230);
    }
    set_.set_modules(1u << 31);
    std::array<u32, 1024> statistics;
    statistics.fill(40 << 16 | 70);
    set_.take_tone_statistics(statistics.data());
    set_.take_defog_statistics(statistics.data());
    set_.commit();
  }

  static std::span<const u8> array_of(std::span<const u8> file, u32 bank, u32 id) {
    return tuning::Bank(file.data() + bank).raw(static_cast<Parameter>(id));
  }
  static bool same(std::span<const u8> a, std::span<const u8> b) {
    return std::ranges::equal(a, b);
  }
  void expect_stored(std::span<const u8> file, u32 bank) {
    for (u32 id = 0; id < tuning::kParameterCount; ++id) {
      const auto parameter = static_cast<Parameter>(id);
      EXPECT_TRUE(same(store_.stored().raw(parameter), array_of(file, bank, id))) << id;
    }
  }
  void expect_untouched(std::span<const u8> file, u32 bank) {
    const std::span<const u8> expected = file.subspan(bank, tuning::kBankBytes);
    EXPECT_TRUE(same({store_.active().bytes(), tuning::kBankBytes}, expected));
  }
  u32 changed_arrays() {
    u32 changed = 0;
    for (u32 id = 0; id < tuning::kParameterCount; ++id) {
      const auto parameter = static_cast<Parameter>(id);
      if (!same(store_.stored().raw(parameter), store_.active().raw(parameter))) ++changed;
    }
    return changed;
  }

  const std::vector<u8> file_ = random_file(1), custom_ = random_file(2), other_ = random_file(3);
  FakeHome home_;
  tuning::TuningStore store_;
  blocks::SensorMode mode_{.width = 1920, .height = 1080};
  blocks::BlockSet set_{home_.window()};
};

TEST_F(LiveBank, WhatIsStoredReadsAsTheFileHasItWhileStrengthsAct) {
  // Of 88 that can be; a list of values beyond its strength's limit stays.
  EXPECT_GT(changed_arrays(), 50u);
  expect_stored(file_, tuning::kDayOffset);
}

TEST_F(LiveBank, ASwitchLeavesNothingBehind) {
  store_.select_night(true);
  expect_untouched(file_, tuning::kNightOffset);
  work();
  expect_stored(file_, tuning::kNightOffset);
  store_.select_night(false);
  expect_untouched(file_, tuning::kDayOffset);
  store_.select_night(true);
  expect_untouched(file_, tuning::kNightOffset);
}

TEST_F(LiveBank, NeitherDoesTheCustomMode) {
  store_.select(false, true);
  expect_untouched(custom_, tuning::kDayOffset);
  work();
  expect_stored(custom_, tuning::kDayOffset);
  store_.select(false, false);
  expect_untouched(file_, tuning::kDayOffset);
  store_.select(true, true);
  expect_untouched(custom_, tuning::kDayOffset);
}

TEST_F(LiveBank, NorDoesAnotherFileBesideACustomBankInForce) {
  store_.select(false, true);
  work();
  tuning::FileImage other;
  ASSERT_EQ(other.read(kOtherPath), LoadResult::kLoaded);
  store_.adopt(other);
  expect_untouched(custom_, tuning::kDayOffset);
  work();
  ASSERT_EQ(store_.load_custom(kOtherPath), LoadResult::kLoaded);
  expect_untouched(other_, tuning::kDayOffset);
}

TEST_F(LiveBank, AnotherFileTakesItsPlaceAndTheOldOneIsHandedBackWhole) {
  tuning::FileImage image;
  ASSERT_EQ(image.read(kOtherPath), LoadResult::kLoaded);
  store_.adopt(image);
  expect_untouched(other_, tuning::kDayOffset);
  const std::span<const u8> old(image.bank(false), tuning::kBankBytes);
  EXPECT_TRUE(same(old, std::span(file_).subspan(tuning::kDayOffset, tuning::kBankBytes)));
  work();
  expect_stored(other_, tuning::kDayOffset);
}

TEST_F(LiveBank, AnArrayThatTheUserSetsIsStoredInEveryBankWhileItsStrengthActs) {
  const u32 values[9] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  for (u32 i = 0; i < 9; ++i) {
    ASSERT_TRUE(store_.set_user_word(Parameter::kSdnsHS3Array, i, values[i]).ok());
  }
  set_.parameter_changed(Parameter::kSdnsHS3Array);
  const auto expect_values = [&] {
    for (u32 i = 0; i < 9; ++i) {
      EXPECT_EQ(store_.stored().get(Parameter::kSdnsHS3Array, i), values[i]);
    }
  };
  expect_values();
  // Strength 230 towards the limit of 16 (hw-blocks-detail-tone 8).
  EXPECT_EQ(store_.active().get(Parameter::kSdnsHS3Array, 0), 1 + (15u * 102 >> 7));
  for (const bool custom : {false, true}) {
    store_.select(true, custom);
    expect_values();
    EXPECT_EQ(store_.active().get(Parameter::kSdnsHS3Array, 0), 1u);
  }
}

TEST_F(LiveBank, TheMemoryOptionStoresNoScaledLists) {
  store_.patch_memopt(true);
  EXPECT_EQ(store_.stored().get(Parameter::kMdnsAssEnableArray), 0u);
  EXPECT_EQ(store_.active().get(Parameter::kMdnsAssEnableArray), 0u);
  EXPECT_TRUE(
      same(store_.stored().raw(Parameter::kSdnsHS3Array),
           array_of(file_, tuning::kDayOffset, static_cast<u32>(Parameter::kSdnsHS3Array))));
  EXPECT_EQ(changed_arrays(), 0u) << "until strengths are applied again";
}

TEST_F(LiveBank, NothingElseCanBeWritten) {
  u32 writable = 0;
  for (u32 id = 0; id < tuning::kParameterCount; ++id) {
    const auto parameter = static_cast<Parameter>(id);
    const std::span<u32> words = store_.live().words(parameter);
    if (words.empty()) {
      EXPECT_EQ(store_.stored().raw(parameter).data(), store_.active().raw(parameter).data()) << id;
      continue;
    }
    ++writable;
    EXPECT_EQ(words.size_bytes(), tuning::parameter_bytes(parameter)) << id;
    EXPECT_NE(store_.stored().raw(parameter).data(), store_.active().raw(parameter).data()) << id;
  }
  // Sharpness, defect pixels, spatial and temporal denoise with its switch; haze: lists, tables,
  // report; tone: lists, tables, reports.
  EXPECT_EQ(writable, 5u + 4u + 34u + 10u + 1u + 10u + 7u + 1u + 8u + 6u + 2u);
  EXPECT_TRUE(tuning::LiveBank(nullptr).words(Parameter::kSdnsHS3Array).empty());
}

}  // namespace
}  // namespace t31::test
