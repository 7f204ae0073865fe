// SPDX-License-Identifier: GPL-2.0-or-later
// Day, night and custom mode (hw-pipeline 4.6, tuning-blob 5).
#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <fstream>

#include "tests/controls/tuned_camera.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kClip = 0x13306030;  // CSC output limits
constexpr std::uint32_t kColour = 0xff00ff00;
constexpr std::uint32_t kNoColour = 0xff008080;
constexpr std::uint32_t kBypass = 0x1330000c;
// Of sc2336.bin (tuning-blob, examples); bit 31 is in the file.
constexpr std::uint32_t kDayBypass = 0xb5742209, kNightBypass = 0xb574224d;

struct Modes : testing::Test {
  explicit Modes(const std::string& parameters = {}) : camera(machine(parameters)) {}

  static Machine machine(const std::string& parameters) {
    Machine result;
    result.parameters = parameters;
    result.scene = R"({"type":"flat","level":0.18})";
    return result;
  }

  void SetUp() override {
    file = TuningFile::published("sc2336.bin");
    if (!file.present()) GTEST_SKIP() << "no shared data";
    file.write(camera.root().string() + "/etc/sensor/sc2336-t31.bin");
  }

  // A frame of channel 0 that the driver has seen the end of.
  void frame(Channel& channel) {
    take_frames(channel, 1);
    t31_host_sleep_ns(5000000);
  }

  Camera camera;
  Session session;
  TuningFile file;
};

TEST_F(Modes, NightComesAfterAFrameOfChannel0AndIsGrey) {
  ASSERT_EQ(session.start(), 0);
  Channel channel(0, 640, 360, t31_host_rmem_base());
  channel.scaled = true;
  ASSERT_EQ(channel.start(2), 0);
  frame(channel);
  EXPECT_EQ(t31_host_peek(kBypass), kDayBypass);
  ASSERT_EQ(session.control_set(T31_CONTROL_RUNNING_MODE, 1), 0);
  // Asked for, not done yet.
  EXPECT_EQ(t31_host_peek(kBypass), kDayBypass);
  EXPECT_EQ(t31_host_peek(kClip), kColour);
  frame(channel);
  EXPECT_EQ(t31_host_peek(kBypass), kNightBypass);
  EXPECT_EQ(t31_host_peek(kClip), kNoColour);
  take_frames(channel, 2);
  Frame grey;
  ASSERT_EQ(channel.dequeue(grey), 0);
  for (std::uint32_t i = 0; i < 640 * 360 / 2; ++i) {
    ASSERT_NEAR(channel.chroma(grey.index)[i], 128, 1) << i;
  }
}

TEST_F(Modes, DayGivesColourBackOneFrameAfterTheBank) {
  ASSERT_EQ(session.start(), 0);
  Channel channel(0, 640, 360, t31_host_rmem_base());
  channel.scaled = true;
  ASSERT_EQ(channel.start(2), 0);
  ASSERT_EQ(session.control_set(T31_CONTROL_RUNNING_MODE, 1), 0);
  frame(channel);
  ASSERT_EQ(session.control_set(T31_CONTROL_RUNNING_MODE, 0), 0);
  frame(channel);
  EXPECT_EQ(t31_host_peek(kBypass), kDayBypass);
  EXPECT_EQ(t31_host_peek(kClip), kNoColour);
  frame(channel);
  EXPECT_EQ(t31_host_peek(kClip), kColour);
}

TEST_F(Modes, TheRunningModeReadsBackAndSurvivesTheStreamAndTheSession) {
  ASSERT_EQ(session.start(), 0);
  std::uint32_t value = 9;
  ASSERT_EQ(session.control_get(T31_CONTROL_RUNNING_MODE, value), 0);
  EXPECT_EQ(value, 0u);
  ASSERT_EQ(session.control_set(T31_CONTROL_RUNNING_MODE, 1), 0);
  ASSERT_EQ(session.control_get(T31_CONTROL_RUNNING_MODE, value), 0);
  EXPECT_EQ(value, 1u);
  ASSERT_EQ(session.stop(), 0);
  ASSERT_EQ(session.start(), 0);
  ASSERT_EQ(session.control_get(T31_CONTROL_RUNNING_MODE, value), 0);
  EXPECT_EQ(value, 1u);
  EXPECT_EQ(t31_host_peek(kBypass), kNightBypass);
  EXPECT_EQ(t31_host_peek(kClip), kNoColour);
  EXPECT_NE(read_proc("isp-m0").find("ISP Runing Mode : Night\n"), std::string::npos);
}

