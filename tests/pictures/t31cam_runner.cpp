// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/pictures/t31cam_runner.hpp"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace t31::test {

namespace fs = std::filesystem;

T31Cam::T31Cam() {
  std::string name = fs::temp_directory_path() / "t31cam_pictures_XXXXXX";
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = name;
}

T31Cam::~T31Cam() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

CommandResult T31Cam::run(const std::string& arguments) const {
  const fs::path errors = folder_ / "stderr";
  const std::string command =
      std::string(T31CAM) + " " + arguments + " 2>" + errors.string() + " </dev/null";
  CommandResult run;
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("can't run t31cam");
  std::array<char, 4096> buffer;
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    run.out.append(buffer.data(), count);
  }
  const int status = pclose(pipe);
  run.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  std::ifstream stream(errors);
  run.err.assign(std::istreambuf_iterator<char>(stream), {});
  return run;
}

nlohmann::json T31Cam::capture(const std::string& arguments) const {
  const CommandResult result = run("capture " + arguments + " --json --out " + folder_.string());
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
