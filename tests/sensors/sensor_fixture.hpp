// SPDX-License-Identifier: GPL-2.0-or-later
// sensor_fixture.hpp - a test with a fresh world, a core that listens, and everything cleaned up
// after.
#pragma once

#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "driver/input/sensor_api.h"
#include "driver/port/port_errno.h"
#include "t31_host.h"
#include "tests/sensors/fake_port.hpp"
#include "uapi/t31/tx_isp.h"

// Event numbers, as the sensor ABI lists them.
enum : std::uint32_t {
  kIntegrationTime = 0x02000005,
  kAgain = 0x02000007,
  kDgain = 0x02000009,
  kFps = 0x0200000a,
  kResize = 0x0200000d,
  kPrepareChange = 0x0200000e,
  kFinishChange = 0x0200000f,
  kVflip = 0x02000010,
  kWdrOpen = 0x02000014,
  kLogic = 0x02000015,
  kExpo = 0x02000016,
};

class SensorTest : public testing::Test {
 protected:
  void SetUp() override {
    fake::reset();
    const t31_sensor_host host = {this, &SensorTest::changed, &SensorTest::notified};
    t31_sensor_attach_host(&host);
  }

  void TearDown() override {
    t31_sensor_unregister(sensor_);
    for (const std::string& path : loaded_) EXPECT_EQ(t31_host_rmmod(path.c_str()), 0) << path;
    t31_sensor_detach_host();
    EXPECT_EQ(fake::world().leftovers(), "");
    EXPECT_EQ(fake::world().locks, 0);
  }

  int load(const char* path, const char* parameters = "") {
    const int error = t31_host_insmod(path, parameters);
    if (error == 0) loaded_.emplace_back(path);
    return error;
  }

  static struct t31_sensor_register description(const char* name, std::uint32_t address,
                                                std::uint32_t bus = 0) {
    struct t31_sensor_register info {};
    std::strncpy(info.name, name, sizeof info.name - 1);
    info.cbus_type = 1;
    std::strncpy(info.i2c.type, name, sizeof info.i2c.type - 1);
    info.i2c.addr = address;
    info.i2c.adapter_id = bus;
    return info;
  }

  int add(const struct t31_sensor_register& info) {
    return t31_sensor_register(&info, &sensor_, &why_, &report_);
  }

  int send(std::uint32_t event, std::int32_t value) {
    return t31_sensor_event(sensor_, event, &value);
  }

  // What goes over the bus during `action`.
  template <typename Action>
  std::string traffic_of(Action action) {
    fake::world().traffic.clear();
    action();
    return fake::world().traffic;
  }

  t31_sensor* sensor_ = nullptr;
  t31_sensor_failure why_ = T31_SENSOR_OK;
  t31_sensor_probe_report report_{};
  int syncs_ = 0;
  std::uint32_t last_event_ = 0;
  int notify_result_ = 0;
  std::vector<std::string> loaded_;

 private:
  static void changed(void* context) { ++static_cast<SensorTest*>(context)->syncs_; }
  static int notified(void* context, std::uint32_t event, void*) {
    SensorTest& self = *static_cast<SensorTest*>(context);
    self.last_event_ = event;
    return self.notify_result_;
  }
};

// Registers and identifies for the fake sensor: one byte of address, id 0xfa at 0x0a.
inline void fit_fake_chip() {
  fake::world().chip.address_bytes = 1;
  fake::world().chip.registers[0x0a] = 0xfa;
}
