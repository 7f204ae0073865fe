// SPDX-License-Identifier: GPL-2.0-or-later
// What /proc/jz/isp/status says of exposure, white balance and the statistics they work with. A
// value that isn't known is called so; there are no placeholders (docs/proc.md).
#include "driver/base/math.hpp"
#include "driver/device/proc_files.hpp"

namespace t31::device {
namespace {

constexpr u32 kDecibelQ = 16;

// Amplitude: 6.02 dB an octave.
u32 decibel(u32 gain_q10) {
  const s32 octaves = log2_q(max(gain_q10, 1u << 10), 10, kDecibelQ);
  return static_cast<u32>(octaves) * 602u / 100u >> kDecibelQ;
}

u32 microseconds(u32 lines, const t31_sensor_info& sensor) {
  const u32 rate = (sensor.fps >> 16) * sensor.total_height;  // lines in `denominator` seconds
  const u64 scaled = static_cast<u64>(lines) * 1000000u * (sensor.fps & 0xffff);
  return rate == 0 ? 0 : static_cast<u32>(divide(scaled, rate));
}

const char* yes(bool value) {
  return value ? "yes" : "no";
}

const char* exposure_state(bool frozen, const control::AeReport& report) {
  if (frozen) return "by hand";
  if (!report.valid) return "not measured yet";
  return report.settled ? "settled" : "converging";
}

const char* balance_state(bool automatic, const control::AwbReport& report) {
  if (!automatic) return "by hand";
  if (!report.valid) return "not measured yet";
  if (!report.white) return "no white in the picture";
  return report.settled ? "settled" : "converging";
}

constexpr const char* kStatisticNames[kStatisticKinds] = {
    "exposure_zones", "exposure_histogram",   "balance",
    "focus",          "short_exposure_zones", "short_histogram",
    "tone",           "haze_removal",         "wdr"};

}  // namespace

void ProcFiles::print_auto_lines(t31_proc_text* text) const {
  control::AeReport exposure;
  control::AwbReport balance;
  u32 kelvin = 0;
  camera_.read_auto([&](const control::AutoControl& automatic) {
    exposure = automatic.exposure().report();
    balance = automatic.balance().report();
  });
  bool automatic = true;
  camera_.read_white_balance([&](const control::WhiteBalance& white_balance) {
    automatic = white_balance.automatic();
    kelvin = white_balance.kelvin();
  });
  bool frozen = false;
  control::Exposure now;
  control::ExposureLimits limits;
  camera_.read_exposure([&](const control::ExposureControl& control) {
    frozen = control.held();
    now = control.in_force();
    limits = control.limits();
  });
  const u32 gain = now.total_gain();
  t31_port_proc_printf(text, "exposure_state: %s\n", exposure_state(frozen, exposure));
  t31_port_proc_printf(text, "exposure_shutter_at_limit: %s\n", yes(exposure.time_at_limit));
  t31_port_proc_printf(text, "exposure_gain_at_limit: %s\n", yes(exposure.gain_at_limit));
  t31_port_proc_printf(text, "exposure_value: %u lines x gain\n", now.bounded_value() >> 10);
  t31_port_proc_printf(text, "exposure_max_lines: %u\n", limits.max_lines);
  t31_port_proc_printf(text, "exposure_max_time: %u us\n",
                       microseconds(limits.max_lines, camera_.sensors().info()));
  t31_port_proc_printf(text, "total_gain: %u /1024\n", gain);
  t31_port_proc_printf(text, "total_gain_db: %u dB\n", decibel(gain));
  t31_port_proc_printf(text, "analogue_gain_max: %u /1024\n", limits.max_again);
  t31_port_proc_printf(text, "isp_gain_max: %u /1024\n", limits.max_isp_dgain);
  if (exposure.valid) {
    t31_port_proc_printf(text, "exposure_luma: %u of 255, frame %u\n", exposure.mean,
                         exposure.frame);
    t31_port_proc_printf(text, "exposure_target: %u of 255\n", exposure.target);
  } else {
    t31_port_proc_printf(text, "exposure_luma: not measured yet\n");
  }
  t31_port_proc_printf(text, "balance_state: %s\n", balance_state(automatic, balance));
  t31_port_proc_printf(text, "balance_temperature: %u K\n", kelvin);
  print_statistics_lines(text);
}

void ProcFiles::print_statistics_lines(t31_proc_text* text) const {
  Picture::Origin origins[kStatisticKinds];
  camera_.statistics_origins(origins);
  for (u32 i = 0; i < kStatisticKinds; ++i) {
    if (origins[i].valid) {
      t31_port_proc_printf(text, "statistics_%s: valid, frame %u\n", kStatisticNames[i],
                           origins[i].frame);
    } else {
      t31_port_proc_printf(text, "statistics_%s: none\n", kStatisticNames[i]);
    }
  }
}

}  // namespace t31::device
