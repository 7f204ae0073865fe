// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31cam/camera.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "t31cam/controls.hpp"
#include "t31cam/parameters.hpp"
#include "t31cam/sensors.hpp"

namespace t31::cam {
namespace {

constexpr std::uint32_t kI2c = 1;
constexpr std::uint32_t kUnusedGpio = 0xffff;
constexpr std::uint32_t kUnityQ10 = 1024;
constexpr std::size_t kLargestStruct = 258;  // gamma

struct t31_sensor_register registration(const SensorEntry& sensor) {
  struct t31_sensor_register info {};
  std::strncpy(info.name, sensor.name, sizeof(info.name) - 1);
  info.cbus_type = kI2c;
  std::strncpy(info.i2c.type, sensor.name, sizeof(info.i2c.type) - 1);
  info.i2c.addr = sensor.address;
  info.i2c.adapter_id = 0;
  info.rst_gpio = info.pwdn_gpio = info.power_gpio = kUnusedGpio;
  return info;
}

struct BinPath {
  char text[T31_BIN_PATH_SIZE] = {};
};

}  // namespace

Sensor::Sensor(const CameraOptions& options, const std::string& tuning_path, ReservedMemory& memory)
    : Sensor(registration(*find_sensor(options.sensor)), options, tuning_path, memory) {}

Sensor::Sensor(const struct t31_sensor_register& info, ReservedMemory& memory)
    : Sensor(info, CameraOptions{}, {}, memory) {}

Sensor::Sensor(const struct t31_sensor_register& info, const CameraOptions& options,
               const std::string& tuning_path, ReservedMemory& memory)
    : info_(info) {
  node_.call("registering the sensor", T31_TX_ISP_REGISTER_SENSOR, info_);
  try {
    add(options, tuning_path, memory);
    enable();
  } catch (...) {
    remove();
    throw;
  }
}

Sensor::~Sensor() {
  disable();
  remove();
}

void Sensor::add(const CameraOptions& options, const std::string& tuning_path,
                 ReservedMemory& memory) {
  if (!tuning_path.empty()) {
    UserMemory<BinPath> path;
    tuning_path.copy(path->text, sizeof(path->text) - 1);
    node_.call("setting the tuning file", T31_TX_ISP_SET_BIN_PATH, path);
  }
  if (options.wdr) node_.call("switching to two exposures", T31_TX_ISP_WDR_ENABLE);
  UserMemory<std::int32_t> input(find_input(info_->name));
  node_.call("selecting the sensor", T31_TX_ISP_S_INPUT, input);
  if (options.wdr) {
    UserMemory<t31_buffer_info> delay;
    node_.call("asking for the WDR buffer's size", T31_TX_ISP_GET_WDR_BUF_INFO, delay);
    delay->paddr = memory.allocate(delay->size, "WDR buffer");
    node_.call("giving the WDR buffer", T31_TX_ISP_SET_WDR_BUF_INFO, delay);
  }

  UserMemory<t31_buffer_info> buffer;
  node_.call("asking for the denoise buffer's size", T31_TX_ISP_GET_BUF_INFO, buffer);
  buffer->paddr = memory.allocate(buffer->size, "temporal denoise buffer");
  node_.call("giving the denoise buffer", T31_TX_ISP_SET_BUF_INFO, buffer);
}

int Sensor::find_input(const std::string& name) {
  int found = -1;
  for (std::uint32_t index = 0;; ++index) {
    UserMemory<t31_input> input;
    input->index = index;
    if (node_.try_call(T31_TX_ISP_ENUM_INPUT, input.address()) < 0) break;
    if (name == input->name) found = static_cast<int>(index);
  }
  if (found < 0) throw Failure(fmt::format("sensor {} was registered but is not listed", name));
  return found;
}

void Sensor::enable() {
  UserMemory<std::int32_t> input(-1);
  node_.call("asking for the current sensor", T31_TX_ISP_G_INPUT, input);
  if (*input == -1) throw Failure("no sensor is selected");
  node_.call("starting the sensor", T31_TX_ISP_STREAMON);
  UserMemory<std::int32_t> configuration(0);
  node_.call("linking", T31_TX_ISP_LINK_SETUP, configuration);
  node_.call("starting the links", T31_TX_ISP_LINK_STREAMON);
}

// The way down goes on whatever a step answers: the driver tears down what is left at close.
void Sensor::disable() {
  UserMemory<std::int32_t> input(-1);
  node_.try_call(T31_TX_ISP_G_INPUT, input.address());
  node_.try_call(T31_TX_ISP_LINK_STREAMOFF, 0);
  UserMemory<std::int32_t> none(-1);
  node_.try_call(T31_TX_ISP_LINK_DESTROY, none.address());
  node_.try_call(T31_TX_ISP_STREAMOFF, 0);
}

void Sensor::remove() {
  UserMemory<std::int32_t> none(-1);
  node_.try_call(T31_TX_ISP_S_INPUT, none.address());
  node_.try_call(T31_TX_ISP_RELEASE_SENSOR, info_.address());
}

Tuning::Tuning() {
  get("frame rate", T31_CONTROL_FPS);
  for (const std::uint32_t id : {T31_CONTROL_BRIGHTNESS, T31_CONTROL_SATURATION}) {
    UserMemory<t31_control> control({id, -1});
    node_.call("reading a control", T31_ISP_G_CTRL, control);
  }
}

std::uint32_t Tuning::get(const char* what, std::uint32_t id) {
  UserMemory<t31_extended_control> control({1, id, 0});
  node_.call(what, T31_ISP_CTRL, control);
  return control->value;
}

void Tuning::set(const char* what, std::uint32_t id, std::uint32_t value) {
  UserMemory<t31_extended_control> control({0, id, value});
  node_.call(what, T31_ISP_CTRL, control);
}

void Tuning::apply(const CameraOptions& options) {
  if (options.frame_rate) {
    const FrameRate& rate = *options.frame_rate;
    set("setting the frame rate", T31_CONTROL_FPS,
        static_cast<std::uint32_t>(rate.numerator) << 16 | rate.denominator);
  }
  set_controls(options.settings);
  for (const ControlSetting& setting : options.parameters) {
    const ParameterSetting parameter = parameter_setting(setting);
    ParameterNode().set(*parameter.parameter, parameter.values);
  }
  if (options.white_balance) set_white_balance(*options.white_balance);
  const bool exposure = options.exposure_lines || options.gain || options.short_lines;
  if (exposure) set_exposure(options);
  const bool changed = options.frame_rate || !options.settings.empty() ||
                       !options.parameters.empty() || options.white_balance || exposure;
  if (changed) wait_frames(options.settle_frames);
}

void Tuning::set_controls(std::span<const ControlSetting> settings) {
  for (const ControlSetting& setting : settings) set_control(setting);
}

void Tuning::set_control(const ControlSetting& setting) {
  const ControlEntry* found = find_control(setting.control);
  const std::string what = fmt::format("setting {} to {}", setting.control, setting.value);
  if (found != nullptr && found->kind == ControlKind::kList) {
    const std::vector<std::uint8_t> bytes = control_struct(setting);
    UserMemory<std::array<std::uint8_t, kLargestStruct>> memory;
    std::copy(bytes.begin(), bytes.end(), memory->begin());
    set(what.c_str(), found->id, memory.address());
    return;
  }
  const std::uint32_t value = control_value(setting);
  const ControlEntry& control = *find_control(setting.control);
  if (control.id == T31_CONTROL_CONTRAST) contrast_ = value;
  if (control.kind == ControlKind::kColourSpace) {
    UserMemory<t31_csc> csc;
    csc->mode = value;
    set(what.c_str(), control.id, csc.address());
  } else if (control.kind != ControlKind::kValue) {
    UserMemory<std::uint32_t> word(value);  // little-endian: a byte lies at its start
    set(what.c_str(), control.id, word.address());
  } else if (control.id >> 24 == 0) {  // V4L2-like ids
    UserMemory<t31_control> argument({control.id, static_cast<std::int32_t>(value)});
    node_.call(what.c_str(), T31_ISP_S_CTRL, argument);
  } else {
    set(what.c_str(), control.id, value);
  }
}

// The sensor streams already, so frames pass though no channel is open yet. Half a frame more: the
// channels then start between two frames, also where a program takes time.
void Tuning::wait_frames(unsigned frames) {
  const std::uint32_t rate = get("frame rate", T31_CONTROL_FPS);
  const std::uint32_t numerator = rate >> 16;
  if (numerator == 0) return;
  constexpr std::uint64_t kHalfSecond = 500000000;
  t31_host_sleep_ns(kHalfSecond * (rate & 0xffff) * (2 * frames + 1) / numerator);
}

void Tuning::set_white_balance(const WhiteBalanceGains& gains) {
  const auto q8 = [](double gain) {
    return static_cast<std::uint16_t>(std::min(std::lround(gain * 256), 0xffffl));
  };
  constexpr std::uint32_t kManual = 1;
  UserMemory<t31_white_balance> balance({kManual, q8(gains.red), q8(gains.blue)});
  set("setting the white balance", T31_CONTROL_WHITE_BALANCE, balance.address());
}

void Tuning::set_exposure(const CameraOptions& options) {
  struct Block {
    std::uint32_t word[T31_AE_WORDS] = {};
  };
  // What was not asked for stays as the driver has it.
  UserMemory<Block> block;
  UserMemory<t31_extended_control> control({1, T31_CONTROL_AE, block.address()});
  node_.call("reading the exposure", T31_ISP_CTRL, control);
  auto& word = block->word;
  word[T31_AE_FREEZE] = 1;
  if (options.exposure_lines) word[T31_AE_INTEGRATION_TIME] = *options.exposure_lines;
  if (options.short_lines) {
    word[T31_AE_SHORT_INTEGRATION_TIME] = *options.short_lines;
    word[T31_AE_SHORT_INTEGRATION_TIME_MANUAL] = 1;
  }
  if (options.gain) {
    word[T31_AE_AGAIN] = static_cast<std::uint32_t>(std::lround(*options.gain * kUnityQ10));
    word[T31_AE_DGAIN] = word[T31_AE_ISP_DGAIN] = kUnityQ10;
  }
  for (const unsigned manual : {T31_AE_INTEGRATION_TIME_MANUAL, T31_AE_AGAIN_MANUAL,
                                T31_AE_ISP_DGAIN_MANUAL, T31_AE_DGAIN_MANUAL}) {
    word[manual] = 1;
  }
  set("setting the exposure", T31_CONTROL_AE, block.address());
}

void Tuning::poll() {
  const std::uint32_t gain = get("reading the total gain", T31_CONTROL_TOTAL_GAIN);
  if (gain == total_gain_) return;
  total_gain_ = gain;
  UserMemory<t31_control> contrast(
      {T31_CONTROL_CONTRAST, static_cast<std::int32_t>(contrast_ | gain << 8)});
  node_.call("setting the contrast", T31_ISP_S_CTRL, contrast);
}

void Tuning::read_ae_zones() {
  struct Zones {
    std::uint32_t mean[15][15] = {};
  };
  UserMemory<Zones> zones;
  UserMemory<t31_extended_control> control({1, T31_CONTROL_AE_ZONES, zones.address()});
  node_.call("reading the exposure zones", T31_ISP_CTRL, control);
}

}  // namespace t31::cam
