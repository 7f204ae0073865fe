// SPDX-License-Identifier: GPL-2.0-or-later
// The negative cases of user-abi 9 for tx-isp, isp-m0 and proc, by their numbers; framechan cases
// that need a whole camera. Expected errors are the specification's.
#include <gtest/gtest.h>

#include <cerrno>
#include <cstdlib>

#include "tests/camera/client.hpp"

namespace t31::test {
namespace {

struct Negative : testing::Test {
  Camera camera;
  Session session;
};

struct Word {
  std::uint32_t value;
};

TEST_F(Negative, Case1And2NodesBelowNeedTheSession) {
  EXPECT_EQ(t31_host_open("/dev/isp-m0", 0), -EPERM);
  EXPECT_EQ(t31_host_open("/dev/framechan0", 0), -EPERM);
}

TEST_F(Negative, Case3UnknownNumbers) {
  ASSERT_EQ(session.open(), 0);
  EXPECT_EQ(session.tx(0x800456ff), 0);
  EXPECT_EQ(session.tx(0x12345678), 0);  // type 'V' as well
  EXPECT_EQ(session.tx(0x80047401), -ENOTTY);
}

TEST_F(Negative, Case4To6RegistrationThatCanNotWorkLeavesNothing) {
  ASSERT_EQ(session.open(), 0);
  EXPECT_EQ(session.tx(T31_TX_ISP_REGISTER_SENSOR, 0), -EFAULT);
  for (std::uint32_t bus : {0u, 2u, 7u}) {
    User<struct t31_sensor_register> info;
    std::strcpy(info->name, "sc2336");
    std::strcpy(info->i2c.type, "sc2336");
    info->i2c.addr = 0x30;
    info->cbus_type = bus;
    EXPECT_EQ(session.tx(T31_TX_ISP_REGISTER_SENSOR, info.address()), -EINVAL) << bus;
  }
  User<struct t31_sensor_register> info;
  std::strcpy(info->name, "sc2336");
  std::strcpy(info->i2c.type, "sc2336");
  info->cbus_type = 1;
  info->i2c.addr = 0x30;
  info->i2c.adapter_id = 99;
  EXPECT_EQ(session.tx(T31_TX_ISP_REGISTER_SENSOR, info.address()), -EINVAL);
  info->i2c.adapter_id = 0;
  info->i2c.addr = 0;
  EXPECT_EQ(session.tx(T31_TX_ISP_REGISTER_SENSOR, info.address()), -EINVAL);
  info->i2c.addr = 0x30;
  std::strcpy(info->i2c.type, "nosuch");
  EXPECT_EQ(session.tx(T31_TX_ISP_REGISTER_SENSOR, info.address()), -EINVAL);
  std::strcpy(info->i2c.type, "sc2336");
  EXPECT_EQ(session.tx(T31_TX_ISP_REGISTER_SENSOR, info.address()), 0);
}

TEST_F(Negative, AbsentSensorIsToldFromWrongAddressInWords) {
  ASSERT_EQ(session.open(), 0);
  EXPECT_EQ(session.add_sensor("sc2336", 0x31), -EINVAL);
  const std::string text = read_proc("sensor");
  EXPECT_NE(text.find("identification: no answer on I2C (NAK)"), std::string::npos) << text;
  EXPECT_NE(text.find("no sensor"), std::string::npos);
}

TEST_F(Negative, Case7TheSameSensorTwice) {
  ASSERT_EQ(session.open(), 0);
  ASSERT_EQ(session.add_sensor("sc2336", 0x30), 0);
  EXPECT_EQ(session.add_sensor("sc2336", 0x30), -EINVAL);
  EXPECT_EQ(session.enable_sensor(), 0);
}

TEST_F(Negative, Case8EnumerationPastTheEnd) {
  ASSERT_EQ(session.open(), 0);
  User<t31_input> input;
  input->index = 0;
  std::strcpy(input->name, "untouched");
  EXPECT_EQ(session.tx(T31_TX_ISP_ENUM_INPUT, input.address()), -EINVAL);
  EXPECT_STREQ(input->name, "untouched");
  ASSERT_EQ(session.add_sensor("sc2336", 0x30), 0);
  input->index = 1;
  EXPECT_EQ(session.tx(T31_TX_ISP_ENUM_INPUT, input.address()), -EINVAL);
  input->index = 0xffffffff;
  EXPECT_EQ(session.tx(T31_TX_ISP_ENUM_INPUT, input.address()), -EINVAL);
}

TEST_F(Negative, Case9And10Selection) {
  ASSERT_EQ(session.open(), 0);
  User<std::int32_t> index(7);
  EXPECT_EQ(session.tx(T31_TX_ISP_G_INPUT, index.address()), 0);
  EXPECT_EQ(*index, -1);
  *index = 5;
  EXPECT_EQ(session.tx(T31_TX_ISP_S_INPUT, index.address()), -EINVAL);
  *index = -1;
  EXPECT_EQ(session.tx(T31_TX_ISP_S_INPUT, index.address()), 0);
  EXPECT_EQ(session.tx(T31_TX_ISP_S_INPUT, index.address()), 0);
  ASSERT_EQ(session.add_sensor("sc2336", 0x30), 0);
  ASSERT_EQ(session.enable_sensor(), 0);
  *index = -1;
  EXPECT_EQ(session.tx(T31_TX_ISP_S_INPUT, index.address()), -EPERM);
}

TEST_F(Negative, SelectionReportsTheSensorsSize) {
  ASSERT_EQ(session.open(), 0);
  ASSERT_EQ(session.add_sensor("sc2336", 0x30), 0);
  User<std::uint32_t> index(0);
  EXPECT_EQ(session.tx(T31_TX_ISP_S_INPUT, index.address()), 0);
  EXPECT_EQ(*index, 0x07800438u);
}

TEST_F(Negative, Case11ReleaseOfTheSelectedAndOfAnUnknownSensor) {
  ASSERT_EQ(session.open(), 0);
  ASSERT_EQ(session.add_sensor("sc2336", 0x30), 0);
  User<struct t31_sensor_register> info;
  std::strcpy(info->name, "sc2336");
  EXPECT_EQ(session.tx(T31_TX_ISP_RELEASE_SENSOR, info.address()), -EINVAL);
  std::strcpy(info->name, "other");
  EXPECT_EQ(session.tx(T31_TX_ISP_RELEASE_SENSOR, info.address()), 0);
}

TEST_F(Negative, Case12And13TheDenoiseBuffer) {
  ASSERT_EQ(session.open(), 0);
  User<t31_buffer_info> buffer;
  EXPECT_EQ(session.tx(T31_TX_ISP_GET_BUF_INFO, buffer.address()), -EINVAL);
  EXPECT_EQ(session.tx(T31_TX_ISP_SET_BUF_INFO, buffer.address()), -EINVAL);
  ASSERT_EQ(session.add_sensor("sc2336", 0x30), 0);
  ASSERT_EQ(session.tx(T31_TX_ISP_GET_BUF_INFO, buffer.address()), 0);
  EXPECT_EQ(buffer->paddr, 0u);
  EXPECT_EQ(buffer->size, 4685424u);
  const std::uint32_t programmed = t31_host_peek(0x13307820);
  buffer->paddr = t31_host_rmem_base();
  buffer->size -= 1;
  EXPECT_EQ(session.tx(T31_TX_ISP_SET_BUF_INFO, buffer.address()), -EFAULT);
  buffer->size += 1;
  buffer->paddr = 1;
  EXPECT_EQ(session.tx(T31_TX_ISP_SET_BUF_INFO, buffer.address()), -EINVAL);
  EXPECT_EQ(t31_host_peek(0x13307820), programmed);
}

TEST_F(Negative, Case14StreamingWithoutASensorAndTwice) {
  ASSERT_EQ(session.open(), 0);
  EXPECT_EQ(session.tx(T31_TX_ISP_STREAMON), -EPERM);
  EXPECT_EQ(session.tx(T31_TX_ISP_STREAMOFF), -EPERM);
  ASSERT_EQ(session.add_sensor("sc2336", 0x30), 0);
  EXPECT_EQ(session.tx(T31_TX_ISP_STREAMOFF), 0);
  EXPECT_EQ(session.tx(T31_TX_ISP_STREAMON), 0);
  EXPECT_EQ(session.tx(T31_TX_ISP_STREAMON), 0);
}

TEST_F(Negative, Case15And16Links) {
  ASSERT_EQ(session.open(), 0);
  User<std::int32_t> configuration(2);
  EXPECT_EQ(session.tx(T31_TX_ISP_LINK_SETUP, configuration.address()), -EINVAL);
  *configuration = -1;
  EXPECT_EQ(session.tx(T31_TX_ISP_LINK_SETUP, configuration.address()), -EINVAL);
  EXPECT_EQ(session.tx(T31_TX_ISP_LINK_DESTROY), 0);
  *configuration = 0;
  EXPECT_EQ(session.tx(T31_TX_ISP_LINK_SETUP, configuration.address()), 0);
  EXPECT_EQ(session.tx(T31_TX_ISP_LINK_SETUP, configuration.address()), 0);
  ASSERT_EQ(session.add_sensor("sc2336", 0x30), 0);
  ASSERT_EQ(session.tx(T31_TX_ISP_STREAMON), 0);
  Channel channel(0, 1920, 1080, t31_host_rmem_base());
  ASSERT_EQ(channel.start(1), 0);
  *configuration = 1;
  EXPECT_EQ(session.tx(T31_TX_ISP_LINK_SETUP, configuration.address()), -EPERM);
}

TEST_F(Negative, Case17And18AlgorithmsOfUserSpace) {
  ASSERT_EQ(session.start(), 0);
  struct Open {
    std::uint32_t words[32];
  };
  struct Statistics {
    std::uint8_t bytes[2008];
  };
  User<Open> open;
  User<Statistics> statistics;
  EXPECT_EQ(session.tx(T31_TX_ISP_AE_ALGO_GET, statistics.address()), -EINVAL);
  EXPECT_EQ(session.tx(T31_TX_ISP_AWB_ALGO_GET, statistics.address()), -EINVAL);
  open->words[0] = 0x12345;
  EXPECT_EQ(session.tx(T31_TX_ISP_AE_ALGO_OPEN, open.address()), -EPERM);
  open->words[0] = 0x000336ac;
  EXPECT_EQ(session.tx(T31_TX_ISP_AE_ALGO_OPEN, open.address()), 0);
  EXPECT_EQ(session.tx(T31_TX_ISP_AE_ALGO_GET, statistics.address()), 0);
  std::uint32_t width = 0;
  std::memcpy(&width, statistics->bytes + 0x7d0, 4);
  EXPECT_EQ(width, 1920u);
  EXPECT_EQ(session.tx(T31_TX_ISP_AE_ALGO_CLOSE, open.address()), 0);
  EXPECT_EQ(session.tx(T31_TX_ISP_AE_ALGO_GET, statistics.address()), -EINVAL);
}

TEST_F(Negative, Case19FrameDropCycleOf33Frames) {
  ASSERT_EQ(session.open(), 0);
  User<t31_frame_drop> drop;
  drop->channel[0].enable = 1;
  drop->channel[0].length = 32;
  EXPECT_EQ(session.tx(T31_TX_ISP_SET_FRAME_DROP, drop.address()), -EPERM);
}

TEST_F(Negative, Case20APathWithoutEndIsCutAt63) {
  ASSERT_EQ(session.open(), 0);
  struct Path {
    char text[65];
  };
  User<Path> path;
  std::memset(path->text, 'x', 64);
  EXPECT_EQ(session.tx(T31_TX_ISP_SET_BIN_PATH, path.address()), 0);
  User<Path> back;
  back->text[64] = 'e';
  EXPECT_EQ(session.tx(T31_TX_ISP_GET_BIN_PATH, back.address()), 0);
  EXPECT_EQ(std::string(back->text), std::string(63, 'x'));
  EXPECT_EQ(back->text[64], 'e');
}

TEST_F(Negative, Case22ASecondOpenOfTheTuningNode) {
  ASSERT_EQ(session.start(), 0);
  EXPECT_EQ(t31_host_open("/dev/isp-m0", 0), -EPERM);
}

TEST_F(Negative, Case23UnknownControls) {
  ASSERT_EQ(session.start(), 0);
  std::uint32_t value = 0;
  EXPECT_EQ(session.control_get(0x8009999, value), -EPERM);
  EXPECT_EQ(session.control_set(0x8009999, 1), -EPERM);
  value = 0x80001000;  // a kernel address on a camera
  EXPECT_EQ(session.control_get(T31_CONTROL_WAIT_FRAME, value), -EFAULT);
}

TEST_F(Negative, Case24PointersToNowhere) {
  ASSERT_EQ(session.start(), 0);
  for (std::uint32_t id :
       {0x8000004u, 0x8000025u, 0x800002bu, 0x8000030u, 0x8000031u, 0x8000035u, 0x8000045u,
        0x80000a5u, 0x80000a6u, 0x80000e2u, 0x80000e3u, 0x80000e5u, 0x8000100u}) {
    for (std::uint32_t address : {0u, 0x1000u}) {
      std::uint32_t value = address;
      EXPECT_EQ(session.control_get(id, value), -EFAULT) << std::hex << id;
    }
  }
  for (std::uint32_t id : {0x8000004u, 0x8000025u, 0x800002bu, 0x8000035u, 0x80000a6u, 0x80000e2u,
                           0x80000e3u, 0x80000e5u, 0x80000e8u, 0x80000e9u, 0x8000100u}) {
    EXPECT_EQ(session.control_set(id, 0), -EFAULT) << std::hex << id;
  }
}

TEST_F(Negative, Case25And27ValuesOutOfRange) {
  ASSERT_EQ(session.start(), 0);
  EXPECT_EQ(session.control_set(T31_CONTROL_HUE, 256), -EPERM);
  User<t31_white_balance> balance;
  balance->mode = 10;
  EXPECT_EQ(session.control_set(T31_CONTROL_WHITE_BALANCE, balance.address()), -EPERM);
  struct Exposure {
    std::uint32_t mode, unit;
    std::uint16_t time, pad;
  };
  User<Exposure> exposure;
  exposure->mode = 2;
  EXPECT_EQ(session.control_set(T31_CONTROL_EXPOSURE, exposure.address()), -EPERM);
  exposure->mode = 1;
  exposure->unit = 2;
  EXPECT_EQ(session.control_set(T31_CONTROL_EXPOSURE, exposure.address()), -EPERM);
}

TEST_F(Negative, Case29FrameRatesThatMakeNoSense) {
  ASSERT_EQ(session.start(), 0);
  EXPECT_EQ(session.control_set(T31_CONTROL_FPS, 0u << 16 | 1), -EINVAL);
  EXPECT_EQ(session.control_set(T31_CONTROL_FPS, 30u << 16 | 0), -EINVAL);
  EXPECT_NE(session.control_set(T31_CONTROL_FPS, 1000u << 16 | 1), 0);
  std::uint32_t fps = 0;
  EXPECT_EQ(session.control_get(T31_CONTROL_FPS, fps), 0);
  EXPECT_EQ(fps, 25u << 16 | 1);
}

TEST_F(Negative, Case31WaitingForAFrameThatDoesNotCome) {
  ASSERT_EQ(session.open(), 0);
  ASSERT_EQ(session.add_sensor("sc2336", 0x30), 0);
  ASSERT_EQ(session.enable_tuning(), 0);
  User<t31_wait_frame> wait;
  wait->timeout_ms = 100;
  std::uint32_t value = wait.address();
  // A kernel rounds up to its ticks, and a loaded PC keeps it waiting.
  const char* const patience = std::getenv("T31_PATIENCE");
  const double longest = patience != nullptr ? 100e6 * std::atoi(patience) : 101e6;
  const std::uint64_t before = t31_host_time_ns();
  EXPECT_EQ(session.control_get(T31_CONTROL_WAIT_FRAME, value), -ETIMEDOUT);
  const double waited = static_cast<double>(t31_host_time_ns() - before);
  EXPECT_GE(waited, 100e6);
  EXPECT_LE(waited, longest);
}

TEST_F(Negative, Case32ControlsWithoutEffectSucceed) {
  ASSERT_EQ(session.start(), 0);
  for (std::uint32_t id :
       {0x8000006u, 0x8000007u, 0x8000022u, 0x800002cu, 0x80000a0u, 0x80000c0u, 0x98091fu}) {
    std::uint32_t value = 0;
    EXPECT_EQ(session.control_get(id, value), 0) << std::hex << id;
    EXPECT_EQ(session.control_set(id, 1), 0) << std::hex << id;
  }
}

TEST_F(Negative, CommandsOfTerminalsAreRefusedByTheTuningNode) {
  ASSERT_EQ(session.start(), 0);
  User<t31_extended_control> control;
  EXPECT_EQ(t31_host_ioctl(session.tuning_descriptor(), 0x540d, control.address()), -ENOTTY);
}

// libimp 1.1.1 and 1.1.2 have an address of theirs as the number.
TEST_F(Negative, AnyOtherCommandOfTheTuningNodeIsAControl) {
  ASSERT_EQ(session.start(), 0);
  User<t31_extended_control> control;
  *control = {0, T31_CONTROL_BRIGHTNESS, 77};
  EXPECT_EQ(t31_host_ioctl(session.tuning_descriptor(), 0x3f71bb60, control.address()), 0);
  *control = {1, T31_CONTROL_BRIGHTNESS, 0};
  EXPECT_EQ(t31_host_ioctl(session.tuning_descriptor(), 0x3f71bb60, control.address()), 0);
  EXPECT_EQ(control->value, 77u);
  EXPECT_EQ(t31_host_ioctl(session.tuning_descriptor(), 0x3f71bb60, 0), -EFAULT);
}

TEST_F(Negative, Case48FileOperationsThatNodesDoNotHave) {
  ASSERT_EQ(session.open(), 0);
  char byte = 0;
  EXPECT_EQ(t31_host_mmap(session.descriptor(), 4096), -ENODEV);
  EXPECT_EQ(t31_host_read(session.descriptor(), &byte, 1), -EINVAL);
  EXPECT_EQ(t31_host_write(session.descriptor(), &byte, 1), -EINVAL);
  EXPECT_EQ(t31_host_poll(session.descriptor(), 0), 1);
}

TEST_F(Negative, Case49ThereIsNoFourthChannel) {
  ASSERT_EQ(session.open(), 0);
  EXPECT_EQ(t31_host_open("/dev/framechan3", 0), -ENOENT);
}

TEST_F(Negative, Case50GarbageToProcFiles) {
  const std::string garbage(200, '\xa5');
  for (const char* name : {"isp-m0", "isp-w02"}) EXPECT_EQ(write_proc(name, garbage), 200) << name;
  EXPECT_LT(write_proc("control", garbage), 0);
  EXPECT_EQ(write_proc("isp-w00", garbage), -ENODEV);
  ASSERT_EQ(session.start(), 0);
  EXPECT_EQ(write_proc("isp-w00", garbage), 200);
  EXPECT_EQ(read_proc("isp-w00"), "null\n");
}

TEST_F(Negative, CallsOnChannelsAfterTheSessionHasClosedFailCleanly) {
  ASSERT_EQ(session.start(), 0);
  Channel channel(0, 1920, 1080, t31_host_rmem_base());
  ASSERT_EQ(channel.start(2), 0);
  ASSERT_EQ(session.close_tuning(), 0);
  ASSERT_EQ(session.close(), 0);
  Frame frame;
  EXPECT_LT(channel.dequeue(frame), 0);
  EXPECT_LT(channel.queue(0), 0);
  EXPECT_LT(channel.stream_off(), 0);
  EXPECT_EQ(channel.close(), 0);
  Session again;
  EXPECT_EQ(again.start(), 0);
}

TEST_F(Negative, ControlsAfterTheSessionHasClosedAreRefused) {
  ASSERT_EQ(session.start(), 0);
  ASSERT_EQ(session.close(), 0);
  std::uint32_t value = 0;
  EXPECT_EQ(session.control_get(T31_CONTROL_FPS, value), -EPERM);
  EXPECT_EQ(session.control_set(T31_CONTROL_BRIGHTNESS, 100), -EPERM);
  EXPECT_EQ(session.close_tuning(), 0);
}

}  // namespace
}  // namespace t31::test
