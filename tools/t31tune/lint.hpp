// SPDX-License-Identifier: GPL-2.0-or-later
// lint.hpp - finds damaged and implausible contents of a tuning file.
#pragma once

#include <string>
#include <vector>

#include "t31tune/document.hpp"

namespace t31::tune {

// kError: the driver or the picture goes wrong. kWarning: possible, but hardly meant.
enum class Severity { kWarning, kError };

struct Finding {
  Severity severity;
  std::string where;    // bank and parameter, or the file
  std::string problem;  // what is wrong, and what to do
};

std::vector<Finding> lint(const Document& document);

// ---- the rules, each on one bank

class Findings {
 public:
  void set_bank(BankChoice bank) { bank_ = bank; }
  void error(tuning::Parameter parameter, std::string problem);
  void warn(tuning::Parameter parameter, std::string problem);
  void file_error(std::string problem);
  std::vector<Finding> take() { return std::move(list_); }

 private:
  void add(Severity severity, tuning::Parameter parameter, std::string problem);
  BankChoice bank_ = BankChoice::kDay;
  std::vector<Finding> list_;
};

void lint_numbers(const tuning::Bank& bank, Findings& findings);
void lint_exposure(const tuning::Bank& bank, Findings& findings);
void lint_white_balance(const tuning::Bank& bank, Findings& findings);
void lint_colour(const tuning::Bank& bank, Findings& findings);
void lint_shading(const tuning::Bank& bank, Findings& findings);
void lint_fields(const tuning::Bank& bank, Findings& findings);
void lint_widths(const tuning::Bank& bank, Findings& findings);

// True, and a warning, when an element has more bits than the field it goes to.
bool check_width(const tuning::Bank& bank, tuning::Parameter parameter, std::uint32_t index,
                 unsigned width, Findings& findings);

// A block of the pipeline is off.
bool bypassed(const tuning::Bank& bank, unsigned bit);
enum BypassBit : unsigned {
  kBypassShading = 6,
  kBypassTone = 7,
  kBypassDemosaic = 8,
  kBypassMatrix = 9,
  kBypassGamma = 10,
  kBypassHaze = 11,
  kBypassColourSpace = 12,
  kBypassColourControl = 16
};

}  // namespace t31::tune
