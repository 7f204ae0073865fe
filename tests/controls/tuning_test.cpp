// SPDX-License-Identifier: GPL-2.0-or-later
// Tuning files: what the driver says and does when they are missing or wrong, and another one while
// pictures run (tuning-blob 4).
#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>

#include "tests/controls/tuned_camera.hpp"

namespace t31::test {
namespace {

std::string take_log() {
  char* text = t31_host_take_log();
  const std::string log = text;
  std::free(text);
  return log;
}

// Lines of a log with `word` in them.
std::vector<std::string> lines_with(const std::string& log, const std::string& word) {
  std::vector<std::string> found;
  std::istringstream stream(log);
  for (std::string line; std::getline(stream, line);) {
    if (line.find(word) != std::string::npos) found.push_back(line);
  }
  return found;
}

struct Tuning : testing::Test {
  void SetUp() override {
    file = TuningFile::published("sc2336.bin");
    if (!file.present()) GTEST_SKIP() << "no shared data";
  }

  std::string path() const { return camera.root().string() + "/etc/sensor/sc2336-t31.bin"; }
  void write_raw(const std::string& to) {
    std::ofstream(to, std::ios::binary)
        .write(reinterpret_cast<const char*>(file.bytes().data()),
               static_cast<std::streamsize>(file.bytes().size()));
  }

  // Mean luma and chroma of a picture of the grey scene.
  struct Means {
    double luma, chroma;
  };
  Means picture() {
    Channel channel(0, 640, 360, t31_host_rmem_base());
    channel.scaled = true;
    EXPECT_EQ(channel.start(2), 0);
    take_frames(channel, 4);
    Frame frame;
    EXPECT_EQ(channel.dequeue(frame), 0);
    double luma = 0, chroma = 0;
    for (int i = 0; i < 640 * 360; ++i) luma += channel.luma(frame.index)[i];
    for (int i = 0; i < 640 * 180; ++i) chroma += channel.chroma(frame.index)[i];
    return {luma / (640 * 360), chroma / (640 * 180)};
  }

  // A session whose file has `fault` streams sane pictures by day and night and says so once.
  void expect_neutral(const std::string& fault) {
    (void)take_log();
    ASSERT_EQ(session.start(), 0);
    const auto lines = lines_with(take_log(), "tuning file");
    ASSERT_EQ(lines.size(), 1u) << fault;
    EXPECT_NE(lines[0].find("/etc/sensor/sc2336-t31.bin"), std::string::npos) << lines[0];
    EXPECT_NE(lines[0].find(fault), std::string::npos) << lines[0];
    ASSERT_EQ(session.set_exposure(600, 2.0), 0);
    const Means day = picture();
    ASSERT_EQ(session.control_set(T31_CONTROL_RUNNING_MODE, 1), 0);
    const Means night = picture();
    EXPECT_GT(day.luma, 20);
    EXPECT_LT(day.luma, 235);
    EXPECT_NEAR(day.luma, night.luma, 8);
    EXPECT_NEAR(day.chroma, 128, 12);
    EXPECT_EQ(night.chroma, 128);
  }