TEST_F(Modes, WithoutChannel0AnyFrameIsTheMoment) {
  ASSERT_EQ(session.start(), 0);
  ASSERT_EQ(session.control_set(T31_CONTROL_RUNNING_MODE, 1), 0);
  t31_host_sleep_ns(200000000);
  EXPECT_EQ(t31_host_peek(kBypass), kNightBypass);
  ASSERT_EQ(session.control_set(T31_CONTROL_RUNNING_MODE, 0), 0);
  t31_host_sleep_ns(200000000);
  EXPECT_EQ(t31_host_peek(kBypass), kDayBypass);
  EXPECT_EQ(t31_host_peek(kClip), kColour);
}

TEST_F(Modes, ASwitchAskedForTwiceHappensOnce) {
  ASSERT_EQ(session.start(), 0);
  Channel channel(0, 640, 360, t31_host_rmem_base());
  channel.scaled = true;
  ASSERT_EQ(channel.start(2), 0);
  Tisp tisp;
  ASSERT_EQ(tisp.open(), 0);
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(session.control_set(T31_CONTROL_RUNNING_MODE, 1), 0);
    frame(channel);
  }
  unsigned char event[4];
  EXPECT_EQ(t31_host_read(tisp.descriptor(), event, 4), 4);
  EXPECT_EQ(t31_host_read(tisp.descriptor(), event, 4), -EAGAIN);
}

TEST_F(Modes, ReadersOfTheTuningToolLearnOfASwitch) {
  ASSERT_EQ(session.start(), 0);
  Channel channel(0, 640, 360, t31_host_rmem_base());
  channel.scaled = true;
  ASSERT_EQ(channel.start(2), 0);
  Tisp tisp;
  ASSERT_EQ(tisp.open(), 0);
  unsigned char event[4] = {9, 9, 9, 9};
  EXPECT_EQ(t31_host_poll(tisp.descriptor(), 0), 0);
  EXPECT_EQ(t31_host_read(tisp.descriptor(), event, 4), -EAGAIN);
  ASSERT_EQ(session.control_set(T31_CONTROL_RUNNING_MODE, 1), 0);
  EXPECT_EQ(t31_host_poll(tisp.descriptor(), 0), 0) << "asked for, not done";
  EXPECT_EQ(t31_host_poll(tisp.descriptor(), 500), 1);
  ASSERT_EQ(t31_host_read(tisp.descriptor(), event, 4), 4);
  EXPECT_EQ(event[0], 1);
  EXPECT_EQ(event[2], 1);
  EXPECT_EQ(t31_host_poll(tisp.descriptor(), 0), 0);
  tisp.exchange().id = T31_TISP_DAY_NIGHT;
  std::memset(tisp.exchange().data, 0, 4);
  ASSERT_EQ(tisp.ioctl(T31_TISP_SET_GROUP), 0);
  EXPECT_EQ(t31_host_poll(tisp.descriptor(), 500), 1);
  ASSERT_EQ(t31_host_read(tisp.descriptor(), event, 2), 2);
  std::uint32_t value = 9;
  ASSERT_EQ(session.control_get(T31_CONTROL_RUNNING_MODE, value), 0);
  EXPECT_EQ(value, 0u);
}

TEST_F(Modes, ModesThatDoNotExistAreRefused) {
  ASSERT_EQ(session.start(), 0);
  EXPECT_EQ(session.control_set(T31_CONTROL_RUNNING_MODE, 2), -EPERM);
  EXPECT_EQ(session.control_set(T31_CONTROL_CUSTOM_MODE, 1), -EPERM);  // no file
  std::uint32_t value = 0;
  EXPECT_EQ(session.control_get(T31_CONTROL_CUSTOM_MODE, value), -EPERM);
}

