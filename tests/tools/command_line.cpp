// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/tools/command_line.hpp"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace t31::test {

CommandLine::CommandLine(std::string program) : program_(std::move(program)) {}

CommandResult CommandLine::run(const std::string& arguments) const {
  const std::string errors = folder_ / "stderr";
  const std::string command = program_ + " " + arguments + " 2>" + errors + " </dev/null";
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
