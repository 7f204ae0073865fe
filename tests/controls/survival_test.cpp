// SPDX-License-Identifier: GPL-2.0-or-later
// What a user sets stays, whatever happens to the banks below (ecosystem, rows 8, 13, 23).
#include <gtest/gtest.h>

#include <map>

#include "tests/controls/all_controls.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kIsp = 0x13300000;

// Registers of the image blocks; what only statistics of the running picture decide is left out.
std::map<std::uint32_t, std::uint32_t> block_registers() {
  const std::pair<std::uint32_t, std::uint32_t> kRanges[] = {
      {0x000c, 0x0010}, {0x1000, 0x1070}, {0x1804, 0x1814}, {0x2800, 0x2898},
      {0x3004, 0x30ac}, {0x3800, 0x3810}, {0x4800, 0x499c}, {0x5004, 0x5040},
      {0x6000, 0x6034}, {0x6804, 0x6a00}, {0x7000, 0x7090}, {0x8000, 0x8074},
      {0x9818, 0x981c}, {0x9860, 0x9868}, {0xa028, 0xa02c}, {0x40000, 0x40200}};
  std::map<std::uint32_t, std::uint32_t> state;
  for (const auto& [first, end] : kRanges) {
    for (std::uint32_t at = first; at < end; at += 4) state[at] = t31_host_peek(kIsp + at);
  }
  return state;
}

void expect_same(const std::map<std::uint32_t, std::uint32_t>& before,
                 const std::map<std::uint32_t, std::uint32_t>& after, const char* when) {
  for (const auto& [at, value] : before) {
    EXPECT_EQ(after.at(at), value) << when << ": register " << std::hex << at;
  }
}

struct Survival : testing::Test {
  void SetUp() override {
    file = TuningFile::published("sc2336.bin");
    if (!file.present()) GTEST_SKIP() << "no shared data";
    file.write(camera.root().string() + "/etc/sensor/sc2336-t31.bin");
    settings = all_settings();
  }

  static void settle() { t31_host_sleep_ns(250000000); }  // some frames

  // Exposure stays the same, so that the same settings give the same registers.
  void set_all() {
    ASSERT_EQ(session.set_exposure(700, 1.0), 0);
    settle();
    for (const Setting& setting : settings) ASSERT_EQ(set(session, setting), 0) << setting.name;
  }

  Camera camera;
  Session session;
  TuningFile file;
  std::vector<Setting> settings;
};

TEST_F(Survival, EveryControlReadsBackAsSet) {
  ASSERT_EQ(session.start(), 0);
  set_all();
  expect_read_back(session, settings);
  settle();
  expect_read_back(session, settings);
}

TEST_F(Survival, EveryControlActsWithoutFramesTooAndReadsBack) {
  ASSERT_EQ(session.open(), 0);
  ASSERT_EQ(session.add_sensor("sc2336", 0x30), 0);
  ASSERT_EQ(session.enable_tuning(), 0);
  const auto before = block_registers();
  set_all();
  expect_read_back(session, settings);
  unsigned changed = 0;
  for (const auto& [at, value] : block_registers()) changed += value != before.at(at);
  EXPECT_GT(changed, 100u);
}

TEST_F(Survival, AHundredSwitchesOfDayAndNight) {
  ASSERT_EQ(session.start(), 0);
  set_all();
  settle();
  const auto before = block_registers();
  for (int i = 0; i < 50; ++i) {
    ASSERT_EQ(session.control_set(T31_CONTROL_RUNNING_MODE, 1), 0);
    t31_host_sleep_ns(90000000);
    if (i == 0) {
      EXPECT_NE(block_registers(), before) << "the switch does nothing";
    }
    ASSERT_EQ(session.control_set(T31_CONTROL_RUNNING_MODE, 0), 0);
    t31_host_sleep_ns(90000000);
  }
  settle();
  expect_read_back(session, settings);
  expect_same(before, block_registers(), "after a hundred switches");
}

TEST_F(Survival, EveryControlActsByNightAsItDoesByDay) {
  // The same bank by day and night: with the same settings the same registers.
  std::copy(file.bank(false).begin(), file.bank(false).end(), file.bank(true).begin());
  file.write(camera.root().string() + "/etc/sensor/sc2336-t31.bin");
  ASSERT_EQ(session.start(), 0);
  set_all();
  settle();
  auto day = block_registers();
  ASSERT_EQ(session.control_set(T31_CONTROL_RUNNING_MODE, 1), 0);
  settle();
  auto night = block_registers();
  EXPECT_NE(day.at(0x6030), night.at(0x6030)) << "chroma is clipped";
  day.erase(0x6030);
  expect_same(day, night, "by night");
}

