// SPDX-License-Identifier: GPL-2.0-or-later
// What a control answers is accepted by the same control, and changes nothing: programs read a
// struct, change one member and write it back (the vendor's headers tell them to).
#include <gtest/gtest.h>

#include <cerrno>

#include "tests/controls/all_controls.hpp"

namespace t31::test {
namespace {

// Every published file, and none at all.
const char* const kFiles[] = {"",           "gc2053.bin", "imx307.bin",  "imx327-wdr.bin",
                              "jxf23.bin",  "jxf37.bin",  "os02k10.bin", "sc2310-wdr.bin",
                              "sc2336.bin", "sc4336.bin"};

struct WriteBack : testing::TestWithParam<const char*> {
  // False when there is no such file.
  bool install(const Camera& camera) {
    const std::string name = GetParam();
    if (name.empty()) return true;
    TuningFile file = TuningFile::published(name);
    if (!file.present()) return false;
    file.write(camera.root().string() + "/etc/sensor/sc2336-t31.bin");
    return true;
  }
  Camera camera;
  Session session;
};

void write_everything_back(const Session& session) {
  for (Setting setting : all_settings()) {
    setting.value = get(session, setting);
    EXPECT_EQ(set(session, setting), 0) << setting.name;
    std::vector<std::uint8_t> again = get(session, setting);
    std::copy_n(setting.value.begin(), setting.measured, again.begin());
    EXPECT_EQ(again, setting.value) << setting.name;
  }
}

TEST_P(WriteBack, EveryControlAcceptsWhatItAnswers) {
  if (!install(camera)) GTEST_SKIP() << "no shared data";
  ASSERT_EQ(session.start(), 0);
  write_everything_back(session);
}

TEST_P(WriteBack, EveryControlAcceptsWhatItAnswersBeforeTheFirstFrame) {
  if (!install(camera)) GTEST_SKIP() << "no shared data";
  ASSERT_EQ(session.open(), 0);
  ASSERT_EQ(session.add_sensor("sc2336", 0x30), 0);
  ASSERT_EQ(session.enable_tuning(), 0);
  write_everything_back(session);
}

// The control itself takes 5 to 15 zones each way; what a file has goes back all the same.
TEST(FocusZones, OfATuningFileAreAcceptedOtherFewAreNot) {
  Camera camera;
  TuningFile file = TuningFile::published("sc2336.bin");
  if (!file.present()) GTEST_SKIP() << "no shared data";
  constexpr std::uint32_t kFocusGrid = 72764;  // first line, rows, first column, columns
  for (const bool night : {false, true}) {
    file.set_word(night, kFocusGrid + 4, 3);
    file.set_word(night, kFocusGrid + 12, 4);
  }
  file.write(camera.root().string() + "/etc/sensor/sc2336-t31.bin");
  Session session;
  ASSERT_EQ(session.start(), 0);
  User<t31_focus> focus;
  std::uint32_t address = focus.address();
  ASSERT_EQ(session.control_get(T31_CONTROL_FOCUS, address), 0);
  EXPECT_EQ(focus->rows, 3);
  EXPECT_EQ(focus->columns, 4);
  EXPECT_EQ(session.control_set(T31_CONTROL_FOCUS, focus.address()), 0);
  focus->rows = 4;
  EXPECT_EQ(session.control_set(T31_CONTROL_FOCUS, focus.address()), -EPERM);
  focus->rows = 5;
  EXPECT_EQ(session.control_set(T31_CONTROL_FOCUS, focus.address()), 0);
  focus->rows = 3;
  EXPECT_EQ(session.control_set(T31_CONTROL_FOCUS, focus.address()), -EPERM);
}

TEST(FocusZones, WithoutATuningFileSeeDetail) {
  const auto metric = [](const std::string& scene) {
    Machine machine;
    machine.scene = scene;
    machine.extra = R"(,"noise":false,"shading":false)";
    Camera camera(machine);
    Session session;
    EXPECT_EQ(session.start(), 0);
    t31_host_sleep_ns(400000000);
    std::uint32_t value = 0;
    EXPECT_EQ(session.control_get(T31_CONTROL_FOCUS_METRIC, value), 0);
    return value;
  };
  EXPECT_EQ(metric(R"({"type":"flat","level":0.18})"), 0u);
  // 24 patches, edges of hundreds of pixels each.
  EXPECT_GT(metric(R"({"type":"colorchecker"})"), 100000u);
}

INSTANTIATE_TEST_SUITE_P(EveryTuning, WriteBack, testing::ValuesIn(kFiles), [](const auto& info) {
  std::string name = *info.param == '\0' ? "none" : info.param;
  name.resize(name.find('.') == std::string::npos ? name.size() : name.find('.'));
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace t31::test
