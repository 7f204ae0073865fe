// SPDX-License-Identifier: GPL-2.0-or-later
// lint_colour.cpp - white balance, matrices, gamma, black level, lens shading.
#include <fmt/format.h>

#include <algorithm>

#include "t31tune/lint.hpp"

namespace t31::tune {
namespace {

using tuning::Bank;
using tuning::Parameter;

void lint_knots(const Bank& bank, Parameter parameter, Findings& findings) {
  for (std::uint32_t i = 0; i < 15; ++i) {
    const std::uint32_t here = bank.get(parameter, i);
    if (here > 511) {
      findings.error(parameter,
                     fmt::format("element {} is {}: ratios reach 511, 256 is 1.0", i, here));
    }
    if (i > 0 && here <= bank.get(parameter, i - 1)) {
      findings.error(parameter, fmt::format("element {} is {} after {}: knots must ascend", i, here,
                                            bank.get(parameter, i - 1)));
      return;
    }
  }
}

void lint_weights(const Bank& bank, Parameter parameter, Findings& findings) {
  const auto words = bank.words(parameter);
  const auto most = std::max_element(words.begin(), words.end());
  if (*most == 0) {
    findings.error(parameter, "no colour counts as white: white balance never finds one");
  } else if (*most > 256) {
    findings.error(parameter,
                   fmt::format("element {} is {}: 256 is certain", most - words.begin(), *most));
  }
}

void lint_temperatures(const Bank& bank, Findings& findings) {
  const auto words = bank.words(Parameter::kAwbColorTempMesh);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] >= 40 && words[i] <= 1000) continue;
    findings.error(
        Parameter::kAwbColorTempMesh,
        fmt::format("element {} is {} mired: 40 (25,000 K) to 1000 (1,000 K)", i, words[i]));
    return;
  }
}

// Outer low, inner low, inner high, outer high in the order [1] [0] [2] [3].
void lint_temperature_limits(const Bank& bank, Parameter limits, Parameter control,
                             Findings& findings) {
  if (bank.get(control, 0) != 1) return;
  const auto at = [&](std::uint32_t i) { return bank.get(limits, i); };
  if (at(1) <= at(0) && at(0) <= at(2) && at(2) <= at(3)) return;
  findings.error(limits, fmt::format("fading from {} to {} and from {} to {} K: these must ascend",
                                     at(1), at(0), at(2), at(3)));
}

void lint_matrix(const Bank& bank, Parameter parameter, Findings& findings) {
  const auto element = [&](std::uint32_t i) {
    const int bits = static_cast<int>(bank.get(parameter, i));
    return bits >= 0x2000 ? bits - 0x4000 : bits;
  };
  for (std::uint32_t i = 0; i < 9; ++i) {
    if (bank.get(parameter, i) <= 0x3fff) continue;
    findings.error(parameter,
                   fmt::format("element {} is {}: 14 bits, 1024 is 1.0, negative ones add 16384", i,
                               bank.get(parameter, i)));
    return;
  }
  for (std::uint32_t row = 0; row < 3; ++row) {
    const int sum = element(3 * row) + element(3 * row + 1) + element(3 * row + 2);
    if (sum >= 1024 - 8 && sum <= 1024 + 8) continue;
    findings.warn(parameter, fmt::format("row {} sums to {}: greys stay grey with 1024", row, sum));
  }
}

void lint_gamma(const Bank& bank, Parameter parameter, Findings& findings) {
  constexpr std::uint32_t kNodes = 129, kTop = 4095;
  std::uint32_t falls = 0;
  for (std::uint32_t i = 0; i < kNodes; ++i) {
    const std::uint32_t node = bank.get(parameter, i);
    if (node > kTop) {
      findings.error(parameter, fmt::format("node {} is {}: 12 bits, 4095 at most", i, node));
      return;
    }
    if (i > 0 && node < bank.get(parameter, i - 1) && falls == 0) falls = i;
  }
  if (falls != 0) {
    findings.warn(parameter,
                  fmt::format("node {} is {} after {}: a curve that falls inverts tones", falls,
                              bank.get(parameter, falls), bank.get(parameter, falls - 1)));
  }
  if (bank.get(parameter, 0) > 128) {
    findings.warn(parameter, fmt::format("starts at {}: black is grey", bank.get(parameter, 0)));
  }
  if (bank.get(parameter, kNodes - 1) < 3840) {
    findings.warn(parameter,
                  fmt::format("ends at {}: white is grey", bank.get(parameter, kNodes - 1)));
  }
}

void lint_black_level(const Bank& bank, Findings& findings) {
  for (const Parameter parameter :
       {Parameter::kGibDeirmBlcRLinear, Parameter::kGibDeirmBlcGrLinear,
        Parameter::kGibDeirmBlcGbLinear, Parameter::kGibDeirmBlcBLinear}) {
    for (std::uint32_t i = 0; i < 9; ++i) {
      const std::uint32_t level = bank.get(parameter, i);
      if (level <= 1023) continue;
      findings.error(parameter, fmt::format("{} of 4095 at gain {}: black levels are below a "
                                            "quarter of the range",
                                            level, 1u << i));
      break;
    }
  }
}

