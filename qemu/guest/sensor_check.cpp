// SPDX-License-Identifier: GPL-2.0-or-later
// sensor_check.cpp - a sensor driver that is loaded, in a session of a camera program: exposure
// and gain, registers, frames, and that its module can't go meanwhile.
//
// usage: t31_sensor_check MODULE NAME ADDRESS REGISTER DESCRIPTION
//   REGISTER may be written with anything; DESCRIPTION is the sensor for the virtual machine
//   (JSON). With a chip that is modelled (T31_ACTS=1) exposure and gain must show in the picture.
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "t31_host.h"
#include "t31cam/camera.hpp"
#include "t31cam/channel.hpp"

namespace {

using t31::cam::Failure;

constexpr unsigned kFrames = 3;
constexpr unsigned kShort = 200;  // lines; within every sensor's limits
constexpr unsigned kFactor = 4;   // longer, and amplified

struct t31_sensor_register registration(const char* name, unsigned long address) {
  struct t31_sensor_register info {};
  std::strncpy(info.name, name, sizeof(info.name) - 1);
  std::strncpy(info.i2c.type, name, sizeof(info.i2c.type) - 1);
  info.cbus_type = 1;
  info.i2c.addr = address;
  info.rst_gpio = info.pwdn_gpio = info.power_gpio = 0xffff;
  return info;
}

// A chip of the table (its description has a "picture") sends what its driver's window needs: some
// send more around the picture, which the table doesn't know. Empty: the description does already.
std::string with_margins(const std::string& description) {
  constexpr std::uint32_t kVic = 0x133e0000;  // hw-pipeline 3.1
  constexpr std::uint32_t kSize = 0x04, kFirstLine = 0x104, kLine = 0x110;
  constexpr char kForm[] = R"("picture": {"width": %u, "height": %u%n)";
  const std::size_t place = description.find("\"picture\"");
  unsigned width = 0, height = 0;
  int length = 0;
  if (place == std::string::npos ||
      std::sscanf(description.c_str() + place, kForm, &width, &height, &length) != 2) {
    return {};
  }
  const unsigned size = t31_host_peek(kVic + kSize), sent = t31_host_peek(kVic + kLine);
  const unsigned line = std::max(sent >> 16, (sent & 0xffff) + (size >> 16));
  const unsigned lines = (size & 0xffff) + (t31_host_peek(kVic + kFirstLine) & 0xffff);
  if (line <= width && lines <= height) return {};
  char text[64];
  std::snprintf(text, sizeof(text), R"("picture": {"width": %u, "height": %u)",
                std::max(line, width), std::max(lines, height));
  return std::string(description).replace(place, static_cast<std::size_t>(length), text);
}

void attach(const std::string& description) {
  char error[256] = "";
  const int attached = t31_host_attach_sensor(description.c_str(), error, sizeof(error));
  if (attached < 0) throw Failure(std::string("sensor: ") + error + std::strerror(-attached));
}

double mean_luma(const t31::cam::Frame& frame) {
  double sum = 0;
  for (std::size_t i = 0; i < std::size_t{frame.width} * frame.height; ++i) sum += frame.luma[i];
  return sum / (double{1} * frame.width * frame.height);
}

// Of the last of some frames with that exposure.
double look(t31::cam::Tuning& tuning, unsigned lines, unsigned gain) {
  t31::cam::ReservedMemory memory;
  t31::cam::CameraOptions options;
  options.exposure_lines = lines;
  options.gain = gain;
  tuning.apply(options);
  double luma = 0;
  unsigned taken = 0;
  t31::cam::Channel channel({0, 320, 176, false}, memory);
  channel.start([&](const t31::cam::Frame& frame) {
    luma = mean_luma(frame);
    return ++taken < kFrames;
  });
  constexpr std::uint64_t kStep = 100'000'000;  // nanoseconds
  constexpr unsigned kPatience = 300;
  for (unsigned i = 0; i < kPatience && channel.running(); ++i) t31_host_sleep_ns(kStep);
  channel.stop();
  if (!channel.error().empty()) throw Failure(channel.error());
  if (taken < kFrames) throw Failure("no frames");
  std::printf("%u lines, gain %u: luma %.1f\n", lines, gain, luma);
  return luma;
}

void expose(bool acts) {
  t31::cam::Tuning tuning;
  const double dark = look(tuning, kShort, 1);
  const double longer = look(tuning, kShort * kFactor, 1);
  const double amplified = look(tuning, kShort, kFactor);
  if (!acts) return;
  if (longer < dark + 10) throw Failure("exposure has no effect");
  if (amplified < longer - 8 || amplified > longer + 8) throw Failure("gain has no effect");
}

unsigned read_register(const t31::cam::Node& node,
                       t31::cam::UserMemory<t31_debug_register>& access) {
  access->val = 0;
  node.call("reading a register", T31_TX_ISP_DBG_G_REGISTER, access);
  return access->val & 0xff;
}

void write_register(const t31::cam::Node& node, const char* name, unsigned long reg) {
  t31::cam::UserMemory<t31_debug_register> access;
  std::strncpy(access->name, name, sizeof(access->name) - 1);
  access->reg = reg;
  const unsigned before = read_register(node, access);
  const unsigned value = before ^ 0x06;
  access->val = value;
  node.call("writing a register", T31_TX_ISP_DBG_S_REGISTER, access);
  const unsigned after = read_register(node, access);
  std::printf("register %#lx: %#x, written %#x, then %#x\n", reg, before, value, after);
  if (after != value) throw Failure("a register does not keep what was written");
}

void must_stay(const char* module) {
  if (::syscall(SYS_delete_module, module, O_NONBLOCK) == 0) {
    throw Failure("the sensor's module went during a session");
  }
  if (errno != EAGAIN && errno != EBUSY)
    throw Failure(std::string("rmmod: ") + std::strerror(errno));
}

}  // namespace

int main(int count, char** words) {
  if (count != 6) {
    std::fprintf(stderr, "usage: t31_sensor_check MODULE NAME ADDRESS REGISTER DESCRIPTION\n");
    return 2;
  }
  const unsigned long address = std::strtoul(words[3], nullptr, 0);
  const unsigned long reg = std::strtoul(words[4], nullptr, 0);
  try {
    attach(words[5]);
    t31::cam::ReservedMemory memory;
    std::optional<t31::cam::Sensor> sensor(std::in_place, registration(words[2], address), memory);
    if (const std::string wider = with_margins(words[5]); !wider.empty()) {
      sensor.reset();
      attach(wider);
      sensor.emplace(registration(words[2], address), memory);
    }
    must_stay(words[1]);
    expose(std::getenv("T31_ACTS") != nullptr);
    must_stay(words[1]);
    write_register(sensor->node(), words[2], reg);
  } catch (const std::exception& failure) {
    std::printf("%s: %s\n", words[2], failure.what());
    return 1;
  }
  return 0;
}