TEST_F(Survival, ChangesOfTheFrameRate) {
  ASSERT_EQ(session.start(), 0);
  set_all();
  settle();
  ASSERT_EQ(session.control_set(T31_CONTROL_FPS, 15u << 16 | 1), 0);
  settle();
  expect_read_back(session, settings);
  ASSERT_EQ(session.control_set(T31_CONTROL_FPS, 25u << 16 | 1), 0);
  settle();
  expect_read_back(session, settings);
}

TEST_F(Survival, RestartOfTheStream) {
  ASSERT_EQ(session.start(), 0);
  set_all();
  settle();
  const auto before = block_registers();
  ASSERT_EQ(session.disable_sensor(), 0);
  expect_read_back(session, settings);
  ASSERT_EQ(session.enable_sensor(), 0);
  settle();
  expect_read_back(session, settings);
  expect_same(before, block_registers(), "after the restart");
}

TEST_F(Survival, ANewSession) {
  ASSERT_EQ(session.start(), 0);
  set_all();
  settle();
  auto before = block_registers();
  // Flips and the front crop are written when a channel starts.
  for (std::uint32_t at : {0x9818u, 0x9860u, 0x9864u}) before.erase(at);
  ASSERT_EQ(session.stop(), 0);
  ASSERT_EQ(session.start(), 0);
  settle();
  expect_read_back(session, settings);
  expect_same(before, block_registers(), "in the new session");
}

TEST_F(Survival, AnotherTuningFile) {
  ASSERT_EQ(session.start(), 0);
  set_all();
  settle();
  TuningFile other = TuningFile::published("jxf37.bin");
  if (!other.present()) GTEST_SKIP() << "no jxf37.bin";
  other.write(camera.root().string() + "/tmp/other.bin");
  ASSERT_GT(write_proc("control", "tuning /tmp/other.bin\n"), 0);
  settle();
  expect_read_back(session, settings);
}

TEST_F(Survival, ArraysOfTheTuningToolStayAboveAllBanks) {
  ASSERT_EQ(session.start(), 0);
  Tisp tisp;
  ASSERT_EQ(tisp.open(), 0);
  const std::vector<std::uint8_t> wanted(40, 0x17);
  ASSERT_EQ(tisp.set_array(9, wanted), 0);
  std::vector<std::uint8_t> bytes;
  for (std::uint32_t mode : {1u, 0u, 1u}) {
    ASSERT_EQ(session.control_set(T31_CONTROL_RUNNING_MODE, mode), 0);
    settle();
    ASSERT_EQ(tisp.get_array(9, bytes), 0);
    EXPECT_EQ(bytes, wanted) << mode;
  }
  ASSERT_EQ(session.stop(), 0);
  ASSERT_EQ(session.start(), 0);
  ASSERT_EQ(tisp.get_array(9, bytes), 0);
  EXPECT_EQ(bytes, wanted);
  // Another file is another piece of work.
  file.write(camera.root().string() + "/tmp/same.bin");
  ASSERT_GT(write_proc("control", "tuning /tmp/same.bin\n"), 0);
  settle();
  ASSERT_EQ(tisp.get_array(9, bytes), 0);
  const auto fresh = file.bank(true).subspan(544, 40);
  EXPECT_TRUE(std::equal(bytes.begin(), bytes.end(), fresh.begin(), fresh.end()));
}

TEST_F(Survival, AStrengthDoesNotAddUpOverSwitches) {
  ASSERT_EQ(session.start(), 0);
  ASSERT_EQ(session.control_set(T31_CONTROL_SHARPNESS, 200), 0);
  settle();
  const auto once = block_registers();
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(session.control_set(T31_CONTROL_SHARPNESS, 200), 0);
    settle();
  }
  expect_same(once, block_registers(), "set again");
  ASSERT_EQ(session.control_set(T31_CONTROL_SHARPNESS, 128), 0);
  settle();
  Tisp tisp;
  ASSERT_EQ(tisp.open(), 0);
  for (const ArrayRow& row : catalogue()) {
    if (row.block != "DMSC") continue;
    std::vector<std::uint8_t> bytes;
    ASSERT_EQ(tisp.get_array(row.id, bytes), 0);
    const auto stored = file.bank(false).subspan(row.offset, row.bytes);
    EXPECT_TRUE(std::equal(bytes.begin(), bytes.end(), stored.begin(), stored.end())) << row.name;
  }
}

}  // namespace
}  // namespace t31::test
