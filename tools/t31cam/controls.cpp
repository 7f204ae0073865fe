// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31cam/controls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "t31cam/errors.hpp"
#include "uapi/t31/isp_tuning.h"

namespace t31::cam {
namespace {

// Ranges: user-abi 3.3.
constexpr ControlEntry kControls[] = {
    {"brightness", T31_CONTROL_BRIGHTNESS, ControlKind::kValue, 0, 255, "128 neutral"},
    {"contrast", T31_CONTROL_CONTRAST, ControlKind::kValue, 0, 255, "128 neutral"},
    {"saturation", T31_CONTROL_SATURATION, ControlKind::kValue, 0, 255, "128 neutral, 0 grey"},
    {"sharpness", T31_CONTROL_SHARPNESS, ControlKind::kValue, 0, 255, "128 neutral"},
    {"hue", T31_CONTROL_HUE, ControlKind::kValue, 0, 255, "128 neutral"},
    {"hflip", T31_CONTROL_HFLIP, ControlKind::kValue, 0, 1, "1: mirror"},
    {"vflip", T31_CONTROL_VFLIP, ControlKind::kValue, 0, 1, "1: upside down"},
    {"csc", T31_CONTROL_CSC, ControlKind::kColourSpace, 0, 3,
     "colour space: bt601-full (0), bt601-limited (1), bt709-full (2), bt709-limited (3)"},
    {"bypass", T31_CONTROL_MODULES, ControlKind::kWord, 0, 0xffffffff,
     "blocks left out, one bit each: 0 BLC, 1 GIB, 2 AG, 6 LSC, 8 DMSC, 9 CCM, 10 gamma, 12 CSC, "
     "16 BCSH"},
};

constexpr const char* kColourSpaces[] = {"bt601-full", "bt601-limited", "bt709-full",
                                         "bt709-limited"};

std::optional<std::uint32_t> parse_integer(const std::string& text) {
  const bool hexadecimal = text.starts_with("0x") || text.starts_with("0X");
  const char* begin = text.data() + (hexadecimal ? 2 : 0);
  const char* end = text.data() + text.size();
  std::uint32_t value = 0;
  const auto result = std::from_chars(begin, end, value, hexadecimal ? 16 : 10);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return value;
}

std::optional<std::uint32_t> parse_value(const ControlEntry& control, const std::string& text) {
  if (control.kind == ControlKind::kColourSpace) {
    const auto it = std::find(std::begin(kColourSpaces), std::end(kColourSpaces), text);
    if (it != std::end(kColourSpaces)) {
      return static_cast<std::uint32_t>(it - std::begin(kColourSpaces));
    }
  }
  return parse_integer(text);
}

}  // namespace

std::span<const ControlEntry> all_controls() {
  return kControls;
}

const ControlEntry* find_control(const std::string& name) {
  const auto it = std::find_if(std::begin(kControls), std::end(kControls),
                               [&](const ControlEntry& entry) { return name == entry.name; });
  return it == std::end(kControls) ? nullptr : it;
}

std::uint32_t control_value(const ControlSetting& setting) {
  const ControlEntry* control = find_control(setting.control);
  if (control == nullptr) {
    throw UsageError(fmt::format("--set {}={}: no such control; 't31cam list controls' names them",
                                 setting.control, setting.value));
  }
  const auto value = parse_value(*control, setting.value);
  if (!value || *value < control->minimum || *value > control->maximum) {
    throw UsageError(fmt::format("--set {}={}: expected {} to {} ({})", setting.control,
                                 setting.value, control->minimum, control->maximum,
                                 control->meaning));
  }
  return *value;
}

std::uint32_t colour_space_mode(std::span<const ControlSetting> settings) {
  std::uint32_t mode = 0;
  for (const ControlSetting& setting : settings) {
    const ControlEntry* control = find_control(setting.control);
    if (control != nullptr && control->kind == ControlKind::kColourSpace)
      mode = control_value(setting);
  }
  return mode;
}

}  // namespace t31::cam
