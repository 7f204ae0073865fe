// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <random>

#include <filesystem>

#include "driver/tuning/neutral.hpp"
#include "driver/tuning/tuning_store.hpp"
#include "tests/blocks/golden.hpp"

namespace t31::test {
namespace {

using tuning::LoadResult;
using tuning::Parameter;

constexpr char kPath[] = "/etc/sensor/test-t31.bin";

class TuningFile : public testing::Test {
 protected:
  TuningFile() {
    file_.resize(tuning::kFileBytes);
    tuning::NeutralOptions options;
    options.black_level = 200;
    tuning::build_file(file_, options);
  }
  LoadResult load() {
    home_.files[kPath] = file_;
    return store_.load(kPath);
  }
  // The built-in default is active by day and by night.
  void expect_default() {
    for (const bool night : {false, true}) {
      store_.select_night(night);
      EXPECT_EQ(store_.active().get(Parameter::kGibDeirmBlcRLinear, 0), 256u);
      EXPECT_EQ(store_.active().get(Parameter::kGammaRgbLutSaddr, 128), 4095u);
    }
    EXPECT_FALSE(store_.from_file());
  }

  FakeHome home_;
  std::vector<u8> file_;
  tuning::TuningStore store_;
};

TEST_F(TuningFile, EveryPublishedFileIsAccepted) {
  const std::string shared = shared_folder();
  if (shared.empty()) GTEST_SKIP() << "no shared data";
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(shared + "/data/tuning")) {
    home_.files[kPath] = read_bytes(entry.path());
    EXPECT_EQ(store_.load(kPath), LoadResult::kLoaded) << entry.path();
    EXPECT_TRUE(store_.from_file());
    ++files;
  }
  EXPECT_EQ(files, 9);
}

// tuning-blob 1.2, word by word.
u32 documented_checksum(std::span<const uint8_t> payload) {
  constexpr u32 kTable[8] = {0x00000000, 0x77073096, 0xEE0E612C, 0x990951BA,
                             0x076DC419, 0x706AF48F, 0xE963A535, 0x9E6495A3};
  u32 v = 0;
  for (size_t i = 0; i + 4 <= payload.size(); i += 4) {
    v ^= payload[i] | u32{payload[i + 1]} << 8 | u32{payload[i + 2]} << 16 |
         u32{payload[i + 3]} << 24;
    v ^= kTable[v & 7];
  }
  return v;
}

TEST_F(TuningFile, ChecksumIsTheDocumentedOneForEveryLengthAndAlignment) {
  std::minstd_rand random(1);
  for (size_t length = 0; length < 400; ++length) {
    std::vector<uint8_t> bytes(length + 4);
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random() >> 8);
    const auto payload = std::span<const uint8_t>(bytes).subspan(length % 4, length);
    ASSERT_EQ(tuning::payload_checksum(payload), documented_checksum(payload)) << length;
  }
}

TEST_F(TuningFile, ChecksumOfAPublishedFileIsTheDocumentedOne) {
  const std::string shared = shared_folder();
  if (shared.empty()) GTEST_SKIP() << "no shared data";
  const auto bytes = read_bytes(shared + "/data/tuning/gc2053.bin");
  EXPECT_EQ(tuning::payload_checksum(std::span(bytes).subspan(24)), 0x00e0f1ebu);
}

TEST_F(TuningFile, DayAndNightBanksAreTheFilesTwoHalves) {
  file_[tuning::kDayOffset + 464] = 77;
  file_[tuning::kNightOffset + 464] = 88;
  tuning::write_header(file_);
  ASSERT_EQ(load(), LoadResult::kLoaded);
  EXPECT_FALSE(store_.night());
  EXPECT_EQ(store_.active().get(Parameter::kAeEvList), 77u);
  store_.select_night(true);
  EXPECT_TRUE(store_.night());
  EXPECT_EQ(store_.active().get(Parameter::kAeEvList), 88u);
  store_.select_night(false);
  EXPECT_EQ(store_.active().get(Parameter::kAeEvList), 77u);
}

TEST_F(TuningFile, MissingFileGivesTheDefault) {
  EXPECT_EQ(store_.load(kPath), LoadResult::kMissing);
  expect_default();
}

