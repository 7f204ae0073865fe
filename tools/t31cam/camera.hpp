// SPDX-License-Identifier: GPL-2.0-or-later
// camera.hpp - the session of a camera program on /dev/tx-isp and /dev/isp-m0, in the call order of
// vendor programs (user-abi 5, steps 1 to 7 and 13 to 16).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "t31cam/client.hpp"
#include "t31cam/options.hpp"
#include "uapi/t31/isp_tuning.h"
#include "uapi/t31/tx_isp.h"

namespace t31::cam {

// Steps 1, 3, 4: the sensor is registered, selected and streams; the links are set. The destructor
// is the exact inverse (steps 14 to 16).
class Sensor {
 public:
  Sensor(const CameraOptions& options, const std::string& tuning_path, ReservedMemory& memory);
  // Any sensor whose driver is loaded.
  Sensor(const struct t31_sensor_register& info, ReservedMemory& memory);
  ~Sensor();
  Sensor(const Sensor&) = delete;
  Sensor& operator=(const Sensor&) = delete;

  const Node& node() const { return node_; }

 private:
  Sensor(const struct t31_sensor_register& info, const CameraOptions& options,
         const std::string& tuning_path, ReservedMemory& memory);
  void add(const CameraOptions& options, const std::string& tuning_path, ReservedMemory& memory);
  int find_input(const std::string& name);
  void enable();
  void disable();
  void remove();

  Node node_{"/dev/tx-isp"};
  UserMemory<struct t31_sensor_register> info_;
};

// Steps 6, 7 and 13: the tuning node, open as long as the object lives. Its calls may come from any
// client thread.
class Tuning {
 public:
  Tuning();

  // Step 7: what the command line asked for; returns when frames show it. Throws UsageError for
  // unknown controls and bad values.
  void apply(const CameraOptions& options);
  // Step 6b: what vendor programs do once a second.
  void poll();
  // Step 10: what they do for every frame of channel 0.
  void read_ae_zones();

  std::uint32_t get(const char* what, std::uint32_t id);
  void set(const char* what, std::uint32_t id, std::uint32_t value);
  // A control that reads into a struct.
  template <typename T>
  T read(const char* what, std::uint32_t id) {
    UserMemory<T> memory;
    UserMemory<t31_extended_control> control({1, id, memory.address()});
    node_.call(what, T31_ISP_CTRL, control);
    return *memory;
  }

 private:
  void set_controls(std::span<const ControlSetting> settings);
  void set_control(const ControlSetting& setting);
  void wait_frames(unsigned frames);
  void set_white_balance(const WhiteBalanceGains& gains);
  void set_exposure(const CameraOptions& options);

  Node node_{"/dev/isp-m0"};
  std::uint32_t contrast_ = 128;
  std::uint32_t total_gain_ = 0;
};

}  // namespace t31::cam
