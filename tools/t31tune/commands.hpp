// SPDX-License-Identifier: GPL-2.0-or-later
// commands.hpp - the subcommands of t31tune; each returns an exit status and throws UsageError or
// Failure.
#pragma once

#include <string>
#include <vector>

#include "t31tune/calibration.hpp"
#include "t31tune/document.hpp"

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

// What names the parameters there are.
inline constexpr const char* kListCommand = "t31tune list";
// day, night or both.
std::vector<BankChoice> chosen_banks(const std::string& name);

struct ShowOptions {
  std::string file;
  std::vector<std::string> patterns;  // names, parts of names or blocks; get: names
  std::string bank = "both";
  std::string plots;  // folder, or empty
};
int run_show(const ShowOptions& options);
int run_get(const ShowOptions& options);
int run_list(const std::string& pattern);

struct DiffOptions {
  std::string first, second;
  std::string bank = "both";
};
int run_diff(const DiffOptions& options);

struct SetOptions {
  std::string file;
  std::vector<std::string> assignments;
  std::string bank = "both";
  std::string output;  // empty: the file itself
  bool force = false;  // whatever the header says
};
int run_set(const SetOptions& options);

struct LintOptions {
  std::vector<std::string> files;
  bool strict = false;  // warnings count as errors
};
int run_lint(const LintOptions& options);

}  // namespace t31::tune
