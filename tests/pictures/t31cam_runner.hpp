// SPDX-License-Identifier: GPL-2.0-or-later
// t31cam_runner.hpp - runs t31cam as a user does and hands back what it made.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

namespace t31::test {

struct CommandResult {
  int code = -1;
  std::string out;
  std::string err;
};

// A folder for one test's pictures; it disappears with the object.
class T31Cam {
 public:
  T31Cam();
  ~T31Cam();
  T31Cam(const T31Cam&) = delete;
  T31Cam& operator=(const T31Cam&) = delete;

  CommandResult run(const std::string& arguments) const;
  // `t31cam capture ARGUMENTS --json --out FOLDER`; throws std::runtime_error when it fails.
  nlohmann::json capture(const std::string& arguments) const;
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

// The shared data folder: $T31_SHARED, else what the build was configured with. Empty when absent.
std::filesystem::path shared_folder();

}  // namespace t31::test
