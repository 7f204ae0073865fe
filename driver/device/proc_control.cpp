// SPDX-License-Identifier: GPL-2.0-or-later
// /proc/jz/isp/control: the plain controls by name. Reading lists `name value`; writing `name
// value` sets the same control as the ioctl, `tuning /path/file.bin` loads a tuning file.
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

constexpr u32 kAnything = 0xffffffff;  // the control itself knows its range
constexpr Named kNamed[] = {
    {"brightness", T31_CONTROL_BRIGHTNESS, 255},
    {"contrast", T31_CONTROL_CONTRAST, 255},
    {"saturation", T31_CONTROL_SATURATION, 255},
    {"sharpness", T31_CONTROL_SHARPNESS, 255},
    {"hue", T31_CONTROL_HUE, 255},
    {"hflip", T31_CONTROL_HFLIP, 1},
    {"vflip", T31_CONTROL_VFLIP, 1},
    {"day_night", T31_CONTROL_RUNNING_MODE, 1},
    {"custom", T31_CONTROL_CUSTOM_MODE, 1},
    {"antiflicker", T31_CONTROL_ANTIFLICKER, 2},
    {"ae_comp", T31_CONTROL_AE_COMPENSATION, 255},
    {"ae_freeze", T31_CONTROL_AE_FREEZE, 1},
    {"ae_max_lines", T31_CONTROL_AE_MAX_LINES, kAnything},
    {"max_again", T31_CONTROL_MAX_AGAIN, kAnything},
    {"max_dgain", T31_CONTROL_MAX_DGAIN, kAnything},
    {"highlight", T31_CONTROL_HIGHLIGHT_DEPRESS, 10},
    {"backlight", T31_CONTROL_BACKLIGHT, 10},
    {"sinter", T31_CONTROL_SINTER_STRENGTH, 255},
    {"temper", T31_CONTROL_TEMPER_STRENGTH, 255},
    {"dpc", T31_CONTROL_DPC_STRENGTH, 255},
    {"drc", T31_CONTROL_DRC_STRENGTH, 255},
    {"drc_enable", T31_CONTROL_DRC, 1},
    {"defog", T31_CONTROL_DEFOG_STRENGTH, 255},
    {"defog_enable", T31_CONTROL_DEFOG, 1},
};

constexpr const char kFps[] = "fps";
constexpr const char kTuning[] = "tuning";
constexpr const char kMaxTime[] = "ae_max_us";  // longest exposure, 0: the sensor's

// One control's strength is behind a pointer for clients.
Status read(Controls& controls, u32 id, u32& value) {
  return id == T31_CONTROL_DEFOG_STRENGTH ? controls.defog_strength(value)
                                          : controls.get(id, value);
}

Status write(Controls& controls, u32 id, u32 value) {
  return id == T31_CONTROL_DEFOG_STRENGTH ? controls.set_defog_strength(value)
                                          : controls.set(id, value);
}

}  // namespace

void ProcFiles::show_control(void* context, t31_proc_text* text) {
  ProcFiles& self = *static_cast<ProcFiles*>(context);
  for (const Named& named : kNamed) {
    u32 value = 0;
    if (read(self.controls_, named.id, value).ok()) {
      t31_port_proc_printf(text, "%s %u\n", named.name, value);
    }
  }
  u32 fps = 0;
  if (self.controls_.get(T31_CONTROL_FPS, fps).ok()) {
    t31_port_proc_printf(text, "%s %u/%u\n", kFps, fps >> 16, fps & 0xffff);
  }
  u32 longest = 0;
  self.camera_.read_exposure([&](const control::ExposureControl& exposure) {
    longest = exposure.user_limits().max_microseconds();
  });
  t31_port_proc_printf(text, "%s %u\n", kMaxTime, longest);
}

Status ProcFiles::load_tuning(const char* rest) {
  char path[T31_BIN_PATH_SIZE + 1] = {};
  next_word(rest, path, sizeof(path));
  if (path[0] != '/' || path[T31_BIN_PATH_SIZE - 1] != '\0') {
    t31_port_log(T31_LOG_WARNING,
                 "control: write `tuning /path/to/file.bin`, at most %u characters",
                 T31_BIN_PATH_SIZE - 1);
    return Status::error(T31_EINVAL);
  }
  return camera_.load_tuning_file(path);
}

long ProcFiles::write_control(void* context, const char* command, u32 size) {
  ProcFiles& self = *static_cast<ProcFiles*>(context);
  char name[24];
  u32 value = 0;
  const char* rest = next_word(command, name, sizeof(name));
  if (equal(name, kTuning)) {
    const Status status = self.load_tuning(rest);
    return status.ok() ? static_cast<long>(size) : status.code();
  }
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
  if (equal(name, kMaxTime)) {
    status = self.camera_.change_exposure([&](control::ExposureControl& exposure) {
      exposure.user_limits().set_max_microseconds(value);
      return kOk;
    });
  }
  for (const Named& named : kNamed) {
    if (equal(name, named.name) && value <= named.largest)
      status = write(self.controls_, named.id, value);
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
