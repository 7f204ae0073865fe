// SPDX-License-Identifier: GPL-2.0-or-later
// `t31tune diff`, `t31tune set` and `t31tune lint`.
#include <fmt/format.h>

#include <algorithm>

#include "common/errors.hpp"
#include "common/text.hpp"
#include "t31tune/commands.hpp"
#include "t31tune/lint.hpp"

namespace t31::tune {
namespace {

using tools::Failure;
using tools::UsageError;

constexpr std::size_t kShown = 4;  // differing elements of an array

// A line for an array in which two files differ; nothing when they don't.
std::string difference(const tools::ParameterEntry& entry, const std::vector<std::int64_t>& a,
                       const std::vector<std::int64_t>& b) {
  std::string elements;
  std::size_t differing = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == b[i]) continue;
    if (++differing <= kShown) elements += fmt::format("  [{}] {} -> {}", i, a[i], b[i]);
  }
  if (differing == 0) return {};
  if (differing > kShown) elements += "  ...";
  return fmt::format("{:34} {:4} of {:<5}{}", entry.name, differing, entry.count, elements);
}

// NAME=V[,V...] or NAME[INDEX]=V.
void apply(Document& document, const std::vector<BankChoice>& banks, const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw UsageError(fmt::format("{}: expected NAME=V[,V...] or NAME[INDEX]=V", text));
  }
  std::string name = text.substr(0, equals);
  const auto values = tools::split(text.substr(equals + 1), ',');
  const auto bracket = name.find('[');
  if (bracket == std::string::npos) {
    const tools::ParameterEntry& entry = tools::find_parameter(name, kListCommand);
    const auto numbers = tools::parameter_values(entry, values);
    for (const BankChoice bank : banks) {
      for (std::uint32_t i = 0; i < entry.count; ++i) document.set(bank, entry, i, numbers[i]);
    }
    return;
  }
  const tools::ParameterEntry& entry = tools::find_parameter(name.substr(0, bracket), kListCommand);
  const std::string digits =
      name.back() == ']' ? name.substr(bracket + 1, name.size() - bracket - 2) : "";
  const std::uint32_t index = tools::parse_number(digits).value_or(entry.count);
  if (index >= entry.count || values.size() != 1) {
    throw UsageError(fmt::format("{}: expected {}[0] to {}[{}] and one value", text, entry.name,
                                 entry.name, entry.count - 1));
  }
  for (const BankChoice bank : banks) {
    document.set(bank, entry, index, tools::parameter_value(entry, values[0]));
  }
}

void print(const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) {
    fmt::print("{}: {}: {}\n", finding.severity == Severity::kError ? "error" : "warning",
               finding.where, finding.problem);
  }
}

std::size_t errors_among(const std::vector<Finding>& findings) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [](const Finding& f) { return f.severity == Severity::kError; }));
}

}  // namespace

int run_diff(const DiffOptions& options) {
  const Document first = Document::load(options.first);
  const Document second = Document::load(options.second);
  std::size_t differing = 0;
  for (const BankChoice bank : chosen_banks(options.bank)) {
    for (const tools::ParameterEntry& entry : tools::all_parameters()) {
      const std::string line = difference(entry, first.get(bank, entry), second.get(bank, entry));
      if (line.empty()) continue;
      fmt::print("{:6}{}\n", bank_name(bank), line);
      ++differing;
    }
  }
  return differing == 0 ? tools::kExitOk : tools::kExitFailure;
}

int run_set(const SetOptions& options) {
  Document document =
      options.force ? Document::load_unchecked(options.file) : Document::load(options.file);
  const auto before = lint(document);
  for (const std::string& text : options.assignments) {
    apply(document, chosen_banks(options.bank), text);
  }
  document.save(options.output.empty() ? options.file : options.output);
  // What the change brought, and only that.
  for (const Finding& finding : lint(document)) {
    const auto same = [&](const Finding& old) {
      return old.where == finding.where && old.problem == finding.problem;
    };
    if (std::none_of(before.begin(), before.end(), same)) {
      fmt::print(stderr, "t31tune: {}: {}\n", finding.where, finding.problem);
    }
  }
  return tools::kExitOk;
}

int run_lint(const LintOptions& options) {
  std::size_t bad = 0;
  for (const std::string& file : options.files) {
    const auto findings = lint(Document::load_unchecked(file));
    const std::size_t errors = errors_among(findings);
    if (options.files.size() > 1) fmt::print("{}:\n", file);
    print(findings);
    fmt::print("{} errors, {} warnings\n", errors, findings.size() - errors);
    if (errors != 0 || (options.strict && !findings.empty())) ++bad;
  }
  return bad == 0 ? tools::kExitOk : tools::kExitFailure;
}

}  // namespace t31::tune
