// SPDX-License-Identifier: GPL-2.0-or-later
// tool.hpp - runs t31tune as a user does.
#pragma once

#include <filesystem>
#include <string>

namespace t31::test {

struct ToolResult {
  int code = -1;
  std::string out;
  std::string err;
};

// A folder for one test's files; it disappears with the object.
class Tool {
 public:
  Tool();
  ~Tool();
  Tool(const Tool&) = delete;
  Tool& operator=(const Tool&) = delete;

  ToolResult run(const std::string& arguments) const;
  std::string path(const std::string& name) const { return folder_ / name; }
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

}  // namespace t31::test