TEST_F(TuningFile, UnreadableFileGivesTheDefault) {
  home_.files_unreadable = true;
  EXPECT_EQ(load(), LoadResult::kReadError);
  expect_default();
}

TEST_F(TuningFile, AnyOtherSizeIsRefused) {
  for (const size_t size :
       {size_t{0}, size_t{1}, size_t{24}, size_t{121496}, file_.size() - 1, file_.size() + 1}) {
    std::vector<u8> other = file_;
    other.resize(size);
    home_.files[kPath] = other;
    EXPECT_EQ(store_.load(kPath), LoadResult::kWrongSize) << size;
    expect_default();
  }
}

TEST_F(TuningFile, PayloadLengthInTheHeaderMustBeTwoBanks) {
  file_[16] ^= 4;
  EXPECT_EQ(load(), LoadResult::kWrongSize);
  expect_default();
}

TEST_F(TuningFile, WrongVersionAndFlagAreToldApart) {
  file_[3] = '9';
  EXPECT_EQ(load(), LoadResult::kWrongVersion);
  expect_default();
  file_[3] = '0';
  file_[8 + 6] = '1';
  EXPECT_EQ(load(), LoadResult::kWrongFlag);
  expect_default();
}

TEST_F(TuningFile, BytesAfterTheVersionsNulAreIgnored) {
  file_[5] = 0x77;
  file_[6] = 0x2b;
  EXPECT_EQ(load(), LoadResult::kLoaded);
}

TEST_F(TuningFile, ADamagedByteAnywhereIsNoticed) {
  for (u32 at = tuning::kHeaderBytes; at < tuning::kFileBytes; at += 1009) {
    file_[at] ^= 0x40;
    ASSERT_EQ(tuning::check_file(file_), LoadResult::kBadChecksum) << at;
    file_[at] ^= 0x40;
  }
  file_[100] ^= 1;
  EXPECT_EQ(load(), LoadResult::kBadChecksum);
  expect_default();
}

TEST_F(TuningFile, NoMemoryLeavesAnEmptyBankAndNoLeak) {
  home_.fail_allocation = 1;
  EXPECT_EQ(load(), LoadResult::kNoMemory);
  EXPECT_FALSE(store_.active().present());
  EXPECT_EQ(home_.live_allocations, 0);
  store_.select_night(true);
  store_.patch_memopt(true);
  EXPECT_EQ(load(), LoadResult::kLoaded);
}

TEST_F(TuningFile, UnloadFreesEverything) {
  load();
  EXPECT_EQ(home_.live_allocations, 1);
  store_.unload();
  EXPECT_EQ(home_.live_allocations, 0);
  EXPECT_FALSE(store_.from_file());
}

TEST_F(TuningFile, MemoryOptionSwitchesReferenceMemoryOffInAllBanks) {
  for (const u32 bank : {tuning::kDayOffset, tuning::kNightOffset}) {
    for (const u32 offset : {47952u, 47960u, 47968u, 47976u, 55352u, 55352u + 32}) {
      file_[bank + offset] = 9;
    }
  }
  tuning::write_header(file_);
  load();
  store_.patch_memopt(false);
  EXPECT_EQ(store_.active().get(Parameter::kMdnsAssEnableArray), 9u);
  store_.patch_memopt(true);
  for (const bool night : {false, true}) {
    store_.select_night(night);
    const u8* bytes = store_.active().bytes();
    EXPECT_EQ(bytes[47952], 0);
    EXPECT_EQ(bytes[47960], 1);
    EXPECT_EQ(bytes[47968], 0);
    EXPECT_EQ(bytes[47976], 0);
    EXPECT_EQ(bytes[55352], 0);
    EXPECT_EQ(bytes[55352 + 32], 0);
  }
}

TEST_F(TuningFile, EveryResultHasItsOwnWords) {
  std::set<std::string> words;
  for (u8 result = 0; result <= static_cast<u8>(LoadResult::kNoMemory); ++result) {
    words.insert(tuning::load_result_text(static_cast<LoadResult>(result)));
  }
  EXPECT_EQ(words.size(), 8u);
}

}  // namespace
}  // namespace t31::test
