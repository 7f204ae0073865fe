// SPDX-License-Identifier: GPL-2.0-or-later
// tool.hpp - runs t31tune as a user does.
#pragma once

#include "tests/tools/command_line.hpp"

namespace t31::test {

class Tool : public CommandLine {
 public:
  Tool() : CommandLine(T31TUNE) {}
};

}  // namespace t31::test
