// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31cam/machine.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <fstream>
#include <vector>

#include "driver/tuning/neutral.hpp"
#include "t31cam/client.hpp"
#include "t31cam/sensors.hpp"
#include "uapi/t31/tx_isp.h"

namespace t31::cam {
namespace {

namespace fs = std::filesystem;

// Three 2592x1944 channels with three buffers each, and the temporal denoise buffer, fit.
constexpr std::uint32_t kReservedMemory = 96u << 20;

// A tuning file that adds nothing but the sensor's black level, which the pipeline counts in 12
// bits.
void write_neutral_tuning(const fs::path& path, double black, unsigned bits) {
  tuning::NeutralOptions neutral;
  neutral.black_level =
      static_cast<u32>(std::lround(std::ldexp(black, 12 - static_cast<int>(bits))));
  std::vector<u8> file(tuning::kFileBytes);
  tuning::build_file(file, neutral);
  std::ofstream stream(path, std::ios::binary);
  stream.write(reinterpret_cast<const char*>(file.data()),
               static_cast<std::streamsize>(file.size()));
  if (!stream.flush()) throw Failure(fmt::format("can't write {}", path.string()));
}

std::string prepare_tuning(const CameraOptions& options, const fs::path& folder) {
  const bool replay = options.raw_format.has_value();
  if (options.tuning == kNeutralTuning || (options.tuning.empty() && replay)) {
    const SensorEntry* sensor = find_sensor(options.sensor);
    const fs::path path = folder / "neutral.bin";
    if (replay) {
      write_neutral_tuning(path, options.raw_format->black, options.raw_format->bits);
    } else {
      write_neutral_tuning(path, sensor->black, sensor->bits);
    }
    return path;
  }
  if (options.tuning.empty()) return {};
  const fs::path file = fs::absolute(options.tuning);
  if (file.string().size() < T31_BIN_PATH_SIZE) return file;
  const fs::path link = folder / "tuning.bin";
  fs::create_symlink(file, link);
  return link;
}

// The file is the camera's own, too: programs that don't name one get it.
std::string install_tuning(const CameraOptions& options, const fs::path& folder) {
  std::string path = prepare_tuning(options, folder);
  if (path.empty()) return path;
  const fs::path place = folder / "etc" / "sensor";
  fs::create_directories(place);
  fs::create_symlink(path, place / fmt::format("{}-t31.bin", options.sensor));
  return path;
}

// Sensor drivers lie beside the program: build/tools/t31cam/t31cam and build/sensors/*.so.
fs::path sensor_module(const std::string& sensor) {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path build = program.parent_path().parent_path().parent_path();
  return build / "sensors" / fmt::format("sensor_{}_t31.so", sensor);
}

void print_driver_log() {
  char* log = t31_host_take_log();
  if (log != nullptr) fmt::print(stderr, "{}", log);
  std::free(log);
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  char name[] = "/tmp/t31cam-XXXXXX";
  if (mkdtemp(name) == nullptr) {
    throw Failure(fmt::format("can't create a folder in /tmp: {}", std::strerror(errno)));
  }
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

Machine::Power::Power(const CameraOptions& options, const fs::path& root)
    : verbose(options.verbose) {
  t31_host_config config{};
  config.scheduler = T31_HOST_DETERMINISTIC;
  config.real_time = options.real_time ? 1 : 0;
  config.slow = options.slow;
  config.rmem_size = kReservedMemory;
  // The camera's own file system is empty; files of the PC show through.
  config.root = root.c_str();
  config.trace_path = options.trace_file.empty() ? nullptr : options.trace_file.c_str();
  const int result = t31_host_reset(&config);
  if (result < 0)
    throw Failure(fmt::format("can't start the virtual camera: {}", error_text(result)));
  char error[256] = "";
  if (t31_host_attach_sensor(sensor_json(options).c_str(), error, sizeof(error)) < 0) {
    t31_host_shutdown();
    throw Failure(fmt::format("sensor {}: {}", options.sensor, error));
  }
}

Machine::Power::~Power() {
  if (verbose || std::uncaught_exceptions() > 0) print_driver_log();
  t31_host_shutdown();
}

Machine::Driver::Driver() {
  const int result = t31_host_load_driver("");
  if (result < 0) throw Failure(fmt::format("loading the driver: {}", error_text(result)));
}

Machine::Driver::~Driver() {
  t31_host_unload_driver();
}

Machine::SensorModule::SensorModule(const CameraOptions& options)
    : path(sensor_module(options.sensor)) {
  const int result = t31_host_insmod(path.c_str(), options.wdr ? "data_type=2" : "");
  if (result == -ENOENT) throw Failure(fmt::format("sensor driver {} is not built", path));
  if (result < 0) throw Failure(fmt::format("insmod {}: {}", path, error_text(result)));
}

Machine::SensorModule::~SensorModule() {
  t31_host_rmmod(path.c_str());
}

Machine::Machine(const CameraOptions& options)
    : tuning_path_(install_tuning(options, folder_.path())),
      power_(options, folder_.path()),
      sensor_(options) {}

}  // namespace t31::cam
