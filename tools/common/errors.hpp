// SPDX-License-Identifier: GPL-2.0-or-later
// errors.hpp - what can go wrong in a command line tool, told apart by exit status.
#pragma once

#include <stdexcept>

namespace t31::tools {

inline constexpr int kExitOk = 0;
inline constexpr int kExitFailure = 1;
inline constexpr int kExitUsage = 2;

// The command line asks for something that makes no sense; the message says what to change.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// It was asked properly, and did not work.
class Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace t31::tools
