// SPDX-License-Identifier: GPL-2.0-or-later
// machine.hpp - a virtual camera that has booted: sensor attached, driver and sensor driver loaded.
#pragma once

#include <filesystem>
#include <string>

#include "t31cam/options.hpp"

namespace t31::cam {

// A folder that disappears with the object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// The steps from power on to loaded modules; each member undoes its own step. Throws Failure. When
// it ends because something failed, or always if the options say so, the driver's log goes to
// stderr.
class Machine {
 public:
  explicit Machine(const CameraOptions& options);

  // What SET_BIN_PATH is to be given: short enough for its 63 characters; empty: nothing.
  const std::string& tuning_path() const { return tuning_path_; }

 private:
  struct Power {
    Power(const CameraOptions& options, const std::filesystem::path& root);
    ~Power();
    Power(const Power&) = delete;
    Power& operator=(const Power&) = delete;
    bool verbose;
  };
  struct Driver {
    Driver();
    ~Driver();
    Driver(const Driver&) = delete;
    Driver& operator=(const Driver&) = delete;
  };
  struct SensorModule {
    explicit SensorModule(const CameraOptions& options);
    ~SensorModule();
    SensorModule(const SensorModule&) = delete;
    SensorModule& operator=(const SensorModule&) = delete;
    std::string path;
  };

  TemporaryFolder folder_;
  std::string tuning_path_;
  Power power_;
  Driver driver_;
  SensorModule sensor_;
};

}  // namespace t31::cam
