// SPDX-License-Identifier: GPL-2.0-or-later
// command.hpp - `t31cam sdk-check`: every sensor driver of an ingenic-sdk checkout, proved.
#pragma once

#include <string>
#include <vector>

#include "sdk/row.hpp"

namespace t31::sdk {

struct CheckOptions {
  std::string checkout;
  std::string events = {};    // recorded I2C traffic; empty: that of T31_SHARED, if there is one
  std::string markdown = {};  // file for the table
  std::string tree = {};      // only this one
  std::vector<std::string> sensors = {};  // only these
  unsigned jobs = 2;
  unsigned seconds = 120;  // for one sensor
  bool verbose = false;    // the virtual camera's log, on stderr
};

// Rows in the order of trees and names; progress on stderr.
std::vector<Row> check(const CheckOptions& options);
// Prints rows and `N of M sensors pass`; writes the table. 0 when all drivers that are valid C
// pass.
int run_check(const CheckOptions& options);

}  // namespace t31::sdk
