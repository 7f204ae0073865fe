// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31cam/light.hpp"

#include <fmt/format.h>

#include "common/text.hpp"
#include "model/sensor/description.hpp"
#include "t31cam/errors.hpp"

namespace t31::cam {

using tools::parse_decimal;
using tools::parse_number;
using tools::split;

nlohmann::json parse_lamp(const std::string& option, const std::string& text) {
  if (model::find_illuminant(text)) return text;
  const auto kelvin = parse_number(text);
  if (kelvin && *kelvin >= model::kLowestLight && *kelvin <= model::kHighestLight) return *kelvin;
  throw UsageError(fmt::format("{} {}: expected {} to {} kelvin, or fluorescent", option, text,
                               model::kLowestLight, model::kHighestLight));
}

LightChange parse_light_change(const std::string& text) {
  constexpr char kOption[] = "--light-change";
  constexpr double kBrightest = 65536;
  const auto parts = split(text, ':');
  const auto when = split(parts[0], '+');
  const auto frame = parse_number(when[0]);
  const auto over = when.size() == 2 ? parse_number(when[1]) : when.size() == 1 ? 0u : frame;
  const double level = parts.size() >= 2 ? parse_decimal(parts[1]).value_or(-1) : -1;
  if (when.size() > 2 || parts.size() > 3 || !frame || !over || level < 0 || level > kBrightest) {
    throw UsageError(fmt::format(
        "{} {}: expected FRAME[+FRAMES]:LEVEL[:LAMP], as 40:8 or 100+50:0.1:2850", kOption, text));
  }
  LightChange change{*frame, *over, level, nullptr};
  if (parts.size() == 3) change.lamp = parse_lamp(kOption, parts[2]);
  return change;
}

Flicker parse_flicker(const std::string& text) {
  constexpr double kFastest = 1000;
  const auto parts = split(text, ':');
  const auto hertz = parse_decimal(parts[0]);
  const auto depth = parts.size() == 2 ? parse_decimal(parts[1]) : std::optional<double>(1);
  if (parts.size() > 2 || !hertz || *hertz < 0 || *hertz > kFastest || !depth || *depth < 0 ||
      *depth > 1) {
    throw UsageError(
        fmt::format("--flicker {}: expected HERTZ[:DEPTH] of the mains, as 50 or 60:0.3", text));
  }
  return {*hertz, *depth};
}

void describe_light(const LightOptions& light, nlohmann::json& sensor) {
  sensor["light"] = light.lamp;
  nlohmann::json lighting = {{"flicker", light.flicker.hertz},
                             {"depth", light.flicker.depth},
                             {"tint_noise", light.tint_noise}};
  for (const LightChange& change : light.changes) {
    nlohmann::json json = {{"frame", change.frame}, {"over", change.over}, {"level", change.level}};
    if (!change.lamp.is_null()) json["light"] = change.lamp;
    lighting["changes"].push_back(json);
  }
  sensor["lighting"] = lighting;
}

}  // namespace t31::cam
