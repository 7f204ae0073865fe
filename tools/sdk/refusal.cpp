// SPDX-License-Identifier: GPL-2.0-or-later
#include "sdk/refusal.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sstream>

#include "common/errors.hpp"
#include "sdk/alone.hpp"
#include "sdk/call_site.hpp"
#include "t31cam/camera.hpp"
#include "t31cam/channel.hpp"
#include "t31cam/client.hpp"

namespace t31::sdk {
namespace {

namespace fs = std::filesystem;
using cam::UserMemory;
using tools::Failure;

constexpr const char* kNext = "sc2336";  // the project's own, which is known to work
constexpr std::uint32_t kNextAddress = 0x30;

class Module {
 public:
  explicit Module(fs::path path) : path_(std::move(path)) {
    const int result = t31_host_insmod(path_.c_str(), "");
    if (result < 0) throw Failure(fmt::format("insmod {}: {}", path_.string(), strerror(-result)));
  }
  ~Module() { t31_host_rmmod(path_.c_str()); }
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;

 private:
  fs::path path_;
};

void fill(struct t31_sensor_register& info, const std::string& name, std::uint32_t address) {
  std::strncpy(info.name, name.c_str(), sizeof(info.name) - 1);
  std::strncpy(info.i2c.type, name.c_str(), sizeof(info.i2c.type) - 1);
  info.cbus_type = 1;
  info.i2c.addr = address;
  info.rst_gpio = info.pwdn_gpio = info.power_gpio = 0xffff;
}

std::string taken_log() {
  char* log = t31_host_take_log();
  std::string text = log;
  std::free(log);
  return text;
}

// Lines of ours: the driver's own are its own affair.
void check_words(const std::string& log, const std::string& name, Row& row) {
  const std::string ours = fmt::format("sensor {} on I2C bus 0 address", name);
  std::istringstream lines(log);
  unsigned said = 0, helpful = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.find(ours) == std::string::npos) continue;
    ++said;
    if (line.find("wrong chip id") != std::string::npos) ++helpful;
  }
  if (said != 1 || helpful != 1) {
    row.wrong.push_back(
        fmt::format("a refused chip: {} lines, {} name the chip id", said, helpful));
  }
}

void register_refused(const Exercise& exercise, const Chip& chip, Row& row) {
  const cam::Node node("/dev/tx-isp");
  UserMemory<struct t31_sensor_register> info;
  fill(*info, exercise.source.name, chip.address);
  (void)taken_log();
  const int result = node.try_call(T31_TX_ISP_REGISTER_SENSOR, info.address());
  if (result != -EINVAL) {
    row.wrong.push_back(fmt::format("a refused chip: registration gives {}", result));
  }
  check_words(taken_log(), exercise.source.name, row);
  UserMemory<t31_input> input;
  if (node.try_call(T31_TX_ISP_ENUM_INPUT, input.address()) >= 0) {
    row.wrong.emplace_back("a refused chip is listed");
  }
}

void use_next(Row& row) {
  constexpr unsigned kFrames = 2;
  constexpr std::uint64_t kStep = 200'000'000;  // nanoseconds
  cam::ReservedMemory memory;
  struct t31_sensor_register info {};
  fill(info, kNext, kNextAddress);
  const cam::Sensor sensor(info, memory);
  unsigned taken = 0;
  cam::Channel channel({0, 640, 360, false}, memory);
  channel.start([&taken](const cam::Frame&) { return ++taken < kFrames; });
  for (unsigned i = 0; i < 4 * kFrames && channel.running(); ++i) t31_host_sleep_ns(kStep);
  channel.stop();
  if (taken != kFrames)
    row.wrong.emplace_back("after a refused chip the next sensor sends nothing");
}

}  // namespace

std::string describe_refusal(const Exercise& exercise, const fs::path& module, const Chip& chip,
                             Listener& listener) {
  listener.trace(module);
  Alone alone;
  fit(exercise.source, chip);
  alone.add(exercise.source.name, chip.address);
  const unsigned line = caller_line(module, listener.last_read());
  listener.trace({});
  return fmt::format(
      "its own code refuses every chip ({}.c:{}, no value of register {:#06x} passes)",
      exercise.source.name, line, chip.refused_at);
}

void exercise_refusal(const Exercise& exercise, const fs::path& module, const Chip& chip,
                      Row& row) {
  fit(exercise.source, chip);
  const Module refusing(module);
  register_refused(exercise, chip, row);
  const fs::path next = exercise.folder / fmt::format("sensor_{}_t31.so", kNext);
  const Outcome outcome = compile_own(exercise.compilers, kNext, next);
  if (!outcome.good) throw Failure(outcome.complaint);
  char error[256] = "";
  const std::string json = fmt::format(R"({{"sensor":"{}","noise":false}})", kNext);
  if (t31_host_attach_sensor(json.c_str(), error, sizeof(error)) < 0) throw Failure(error);
  const Module working(next);
  use_next(row);
}

}  // namespace t31::sdk
