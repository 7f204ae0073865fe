// SPDX-License-Identifier: GPL-2.0-or-later
// /proc/jz/isp/control: the plain controls by name. Reading lists `name value`; writing `name
// value` sets the same control as the ioctl.
#include "driver/device/command_text.hpp"
#include "driver/device/proc_files.hpp"
#include "uapi/t31/isp_tuning.h"

namespace t31::device {
namespace {

struct Named {
  const char* name;
  u32 id;
  u32 largest;
};

constexpr Named kNamed[] = {
    {"brightness", T31_CONTROL_BRIGHTNESS, 255},
    {"contrast", T31_CONTROL_CONTRAST, 255},
    {"saturation", T31_CONTROL_SATURATION, 255},
    {"sharpness", T31_CONTROL_SHARPNESS, 255},
    {"hue", T31_CONTROL_HUE, 255},
    {"hflip", T31_CONTROL_HFLIP, 1},
    {"vflip", T31_CONTROL_VFLIP, 1},
};

constexpr const char kFps[] = "fps";

}  // namespace

void ProcFiles::show_control(void* context, t31_proc_text* text) {
  ProcFiles& self = *static_cast<ProcFiles*>(context);
  for (const Named& named : kNamed) {
    u32 value = 0;
    if (self.controls_.get(named.id, value).ok()) {
      t31_port_proc_printf(text, "%s %u\n", named.name, value);
    }
  }
  u32 fps = 0;
  if (self.controls_.get(T31_CONTROL_FPS, fps).ok()) {
    t31_port_proc_printf(text, "%s %u/%u\n", kFps, fps >> 16, fps & 0xffff);
  }
}

long ProcFiles::write_control(void* context, const char* command, u32 size) {
  ProcFiles& self = *static_cast<ProcFiles*>(context);
  char name[24];
  u32 value = 0;
  const char* rest = next_word(command, name, sizeof(name));
  if (!parse_number(rest, value, &rest)) {
    t31_port_log(T31_LOG_WARNING, "control: write `name value`, for example `brightness 140`");
    return -T31_EINVAL;
  }
  if (!self.camera_.activated()) return -T31_EPERM;
  Status status = Status::error(T31_EINVAL);
  if (equal(name, kFps)) {
    u32 denominator = 1;
    if (*rest == '/' && !parse_number(rest + 1, denominator)) return -T31_EINVAL;
    if (value <= 0xffff && denominator <= 0xffff)
      status = self.camera_.set_fps(value << 16 | denominator);
  }
  for (const Named& named : kNamed) {
    if (equal(name, named.name) && value <= named.largest)
      status = self.controls_.set(named.id, value);
  }
  if (!status.ok()) {
    t31_port_log(T31_LOG_WARNING,
                 "control: `%s %u` is not accepted (error %d); reading the file lists the names",
                 name, value, -status.code());
    return status.code();
  }
  return static_cast<long>(size);
}

}  // namespace t31::device
