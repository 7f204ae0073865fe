// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/sdk/chip_loop.hpp"

#include <cstring>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "t31_host.h"
#include "t31cam/camera.hpp"
#include "t31cam/channel.hpp"
#include "tests/temporary_folder.hpp"

namespace t31::test {
namespace {

using Json = nlohmann::json;

void must(int result, const std::string& what) {
  if (result < 0) throw std::runtime_error(what + ": " + std::strerror(-result));
}

class Machine {
 public:
  explicit Machine(const Look& wanted) : module_(wanted.module) {
    t31_host_config config{};
    config.scheduler = T31_HOST_DETERMINISTIC;
    config.rmem_size = 64U << 20;
    const std::string root = folder_.path().string();
    config.root = root.c_str();
    must(t31_host_reset(&config), "reset");
    const Json sensor = {{"chip", Json::parse(wanted.chip)},
                         {"noise", false},
                         {"shading", false},
                         {"scene", {{"type", "flat"}, {"level", wanted.level}}}};
    char error[256] = "";
    if (t31_host_attach_sensor(sensor.dump().c_str(), error, sizeof(error)) < 0) {
      throw std::runtime_error(error);
    }
    must(t31_host_load_driver("isp_clk=200000000"), "driver");
    must(t31_host_insmod(module_.c_str(), wanted.parameters.c_str()), "insmod " + module_);
  }
  ~Machine() {
    t31_host_rmmod(module_.c_str());
    t31_host_unload_driver();
    t31_host_shutdown();
  }
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

 private:
  TemporaryFolder folder_;
  std::string module_;
};

struct t31_sensor_register registration(const Look& wanted) {
  struct t31_sensor_register info {};
  std::strncpy(info.name, wanted.name.c_str(), sizeof(info.name) - 1);
  std::strncpy(info.i2c.type, wanted.name.c_str(), sizeof(info.i2c.type) - 1);
  info.cbus_type = 1;
  info.i2c.addr = wanted.address;
  info.rst_gpio = info.pwdn_gpio = info.power_gpio = 0xffff;
  return info;
}

double mean_luma(const cam::Frame& frame) {
  double sum = 0;
  const std::size_t count = std::size_t{frame.width} * frame.height;
  for (std::size_t i = 0; i < count; ++i) sum += frame.luma[i];
  return sum / static_cast<double>(count);
}

}  // namespace

Looked look(const Look& wanted) {
  const Machine machine(wanted);
  cam::ReservedMemory memory;
  const cam::Sensor sensor(registration(wanted), memory);
  cam::Tuning tuning;
  if (wanted.manual_lines != 0) {
    cam::CameraOptions options;
    options.exposure_lines = wanted.manual_lines;
    options.gain = wanted.manual_gain;
    tuning.apply(options);
  }
  Looked seen;
  cam::Channel channel({0, wanted.width / 4 & ~15U, wanted.height / 4 & ~1U, false}, memory);
  channel.start([&](const cam::Frame& frame) {
    seen.luma = mean_luma(frame);
    return ++seen.frames < wanted.frames;
  });
  constexpr std::uint64_t kStep = 100'000'000;
  for (unsigned i = 0; i < 10 * wanted.frames && channel.running(); ++i) t31_host_sleep_ns(kStep);
  channel.stop();
  if (!channel.error().empty()) throw std::runtime_error(channel.error());
  seen.gain_q10 = tuning.get("total gain", T31_CONTROL_TOTAL_GAIN);
  return seen;
}

}  // namespace t31::test
