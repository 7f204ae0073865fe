// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/lint.hpp"

#include <fmt/format.h>

namespace t31::tune {
namespace {

using tuning::Parameter;

// The vendor's driver writes the mesh's geometry once and only its gains at a change of bank.
void lint_geometry(const Document& document, Findings& findings) {
  const tuning::Bank day = document.bank(BankChoice::kDay);
  const tuning::Bank night = document.bank(BankChoice::kNight);
  if (bypassed(day, kBypassShading) || bypassed(night, kBypassShading)) return;
  for (const Parameter parameter : {Parameter::kLscLutNum, Parameter::kLscLutStride,
                                    Parameter::kLscMeshScale, Parameter::kLscMeshSize}) {
    for (std::uint32_t i = 0; i < tuning::parameter_info(parameter).count; ++i) {
      if (day.get(parameter, i) == night.get(parameter, i)) continue;
      findings.set_bank(BankChoice::kNight);
      findings.warn(parameter,
                    fmt::format("{} differs from {} by day: drivers that write the mesh's geometry "
                                "once spoil the night's picture; make both the same",
                                night.get(parameter, i), day.get(parameter, i)));
    }
  }
}

}  // namespace

bool bypassed(const tuning::Bank& bank, unsigned bit) {
  return (bank.get(Parameter::kTopBypass, bit) & 1) != 0;
}

void Findings::add(Severity severity, tuning::Parameter parameter, std::string problem) {
  const auto& entry = tools::all_parameters()[static_cast<std::size_t>(parameter)];
  list_.push_back(
      {severity, fmt::format("{} {}", bank_name(bank_), entry.name), std::move(problem)});
}

void Findings::error(tuning::Parameter parameter, std::string problem) {
  add(Severity::kError, parameter, std::move(problem));
}

void Findings::warn(tuning::Parameter parameter, std::string problem) {
  add(Severity::kWarning, parameter, std::move(problem));
}

void Findings::file_error(std::string problem) {
  list_.push_back({Severity::kError, "file", std::move(problem)});
}

std::vector<Finding> lint(const Document& document) {
  Findings findings;
  const tuning::LoadResult verdict = document.verdict();
  if (verdict != tuning::LoadResult::kLoaded) {
    findings.file_error(fmt::format(
        "{}: the driver won't load it. Take a good copy; or, when the contents below are right, "
        "any 't31tune set' with --force writes a fresh header",
        tuning::load_result_text(verdict)));
  }
  for (const BankChoice choice : kBanks) {
    findings.set_bank(choice);
    const tuning::Bank bank = document.bank(choice);
    lint_numbers(bank, findings);
    lint_exposure(bank, findings);
    lint_white_balance(bank, findings);
    lint_colour(bank, findings);
    lint_shading(bank, findings);
    lint_fields(bank, findings);
    lint_widths(bank, findings);
  }
  lint_geometry(document, findings);
  return findings.take();
}

}  // namespace t31::tune
