// SPDX-License-Identifier: GPL-2.0-or-later
// Registration of sensors: what goes wrong is told apart and leaves nothing behind.
#include <cerrno>

#include "host/kernel/kernel.h"
#include "tests/sensors/sensor_fixture.hpp"

namespace {

// Numbers of enum fault in fake_sensor.c.
enum Fault {
  kProbeFails = 2,
  kNoClientData,
  kNoHostData,
  kNoOps,
  kNoCoreOps,
  kNoIdentOp,
  kIdentFails
};

class Registration : public SensorTest {
 protected:
  // A failed registration leaves the loaded driver and nothing else.
  void expect_nothing_left() {
    EXPECT_EQ(sensor_, nullptr);
    const fake::World& world = fake::world();
    EXPECT_EQ(world.memory, 0);
    EXPECT_EQ(world.clocks, 0);
    EXPECT_EQ(world.enabled_clocks, 0);
    EXPECT_EQ(world.pins, 0);
    EXPECT_EQ(t31_host_i2c_leftovers(), loaded_.size()) << "only drivers may remain";
    EXPECT_EQ(world.log.size(), 0u) << "the core writes the line that helps";
  }
};

TEST_F(Registration, AGoodSensorIsFoundAndKnowsItsName) {
  fit_fake_chip();
  ASSERT_EQ(load(FAKE_SENSOR), 0);
  ASSERT_EQ(add(description("fake", 0x30)), 0);
  EXPECT_EQ(why_, T31_SENSOR_OK);
  EXPECT_STREQ(t31_sensor_name(sensor_), "fake");
  EXPECT_EQ(t31_sensor_input_type(sensor_), 5u);
}

TEST_F(Registration, OnlyI2cIsAControlBus) {
  struct t31_sensor_register info = description("fake", 0x30);
  for (const std::uint32_t type : {0u, 2u, 3u, 0xffffffffu}) {
    info.cbus_type = type;
    EXPECT_EQ(add(info), -EINVAL);
    EXPECT_EQ(why_, T31_SENSOR_BAD_BUS_TYPE);
    expect_nothing_left();
  }
}

TEST_F(Registration, ABusThatIsNotThereIsSaid) {
  ASSERT_EQ(load(FAKE_SENSOR), 0);
  for (const std::uint32_t bus : {2u, 0xffffffffu}) {
    EXPECT_EQ(add(description("fake", 0x30, bus)), -EINVAL);
    EXPECT_EQ(why_, T31_SENSOR_NO_ADAPTER);
    expect_nothing_left();
  }
}

TEST_F(Registration, AddressesOutsideSevenBitsAreRefused) {
  ASSERT_EQ(load(FAKE_SENSOR), 0);
  for (const std::uint32_t address : {0u, 0x80u, 0x10000u}) {
    EXPECT_EQ(add(description("fake", address)), -EINVAL);
    EXPECT_EQ(why_, T31_SENSOR_BAD_ADDRESS);
    expect_nothing_left();
  }
}

TEST_F(Registration, AnAddressInUseIsRefusedAndItsOwnerUnharmed) {
  fit_fake_chip();
  ASSERT_EQ(load(FAKE_SENSOR), 0);
  ASSERT_EQ(add(description("fake", 0x30)), 0);
  t31_sensor* second = sensor_;
  const struct t31_sensor_register info = description("fake", 0x30);
  EXPECT_EQ(t31_sensor_register(&info, &second, &why_, &report_), -EINVAL);
  EXPECT_EQ(why_, T31_SENSOR_BAD_ADDRESS);
  EXPECT_EQ(second, nullptr);
  EXPECT_EQ(t31_sensor_stream(sensor_, 1), 0);
}

TEST_F(Registration, AMissingDriverIsSaid) {
  EXPECT_EQ(add(description("fake", 0x30)), -EINVAL);
  EXPECT_EQ(why_, T31_SENSOR_NO_DRIVER);
  expect_nothing_left();
  ASSERT_EQ(load(FAKE_SENSOR), 0);
  EXPECT_EQ(add(description("other", 0x30)), -EINVAL);
  EXPECT_EQ(why_, T31_SENSOR_NO_DRIVER);
  expect_nothing_left();
}

TEST_F(Registration, EveryFaultOfADriverEndsCleanly) {
  const struct {
    Fault fault;
    t31_sensor_failure failure;
  } cases[] = {
      {kProbeFails, T31_SENSOR_PROBE_FAILED},   {kNoClientData, T31_SENSOR_PROBE_FAILED},
      {kNoHostData, T31_SENSOR_PROBE_FAILED},   {kNoOps, T31_SENSOR_NOT_IDENTIFIED},
      {kNoCoreOps, T31_SENSOR_NOT_IDENTIFIED},  {kNoIdentOp, T31_SENSOR_NOT_IDENTIFIED},
      {kIdentFails, T31_SENSOR_NOT_IDENTIFIED},
  };
  fit_fake_chip();
  for (const auto& [fault, failure] : cases) {
    const std::string parameters = "fault=" + std::to_string(fault);
    ASSERT_EQ(load(FAKE_SENSOR, parameters.c_str()), 0);
    EXPECT_EQ(add(description("fake", 0x30)), -EINVAL) << parameters;
    EXPECT_EQ(why_, failure) << parameters;
    expect_nothing_left();
    ASSERT_EQ(t31_host_rmmod(FAKE_SENSOR), 0) << parameters;
    loaded_.clear();
  }
}

TEST_F(Registration, NobodyAnsweringIsSeenInTheReport) {
  fit_fake_chip();
  ASSERT_EQ(load(FAKE_SENSOR), 0);
  EXPECT_EQ(add(description("fake", 0x31)), -EINVAL);
  EXPECT_EQ(why_, T31_SENSOR_NOT_IDENTIFIED);
  EXPECT_EQ(report_.transfers, 1u);
  EXPECT_EQ(report_.failed_transfers, 1u);
  EXPECT_EQ(report_.last_error, static_cast<unsigned>(ENXIO));
  EXPECT_EQ(report_.read_count, 0u);
  EXPECT_EQ(report_.master_clock_hertz, 24000000u);
}

TEST_F(Registration, AnotherChipIsSeenInTheReportWithWhatItAnswered) {
  fit_fake_chip();
  fake::world().chip.registers[0x0a] = 0x53;
  ASSERT_EQ(load(FAKE_SENSOR), 0);
  EXPECT_EQ(add(description("fake", 0x30)), -EINVAL);
  EXPECT_EQ(report_.failed_transfers, 0u);
  ASSERT_EQ(report_.read_count, 1u);
  EXPECT_EQ(report_.reads[0].reg, 0x0a);
  EXPECT_EQ(report_.reads[0].value, 0x53);
}

TEST_F(Registration, AStoppedClockIsSeenInTheReport) {
  fit_fake_chip();
  ASSERT_EQ(load(FAKE_SENSOR), 0);
  // Bridge object, client, device, clock handle, its clk_get, its rate: then the clock's enable.
  fake::world().fail_nth_call = 7;
  EXPECT_EQ(add(description("fake", 0x30)), -EINVAL);
  EXPECT_EQ(fake::world().fail_nth_call, 0);
  EXPECT_EQ(why_, T31_SENSOR_NOT_IDENTIFIED);
  EXPECT_EQ(report_.master_clock_hertz, 0u);
  EXPECT_EQ(report_.failed_transfers, 1u);
  fake::world().enabled_clocks = 0;  // the fake driver, like the vendor's, disables regardless
}

TEST_F(Registration, EveryFailingPortCallAndTransferLeavesNothingBehind) {
  fake::world().chip.registers[0x3107] = 0xcb;
  fake::world().chip.registers[0x3108] = 0x3a;
  ASSERT_EQ(load(SC2336_DRIVER), 0);
  int failures = 0;
  for (int n = 1;; ++n) {
    fake::world().fail_nth_call = n;
    const int error = add(description("sc2336", 0x30));
    if (fake::world().fail_nth_call != 0) break;
    if (error != 0) {
      ++failures;
      EXPECT_EQ(error, why_ == T31_SENSOR_NO_MEMORY ? -ENOMEM : -EINVAL);
      expect_nothing_left();
    } else {  // a taken reset pin is no reason to fail
      t31_sensor_unregister(sensor_);
      sensor_ = nullptr;
    }
    fake::world().log.clear();
  }
  EXPECT_GE(failures, 6);
  fake::world().fail_nth_call = 0;
  t31_sensor_unregister(sensor_);
  sensor_ = nullptr;
  for (int n = 1; n <= 2; ++n) {
    fake::world().chip.fail_nth = n;
    EXPECT_EQ(add(description("sc2336", 0x30)), -EINVAL);
    EXPECT_EQ(why_, T31_SENSOR_NOT_IDENTIFIED);
    EXPECT_EQ(report_.last_error, static_cast<unsigned>(EIO));
    expect_nothing_left();
  }
}

TEST_F(Registration, NamesWithoutAnEndAreTerminated) {
  fit_fake_chip();
  ASSERT_EQ(load(FAKE_SENSOR), 0);
  struct t31_sensor_register info = description("fake", 0x30);
  std::memset(info.name, 'x', sizeof info.name);
  ASSERT_EQ(add(info), 0);
  EXPECT_EQ(std::string(t31_sensor_name(sensor_)), std::string(31, 'x'));
  t31_sensor_unregister(sensor_);
  std::memset(info.i2c.type, 'y', sizeof info.i2c.type);
  EXPECT_EQ(add(info), -EINVAL);
  EXPECT_EQ(why_, T31_SENSOR_NO_DRIVER);
}

TEST_F(Registration, ASensorCanBeRegisteredAgainAfterItsRelease) {
  fit_fake_chip();
  ASSERT_EQ(load(FAKE_SENSOR), 0);
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(add(description("fake", 0x30)), 0);
    t31_sensor_unregister(sensor_);
    sensor_ = nullptr;
    expect_nothing_left();
  }
}

TEST_F(Registration, UnregisteringNothingIsFine) {
  t31_sensor_unregister(nullptr);
}

}  // namespace
