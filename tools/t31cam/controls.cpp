// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31cam/controls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>

#include "t31cam/errors.hpp"
#include "uapi/t31/isp_tuning.h"

namespace t31::cam {
namespace {

constexpr std::uint32_t kAny = 0xffffffff;
using enum ControlKind;

// Ranges: user-abi 3.3.
constexpr ControlEntry kControls[] = {
    {"brightness", T31_CONTROL_BRIGHTNESS, kValue, 0, 255, "128 neutral"},
    {"contrast", T31_CONTROL_CONTRAST, kValue, 0, 255, "128 neutral"},
    {"saturation", T31_CONTROL_SATURATION, kValue, 0, 255, "128 neutral, 0 grey"},
    {"sharpness", T31_CONTROL_SHARPNESS, kValue, 0, 255, "128 neutral"},
    {"hue", T31_CONTROL_HUE, kValue, 0, 255, "128 neutral"},
    {"hflip", T31_CONTROL_HFLIP, kValue, 0, 1, "1: mirror"},
    {"vflip", T31_CONTROL_VFLIP, kValue, 0, 1, "1: upside down"},
    {"night", T31_CONTROL_RUNNING_MODE, kValue, 0, 1, "1: night bank, no colour"},
    {"custom", T31_CONTROL_CUSTOM_MODE, kValue, 0, 1, "1: bank of the custom tuning file"},
    {"sinter", T31_CONTROL_SINTER_STRENGTH, kValue, 0, 255, "spatial denoise, 128 neutral"},
    {"temper", T31_CONTROL_TEMPER_STRENGTH, kValue, 0, 255, "temporal denoise, 128 neutral"},
    {"dpc", T31_CONTROL_DPC_STRENGTH, kValue, 0, 255, "defect pixels, 128 neutral"},
    {"drc", T31_CONTROL_DRC_STRENGTH, kValue, 0, 255, "local tone mapping, 128 neutral"},
    {"drc-enable", T31_CONTROL_DRC, kValue, 0, 1, "local tone mapping on"},
    {"defog", T31_CONTROL_DEFOG_STRENGTH, kByte, 0, 255, "haze removal, 128 neutral"},
    {"defog-enable", T31_CONTROL_DEFOG, kValue, 0, 1, "haze removal on"},
    {"csc", T31_CONTROL_CSC, kColourSpace, 0, 3,
     "colour space: bt601-full (0), bt601-limited (1), bt709-full (2), bt709-limited (3)"},
    {"bypass", T31_CONTROL_MODULES, kWord, 0, kAny,
     "blocks left out, one bit each: 0 BLC, 1 GIB, 2 AG, 3 WDR, 4 DPC, 5 RDNS, 6 LSC, 7 ADR, "
     "8 DMSC, 9 CCM, 10 gamma, 11 defog, 12 CSC, 13 CLM, 14 sharpen, 15 YDNS, 16 BCSH, 17 SDNS, "
     "18 HLDC, 31 MDNS"},
    {"gamma", T31_CONTROL_GAMMA, kList, 0, 4095, "129 nodes", 129, 2, 258},
    {"rgb", T31_CONTROL_RGB_COEFFICIENTS, kList, 0, 2047, "added to red, green, blue; 1024 = 0", 3,
     2, 6},
    {"matrix", T31_CONTROL_COLOUR_MATRIX, kList, 0, kAny,
     "manual | keep saturation << 8, then 9 elements, 14-bit two's complement, 1024 = 1.0", 10, 4,
     40},
    {"fixed-contrast", T31_CONTROL_FIXED_CONTRAST, kList, 0, 255,
     "on,0,0,0,low,high: luma from low to high fills the range", 6, 1, 6},
    {"front-crop", T31_CONTROL_FRONT_CROP, kList, 0, 8191, "on,top,left,width,height", 5, 4, 20},
    {"auto-zoom", T31_CONTROL_AUTO_ZOOM, kList, 0, 8191,
     "channel,scaler,width,height,crop,left,top,width,height of a running channel", 9, 4, 36},
    {"scaler-level", T31_CONTROL_SCALER_LEVEL, kList, 0, 255, "channel,method,level", 3, 4, 12},
    {"wdr-output", T31_CONTROL_WDR_OUTPUT, kWord, 0, 2, "0 fused, 1 long, 2 short exposure"},
    {"ae-comp", T31_CONTROL_AE_COMPENSATION, kValue, 0, 255, "exposure, 128 neutral"},
    {"ae-freeze", T31_CONTROL_AE_FREEZE, kValue, 0, 1, "1: exposure stays as it is"},
    {"ae-max-lines", T31_CONTROL_AE_MAX_LINES, kValue, 1, 65535, "longest integration time"},
    {"max-again", T31_CONTROL_MAX_AGAIN, kValue, 0, 703, "largest analogue gain, 32 log2"},
    {"max-dgain", T31_CONTROL_MAX_DGAIN, kValue, 0, 703, "largest ISP gain, 32 log2"},
    {"ae-minima", T31_CONTROL_AE_MINIMA, kList, 0, kAny,
     "lines,gain (1024 = 1.0), the same for the short exposure", 4, 4, 16},
    {"ae-targets", T31_CONTROL_AE_TARGETS, kList, 0, 255, "luma aimed at, bright to dark", 10, 4,
     40},
    {"ae-weights", T31_CONTROL_AE_WEIGHTS, kList, 0, 8, "15 x 15 zones", 225, 1, 225},
    {"ae-region", T31_CONTROL_AE_REGION, kList, 0, 8, "region of interest, 15 x 15 zones", 225, 1,
     225},
    {"ae-bins", T31_CONTROL_AE_BINS, kList, 0, 255, "thresholds of the five-bin histogram", 4, 1,
     16},
    {"ae-start", T31_CONTROL_START_EV, kValue, 0, kAny, "exposure value to start from"},
    {"antiflicker", T31_CONTROL_ANTIFLICKER, kValue, 0, 2, "0 off, 1 50 Hz, 2 60 Hz"},
    {"highlight", T31_CONTROL_HIGHLIGHT_DEPRESS, kValue, 0, 10, "highlight depress"},
    {"backlight", T31_CONTROL_BACKLIGHT, kValue, 0, 10, "backlight compensation"},
    {"awb-kelvin", T31_CONTROL_AWB_KELVIN, kWord, 0, 65535, "colour temperature in manual mode"},
    {"awb-start", T31_CONTROL_AWB_START, kList, 1, 65535, "red,blue; 256 = 1.0", 2, 4, 8},
    {"awb-algorithm", T31_CONTROL_AWB_ALGORITHM, kValue, 0, 2,
     "0 normal, 1 grey world, 2 reweighted"},
    {"awb-clusters", T31_CONTROL_AWB_CLUSTERS, kList, 0, kAny,
     "enable,tolerance enable,tolerance,7 clusters", 10, 4, 40},
    {"awb-trend", T31_CONTROL_AWB_TREND, kList, 0, 16383,
     "red,blue offsets at high, middle, low colour temperature; 1024 = 0", 6, 4, 24},
    {"focus-weights", T31_CONTROL_FOCUS_WEIGHTS, kList, 0, 8, "15 x 15 zones", 225, 1, 225},
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

void check_control(const ControlSetting& setting) {
  const ControlEntry* control = find_control(setting.control);
  if (control != nullptr && control->kind == ControlKind::kList) {
    control_struct(setting);
  } else {
    control_value(setting);
  }
}

std::vector<std::uint8_t> control_struct(const ControlSetting& setting) {
  const ControlEntry* control = find_control(setting.control);
  if (control == nullptr || control->kind != ControlKind::kList) {
    throw UsageError(fmt::format("--set {}: takes one number", setting.control));
  }
  std::vector<std::uint32_t> values;
  for (std::size_t at = 0; at <= setting.value.size();) {
    const std::size_t comma = std::min(setting.value.find(',', at), setting.value.size());
    values.push_back(control_value({setting.control, setting.value.substr(at, comma - at)}));
    at = comma + 1;
  }
  if (values.size() == 1) values.resize(control->count, values.front());
  if (values.size() != control->count) {
    throw UsageError(fmt::format("--set {}={}: expected {} numbers or one for all ({})",
                                 setting.control, setting.value, control->count, control->meaning));
  }
  std::vector<std::uint8_t> bytes(control->struct_bytes);
  for (unsigned i = 0; i < control->count; ++i) {
    std::memcpy(&bytes[i * control->element_bytes], &values[i], control->element_bytes);
  }
  return bytes;
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
