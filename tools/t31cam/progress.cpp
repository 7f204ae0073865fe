// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31cam/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace t31::cam {

ProgressBar::ProgressBar()
    : terminal_(isatty(STDERR_FILENO) == 1),
      start_(std::chrono::steady_clock::now()),
      shown_(start_) {}

ProgressBar::~ProgressBar() {
  if (drawn_) fmt::print(stderr, "\r\x1b[K");
}

void ProgressBar::show(std::uint64_t done, std::uint64_t total) {
  constexpr std::chrono::milliseconds kPeriod{100};
  constexpr unsigned kWidth = 40;
  const auto now = std::chrono::steady_clock::now();
  if (!terminal_ || now - shown_ < kPeriod || total == 0) return;
  shown_ = now;
  drawn_ = true;
  const auto filled = static_cast<std::size_t>(std::min(done, total) * kWidth / total);
  const double seconds = std::chrono::duration<double>(now - start_).count();
  fmt::print(stderr, "\r[{:#<{}}{:.<{}}] {}/{} frames, {:.0f} s\x1b[K", "", filled, "",
             kWidth - filled, done, total, seconds);
  std::fflush(stderr);
}

}  // namespace t31::cam
