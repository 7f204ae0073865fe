// SPDX-License-Identifier: GPL-2.0-or-later
// command_line.hpp - runs one of our programs as a user does.
#pragma once

#include <filesystem>
#include <string>

#include "tests/temporary_folder.hpp"

namespace t31::test {

struct CommandResult {
  int code = -1;
  std::string out;
  std::string err;
};

// With a folder for one test's files, which disappears with the object.
class CommandLine {
 public:
  explicit CommandLine(std::string program);
  CommandResult run(const std::string& arguments) const;
  std::string path(const std::string& name) const { return folder_ / name; }
  const std::filesystem::path& folder() const { return folder_.path(); }

 private:
  std::string program_;
  TemporaryFolder folder_;
};

}  // namespace t31::test