  Camera camera;
  Session session;
  TuningFile file;
};

TEST_F(Tuning, AMissingFile) {
  expect_neutral("no such file");
}

TEST_F(Tuning, ADamagedFile) {
  file.write(path());
  file.bytes()[5000] ^= 1;
  write_raw(path());
  expect_neutral("checksum");
}

TEST_F(Tuning, AFileThatIsTooShort) {
  file.bytes().resize(80000);
  write_raw(path());
  expect_neutral("wrong size");
}

TEST_F(Tuning, AFileOfAnotherVersion) {
  std::memcpy(file.bytes().data(), "2.11", 5);
  write_raw(path());
  expect_neutral("version");
}

TEST_F(Tuning, AFileWithAnotherTag) {
  std::memcpy(file.bytes().data() + 8, "header1", 8);
  write_raw(path());
  expect_neutral("tag");
}

TEST_F(Tuning, ADamagedCustomFileLeavesTheRestAlone) {
  file.write(path());
  file.bytes()[5000] ^= 1;
  write_raw(camera.root().string() + "/etc/sensor/sc2336-cust-t31.bin");
  ASSERT_EQ(session.start(), 0);
  const auto lines = lines_with(take_log(), "sc2336-cust-t31.bin");
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_NE(lines[0].find("checksum"), std::string::npos);
  EXPECT_EQ(session.control_set(T31_CONTROL_CUSTOM_MODE, 1), -EPERM);
  EXPECT_EQ(t31_host_peek(0x1330000c), 0xb5742209u) << "the day bank is in force";
}

// The bypass word of another file, when it is in force.
constexpr std::uint32_t kBypass = 0x1330000c;
constexpr std::uint32_t kLensShading = 1u << 6;

TEST_F(Tuning, AnotherFileWhilePicturesRun) {
  file.write(path());
  ASSERT_EQ(session.start(), 0);
  Channel channel(0, 640, 360, t31_host_rmem_base());
  channel.scaled = true;
  ASSERT_EQ(channel.start(2), 0);
  take_frames(channel, 2);
  EXPECT_EQ(t31_host_peek(kBypass) & kLensShading, 0u);
  file.set_word(false, 6 * 4, 1);
  file.write(camera.root().string() + "/tmp/new.bin");
  EXPECT_EQ(write_proc("control", "tuning /tmp/new.bin\n"), 20);
  EXPECT_EQ(t31_host_peek(kBypass) & kLensShading, 0u) << "a frame is being taken";
  take_frames(channel, 2);
  EXPECT_NE(t31_host_peek(kBypass) & kLensShading, 0u);
  // Night is that of the new file, too.
  ASSERT_EQ(session.control_set(T31_CONTROL_RUNNING_MODE, 1), 0);
  take_frames(channel, 2);
  EXPECT_EQ(t31_host_peek(kBypass), 0xb574224du);
}

TEST_F(Tuning, AFileThatCanNotBeUsedLeavesTheOneInForce) {
  file.write(path());
  ASSERT_EQ(session.start(), 0);
  file.bytes()[5000] ^= 1;
  write_raw(camera.root().string() + "/tmp/bad.bin");
  (void)take_log();
  EXPECT_EQ(write_proc("control", "tuning /tmp/bad.bin\n"), -EINVAL);
  EXPECT_EQ(write_proc("control", "tuning /tmp/none.bin\n"), -ENOENT);
  EXPECT_EQ(write_proc("control", "tuning none.bin\n"), -EINVAL);
  EXPECT_EQ(write_proc("control", "tuning /" + std::string(80, 'x') + "\n"), -EINVAL);
  const std::string log = take_log();
  EXPECT_EQ(lines_with(log, "/tmp/bad.bin").size(), 1u);
  EXPECT_EQ(lines_with(log, "/tmp/none.bin").size(), 1u);
  t31_host_sleep_ns(100000000);
  EXPECT_EQ(t31_host_peek(kBypass), 0xb5742209u);
}

TEST_F(Tuning, APathSetWhilePicturesRunIsLoadedAtOnce) {
  file.write(path());
  ASSERT_EQ(session.start(), 0);
  file.set_word(false, 6 * 4, 1);
  file.write(camera.root().string() + "/tmp/new.bin");
  struct Path {
    char text[T31_BIN_PATH_SIZE];
  };
  User<Path> user_path;
  std::strncpy(user_path->text, "/tmp/new.bin", sizeof(user_path->text) - 1);
  ASSERT_EQ(session.tx(T31_TX_ISP_SET_BIN_PATH, user_path.address()), 0);
  t31_host_sleep_ns(100000000);
  EXPECT_NE(t31_host_peek(kBypass) & kLensShading, 0u);
  // One that is not there is remembered, as ever, and changes nothing.
  std::strncpy(user_path->text, "/tmp/none.bin", sizeof(user_path->text) - 1);
  ASSERT_EQ(session.tx(T31_TX_ISP_SET_BIN_PATH, user_path.address()), 0);
  t31_host_sleep_ns(100000000);
  EXPECT_NE(t31_host_peek(kBypass) & kLensShading, 0u);
}

TEST_F(Tuning, WithoutASensorThereIsNothingToTune) {
  EXPECT_EQ(write_proc("control", "tuning /tmp/new.bin\n"), -EPERM);
  ASSERT_EQ(session.open(), 0);
  EXPECT_EQ(write_proc("control", "tuning /tmp/new.bin\n"), -EPERM);
}

struct SmallMemory : testing::Test {};

TEST_F(SmallMemory, TheMemoryOptionPatchesEveryBank) {
  TuningFile file = TuningFile::published("sc2336.bin");
  if (!file.present()) GTEST_SKIP() << "no shared data";
  // tuning-blob 2.2: words by bank offset and what they become.
  const std::pair<std::uint32_t, std::uint32_t> kPatched[] = {
      {47952, 0}, {47960, 1}, {47968, 0}, {47976, 0}};
  for (const bool night : {false, true}) {
    for (const auto& [offset, value] : kPatched) file.set_word(night, offset, value ^ 3);
    for (std::uint32_t i = 0; i < 9; ++i) file.set_word(night, 55352 + 4 * i, 7);
  }
  Machine machine;
  machine.parameters = "isp_memopt=1";
  Camera camera(machine);
  file.write(camera.root().string() + "/etc/sensor/sc2336-t31.bin");
  file.write(camera.root().string() + "/etc/sensor/sc2336-cust-t31.bin");
  Session session;
  ASSERT_EQ(session.start(), 0);
  Tisp tisp;
  ASSERT_EQ(tisp.open(), 0);
  const auto rows = catalogue();
  const auto words_at = [&](std::uint32_t offset) {
    std::vector<std::uint8_t> bytes;
    for (const ArrayRow& row : rows) {
      if (row.offset != offset) continue;
      EXPECT_EQ(tisp.get_array(row.id, bytes), 0);
    }
    std::vector<std::uint32_t> words(bytes.size() / 4);
    std::memcpy(words.data(), bytes.data(), bytes.size());
    return words;
  };
  const auto expect_patched = [&](const char* bank) {
    t31_host_sleep_ns(200000000);
    for (const auto& [offset, value] : kPatched) {
      EXPECT_EQ(words_at(offset).at(0), value) << bank << " " << offset;
    }
    EXPECT_EQ(words_at(55352), std::vector<std::uint32_t>(9, 0)) << bank;
  };
  expect_patched("day");
  ASSERT_EQ(session.control_set(T31_CONTROL_RUNNING_MODE, 1), 0);
  expect_patched("night");
  ASSERT_EQ(session.control_set(T31_CONTROL_CUSTOM_MODE, 1), 0);
  expect_patched("custom");
  file.write(camera.root().string() + "/tmp/again.bin");
  ASSERT_EQ(session.control_set(T31_CONTROL_CUSTOM_MODE, 0), 0);
  ASSERT_GT(write_proc("control", "tuning /tmp/again.bin\n"), 0);
  expect_patched("loaded while pictures run");
}

}  // namespace
}  // namespace t31::test
