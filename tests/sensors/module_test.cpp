// SPDX-License-Identifier: GPL-2.0-or-later
// insmod and rmmod of sensor drivers.
#include <cerrno>
#include <filesystem>
#include <fstream>

#include "host/kernel/kernel.h"
#include "tests/sensors/sensor_fixture.hpp"
#include "tests/temporary_folder.hpp"

namespace {

using ModuleLoader = SensorTest;

TEST_F(ModuleLoader, ADriverLoadsAndUnloads) {
  ASSERT_EQ(t31_host_insmod(FAKE_SENSOR, nullptr), 0);
  EXPECT_EQ(fake::world().driver_users, 1);
  EXPECT_EQ(t31_host_i2c_leftovers(), 1u) << "the driver should be registered";
  EXPECT_EQ(t31_host_rmmod(FAKE_SENSOR), 0);
  EXPECT_EQ(t31_host_i2c_leftovers(), 0u);
}

TEST_F(ModuleLoader, RmmodAlsoTakesTheModulesName) {
  ASSERT_EQ(t31_host_insmod(FAKE_SENSOR, ""), 0);
  EXPECT_EQ(t31_host_rmmod("sensor_fake_t31"), 0);
}

TEST_F(ModuleLoader, LoadingTwiceIsRefused) {
  ASSERT_EQ(load(FAKE_SENSOR), 0);
  EXPECT_EQ(t31_host_insmod(FAKE_SENSOR, ""), -EEXIST);
}

TEST_F(ModuleLoader, WhatIsNotLoadedCannotBeUnloaded) {
  EXPECT_EQ(t31_host_rmmod(FAKE_SENSOR), -ENOENT);
  EXPECT_EQ(t31_host_rmmod(nullptr), -EINVAL);
}

TEST_F(ModuleLoader, AMissingFileAndAFileThatIsNoModuleAreToldApart) {
  EXPECT_EQ(t31_host_insmod("/nowhere/sensor_x_t31.so", ""), -ENOENT);
  const t31::test::TemporaryFolder folder;
  const std::string path = folder / "sensor_text_t31.so";
  std::ofstream(path) << "not a shared object";
  EXPECT_EQ(t31_host_insmod(path.c_str(), ""), -ENOEXEC);
  EXPECT_EQ(t31_host_insmod(nullptr, ""), -EINVAL);
}

TEST_F(ModuleLoader, SensorDriversNeedTheIspModule) {
  fake::world().driver_loaded = false;
  EXPECT_EQ(t31_host_insmod(FAKE_SENSOR, ""), -ENOENT);
  EXPECT_FALSE(fake::world().log.empty());
}

TEST_F(ModuleLoader, BadParametersAreRefusedWithALineThatNamesThem) {
  for (const char* parameters : {"colour=3", "answer", "answer=", "answer=seven", "answer=1x",
                                 "answer=99999999999", "answer=1 colour=3"}) {
    fake::world().log.clear();
    EXPECT_EQ(t31_host_insmod(FAKE_SENSOR, parameters), -EINVAL) << parameters;
    ASSERT_EQ(fake::world().log.size(), 1u) << parameters;
    EXPECT_NE(fake::world().log[0].find("parameter"), std::string::npos);
  }
}

TEST_F(ModuleLoader, ParametersReachTheDriverAndReturnToTheirDefaultsWhenItIsLoadedAnew) {
  fit_fake_chip();
  t31_sensor_info info;
  ASSERT_EQ(load(FAKE_SENSOR, " answer=0x2a\tfault=0 "), 0);
  ASSERT_EQ(add(description("fake", 0x30)), 0);
  ASSERT_EQ(t31_sensor_read_info(sensor_, &info), 0);
  EXPECT_EQ(info.max_dgain, 42u);
  t31_sensor_unregister(sensor_);
  ASSERT_EQ(t31_host_rmmod(FAKE_SENSOR), 0);
  ASSERT_EQ(t31_host_insmod(FAKE_SENSOR, nullptr), 0);
  ASSERT_EQ(add(description("fake", 0x30)), 0);
  ASSERT_EQ(t31_sensor_read_info(sensor_, &info), 0);
  EXPECT_EQ(info.max_dgain, 7u);
}

TEST_F(ModuleLoader, AFailingInitUnloadsAgain) {
  EXPECT_EQ(t31_host_insmod(FAKE_SENSOR, "fault=1"), -ENODEV);
  EXPECT_EQ(fake::world().leftovers(), "");
  EXPECT_EQ(load(FAKE_SENSOR), 0) << "the failed one must be gone";
}

TEST_F(ModuleLoader, ADriverWithARegisteredSensorStays) {
  fit_fake_chip();
  ASSERT_EQ(load(FAKE_SENSOR), 0);
  ASSERT_EQ(add(description("fake", 0x30)), 0);
  EXPECT_EQ(t31_host_rmmod(FAKE_SENSOR), -EBUSY);
  t31_sensor_unregister(sensor_);
  sensor_ = nullptr;
  // TearDown unloads it.
}

TEST_F(ModuleLoader, SeveralDriversLiveSideBySide) {
  ASSERT_EQ(load(FAKE_SENSOR), 0);
  ASSERT_EQ(load(SC2336_DRIVER), 0);
  ASSERT_EQ(load(REPLAY_DRIVER), 0);
  EXPECT_EQ(fake::world().driver_users, 3);
}

}  // namespace
