// SPDX-License-Identifier: GPL-2.0-or-later
// progress.hpp - a progress bar on stderr, only when that is a terminal.
#pragma once

#include <chrono>
#include <cstdint>

namespace t31::cam {

class ProgressBar {
 public:
  ProgressBar();
  // Clears the line.
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  // Redraws at most ten times a second.
  void show(std::uint64_t done, std::uint64_t total);

 private:
  const bool terminal_;
  const std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point shown_;
  bool drawn_ = false;
};

}  // namespace t31::cam
