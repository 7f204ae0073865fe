// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/tools/command_line.hpp"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace t31::test {

namespace fs = std::filesystem;

CommandLine::CommandLine(std::string program) : program_(std::move(program)) {
  std::string name = fs::temp_directory_path() / "t31_command_XXXXXX";
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = name;
}

CommandLine::~CommandLine() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

CommandResult CommandLine::run(const std::string& arguments) const {
  const fs::path errors = folder_ / "stderr";
  const std::string command = program_ + " " + arguments + " 2>" + errors.string() + " </dev/null";
  CommandResult run;
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("can't run " + program_);
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

}  // namespace t31::test
