// SPDX-License-Identifier: GPL-2.0-or-later
// lint_exposure.cpp - numbers of all arrays, and the exposure's lists and limits.
#include <fmt/format.h>

#include <bit>
#include <cmath>

#include "t31tune/lint.hpp"

namespace t31::tune {
namespace {

using tuning::Bank;
using tuning::Parameter;

// No array of a bank counts further.
constexpr std::uint32_t kLargest = 1u << 27;

std::string judge(std::uint32_t bits) {
  const float number = std::bit_cast<float>(bits);
  if (std::isnan(number) || std::isinf(number)) {
    return fmt::format("{:#010x}: all bits or the pattern of no number", bits);
  }
  const float size = std::abs(number);
  if (size >= 1e-6f && size <= 1e6f) {
    return fmt::format(
        "{:#010x}: looks like the floating-point number {:g}; the file holds "
        "integers",
        bits, number);
  }
  return fmt::format("{:#010x}: far out of range", bits);
}

void lint_ascending(const Bank& bank, Parameter parameter, std::uint32_t count,
                    Findings& findings) {
  for (std::uint32_t i = 1; i < count; ++i) {
    const std::uint32_t before = bank.get(parameter, i - 1), here = bank.get(parameter, i);
    if (here > before) continue;
    findings.warn(parameter, fmt::format("element {} is {} after {}: knots must ascend, what lies "
                                         "between is never reached",
                                         i, here, before));
    return;
  }
}

void lint_targets(const Bank& bank, Parameter parameter, Findings& findings) {
  bool rises = false;
  for (std::uint32_t i = 0; i < tuning::parameter_info(parameter).count; ++i) {
    const std::uint32_t target = bank.get(parameter, i);
    if (target == 0 || target > 255) {
      findings.error(parameter,
                     fmt::format("element {} is {}: brightness aimed at is 1 to 255", i, target));
    }
    rises |= i > 0 && target > bank.get(parameter, i - 1);
  }
  if (rises) findings.warn(parameter, "darker scenes get brighter pictures: targets rise with EV");
}

void lint_limits(const Bank& bank, Findings& findings) {
  constexpr const char* kNames[4] = {"lines", "analogue gain", "sensor's digital gain",
                                     "ISP's digital gain"};
  const auto limit = [&](std::uint32_t i) { return bank.get(Parameter::kAeSwitchNightMode, i); };
  for (std::uint32_t first : {0u, 8u}) {
    const char* exposure = first == 0 ? "" : "short exposure: ";
    for (std::uint32_t i = 0; i < 4; ++i) {
      const std::uint32_t most = limit(first + i), least = limit(first + 4 + i);
      if (most < least) {
        findings.error(
            Parameter::kAeSwitchNightMode,
            fmt::format("{}{}: at most {} and at least {}", exposure, kNames[i], most, least));
      } else if (i > 0 && first == 0 && most < 1024) {
        findings.warn(Parameter::kAeSwitchNightMode,
                      fmt::format("{}{} at most {}: 1024 is 1.0", exposure, kNames[i], most));
      }
    }
  }
}

bool any(const Bank& bank, Parameter parameter) {
  for (const std::uint32_t word : bank.words(parameter)) {
    if (word != 0) return true;
  }
  return false;
}

void lint_grid(const Bank& bank, Parameter parameter, Findings& findings) {
  const std::uint32_t rows = bank.get(parameter, 1), columns = bank.get(parameter, 3);
  if (rows != 15 || columns != 15) {
    findings.error(parameter, fmt::format("a grid of {}x{} zones: weights and read-backs are made "
                                          "for 15x15",
                                          columns, rows));
  }
}

}  // namespace

void lint_numbers(const Bank& bank, Findings& findings) {
  for (const tools::ParameterEntry& entry : tools::all_parameters()) {
    const auto parameter = static_cast<Parameter>(entry.id);
    if (entry.element_bytes != 4) continue;
    for (std::uint32_t i = 0; i < entry.count; ++i) {
      const std::uint32_t bits = bank.get(parameter, i);
      const auto size =
          entry.is_signed
              ? static_cast<std::uint32_t>(std::abs(std::int64_t{bank.get_signed(parameter, i)}))
              : bits;
      if (size < kLargest) continue;
      findings.error(parameter, fmt::format("element {} is {}", i, judge(bits)));
      break;
    }
  }
  for (unsigned bit = 0; bit < 32; ++bit) {
    const std::uint32_t word = bank.get(Parameter::kTopBypass, bit);
    if (word <= 1) continue;
    findings.error(Parameter::kTopBypass,
                   fmt::format("word {} is {}: 1 switches a block off, 0 on", bit, word));
  }
  for (const unsigned bit : {kBypassDemosaic, kBypassGamma, kBypassColourSpace}) {
    if (!bypassed(bank, bit)) continue;
    findings.error(Parameter::kTopBypass,
                   fmt::format("word {} is 1: without this block there is no picture", bit));
  }
}

void lint_exposure(const Bank& bank, Findings& findings) {
  lint_grid(bank, Parameter::kAeParameter, findings);
  lint_grid(bank, Parameter::kAwbAwbParameter, findings);
  for (const Parameter parameter : {Parameter::kAePointpos, Parameter::kAwbPointpos}) {
    const std::uint32_t bits = bank.get(parameter, 0);
    if (bits != 10) findings.error(parameter, fmt::format("{} fraction bits, not 10", bits));
  }
  const std::uint32_t dark = bank.get(Parameter::kAeParameter, 34);
  const std::uint32_t bright = bank.get(Parameter::kAeParameter, 35);
  if (dark >= bright || bright > 255) {
    findings.error(
        Parameter::kAeParameter,
        fmt::format("dark below {}, bright from {}: dark < bright <= 255", dark, bright));
  }
  lint_ascending(bank, Parameter::kAeEvList, 10, findings);
  for (const Parameter list : {Parameter::kCcmEvList, Parameter::kBcshEvlist}) {
    lint_ascending(bank, list, 9, findings);
  }
  if (!bypassed(bank, kBypassTone)) lint_ascending(bank, Parameter::kAdrEvList, 9, findings);
  if (!bypassed(bank, kBypassHaze)) lint_ascending(bank, Parameter::kDefogEvList, 9, findings);
  lint_targets(bank, Parameter::kAeAtList, findings);
  lint_limits(bank, findings);
  const std::uint32_t upper = bank.get(Parameter::kAeStableTol, 0);
  const std::uint32_t lower = bank.get(Parameter::kAeStableTol, 1);
  if (lower > 1024 || upper < 1024) {
    findings.error(
        Parameter::kAeStableTol,
        fmt::format("steady from {} to {} of 1024: 1024, on target, isn't within", lower, upper));
  }
  if (!any(bank, Parameter::kAeZoneWeight)) {
    findings.error(Parameter::kAeZoneWeight, "no zone counts: exposure has nothing to go by");
  }
  const std::uint32_t mains = bank.get(Parameter::kAeFlickerT, 0);
  if (mains != 50 && mains != 60) {
    findings.warn(Parameter::kAeFlickerT, fmt::format("{} Hz mains: 50 or 60", mains));
  }
}

}  // namespace t31::tune
