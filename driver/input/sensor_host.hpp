// SPDX-License-Identifier: GPL-2.0-or-later
// sensor_host.hpp - the registered sensors and the selected one (module isp-w00).
#pragma once

#include "driver/base/result.hpp"
#include "driver/graph/links.hpp"
#include "driver/input/exposure_queue.hpp"
#include "driver/input/sensor_api.h"
#include "driver/port/lock.hpp"
#include "uapi/t31/tx_isp.h"

namespace t31::input {

inline constexpr unsigned kMaxSensors = 8;
inline constexpr int kNoSensor = -1;

// Events that sensors get (sensor-abi 1.4).
enum SensorEvent : u32 {
  kEventIntegrationTime = 0x02000005,
  kEventIntegrationTimeShort = 0x02000006,
  kEventAgain = 0x02000007,
  kEventAgainShort = 0x02000008,
  kEventDgain = 0x02000009,
  kEventFps = 0x0200000a,
  kEventWdr = 0x0200000c,  // start in the mode that kEventWdrStop chose
  kEventVflip = 0x02000010,
  kEventWdrStop = 0x02000013,  // stop and change to one or two exposures
  kEventLogic = 0x02000015,
  kEventExposure = 0x02000016
};

class SensorHost {
 public:
  SensorHost();
  ~SensorHost();
  SensorHost(const SensorHost&) = delete;
  SensorHost& operator=(const SensorHost&) = delete;

  // REGISTER_SENSOR. -EINVAL for every failure (one log line says which), -ENOMEM.
  Status add(const struct t31_sensor_register& info);
  // RELEASE_SENSOR: by name; unknown names are fine, the selected sensor is -EINVAL.
  Status release(const char (&name)[32]);
  void release_all();
  // ENUM_INPUT: fills name and type of in.index, else -EINVAL and `in` untouched.
  Status enumerate(t31_input& in);

  // Selection. `select` only takes the sensor and reads its attributes; the pipeline is the
  // caller's.
  Status select(int index);
  void deselect();
  int selected_index() const;
  bool selected() const { return selected_index() != kNoSensor; }

  // Calls into the selected sensor; -EPERM when there is none. A missing operation is success.
  Status init(bool on);
  Status stream(bool on);
  // The sensor's own result.
  Status event(u32 event, s32 value);
  Status read_register(const char* name, u64 reg, u64& value, u32& size);
  Status write_register(const char* name, u64 reg, u64 value);

  // Attributes as last read, validated. Re-read after every call above and when the sensor says so.
  t31_sensor_info info() const;
  // Re-reads them if the sensor announced a change. True when it had.
  bool refresh_if_changed();

  // Gain quantisation of the selected sensor; see sensor_api.h.
  u32 alloc_again(u32 log2_q16, u32& code);
  u32 alloc_dgain(u32 log2_q16, u32& code);
  u32 alloc_integration_time(u32 lines, u32& code);
  u32 alloc_again_short(u32 log2_q16, u32& code);
  u32 alloc_integration_time_short(u32 lines, u32& code);

  // kEventWdrStop or kEventWdr. -ENOIOCTLCMD: the sensor driver doesn't know them.
  Status change_wdr(u32 event, bool on);
  // After a change of mode: the sensor has its own start values in force, all settings are sent
  // again.
  void forget_exposure();

  // Pending exposure settings of the selected sensor.
  ExposureQueue& exposure() { return exposure_; }
  // Delivers what is pending (I2C: sleeps), with the per-frame LOGIC event when `with_logic`.
  void deliver_exposure(bool with_logic);
  // The LOGIC event alone; a few sensor drivers watch their black level with it.
  void deliver_logic();

  // Why the last registration failed, for /proc/jz/isp/sensor.
  struct LastRegistration {
    t31_sensor_failure failure = T31_SENSOR_OK;
    t31_sensor_probe_report report{};
    char name[32] = {};
    u32 bus = 0, address = 0;
    bool attempted = false;
  };
  LastRegistration last_registration() const;
  unsigned count() const;

 private:
  static void attributes_changed(void* context);
  static int notify(void* context, u32 event, void* argument);
  void reread();  // under calls_
  t31_sensor* selected_sensor() const;

  // Serialises calls into sensors and guards the list. A sensor calls back (notify) while it is
  // held; those callbacks take only lock_.
  mutable Mutex calls_;
  t31_sensor* sensors_[kMaxSensors] = {};
  unsigned count_ = 0;
  int selected_ = kNoSensor;
  u32 told_ = 0;  // defects of the selected sensor's numbers that stand in the log
  LastRegistration last_;
  ExposureQueue exposure_;

  mutable SpinLock lock_;  // guards the two below
  t31_sensor_info info_{};
  bool changed_ = false;
};

}  // namespace t31::input
