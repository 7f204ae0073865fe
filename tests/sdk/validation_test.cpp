// SPDX-License-Identifier: GPL-2.0-or-later
// Every number that a sensor hands over is checked; what makes no sense is replaced, and said once.
#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string>

#include "driver/input/sensor_check.hpp"
#include "t31_host.h"

namespace t31::test {
namespace {

t31_sensor_info sane() {
  t31_sensor_info info{};
  info.mbus_width = 1920;
  info.mbus_height = 1080;
  info.mbus_code = 0x3007;
  info.bus = 1;
  info.mipi.lanes = 2;
  info.mipi.csi_format = 1;
  info.mipi.image_twidth = 1920;
  info.fps = 25 << 16 | 1;
  info.total_width = 2200;
  info.total_height = 1500;
  info.min_integration_time = 2;
  info.max_integration_time = 1496;
  info.max_again = 0x50000;
  info.integration_time_apply_delay = info.again_apply_delay = 2;
  return info;
}

class SensorNumbers : public testing::Test {
 protected:
  void SetUp() override {
    t31_host_config config{};
    ASSERT_EQ(t31_host_reset(&config), 0);
  }
  void TearDown() override { t31_host_shutdown(); }

  // Lines that the log has after two checks of the same numbers.
  std::string told_by(t31_sensor_info& info) {
    u32 told = 0;
    t31_sensor_info again = info;
    std::free(t31_host_take_log());
    EXPECT_TRUE(input::check_sensor_info(info, told).ok());
    EXPECT_TRUE(input::check_sensor_info(again, told).ok());
    char* log = t31_host_take_log();
    const std::string text = log == nullptr ? "" : log;
    std::free(log);
    return text;
  }
  static long lines(const std::string& text) {
    return static_cast<long>(std::count(text.begin(), text.end(), '\n'));
  }
};

TEST_F(SensorNumbers, ThatMakeSenseStayAndNothingIsSaid) {
  t31_sensor_info info = sane();
  EXPECT_EQ(told_by(info), "");
  EXPECT_EQ(info.max_integration_time, 1496U);
  EXPECT_EQ(info.max_again, 0x50000U);
  // Half lines: twice the frame's length.
  info.max_integration_time = 2996;
  EXPECT_EQ(told_by(info), "");
  EXPECT_EQ(info.max_integration_time, 2996U);
}

TEST_F(SensorNumbers, AFrameRateOfNothingOrOfThousandsBecomes25) {
  for (const std::uint32_t fps : {0U, 25U << 16, 1U, 2000U << 16 | 1}) {
    t31_sensor_info info = sane();
    info.fps = fps;
    EXPECT_EQ(lines(told_by(info)), 1) << fps;
    EXPECT_EQ(info.fps, 25U << 16 | 1) << fps;
  }
}

TEST_F(SensorNumbers, ExposureBeyondTheFrameOrUpsideDownIsMended) {
  t31_sensor_info info = sane();
  info.max_integration_time = 65535;
  EXPECT_EQ(lines(told_by(info)), 1);
  EXPECT_EQ(info.max_integration_time, 1499U);
  info = sane();
  info.min_integration_time = 1497;
  EXPECT_EQ(lines(told_by(info)), 1);
  EXPECT_EQ(info.min_integration_time, 1U);
  EXPECT_EQ(info.max_integration_time, 1496U);
}

TEST_F(SensorNumbers, GainsBeyond65536TimesAreLimited) {
  t31_sensor_info info = sane();
  info.max_again = 0xffffffff;
  info.max_dgain = 0x110000;
  EXPECT_EQ(lines(told_by(info)), 1);
  EXPECT_EQ(info.max_again, 0x100000U);
  EXPECT_EQ(info.max_dgain, 0x100000U);
}

TEST_F(SensorNumbers, DelaysOfManyFramesBecomeTwo) {
  t31_sensor_info info = sane();
  info.again_apply_delay = 60000;
  EXPECT_EQ(lines(told_by(info)), 1);
  EXPECT_EQ(info.again_apply_delay, 2U);
  EXPECT_EQ(info.integration_time_apply_delay, 2U);
}

TEST_F(SensorNumbers, WithoutLengthsThoseOfThePictureServe) {
  t31_sensor_info info = sane();
  info.total_width = info.total_height = info.max_integration_time = 0;
  told_by(info);
  EXPECT_EQ(info.total_height, 1084U);
  EXPECT_EQ(info.max_integration_time, 1083U);
}

TEST_F(SensorNumbers, APictureThatTheIspCantTakeIsRefused) {
  u32 told = 0;
  t31_sensor_info info = sane();
  info.mbus_width = 4096;
  EXPECT_FALSE(input::check_sensor_info(info, told).ok());
  info = sane();
  info.mbus_code = 0x1234;
  EXPECT_FALSE(input::check_sensor_info(info, told).ok());
}

}  // namespace
}  // namespace t31::test
