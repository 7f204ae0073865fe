// SPDX-License-Identifier: GPL-2.0-or-later
// commands.hpp - the subcommands; each returns an exit code and throws UsageError or Failure.
#pragma once

#include <string>

#include "t31cam/options.hpp"

namespace t31::cam {

// Exit code when the user interrupted: 128 + SIGINT, as shells report it.
inline constexpr int kExitInterrupted = 130;

int run_capture(const CaptureOptions& options);
int run_list(const std::string& what);
// `file`: a name below /proc/jz/isp; empty: all of them.
int run_proc(const CameraOptions& options, const std::string& file);
int run_regs(const CameraOptions& options, const std::string& unit);

// Names of the register units, separated by commas.
std::string register_units();

}  // namespace t31::cam
