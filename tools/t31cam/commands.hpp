// SPDX-License-Identifier: GPL-2.0-or-later
// commands.hpp - the subcommands; each returns an exit code and throws UsageError or Failure.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "t31cam/blocks_replay.hpp"
#include "t31cam/options.hpp"

namespace t31::cam {

// Exit code when the user interrupted: 128 + SIGINT, as shells report it.
inline constexpr int kExitInterrupted = 130;

int run_blocks(const BlocksOptions& options);
// What it writes.
void write_blocks_file(const BlocksOptions& options, std::ostream& out);
int run_capture(const CaptureOptions& options);
int run_list(const std::string& what);
// `file`: a name below /proc/jz/isp; empty: all of them.
int run_proc(const CameraOptions& options, const std::string& file);
int run_report(const ReportOptions& options);
// Names that contain `pattern`, or all of a block.
int run_param_list(const std::string& pattern);
int run_param_get(const CameraOptions& options, const std::string& name);
int run_param_set(const CameraOptions& options, const std::string& name,
                  const std::vector<std::string>& values);
int run_regs(const CameraOptions& options, const std::string& unit);

// Names of the register units, separated by commas.
std::string register_units();

}  // namespace t31::cam
