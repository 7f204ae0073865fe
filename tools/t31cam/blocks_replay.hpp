// SPDX-License-Identifier: GPL-2.0-or-later
// blocks_replay.hpp - the image blocks alone, driven through the steps of a "blocks file"
// (data/golden/README.md): the driver's own code on a machine whose register trace is the result.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace t31::cam {

struct BlocksOptions {
  std::string tuning;
  std::uint32_t width = 1920;
  std::uint32_t height = 1080;
  std::uint32_t bayer = 0;  // the ISP's Bayer code
  bool wdr = false;
  std::uint32_t frame_length = 1350;  // lines
  std::string output;
};

// Runs all phases on the current machine, which has no driver loaded. `tuning_path` is the file as
// the machine sees it. `mark` is called before each phase with its name. Throws Failure when the
// tuning file can't be used.
void replay_blocks(const BlocksOptions& options, const std::string& tuning_path,
                   const std::function<void(const std::string&)>& mark);

// True for registers that hold addresses of statistics buffers.
bool holds_buffer_address(std::uint32_t isp_offset);

}  // namespace t31::cam
