// SPDX-License-Identifier: GPL-2.0-or-later
// root.hpp - where the driver's file names lead: first below the machine's root directory, then,
// when there is no such file, as an absolute path of the PC. A machine without a root has no files.
#pragma once

#include <filesystem>
#include <string>

namespace t31::host {

class RootFolder {
 public:
  explicit RootFolder(const char* root) : root_(root != nullptr ? root : "") {}

  // Path of an existing file; empty when there is none.
  std::filesystem::path find(const std::string& path) const;
  // Path for a file to be written: below the root when its folder exists there.
  std::filesystem::path place(const std::string& path) const;

 private:
  std::filesystem::path below(const std::string& path) const;

  const std::filesystem::path root_;
};

}  // namespace t31::host
