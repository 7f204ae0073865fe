// SPDX-License-Identifier: GPL-2.0-or-later
// alone.hpp - a sensor driver alone on the virtual camera's bus, told nothing by the ISP.
#pragma once

#include <cstring>
#include <string>

#include "common/errors.hpp"
#include "driver/input/sensor_api.h"
#include "sdk/exercise.hpp"
#include "t31_host.h"
#include "uapi/t31/tx_isp.h"

namespace t31::sdk {

// What the driver says of itself is counted.
class Alone {
 public:
  Alone() {
    t31_sensor_detach_host();
    const t31_sensor_host host = {this, changed, nullptr};
    t31_sensor_attach_host(&host);
  }
  ~Alone() {
    remove();
    t31_sensor_detach_host();
  }
  Alone(const Alone&) = delete;
  Alone& operator=(const Alone&) = delete;

  t31_sensor_failure add(const std::string& name, std::uint32_t address) {
    struct t31_sensor_register info {};
    std::strncpy(info.name, name.c_str(), sizeof(info.name) - 1);
    std::strncpy(info.i2c.type, name.c_str(), sizeof(info.i2c.type) - 1);
    info.cbus_type = 1;
    info.i2c.addr = address;
    t31_sensor_failure why = T31_SENSOR_OK;
    t31_sensor_probe_report report{};
    t31_sensor_register(&info, &sensor_, &why, &report);
    return why;
  }
  void remove() {
    t31_sensor_unregister(sensor_);
    sensor_ = nullptr;
  }
  t31_sensor* sensor() { return sensor_; }
  unsigned syncs = 0;

 private:
  static void changed(void* context) { ++static_cast<Alone*>(context)->syncs; }
  t31_sensor* sensor_ = nullptr;
};

// Puts the chip on the bus, just reset.
inline void fit(const Source& source, const Chip& chip, const t31_sensor_info* info = nullptr) {
  char error[256] = "";
  const std::string json = describe_chip(source, chip, info);
  if (t31_host_attach_sensor(json.c_str(), error, sizeof(error)) < 0) throw tools::Failure(error);
}

}  // namespace t31::sdk
