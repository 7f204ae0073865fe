// SPDX-License-Identifier: GPL-2.0-or-later
// `t31cam blocks`: every register that the image blocks write for a tuning file, in the format of
// the recorded blocks files (data/golden/README.md), to compare with them or with another version.
#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "t31_host.h"
#include "t31_host_kernel.h"
#include "t31cam/blocks_replay.hpp"
#include "t31cam/commands.hpp"
#include "t31cam/errors.hpp"
#include "t31cam/machine.hpp"

namespace t31::cam {
namespace {

namespace fs = std::filesystem;

constexpr char kTuningName[] = "blocks-t31.bin";
constexpr char kTraceName[] = "trace";

// A machine without driver and sensor whose register accesses go to a file.
class BareMachine {
 public:
  BareMachine(const fs::path& root, const fs::path& trace) {
    t31_host_config config{};
    config.scheduler = T31_HOST_DETERMINISTIC;
    config.root = root.c_str();
    config.trace_path = trace.c_str();
    const int result = t31_host_reset(&config);
    if (result < 0) {
      throw Failure(fmt::format("can't start the virtual camera: {}", std::strerror(-result)));
    }
  }
  ~BareMachine() { t31_host_shutdown(); }
  BareMachine(const BareMachine&) = delete;
  BareMachine& operator=(const BareMachine&) = delete;
};

// The trace's writes to the ISP, phase by phase.
void copy_writes(const fs::path& trace, std::ostream& out) {
  std::ifstream in(trace);
  bool wanted = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("# phase ")) {
      wanted = line != "# phase end";
      if (wanted) out << line << '\n';
    } else if (wanted && line.starts_with("W,ISP,")) {
      const auto offset = static_cast<std::uint32_t>(std::stoul(line.substr(6, 5), nullptr, 16));
      out << (holds_buffer_address(offset) ? line.substr(0, 12) + "dma" : line) << '\n';
    }
  }
}

}  // namespace

void write_blocks_file(const BlocksOptions& options, std::ostream& out) {
  const TemporaryFolder folder;
  std::error_code error;
  fs::copy_file(options.tuning, folder.path() / kTuningName, error);
  if (error) throw Failure(fmt::format("tuning file {}: {}", options.tuning, error.message()));
  const fs::path trace = folder.path() / kTraceName;
  {
    const BareMachine machine(folder.path(), trace);
    replay_blocks(options, std::string("/") + kTuningName,
                  [](const std::string& phase) { t31_host_trace_mark("phase %s", phase.c_str()); });
  }
  out << fmt::format(
      "# file blocks trace, tuning {}, {}x{}, bayer code {}, {}, fps 25/1, hts 2200, vts {}\n",
      fs::path(options.tuning).filename().string(), options.width, options.height, options.bayer,
      options.wdr ? "wdr" : "linear", options.frame_length);
  copy_writes(trace, out);
}

int run_blocks(const BlocksOptions& options) {
  if (options.output.empty() || options.output == "-") {
    write_blocks_file(options, std::cout);
    return kExitOk;
  }
  std::ofstream out(options.output);
  if (out) write_blocks_file(options, out);
  out.flush();
  if (!out) throw Failure(fmt::format("{}: {}", options.output, std::strerror(errno)));
  return kExitOk;
}

}  // namespace t31::cam
