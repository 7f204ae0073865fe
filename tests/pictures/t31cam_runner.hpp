// SPDX-License-Identifier: GPL-2.0-or-later
// t31cam_runner.hpp - runs t31cam as a user does and hands back what it made.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/tools/command_line.hpp"

namespace t31::test {

class T31Cam : public CommandLine {
 public:
  T31Cam();

  // `t31cam capture ARGUMENTS --json --out FOLDER`; throws std::runtime_error when it fails.
  nlohmann::json capture(const std::string& arguments) const;
};

// The shared data folder: $T31_SHARED, else what the build was configured with. Empty when absent.
std::filesystem::path shared_folder();

}  // namespace t31::test
