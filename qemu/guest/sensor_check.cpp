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

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

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
    char error[256] = "";
    const int attached = t31_host_attach_sensor(words[5], error, sizeof(error));
    if (attached < 0) throw Failure(std::string("sensor: ") + error + std::strerror(-attached));
    t31::cam::ReservedMemory memory;
    const t31::cam::Sensor sensor(registration(words[2], address), memory);
    must_stay(words[1]);
    expose(std::getenv("T31_ACTS") != nullptr);
    must_stay(words[1]);
    write_register(sensor.node(), words[2], reg);
  } catch (const std::exception& failure) {
    std::printf("%s: %s\n", words[2], failure.what());
    return 1;
  }
  return 0;
}
