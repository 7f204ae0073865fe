// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/pictures/t31cam_runner.hpp"

#include <cstdlib>
#include <stdexcept>

namespace t31::test {

namespace fs = std::filesystem;

T31Cam::T31Cam() : CommandLine(T31CAM) {}

nlohmann::json T31Cam::capture(const std::string& arguments) const {
  const CommandResult result = run("capture " + arguments + " --json --out " + folder().string());
  if (result.code != 0) {
    throw std::runtime_error("t31cam capture " + arguments + ": " + result.err);
  }
  return nlohmann::json::parse(result.out);
}

fs::path shared_folder() {
  const char* variable = std::getenv("T31_SHARED");
  const fs::path folder = variable != nullptr ? variable : T31_SHARED_DIR;
  std::error_code ignored;
  return fs::is_directory(folder / "data", ignored) ? folder : fs::path();
}

}  // namespace t31::test
