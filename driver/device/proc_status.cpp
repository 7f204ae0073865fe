// SPDX-License-Identifier: GPL-2.0-or-later
// /proc/jz/isp/status and sensor: `key: value unit` lines that say in words what works and what is
// wrong. The keys are stable; docs/proc.md lists them.
#include <new>

#include "driver/core/isp_top.hpp"
#include "driver/device/proc_files.hpp"
#include "driver/input/bayer.hpp"
#include "driver/input/parallel.hpp"
#include "driver/input/sensor_check.hpp"

namespace t31::device {
namespace {

const char* state_text(graph::State state) {
  switch (state) {
    case graph::State::kSlake:
      return "closed";
    case graph::State::kActivated:
      return "open, no sensor selected";
    case graph::State::kInitialised:
      return "sensor selected, not streaming";
    case graph::State::kRunning:
      return "streaming";
    default:
      return "undefined";
  }
}

const char* module_text(graph::State state) {
  switch (state) {
    case graph::State::kSlake:
      return "closed";
    case graph::State::kActivated:
      return "activated";
    case graph::State::kInitialised:
      return "initialised";
    case graph::State::kRunning:
      return "running";
    default:
      return "undefined";
  }
}

// What keeps frames from coming, most likely cause first.
const char* verdict(graph::State state, const Progress& stream, const input::Csi::Errors& link,
                    bool parallel) {
  if (state == graph::State::kSlake) return "ok: waiting for a program to open /dev/tx-isp";
  if (state != graph::State::kRunning) return "ok: waiting for a program to start streaming";
  if (stream.overflows != 0 && stream.frames_done == 0)
    return "no frames: the ISP is too slow, raise isp_clk";
  const bool none_gets_through = stream.frames_done == 0 && stream.input_errors != 0;
  if (stream.frames_started != 0 && !none_gets_through) {
    if (stream.overflows != 0) return "frames come, with overflows: raise isp_clk";
    return "ok: frames come";
  }
  if (!parallel && (link.error1 | link.error2) != 0)
    return "no frames: the MIPI link has errors, see link_error";
  if (parallel && stream.input_errors != 0)
    return "no frames: the parallel port has errors (polarity, timing, pins, size?), see "
           "input_last_error";
  if (stream.input_errors != 0)
    return "no frames: the video input reports errors, see input_last_error";
  if (parallel)
    return "no frames: nothing comes on the parallel port (clock, pin functions, bus type, "
           "stream-on list?)";
  return "no frames: nothing comes from the sensor (clock, lanes, stream-on list?)";
}

void print_bus(const t31_sensor_info& sensor, t31_proc_text* text) {
  t31_port_proc_printf(text, "interface: %s\n", input::bus_name(sensor.bus));
  if (sensor.bus == T31_BUS_MIPI) {
    t31_port_proc_printf(text, "lanes: %u\n", sensor.mipi.lanes);
    t31_port_proc_printf(text, "lane_rate: %u Mbit/s\n", sensor.mipi.mbps);
    return;
  }
  if (sensor.bus != T31_BUS_DVP) {
    t31_port_proc_printf(text, "data_pins: %u bits\n", sensor.bt_bits == 0 ? 8 : 16);
    return;
  }
  const auto& dvp = sensor.dvp;
  t31_port_proc_printf(text, "data_pins: %s\n", input::dvp_pins_name(dvp.pins));
  t31_port_proc_printf(text, "timing: %s\n", input::dvp_timing_name(dvp.timing));
  t31_port_proc_printf(text, "hsync: %s\n",
                       dvp.hsync_polarity == input::kPolarityLow ? "active low" : "active high");
  t31_port_proc_printf(text, "vsync: %s\n",
                       dvp.vsync_polarity == input::kPolarityLow ? "active low" : "active high");
  t31_port_proc_printf(text, "blanking: %u pixel clocks %u lines\n", dvp.horizontal_blanking,
                       dvp.vertical_blanking);
}

void print_channels(const output::OutputUnit& unit, t31_proc_text* text) {
  void* memory = t31_port_alloc(sizeof(output::ChannelReport));
  if (memory == nullptr) return;
  output::ChannelReport& report = *new (memory) output::ChannelReport;
  for (unsigned i = 0; i < output::kChannelCount; ++i) {
    unit.describe(i, report);
    t31_port_proc_printf(text, "channel%u_state: %s\n", i, module_text(report.state));
    if (report.state < graph::State::kInitialised) continue;
    const output::ChannelCounters& counters = report.counters;
    t31_port_proc_printf(text, "channel%u_size: %ux%u pixels\n", i, report.picture.width,
                         report.picture.height);
    t31_port_proc_printf(text, "channel%u_buffers: %u\n", i, report.buffer_count);
    t31_port_proc_printf(text, "channel%u_frames: %u\n", i, counters.started);
    t31_port_proc_printf(text, "channel%u_delivered: %u\n", i, counters.delivered);
    t31_port_proc_printf(text, "channel%u_dropped: %u\n", i, counters.dropped);
    t31_port_proc_printf(text, "channel%u_lost: %u\n", i, counters.lost);
    t31_port_proc_printf(text, "channel%u_unknown: %u\n", i, counters.unknown_address);
    t31_port_proc_printf(text, "channel%u_last_error: %s\n", i, output::words(report.last_error));
  }
  t31_port_free(memory);
}

}  // namespace

void ProcFiles::show_status(void* context, t31_proc_text* text) {
  const ProcFiles& self = *static_cast<ProcFiles*>(context);
  Camera& camera = self.camera_;
  const graph::State state = camera.state();
  const core::Interrupts::Counters core = camera.interrupts().counters();
  const input::Vic::Counters vic = camera.vic().counters();
  const input::Csi::Errors link =
      camera.activated() ? camera.csi().errors() : input::Csi::Errors{0, 0, 0};
  t31_port_proc_printf(text, "driver: t31 open camera driver, vendor interface H20221206a\n");
  const bool parallel = camera.sensors().info().bus != T31_BUS_MIPI;
  t31_port_proc_printf(text, "verdict: %s\n", verdict(state, camera.progress(), link, parallel));
  t31_port_proc_printf(text, "session: %s\n", state_text(state));
  t31_port_proc_printf(text, "link_configuration: %d\n", camera.links().configuration());
  t31_port_proc_printf(text, "module_isp-w01: %s\n", module_text(camera.csi().state()));
  t31_port_proc_printf(text, "module_isp-w02: %s\n", module_text(camera.vic().state()));
  t31_port_proc_printf(text, "clock_asked: %u Hz\n", camera.platform().isp_rate_asked());
  t31_port_proc_printf(text, "clock_real: %u Hz\n", camera.platform().isp_rate());

  char path[T31_BIN_PATH_SIZE];
  camera.tuning_path(path);
  t31_port_proc_printf(text, "tuning_file: %s\n", path[0] == '\0' ? "none yet" : path);
  t31_port_proc_printf(text, "tuning_state: %s\n",
                       state < graph::State::kInitialised
                           ? "not loaded"
                           : tuning::load_result_text(camera.tuning_result()));
  u32 denoise = 0;
  if (camera.denoise_buffer_size(denoise).ok()) {
    t31_port_proc_printf(text, "denoise_memory_needed: %u bytes\n", denoise);
    t31_port_proc_printf(text, "denoise_memory_given: %u bytes\n", camera.denoise_bytes_given());
  }
  t31_port_proc_printf(text, "private_memory: %u bytes\n", t31_port_ispmem_size());

  t31_port_proc_printf(text, "input_frames: %u\n", vic.frames);
  t31_port_proc_printf(text, "input_recoveries: %u\n", vic.recoveries);
  t31_port_proc_printf(
      text, "input_last_error: %s\n",
      vic.last_error < 0 ? "none" : input::vic_error_text(static_cast<unsigned>(vic.last_error)));
  t31_port_proc_printf(text, "link_error: 0x%08x 0x%08x\n", link.error1, link.error2);
  t31_port_proc_printf(text, "isp_frames_started: %u\n", core.frames_started);
  t31_port_proc_printf(text, "isp_frames_done: %u\n", core.ip_done);
  t31_port_proc_printf(text, "isp_errors: %u\n", core.errors);
  t31_port_proc_printf(text, "isp_overflows: %u\n", core.overflows);
  t31_port_proc_printf(text, "isp_broken_frames: %u\n", core.broken_frames);
  t31_port_proc_printf(text, "isp_last_error: 0x%x detail 0x%x\n", core.last_error_status,
                       core.last_error_detail);
  const FrameCounters frames = camera.frame_counters();
  t31_port_proc_printf(text, "statistics: %u\n", frames.statistics);
  t31_port_proc_printf(text, "commits: %u\n", frames.commits);
  t31_port_proc_printf(text, "late_commits: %u\n", frames.late_commits);
  if (state == graph::State::kRunning) self.print_auto_lines(text);
  print_channels(camera.output(), text);
}

void ProcFiles::show_sensor(void* context, t31_proc_text* text) {
  const ProcFiles& self = *static_cast<ProcFiles*>(context);
  Camera& camera = self.camera_;
  const input::SensorHost::LastRegistration last = camera.sensors().last_registration();
  if (last.attempted) {
    t31_port_proc_printf(text, "registered: %s\n", last.name);
    t31_port_proc_printf(text, "bus: i2c-%u\n", last.bus);
    t31_port_proc_printf(text, "address: 0x%x\n", last.address);
    t31_port_proc_printf(text, "identification: %s\n",
                         input::registration_failure_text(last.failure, last.report));
    t31_port_proc_printf(text, "i2c_transfers: %u\n", last.report.transfers);
    t31_port_proc_printf(text, "i2c_failed: %u\n", last.report.failed_transfers);
    t31_port_proc_printf(text, "i2c_last_error: %u\n", last.report.last_error);
    for (u32 i = 0; i < last.report.read_count && i < 8; ++i) {
      t31_port_proc_printf(text, "id_register_0x%04x: 0x%02x\n", last.report.reads[i].reg,
                           last.report.reads[i].value);
    }
    t31_port_proc_printf(text, "master_clock: %u Hz\n", last.report.master_clock_hertz);
  }
  if (!camera.sensors().selected()) {
    t31_port_proc_printf(text, "no sensor\n");
    return;
  }
  const t31_sensor_info sensor = camera.sensors().info();
  const Result<input::PixelFormat> format = input::pixel_format(sensor.mbus_code);
  const control::Exposure exposure = camera.exposure();
  t31_port_proc_printf(text, "name: %s\n", sensor.name);
  t31_port_proc_printf(text, "chip_id: 0x%x\n", sensor.chip_id);
  print_bus(sensor, text);
  t31_port_proc_printf(text, "size: %ux%u pixels\n", sensor.mbus_width, sensor.mbus_height);
  t31_port_proc_printf(text, "pattern: %s\n",
                       format.ok() ? input::bayer_name(format.value()) : "unknown");
  t31_port_proc_printf(text, "fps: %u/%u\n", sensor.fps >> 16, sensor.fps & 0xffff);
  t31_port_proc_printf(text, "line_length: %u pixel clocks\n", sensor.total_width);
  t31_port_proc_printf(text, "frame_length: %u lines\n", sensor.total_height);
  t31_port_proc_printf(text, "line_time: %u us\n", input::line_time_us(sensor));
  t31_port_proc_printf(text, "integration_time: %u lines\n", exposure.lines);
  t31_port_proc_printf(text, "analogue_gain: %u /1024\n", exposure.again);
  t31_port_proc_printf(text, "digital_gain: %u /1024\n", exposure.sensor_dgain);
  t31_port_proc_printf(text, "flips_in_sensor: %s\n", sensor.flips_in_sensor != 0 ? "yes" : "no");
  t31_port_proc_printf(text, "mirror: %s\n", camera.output().mirrored() ? "on" : "off");
  t31_port_proc_printf(text, "flip: %s\n", camera.output().flipped() ? "on" : "off");
}

}  // namespace t31::device