void lint_order(const Bank& bank, Parameter parameter, std::uint32_t low, std::uint32_t high,
                const char* what, Findings& findings) {
  if (bank.get(parameter, low) <= bank.get(parameter, high)) return;
  findings.error(parameter, fmt::format("{}: {} is above {}", what, bank.get(parameter, low),
                                        bank.get(parameter, high)));
}

}  // namespace

void lint_white_balance(const Bank& bank, Findings& findings) {
  lint_knots(bank, Parameter::kAwbRgPos, findings);
  lint_knots(bank, Parameter::kAwbBgPos, findings);
  lint_weights(bank, Parameter::kAwbRgbgWeight, findings);
  lint_weights(bank, Parameter::kAwbRgbgWeightOt, findings);
  lint_temperatures(bank, findings);
  for (std::uint32_t i = 0; i < 2; ++i) {
    const std::uint32_t gain = bank.get(Parameter::kAwbStatic, i);
    if (gain < 256 || gain > 16383) {
      findings.error(Parameter::kAwbStatic,
                     fmt::format("gain of {} is {}: 1024 is 1.0, 256 to 16383",
                                 i == 0 ? "red" : "blue", gain));
    }
  }
  lint_order(bank, Parameter::kAwbAwbParameter, 34, 35, "red ratios that may be white", findings);
  lint_order(bank, Parameter::kAwbAwbParameter, 36, 37, "blue ratios that may be white", findings);
  lint_order(bank, Parameter::kAwbMode, 0, 1, "exposure values of outdoors", findings);
  if (bank.get(Parameter::kAwbDisTw, 0) == 1) {
    lint_order(bank, Parameter::kAwbDisTw, 2, 1, "near and far", findings);
  }
  const std::uint32_t lights = bank.get(Parameter::kAwbLightSrcNum);
  if (lights > 9) {
    findings.error(Parameter::kAwbLightSrcNum, fmt::format("{} light sources: 9 at most", lights));
  }
  lint_temperature_limits(bank, Parameter::kAwbCtThIn, Parameter::kAwbCtParaIn, findings);
  lint_temperature_limits(bank, Parameter::kAwbCtThOtLuxhigh, Parameter::kAwbCtParaOt, findings);
  lint_temperature_limits(bank, Parameter::kAwbCtThOtLuxlow, Parameter::kAwbCtParaOt, findings);
}

void lint_colour(const Bank& bank, Findings& findings) {
  lint_black_level(bank, findings);
  lint_gamma(bank, Parameter::kGammaRgbLutSaddr, findings);
  if (!bypassed(bank, kBypassMatrix)) {
    for (const Parameter matrix :
         {Parameter::kCcmALinear, Parameter::kCcmTLinear, Parameter::kCcmDLinear}) {
      lint_matrix(bank, matrix, findings);
    }
  }
  if (!bypassed(bank, kBypassColourControl)) {
    for (const Parameter matrix :
         {Parameter::kBcshCcmmatrixA, Parameter::kBcshCcmmatrixT, Parameter::kBcshCcmmatrixD}) {
      lint_matrix(bank, matrix, findings);
    }
  }
  for (const Parameter clip :
       {Parameter::kBcshClip0, Parameter::kBcshClip1, Parameter::kBcshClip2}) {
    lint_order(bank, clip, 0, 1, "limits of brightness", findings);
    lint_order(bank, clip, 2, 3, "limits of colour", findings);
  }
}

void lint_shading(const Bank& bank, Findings& findings) {
  if (bypassed(bank, kBypassShading)) return;
  const std::uint32_t words = bank.get(Parameter::kLscLutNum);
  const std::uint32_t stride = bank.get(Parameter::kLscLutStride);
  if (words == 0 || words > 2047 || stride == 0 || words % (3 * stride) != 0) {
    findings.error(
        Parameter::kLscLutNum,
        fmt::format("{} words in rows of 3 x {}: whole rows, 2047 words at most", words, stride));
    return;
  }
  for (std::uint32_t i = 0; i < 2; ++i) {
    if (bank.get(Parameter::kLscMeshSize, i) != 0) continue;
    findings.error(Parameter::kLscMeshSize, "cells without size");
  }
  for (std::uint32_t i = 1; i < 4; ++i) {
    lint_order(bank, Parameter::kLscCtPoints, i - 1, i, "colour temperatures", findings);
  }
  const double one = 2048u >> std::min(bank.get(Parameter::kLscMeshScale), 3u);
  for (const Parameter table :
       {Parameter::kLscALinear, Parameter::kLscTLinear, Parameter::kLscDLinear}) {
    for (std::uint32_t i = 0; i < words; ++i) {
      // The odd node of a row's last word may be unused.
      const double gain = (bank.get(table, i) & 0xfff) / one;
      if (gain >= 0.4) continue;
      findings.error(
          table, fmt::format("word {} has a gain of {:.2f}: a dark spot in the picture", i, gain));
      break;
    }
  }
}

}  // namespace t31::tune
