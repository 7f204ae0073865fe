// SPDX-License-Identifier: GPL-2.0-or-later
// camera_pass.cpp - a sensor driver in a whole virtual camera, used as a program on a camera does.
#include <fmt/format.h>

#include <cstring>

#include "driver/input/sensor_api.h"
#include "sdk/exercise.hpp"
#include "sdk/refusal.hpp"
#include "t31_host.h"
#include "t31cam/camera.hpp"
#include "t31cam/channel.hpp"
#include "t31cam/client.hpp"

namespace t31::sdk {
namespace {

using cam::Failure;
using cam::UserMemory;

constexpr unsigned kFrames = 3;

struct t31_sensor_register registration(const std::string& name, std::uint32_t address) {
  struct t31_sensor_register info {};
  std::strncpy(info.name, name.c_str(), sizeof(info.name) - 1);
  std::strncpy(info.i2c.type, name.c_str(), sizeof(info.i2c.type) - 1);
  info.cbus_type = 1;
  info.i2c.addr = address;
  info.rst_gpio = info.pwdn_gpio = info.power_gpio = 0xffff;
  return info;
}

// The picture that a channel can have at most, cut from the sensor's.
cam::ChannelOption channel_of(const t31_sensor_info& info) {
  return {0, info.mbus_width & ~15U, info.mbus_height & ~1U, true};
}

// Frames of a channel, and how many of them are a picture: not black, not torn.
unsigned take_frames(const t31_sensor_info& info, cam::ReservedMemory& memory) {
  unsigned taken = 0;
  cam::Channel channel(channel_of(info), memory);
  channel.start([&taken](const cam::Frame&) { return ++taken < kFrames; });
  constexpr std::uint64_t kFrameTime = 200'000'000;  // nanoseconds; slower than any sensor
  for (unsigned i = 0; i < 4 * kFrames && channel.running(); ++i) t31_host_sleep_ns(kFrameTime);
  channel.stop();
  if (!channel.error().empty()) throw Failure(channel.error());
  return taken;
}

// What a manual exposure sends to the chip.
std::string exposed(cam::Tuning& tuning, std::uint32_t lines, double gain, Listener& listener) {
  cam::CameraOptions options;
  options.exposure_lines = lines;
  options.gain = gain;
  listener.clear();
  tuning.apply(options);
  return listener.text();
}

// Exposure and gain, each by whichever event the driver has shown to listen to.
void change_exposure(cam::Tuning& tuning, const t31_sensor_info& info, Listener& listener,
                     Row& row) {
  constexpr std::uint32_t kTwice = 1 << 16;  // log2, Q16
  const auto listens = [&row](const char* event) {
    return row.exposure.find(event) != std::string::npos;
  };
  const std::string longer = exposed(tuning, info.max_integration_time / 2 + 1, 1, listener);
  const std::string shorter = exposed(tuning, info.max_integration_time / 4 + 1, 1, listener);
  const std::string amplified = exposed(tuning, info.max_integration_time / 4 + 1, 2, listener);
  if ((listens("EXPO") || listens("INT_TIME")) && (shorter.empty() || shorter == longer)) {
    row.wrong.push_back(fmt::format("exposure doesn't reach the chip: \"{}\"", shorter));
  }
  if ((listens("EXPO") || listens("AGAIN")) && info.max_again >= kTwice &&
      (amplified.empty() || amplified == shorter)) {
    row.wrong.push_back(fmt::format("gain doesn't reach the chip: \"{}\"", amplified));
  }
}

// What a control sends to the chip.
void change_settings(const t31_sensor_info& info, Listener& listener, Row& row) {
  cam::Tuning tuning;
  change_exposure(tuning, info, listener, row);
  cam::CameraOptions options;
  options.settings = {{"vflip", "1"}, {"hflip", "1"}};
  tuning.apply(options);
  options.settings = {{"vflip", "0"}, {"hflip", "0"}};
  tuning.apply(options);
  const std::uint32_t rate = tuning.get("frame rate", T31_CONTROL_FPS);
  try {
    options = {};
    options.frame_rate = cam::FrameRate{15, 1};
    listener.clear();
    tuning.apply(options);
    // Some drivers accept every rate and do nothing about it: then it stays what it was.
    const std::uint32_t now = tuning.get("frame rate", T31_CONTROL_FPS);
    if (now != (15U << 16 | 1) && (now != rate || listener.writes() != 0)) {
      row.wrong.push_back("the frame rate isn't what was set");
    }
  } catch (const Failure&) {
    // A driver may have its own mind about frame rates; then everything stays.
    if (tuning.get("frame rate", T31_CONTROL_FPS) != rate) {
      row.wrong.push_back("a frame rate that was refused changed something");
    }
  }
}

void access_register(const cam::Node& node, const std::string& name, const Chip& chip,
                     Listener& listener, Row& row) {
  constexpr unsigned kValue = 0xa5;
  UserMemory<t31_debug_register> access;
  std::strncpy(access->name, name.c_str(), sizeof(access->name) - 1);
  access->reg = chip.identity.empty() ? 0x10 : chip.identity.back().first;
  access->val = kValue;
  listener.clear();
  const int written = node.try_call(T31_TX_ISP_DBG_S_REGISTER, access.address());
  const bool wide = listener.text().find("=00a5") != std::string::npos;
  access->val = 0;
  const int read = node.try_call(T31_TX_ISP_DBG_G_REGISTER, access.address());
  if (written < 0 || read < 0 || (!wide && (access->val & 0xff) != kValue)) {
    row.wrong.push_back(fmt::format("register {:#x}: written ({}), read as {:#x} ({})", access->reg,
                                    written, access->val, read));
  }
}

// Drivers that publish through the ISP module are seen by programs before and while they run.
void look_up(const Source& source, const char* status, Row& row) {
  if (!source.published) return;
  try {
    const std::string name = cam::Node("/proc/jz/sensor/sensor0/name").read_all();
    const std::string found = cam::Node("/proc/jz/sensor/sensor0/status").read_all();
    if (name.empty() || found != std::string(status) + "\n") {
      row.wrong.push_back(fmt::format("registry: name \"{}\", status \"{}\"", name, found));
    }
  } catch (const Failure& failure) {
    row.wrong.push_back(fmt::format("registry: {}", failure.what()));
  }
}

void use_camera(const Exercise& exercise, const Chip& chip, const t31_sensor_info& info,
                Listener& listener, Row& row) {
  cam::ReservedMemory memory;
  const std::string& name = exercise.source.name;
  look_up(exercise.source, "loaded", row);
  {
    const cam::Sensor sensor(registration(name, chip.address), memory);
    look_up(exercise.source, "active", row);
    row.streams = take_frames(info, memory) == kFrames;
    if (!row.streams) {
      row.wrong.push_back("no frames");
      row.notes.push_back(cam::Node("/proc/jz/isp/status").read_all());
      row.notes.push_back(
          fmt::format("chip: {} writes, {} failures", listener.writes(), listener.failures()));
    }
    change_settings(info, listener, row);
    access_register(sensor.node(), name, chip, listener, row);
    if (row.streams && take_frames(info, memory) != kFrames) {
      row.wrong.push_back("no frames after the settings changed");
    }
  }
  look_up(exercise.source, "loaded", row);
}

}  // namespace

void exercise_camera(const Exercise& exercise, const std::filesystem::path& module,
                     const Chip& chip, const t31_sensor_info& info, Row& row) {
  Listener listener;
  listener.assume(chip.address_bytes);
  const int loaded = t31_host_insmod(module.c_str(), "");
  if (loaded < 0) throw Failure(fmt::format("insmod: {}", std::strerror(-loaded)));
  try {
    const Overruled overruled(chip.overruled);
    use_camera(exercise, chip, info, listener, row);
  } catch (const std::exception& error) {
    row.wrong.emplace_back(error.what());
  }
  const int removed = t31_host_rmmod(module.c_str());
  if (removed < 0) row.wrong.push_back(fmt::format("rmmod: {}", std::strerror(-removed)));
  row.removed = removed == 0;
}

}  // namespace t31::sdk
