// SPDX-License-Identifier: GPL-2.0-or-later
// commands.hpp - the subcommands of t31tune; each returns an exit status and throws UsageError or
// Failure.
#pragma once

#include <string>
#include <vector>

#include "t31tune/calibration.hpp"

namespace t31::tune {

struct CalibrateOptions {
  std::string format;               // --raw-format
  std::vector<std::string> charts;  // eight numbers each
  CalibrationInput input;           // without what the two above say
  std::string output;
  std::string picture;  // empty: beside the output
  bool json = false;
};
int run_calibrate(CalibrateOptions options);

}  // namespace t31::tune
