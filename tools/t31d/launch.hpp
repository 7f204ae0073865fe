// SPDX-License-Identifier: GPL-2.0-or-later
// launch.hpp - starts a program that uses the camera: a MIPS one under qemu-mipsel, with the few
// files of a camera's root in front of the C library's, or one of this machine.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace t31::daemon {

struct ProgramOptions {
  std::vector<std::string> words;        // program and arguments
  std::string sysroot;                   // of the program's C library
  std::vector<std::string> libraries;    // folders for LD_LIBRARY_PATH
  std::vector<std::string> environment;  // NAME=VALUE
};

// Where emulated programs have their memory: far from everything of the emulator's own.
constexpr uint64_t kGuestBase = 0x200000000000;

class Program {
 public:
  // `folder`: where the files for its root may lie. Throws cam::Failure.
  Program(const ProgramOptions& options, const std::filesystem::path& folder,
          const std::string& socket);

  // Its exit status when it has ended, as a shell would have it.
  std::optional<int> ended();
  void signal(int number) const;

 private:
  pid_t process_ = -1;
};

}  // namespace t31::daemon
