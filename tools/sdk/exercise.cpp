// SPDX-License-Identifier: GPL-2.0-or-later
#include "sdk/exercise.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>

#include "common/errors.hpp"
#include "driver/input/sensor_api.h"
#include "sdk/refusal.hpp"
#include "t31_host.h"

namespace t31::sdk {
namespace {

namespace fs = std::filesystem;
using tools::Failure;

// A machine with the ISP driver loaded, for one pass.
class Machine {
 public:
  explicit Machine(const fs::path& root) {
    t31_host_config config{};
    config.scheduler = T31_HOST_DETERMINISTIC;
    config.rmem_size = 96U << 20;
    config.model_threads = 1;
    config.root = root.c_str();
    if (t31_host_reset(&config) < 0) throw Failure("the virtual camera doesn't start");
    // The board pulls the sensor's reset line (PA18) up; drivers without a reset pin count on it.
    constexpr std::uint32_t kPullUpSet = 0x10010114, kResetLine = 1U << 18;
    t31_host_poke(kPullUpSet, kResetLine);
    if (t31_host_load_driver("isp_clk=200000000") < 0) {
      t31_host_shutdown();
      throw Failure("the ISP driver doesn't load");
    }
  }
  ~Machine() {
    t31_host_unload_driver();
    t31_host_shutdown();
  }
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;
};

// User space names the address; the driver's own constant serves, and any other would.
std::uint32_t address_of(const fs::path& file) {
  static const std::regex kAddress(
      R"((SENSOR_I2C_ADDRESS\s+|cbus_device\s*=\s*)\(?(0x[0-9a-fA-F]+))");
  constexpr std::uint32_t kAny = 0x30;
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  std::smatch match;
  const std::string source = text.str();
  if (!std::regex_search(source, match, kAddress)) return kAny;
  const unsigned long address = std::stoul(match[2], nullptr, 16);
  return address > 0 && address < 0x80 ? static_cast<std::uint32_t>(address) : kAny;
}

const char* bus_name(std::uint32_t bus) {
  constexpr const char* kNames[] = {"?", "MIPI", "DVP", "BT.601", "BT.656", "BT.1120"};
  return bus < std::size(kNames) ? kNames[bus] : "?";
}

std::string picture_text(const t31_sensor_info& info) {
  return fmt::format("{}x{} at {}/{}, {}", info.mbus_width, info.mbus_height, info.fps >> 16,
                     info.fps & 0xffff, bus_name(info.bus));
}

// Compiled, linked, and everything it needs is there. False: nothing to load.
bool build(const Exercise& exercise, const fs::path& module, Row& row) {
  const Outcome pc = compile_for_pc(exercise.compilers, exercise.source, module);
  row.compiles = pc.good;
  if (!pc.good) row.wrong.push_back(pc.complaint);
  const fs::path object = exercise.folder / "camera.o";
  const Outcome camera = compile_for_camera(exercise.compilers, exercise.source, object);
  row.mips = camera.good;
  if (!camera.good && pc.good) row.wrong.push_back(camera.complaint);
  if (!camera.good) return pc.good;
  for (const std::string& symbol : unresolved(exercise.compilers, object)) {
    row.mips = false;
    row.wrong.push_back("nobody has " + symbol);
  }
  return pc.good;
}

}  // namespace

void exercise(const Exercise& exercise, Row& row, Progress progress) {
  const fs::path module = exercise.folder / fmt::format("sensor_{}_t31.so", exercise.source.name);
  if (!build(exercise, module, row)) return;
  progress(row);
  Chip chip;
  chip.address = address_of(exercise.source.file);
  t31_sensor_info info{};
  {
    const Machine machine(exercise.folder);
    exercise_events(exercise, module, chip, row, info);
  }
  progress(row);
  if (chip.overruled) {
    const Machine machine(exercise.folder);
    exercise_refusal(exercise, module, chip, row);
  }
  if (!row.probes && !chip.overruled) return;
  row.picture = picture_text(info);
  {
    const Machine machine(exercise.folder);
    char error[256] = "";
    const std::string json = describe_chip(exercise.source, chip, &info);
    if (t31_host_attach_sensor(json.c_str(), error, sizeof(error)) < 0) throw Failure(error);
    exercise_camera(exercise, module, chip, info, row);
  }
  progress(row);
}

}  // namespace t31::sdk
