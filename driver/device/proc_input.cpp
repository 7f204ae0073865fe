// SPDX-License-Identifier: GPL-2.0-or-later
// /proc/jz/isp/isp-w00 (sensor host), isp-w01 (MIPI receiver), isp-w02 (video input): user-abi 7.3
// to 7.5.
#include "driver/device/command_text.hpp"
#include "driver/device/proc_files.hpp"

namespace t31::device {

void ProcFiles::show_sensor_host(void* context, t31_proc_text* text) {
  ProcFiles& self = *static_cast<ProcFiles*>(context);
  if (self.camera_.state() != graph::State::kRunning) {
    t31_port_proc_printf(text, "sensor doesn't work, please enable sensor\n");
    return;
  }
  char answer[sizeof(answer_)];
  {
    Mutex::Guard guard(self.lock_);
    for (u32 i = 0; i < sizeof(answer); ++i) answer[i] = self.answer_[i];
  }
  t31_port_proc_printf(text, "%s\n", answer);
}

long ProcFiles::write_sensor_host(void* context, const char* command, u32 size) {
  ProcFiles& self = *static_cast<ProcFiles*>(context);
  if (!self.camera_.sensors().selected()) {
    t31_port_log(T31_LOG_WARNING, "don't have active sensor, please set sensor firstly!");
    return -T31_ENODEV;
  }
  char answer[sizeof(answer_)] = "null";
  const t31_sensor_info sensor = self.camera_.sensors().info();
  u32 address = 0;
  u32 value = 0;
  const char* rest = nullptr;
  if (starts_with(command, "r sen_reg ") && parse_number(command + 10, address)) {
    u64 read = 0;
    u32 bytes = 0;
    const Status status = self.camera_.sensors().read_register(sensor.name, address, read, bytes);
    if (status.ok()) {
      (void)t31_port_snprintf(answer, sizeof(answer), "0x%x", static_cast<u32>(read));
    } else {
      (void)t31_port_snprintf(answer, sizeof(answer), "failed");
    }
  } else if (starts_with(command, "w sen_reg ") && parse_number(command + 10, address, &rest) &&
             parse_number(rest, value)) {
    const Status status = self.camera_.sensors().write_register(sensor.name, address, value);
    (void)t31_port_snprintf(answer, sizeof(answer), status.ok() ? "ok" : "failed");
  }
  Mutex::Guard guard(self.lock_);
  for (u32 i = 0; i < sizeof(answer); ++i) self.answer_[i] = answer[i];
  return static_cast<long>(size);
}

void ProcFiles::show_receiver(void* context, t31_proc_text* text) {
  const ProcFiles& self = *static_cast<ProcFiles*>(context);
  if (!self.camera_.activated()) return;  // no clock: the registers can't be read
  const input::Csi::Errors errors = self.camera_.csi().errors();
  if (errors.error1 != 0) t31_port_proc_printf(text, "0x0020 is  0x%08x\n", errors.error1);
  if (errors.error2 != 0) t31_port_proc_printf(text, "0x0024 is  0x%08x\n", errors.error2);
  if ((errors.error1 | errors.error2) != 0) {
    t31_port_proc_printf(text, "0x0014 is  0x%08x\n", errors.phy_state);
  }
}

void ProcFiles::show_video_input(void* context, t31_proc_text* text) {
  const ProcFiles& self = *static_cast<ProcFiles*>(context);
  const input::Vic::Counters counters = self.camera_.vic().counters();
  u32 sum = 0;
  for (u32 errors : counters.errors) sum += errors;
  t31_port_proc_printf(text, " %u, %u\n", counters.frames, sum);
  for (unsigned i = 0; i < input::kVicErrorKinds; ++i) {
    t31_port_proc_printf(text, i + 1 < input::kVicErrorKinds ? "%u, " : "%u\n", counters.errors[i]);
  }
}

long ProcFiles::write_video_input(void* context, const char* command, u32 size) {
  ProcFiles& self = *static_cast<ProcFiles*>(context);
  u32 frames = 1;
  if (starts_with(command, "snapraw")) {
    if (!parse_number(command + 7, frames) || frames < 2) frames = 1;
    (void)self.camera_.snap_raw(frames);
  } else if (starts_with(command, "saveraw")) {
    if (!parse_number(command + 7, frames) || frames < 2) frames = 1;
    (void)self.camera_.save_raw(frames);
  } else if (starts_with(command, "help")) {
    t31_port_log(T31_LOG_ERROR,
                 "usage: snapraw N or saveraw N: N raw frames to /tmp/snap0.raw ...");
  }
  // The vendor's file takes anything; failures have their line in the log.
  return static_cast<long>(size);
}

}  // namespace t31::device
