// SPDX-License-Identifier: GPL-2.0-or-later
// Calls into a registered sensor and out of it, with the guards that protect the core.
#include <cerrno>

#include "tests/sensors/sensor_fixture.hpp"

namespace {

// Numbers of enum fault in fake_sensor.c.
enum Fault {
  kNone = 0,
  kNoCallbacks = 9,
  kNoAttributes,
  kCodeUntouched,
  kCodeTooWide,
  kNotImplemented,
  kPositiveResults
};
constexpr int kNoSuchOperation = -515;

class SensorCalls : public SensorTest {
 protected:
  void fit(Fault fault = kNone) {
    fit_fake_chip();
    const std::string parameters = "fault=" + std::to_string(fault);
    ASSERT_EQ(load(FAKE_SENSOR, parameters.c_str()), 0);
    ASSERT_EQ(add(description("fake", 0x30)), 0);
  }
};

TEST_F(SensorCalls, AttributesComeAcrossByName) {
  fit();
  t31_sensor_info info;
  ASSERT_EQ(t31_sensor_read_info(sensor_, &info), 0);
  EXPECT_STREQ(info.name, "fake");
  EXPECT_EQ(info.chip_id, 0xfa4eu);
  EXPECT_EQ(info.mbus_width, 1280u);
  EXPECT_EQ(info.mbus_height, 720u);
  EXPECT_EQ(info.mbus_code, 0x300eu);
  EXPECT_EQ(info.fps, 30u << 16 | 1);
  EXPECT_EQ(info.bus, static_cast<unsigned>(T31_BUS_DVP));
  EXPECT_EQ(info.dvp.pins, 1u);
  EXPECT_EQ(info.dvp.timing, 2u);
  EXPECT_EQ(info.dvp.vertical_blanking, 5u);
  EXPECT_EQ(info.dvp.horizontal_blanking, 6u);
  EXPECT_EQ(info.dvp.hsync_polarity, 2u);
  EXPECT_EQ(info.dvp.vsync_polarity, 1u);
  EXPECT_EQ(info.dvp.hcomp_en, 1u);
  EXPECT_EQ(info.mipi.lanes, 0u) << "a parallel sensor has no lanes, whatever the union holds";
  EXPECT_EQ(info.total_width, 2000u);
  EXPECT_EQ(info.total_height, 750u);
  EXPECT_EQ(info.expo_fs, 1u) << "anything but 0 means frame start";
}

TEST_F(SensorCalls, ASensorWithoutAttributesIsUnusableButHarmless) {
  fit(kNoAttributes);
  t31_sensor_info info;
  EXPECT_EQ(t31_sensor_read_info(sensor_, &info), -EINVAL);
  u32 code = 99;
  EXPECT_EQ(t31_sensor_alloc_again(sensor_, 65536, &code), 0u);
  EXPECT_EQ(code, 0u);
  EXPECT_EQ(t31_sensor_alloc_integration_time(sensor_, 100, &code), 100u);
  t31_sensor_store_exposure(sensor_, 1, 2, 3);
  t31_sensor_set_line_time(sensor_, 28);
}

TEST_F(SensorCalls, ASyncReachesTheCore) {
  fit();
  EXPECT_EQ(t31_sensor_init(sensor_, 1), 0);
  EXPECT_EQ(syncs_, 1);
  EXPECT_EQ(t31_sensor_init(sensor_, 0), 0);
  EXPECT_EQ(syncs_, 1);
}

TEST_F(SensorCalls, OtherEventsReachTheCoreAndItsAnswerTheSensor) {
  fit();
  notify_result_ = -EAGAIN;
  EXPECT_EQ(send(kDgain, 0), -EAGAIN);
  EXPECT_EQ(last_event_, kWdrOpen);
  notify_result_ = kNoSuchOperation;
  EXPECT_EQ(send(kDgain, 0), 0);
}

TEST_F(SensorCalls, ValuesGoInAndComeBack) {
  fit();
  s32 value = 41;
  EXPECT_EQ(t31_sensor_event(sensor_, kIntegrationTime, &value), 0);
  EXPECT_EQ(value, 42);
}

TEST_F(SensorCalls, ErrorsOfTheSensorAreTheResult) {
  fit();
  EXPECT_EQ(send(kAgain, 1), -EIO);
  EXPECT_EQ(t31_sensor_stream(sensor_, 0), -EIO);
}

TEST_F(SensorCalls, MissingOperationsAreNoErrors) {
  fit(kNoCallbacks);
  EXPECT_EQ(t31_sensor_init(sensor_, 1), kNoSuchOperation);
  EXPECT_EQ(t31_sensor_stream(sensor_, 1), kNoSuchOperation);
  EXPECT_EQ(send(kExpo, 1), 0);
  u64 value = 5;
  u32 size = 5;
  EXPECT_EQ(t31_sensor_read_register(sensor_, "fake", 1, &value, &size), 0);
  EXPECT_EQ(value, 0u);
  EXPECT_EQ(t31_sensor_write_register(sensor_, "fake", 1, 2), 0);
  u32 code = 99;
  EXPECT_EQ(t31_sensor_alloc_again(sensor_, 65536, &code), 0u);
  EXPECT_EQ(code, 0u);
  EXPECT_EQ(t31_sensor_alloc_integration_time(sensor_, 321, &code), 321u);
  EXPECT_EQ(code, 321u);
}

TEST_F(SensorCalls, NotImplementedIsSuccessForEventsAndRegisters) {
  fit(kNotImplemented);
  EXPECT_EQ(send(kLogic, 0), 0);
  EXPECT_EQ(t31_sensor_write_register(sensor_, "fake", 1, 2), 0);
  EXPECT_EQ(t31_sensor_init(sensor_, 1), kNoSuchOperation);
}

TEST_F(SensorCalls, PositiveResultsAreSuccess) {
  fit(kPositiveResults);
  EXPECT_EQ(t31_sensor_init(sensor_, 1), 0);
  EXPECT_EQ(t31_sensor_stream(sensor_, 1), 0);
  EXPECT_EQ(send(kExpo, 1), 0);
}

TEST_F(SensorCalls, AFrameRateOfZeroOrPerZeroNeverReachesTheDriver) {
  fit();
  EXPECT_EQ(send(kFps, 25 << 16), -EINVAL);
  EXPECT_EQ(send(kFps, 1), -EINVAL);
  EXPECT_EQ(send(kFps, 0), -EINVAL);
  EXPECT_EQ(t31_sensor_event(sensor_, kFps, nullptr), -EINVAL);
  EXPECT_EQ(send(kFps, 25 << 16 | 1), 0);
}

TEST_F(SensorCalls, GainsAboveTheMaximumAreClampedBeforeTheDriverSeesThem) {
  fit();
  u32 code = 0;
  EXPECT_EQ(t31_sensor_alloc_again(sensor_, 0xffffffff, &code), 0x30000u);
  EXPECT_EQ(code, 0x30000u >> 10);
  EXPECT_EQ(t31_sensor_alloc_again(sensor_, 0x12345, &code), 0x12000u);
  EXPECT_EQ(code, 0x12000u >> 10);
}

TEST_F(SensorCalls, ACodeThatTheDriverForgetsIsZero) {
  fit(kCodeUntouched);
  u32 code = 0xdead;
  t31_sensor_alloc_again(sensor_, 65536, &code);
  EXPECT_EQ(code, 0u);
}

TEST_F(SensorCalls, CodesHaveSixteenBits) {
  fit(kCodeTooWide);
  u32 code = 0;
  t31_sensor_alloc_again(sensor_, 65536, &code);
  EXPECT_EQ(code, 0x2345u);
  t31_sensor_alloc_integration_time(sensor_, 0x5fffe, &code);
  EXPECT_EQ(code, 0xffffu);
}

TEST_F(SensorCalls, RegisterAccessNamesItsSensor) {
  fit();
  u64 value = 0;
  u32 size = 0;
  EXPECT_EQ(t31_sensor_write_register(sensor_, "fake", 0x3e00, 0x3e05), 0);
  EXPECT_EQ(t31_sensor_read_register(sensor_, "fake", 0x10, &value, &size), 0);
  EXPECT_EQ(value, 0x15u);
  EXPECT_EQ(size, 2u);
  EXPECT_EQ(t31_sensor_read_register(sensor_, "gc2053", 0x10, &value, &size), -EINVAL);
  EXPECT_EQ(t31_sensor_read_register(sensor_, nullptr, 0x10, &value, &size), -EINVAL);
  const std::string endless(100, 'f');
  EXPECT_EQ(t31_sensor_write_register(sensor_, endless.c_str(), 0x10, 0), -EINVAL);
}

TEST_F(SensorCalls, TheCoresWordsAreStoredForDriversThatReadThem) {
  fit();
  t31_sensor_store_exposure(sensor_, 0x980, 3, 0x123);
  t31_sensor_info info;
  ASSERT_EQ(t31_sensor_read_info(sensor_, &info), 0);
  EXPECT_EQ(info.again, 0x980u);
  EXPECT_EQ(info.dgain, 3u);
  EXPECT_EQ(info.integration_time, 0x123u);
}

TEST_F(SensorCalls, AChangedBayerOrderIsReportedUntilCleared) {
  fit();
  t31_sensor_info info;
  ASSERT_EQ(t31_sensor_read_info(sensor_, &info), 0);
  EXPECT_EQ(info.mbus_change, 1u);
  t31_sensor_clear_mbus_change(sensor_);
  ASSERT_EQ(t31_sensor_read_info(sensor_, &info), 0);
  EXPECT_EQ(info.mbus_change, 0u);
}

TEST_F(SensorCalls, CallsWithoutASensorAreErrorsNotCrashes) {
  t31_sensor_info info;
  u32 code = 0;
  EXPECT_EQ(t31_sensor_init(nullptr, 1), -ENODEV);
  EXPECT_EQ(t31_sensor_stream(nullptr, 1), -ENODEV);
  EXPECT_EQ(send(kExpo, 1), -ENODEV);
  EXPECT_EQ(t31_sensor_read_info(nullptr, &info), -EINVAL);
  EXPECT_EQ(t31_sensor_alloc_again(nullptr, 1, &code), 0u);
  t31_sensor_set_index(nullptr, 1);
  t31_sensor_clear_mbus_change(nullptr);
}

}  // namespace
