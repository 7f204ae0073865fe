// SPDX-License-Identifier: GPL-2.0-or-later
// /proc/jz/isp/isp-m0, in the vendor's words: daemons parse it (user-abi 7.1, ecosystem 3).
#include "driver/base/math.hpp"
#include "driver/device/command_text.hpp"
#include "driver/device/proc_files.hpp"
#include "driver/input/bayer.hpp"

namespace t31::device {
namespace {

constexpr u32 kLevelQ = 5;       // gains are printed as log2 with 5 fraction bits
constexpr u32 kMeasureMs = 200;  // get_vb waits this long

const char* enabled(bool on) {
  return on ? "Enable" : "Disable";
}

// A number of at most 32 bits behind a command, as the vendor's parser takes it.
bool command_value(const char* command, const char* name, s32& value) {
  if (!starts_with(command, name)) return false;
  u32 number = 0;
  const char* digits = command;
  while (*digits != '\0' && *digits != ' ') ++digits;
  if (!parse_number(digits, number) || number > 0x7fffffff) return false;
  value = static_cast<s32>(number);
  return true;
}

}  // namespace

void ProcFiles::show_core(void* context, t31_proc_text* text) {
  ProcFiles& self = *static_cast<ProcFiles*>(context);
  bool measure = false;
  {
    Mutex::Guard guard(self.lock_);
    measure = self.measure_next_;
    self.measure_next_ = false;
  }
  if (measure) {
    const core::Interrupts::Counters counters = self.camera_.interrupts().counters();
    if (counters.frame_interval_ns == 0 || counters.vertical_blank_ns == 0) {
      t31_port_proc_printf(text, "vb measure error\n");
      return;
    }
    t31_port_proc_printf(text, "frame_interival:%lu, vb:%lu\n",
                         static_cast<unsigned long>(divide(counters.frame_interval_ns, 1000)),
                         static_cast<unsigned long>(divide(counters.vertical_blank_ns, 1000)));
    return;
  }
  t31_port_proc_printf(text, "****************** ISP INFO **********************\n");
  if (self.camera_.state() != graph::State::kRunning) {
    t31_port_proc_printf(text, "sensor doesn't work, please enable sensor\n");
    return;
  }
  self.print_sensor_lines(text);
  self.print_exposure_lines(text);
  self.print_picture_lines(text);
  self.print_debug_lines(text);
}

void ProcFiles::print_sensor_lines(t31_proc_text* text) const {
  const t31_sensor_info sensor = camera_.sensors().info();
  const Result<input::PixelFormat> format = input::pixel_format(sensor.mbus_code);
  u32 bypass = 0;
  camera_.read_blocks([&](const blocks::BlockSet& blocks) { bypass = blocks.bypass(); });
  t31_port_proc_printf(text, "Software Version : H20221206a\n");
  t31_port_proc_printf(text, "SENSOR NAME : %s\n", sensor.name);
  t31_port_proc_printf(text, "SENSOR OUTPUT WIDTH : %u\n", sensor.mbus_width);
  t31_port_proc_printf(text, "SENSOR OUTPUT HEIGHT : %u\n", sensor.mbus_height);
  t31_port_proc_printf(text, "ISP OUTPUT FPS : %u / %u\n", sensor.fps >> 16, sensor.fps & 0xffff);
  t31_port_proc_printf(text, "SENSOR OUTPUT RAW PATTERN : %s\n",
                       format.ok() ? input::bayer_name(format.value()) : "unknown");
  t31_port_proc_printf(text, "ISP Top Value : 0x%x\n", bypass);
  t31_port_proc_printf(text, "ISP Runing Mode : %s\n", camera_.night_wanted() ? "Night" : "Day");
  t31_port_proc_printf(text, "ISP Custom Mode : %s\n", enabled(camera_.custom_wanted()));
  t31_port_proc_printf(text, "ISP WDR Mode : %s\n", enabled(camera_.wdr()));
}

void ProcFiles::print_exposure_lines(t31_proc_text* text) const {
  const t31_sensor_info sensor = camera_.sensors().info();
  const control::Exposure now = camera_.exposure();
  const control::ExposureLimits limits = camera_.exposure_limits();
  const u64 value = now.value();
  const u32 ev = value > 0xffffffff ? 0xffffffff : static_cast<u32>(value);
  const u32 lines_per_second = (sensor.fps >> 16) * sensor.total_height;
  const u32 ev_us =
      lines_per_second == 0
          ? 0
          : static_cast<u32>(divide(static_cast<u64>(now.lines) * 1000000u * (sensor.fps & 0xffff),
                                    lines_per_second));
  const auto level = [](u32 gain_q10) { return log2_q(gain_q10, 10, kLevelQ); };
  t31_port_proc_printf(text, "SENSOR Integration Time : %u lines\n", now.lines);
  t31_port_proc_printf(text, "SENSOR Max Integration Time : %u lines\n", limits.max_lines);
  t31_port_proc_printf(text, "SENSOR analog gain : %d\n", level(now.again));
  t31_port_proc_printf(text, "MAX SENSOR analog gain : %d\n", level(limits.max_again + 4));
  t31_port_proc_printf(text, "SENSOR digital gain : %d\n", level(now.sensor_dgain));
  t31_port_proc_printf(text, "MAX SENSOR digital gain : %d\n", level(limits.max_sensor_dgain));
  t31_port_proc_printf(text, "ISP digital gain : %d\n", level(now.isp_dgain));
  t31_port_proc_printf(text, "MAX ISP digital gain : %d\n", level(limits.max_isp_dgain + 4));
  t31_port_proc_printf(text, "ISP Tgain DB : %d\n", now.total_gain_log2() >> 16);
  t31_port_proc_printf(text, "ISP EV value: %u\n", ev >> 10);
  t31_port_proc_printf(text, "ISP EV value log2: %d\n", log2_q(ev, 10, 16));
  t31_port_proc_printf(text, "ISP EV value us: %u\n", ev_us);
  t31_port_proc_printf(text, "ISP EV min int: %u\n", limits.min_lines);
  t31_port_proc_printf(text, "ISP EV min again: %u\n", limits.min_again);
}

void ProcFiles::print_picture_lines(t31_proc_text* text) const {
  t31_white_balance balance{};
  camera_.white_balance(balance);
  u32 level[static_cast<unsigned>(blocks::Level::kCount)] = {};
  camera_.read_blocks([&](const blocks::BlockSet& blocks) {
    for (unsigned i = 0; i < static_cast<unsigned>(blocks::Level::kCount); ++i) {
      level[i] = blocks.level(static_cast<blocks::Level>(i));
    }
  });
  const auto of = [&](blocks::Level which) { return level[static_cast<unsigned>(which)]; };
  const Camera::WhiteBalanceStart start = camera_.white_balance_start();
  t31_port_proc_printf(text, "ISP WB weighted rgain: %u\n", balance.rgain);
  t31_port_proc_printf(text, "ISP WB weighted bgain: %u\n", balance.bgain);
  t31_port_proc_printf(text, "ISP WB color temperature: %u\n", start.kelvin);
  t31_port_proc_printf(text, "ISP AWB Start rgain %u: bgain %u\n", start.red_q8, start.blue_q8);
  t31_port_proc_printf(text, "Saturation : %u\n", of(blocks::Level::kSaturation));
  t31_port_proc_printf(text, "Saturation : %u\n", of(blocks::Level::kSaturation));
  t31_port_proc_printf(text, "Sharpness : %u\n", of(blocks::Level::kSharpness));
  t31_port_proc_printf(text, "Contrast : %u\n", of(blocks::Level::kContrast));
  t31_port_proc_printf(text, "Brightness : %u\n", of(blocks::Level::kBrightness));
  t31_port_proc_printf(text, "Antiflicker : %u\n", camera_.metering().antiflicker);
  t31_port_proc_printf(text, "Mirror: %s, Flip: %s\n", enabled(camera_.output().mirrored()),
                       enabled(camera_.output().flipped()));
  // Also while the control above reads 0: the tuning file switches antiflicker on, too.
  control::AeFlicker flicker;
  camera_.read_auto([&](const control::AutoControl& automatic) {
    flicker = automatic.exposure().settings().flicker;
  });
  if (!flicker.active) return;
  t31_port_proc_printf(text, "Antiflicker nodes: %u: step : ", flicker.count);
  for (u32 i = 0; i < flicker.count; ++i) t31_port_proc_printf(text, "%u. ", flicker.lines[i]);
  t31_port_proc_printf(text, "\n");
}

void ProcFiles::print_debug_lines(t31_proc_text* text) const {
  const core::Interrupts::Counters counters = camera_.interrupts().counters();
  const t31_parameters parameters = camera_.parameters();
  t31_port_proc_printf(text, "debug : ch0 done %u,ip done %u,%u,%u,%u,%u,%u,%u\n",
                       counters.channel_done[0], counters.ip_done, counters.errors, 0u, 0u,
                       camera_.unknown_buffers(), counters.overflows, counters.broken_frames);
  t31_port_proc_printf(text, "debug1 : %d,%d,%d\n", parameters.isp_ch0_pre_dequeue_time,
                       parameters.isp_ch0_pre_dequeue_interrupt_process,
                       parameters.isp_ch0_pre_dequeue_valid_lines);
}

long ProcFiles::write_core(void* context, const char* command, u32 size) {
  ProcFiles& self = *static_cast<ProcFiles*>(context);
  if (starts_with(command, "get_vb")) {
    t31_port_msleep(kMeasureMs);
    Mutex::Guard guard(self.lock_);
    self.measure_next_ = true;
    return static_cast<long>(size);
  }
  t31_parameters& parameters = self.camera_.runtime_parameters();
  s32 value = 0;
  if (command_value(command, "set_ch0_pdq_time", value)) {
    parameters.isp_ch0_pre_dequeue_time = value;
  } else if (command_value(command, "set_ch0_pdq_inter", value)) {
    parameters.isp_ch0_pre_dequeue_interrupt_process = value;
  } else if (command_value(command, "set_ch0_pdq_vlines", value)) {
    parameters.isp_ch0_pre_dequeue_valid_lines = value;
  }
  return static_cast<long>(size);
}

}  // namespace t31::device