TEST_F(Modes, TheCustomFilesFirstBankIsTheCustomMode) {
  constexpr std::uint32_t kTargets = 544;  // bank offset of the target list
  TuningFile custom = file;
  custom.set_word(false, kTargets, 77);
  custom.set_word(true, kTargets, 99);
  custom.write(camera.root().string() + "/etc/sensor/sc2336-cust-t31.bin");
  ASSERT_EQ(session.start(), 0);
  const auto target = [&] {
    User<t31_ae_targets> targets;
    std::uint32_t address = targets.address();
    EXPECT_EQ(session.control_get(T31_CONTROL_AE_TARGETS, address), 0);
    return targets->luma[0];
  };
  const auto settle = [] { t31_host_sleep_ns(200000000); };
  std::uint32_t value = 9;
  ASSERT_EQ(session.control_get(T31_CONTROL_CUSTOM_MODE, value), 0);
  EXPECT_EQ(value, 0u);
  ASSERT_EQ(session.control_set(T31_CONTROL_CUSTOM_MODE, 1), 0);
  settle();
  ASSERT_EQ(session.control_get(T31_CONTROL_CUSTOM_MODE, value), 0);
  EXPECT_EQ(value, 1u);
  EXPECT_EQ(target(), 77u);
  EXPECT_NE(read_proc("isp-m0").find("ISP Custom Mode : Enable\n"), std::string::npos);
  // The running mode is still day, and asking for night ends the custom mode.
  ASSERT_EQ(session.control_get(T31_CONTROL_RUNNING_MODE, value), 0);
  EXPECT_EQ(value, 0u);
  ASSERT_EQ(session.control_set(T31_CONTROL_RUNNING_MODE, 1), 0);
  settle();
  EXPECT_EQ(target(), file.word(true, kTargets));
  ASSERT_EQ(session.control_get(T31_CONTROL_CUSTOM_MODE, value), 0);
  EXPECT_EQ(value, 0u);
  // Custom on and off by night comes back to the night bank.
  ASSERT_EQ(session.control_set(T31_CONTROL_CUSTOM_MODE, 1), 0);
  settle();
  EXPECT_EQ(target(), 77u);
  ASSERT_EQ(session.control_set(T31_CONTROL_CUSTOM_MODE, 0), 0);
  settle();
  EXPECT_EQ(target(), file.word(true, kTargets));
}

struct DroppingModes : Modes {
  DroppingModes() : Modes("isp_day_night_switch_drop_frame_num=3") {}
};

TEST_F(DroppingModes, FramesAfterASwitchAreDroppedOnEveryChannel) {
  ASSERT_EQ(session.start(), 0);
  Channel main(0, 640, 360, t31_host_rmem_base());
  Channel second(1, 320, 180, t31_host_rmem_base() + 0x400000);
  main.scaled = second.scaled = true;
  ASSERT_EQ(main.start(3), 0);
  ASSERT_EQ(second.start(3), 0);
  Channel* channels[] = {&main, &second};
  Frame last[2];
  std::vector<std::uint32_t> steps[2];
  for (int round = 0; round < 8; ++round) {
    if (round == 3) {
      ASSERT_EQ(session.control_set(T31_CONTROL_RUNNING_MODE, 1), 0);
    }
    for (int i = 0; i < 2; ++i) {
      Frame frame;
      ASSERT_EQ(channels[i]->dequeue(frame), 0);
      ASSERT_EQ(channels[i]->queue(frame.index), 0);
      if (round > 0) steps[i].push_back(frame.sequence - last[i].sequence);
      // 25 frames a second: what is missing took its time.
      const double passed = static_cast<double>(frame.time_us - last[i].time_us);
      if (round > 0) {
        EXPECT_NEAR(passed, 40000.0 * (frame.sequence - last[i].sequence), 1000.0);
      }
      last[i] = frame;
    }
  }
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(std::count(steps[i].begin(), steps[i].end(), 4u), 1) << "channel " << i;
    EXPECT_EQ(std::count(steps[i].begin(), steps[i].end(), 1u), 6) << "channel " << i;
  }
}

}  // namespace
}  // namespace t31::test
