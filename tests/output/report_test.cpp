// SPDX-License-Identifier: GPL-2.0-or-later
// report_test.cpp - /proc/jz/isp/isp-fs as the vendor prints it (user-abi 7.2; texts of real
// cameras).
#include <fstream>
#include <sstream>

#include "camera.hpp"

using namespace fake;
using t31::output::BufferState;
using t31::output::ChannelReport;

namespace {

std::string print(unsigned channel, const ChannelReport& report) {
  home().proc.clear();
  t31::output::print_frame_source(nullptr, channel, report);
  return home().proc;
}

class Report : public Camera {};

TEST_F(Report, AStoppedChannelHasTwoLines) {
  EXPECT_EQ(print(2, ChannelReport{}),
            "############## framesource 2 ###############\nchan status: stop\n");
}

// The state of that camera, put in by hand.
TEST_F(Report, EqualsTheTextOfARealCamera) {
  const char* shared = std::getenv("T31_SHARED");
  std::ifstream file(std::string(shared != nullptr ? shared : T31_SHARED_DIR) +
                     "/data/proc-samples/isp-fs-gc2053.txt");
  if (!file) GTEST_SKIP() << "no samples here";
  std::stringstream expected;
  expected << file.rdbuf();

  ChannelReport first;
  first.state = t31::graph::State::kRunning;
  first.fourcc = T31_FOURCC_NV12;
  first.picture = {1920, 1080};
  first.buffer_count = 4;
  first.buffers[0] = {0x076d3000, 2796, 2795, BufferState::kActive};
  first.buffers[1] = {0, 2795, 2795, BufferState::kDequeued};
  first.buffers[2] = {0x079d0000, 2795, 2794, BufferState::kActive};
  first.buffers[3] = {0x070d9000, 2795, 2794, BufferState::kActive};
  first.queue_count = 3;
  first.queue[0] = 0;
  first.queue[1] = 2;
  first.queue[2] = 3;
  ChannelReport second = first;
  second.picture = second.scaled = {640, 360};
  second.scaler = true;
  second.buffer_count = second.queue_count = 2;
  second.buffers[0] = {0x07e07100, 5590, 5589, BufferState::kActive};
  second.buffers[1] = {0x07e5d500, 5590, 5589, BufferState::kActive};
  second.queue[1] = 1;
  EXPECT_EQ(print(0, first) + print(1, second) + print(2, ChannelReport{}), expected.str());
}

TEST_F(Report, TellsCropAndBuffersOfARunningChannel) {
  power_on();
  Client client(2);
  t31_frame_format format = scaled_format(1280, 720);
  format.pix.width = 640;
  format.pix.height = 480;
  format.crop.crop_enable = 1;
  format.crop.crop_left = 32;
  format.crop.crop_top = 16;
  format.crop.crop_width = 640;
  format.crop.crop_height = 480;
  ASSERT_EQ(client.set_format(format), 0);
  ASSERT_EQ(client.request(3), 0);
  for (u32 i = 0; i < 3; ++i) ASSERT_EQ(client.queue(i), 0);
  ASSERT_EQ(client.stream_on(), 0);
  frame();
  frame();
  ASSERT_EQ(client.dequeue(), 0);
  ChannelReport report;
  unit->describe(2, report);
  EXPECT_EQ(print(2, report),
            "############## framesource 2 ###############\n"
            "chan status: running\n"
            "output pixformat: NV12\n"
            "output resolution: 640 * 480\n"
            "scaler : enable\n"
            "scaler width: 1280\n"
            "scaler height: 720\n"
            "crop : enable\n"
            "crop top: 16\n"
            "crop left: 32\n"
            "crop width: 640\n"
            "crop height: 480\n"
            "the state of buffers:\n"
            "queue count: 1\n"
            "queue addr: 0x07500000\n"
            "done count: 1\n"
            "done addr: 0x07480000\n"
            "the output buffers is: 1\n"
            "the losted buffers is: 0\n"
            "---------------------------\n"
            "buf:0, state:0, buf_state:102, buf_qcnt:1, buf_dqcnt:1\n"
            "buf:1, state:4, buf_state:102, buf_qcnt:1, buf_dqcnt:1\n"
            "buf:2, state:3, buf_state:30, buf_qcnt:1, buf_dqcnt:0\n");
}

TEST_F(Report, EveryErrorHasWords) {
  for (int i = 0; i <= static_cast<int>(t31::output::ChannelError::kFrontCropDropped); ++i) {
    EXPECT_FALSE(std::string(words(static_cast<t31::output::ChannelError>(i))).empty());
  }
}

}  // namespace
