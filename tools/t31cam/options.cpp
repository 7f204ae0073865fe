// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31cam/options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>

#include "model/sensor/description.hpp"
#include "t31cam/controls.hpp"
#include "t31cam/errors.hpp"
#include "t31cam/parameters.hpp"
#include "t31cam/sensors.hpp"

namespace t31::cam {
namespace {

constexpr std::uint32_t kMaxRawWidth = 2592;
constexpr std::uint32_t kMaxRawHeight = 1944;
constexpr unsigned kChannels = 3;

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::optional<std::uint32_t> parse_number(const std::string& text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> parse_decimal(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

struct Size {
  std::uint32_t width;
  std::uint32_t height;
};

std::optional<Size> parse_size(const std::string& text) {
  const auto parts = split(text, 'x');
  if (parts.size() != 2) return std::nullopt;
  const auto width = parse_number(parts[0]);
  const auto height = parse_number(parts[1]);
  if (!width || !height || *width == 0 || *height == 0) return std::nullopt;
  return Size{*width, *height};
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

void check_raw_file(const CameraOptions& options) {
  const RawFormat& format = *options.raw_format;
  std::error_code error;
  const auto bytes = std::filesystem::file_size(options.raw_file, error);
  if (error) throw UsageError(fmt::format("--raw {}: {}", options.raw_file, error.message()));
  const std::uintmax_t frame =
      std::uintmax_t{format.width} * format.height * (format.bits > 8 ? 2 : 1);
  if (bytes < frame || bytes % frame != 0) {
    throw UsageError(fmt::format(
        "--raw {}: {} bytes is no whole number of frames of {}x{} with {} bits ({} bytes "
        "each); check --raw-format",
        options.raw_file, bytes, format.width, format.height, format.bits, frame));
  }
}

void complete_replay(CameraOptions& options) {
  if (options.raw_file.empty() != !options.raw_format.has_value()) {
    throw UsageError("--raw and --raw-format belong together: give both");
  }
  if (options.raw_file.empty()) {
    if (options.sensor == kReplaySensor) {
      throw UsageError("--sensor replay needs --raw FILE --raw-format WxH:ORDER:BITS[:BLACK]");
    }
    return;
  }
  check_raw_file(options);
  options.sensor = kReplaySensor;
}

void complete_channels(CameraOptions& options) {
  if (options.channels.empty()) {
    const Resolution size = sensor_resolution(options);
    // Output widths are multiples of 16.
    const std::uint32_t width = size.width & ~15u;
    options.channels.push_back({0, width, size.height, width != size.width});
  }
  for (auto it = options.channels.begin(); it != options.channels.end(); ++it) {
    const auto same = [&](const ChannelOption& other) { return other.number == it->number; };
    if (std::find_if(options.channels.begin(), it, same) != it) {
      throw UsageError(fmt::format("--channel {}: given twice", it->number));
    }
  }
}

}  // namespace

RawFormat parse_raw_format(const std::string& text) {
  const auto fail = [&](const std::string& why) {
    return UsageError(
        fmt::format("--raw-format {}: {}; expected WxH:ORDER:BITS[:BLACK], as 1920x1080:RGGB:10:64",
                    text, why));
  };
  const auto parts = split(text, ':');
  if (parts.size() != 3 && parts.size() != 4) throw fail("wrong number of fields");
  const auto size = parse_size(parts[0]);
  if (!size) throw fail("bad size");
  if (size->width > kMaxRawWidth || size->height > kMaxRawHeight) {
    throw fail(fmt::format("larger than {}x{}", kMaxRawWidth, kMaxRawHeight));
  }
  if (size->width % 2 != 0 || size->height % 2 != 0) throw fail("width and height must be even");
  RawFormat format{size->width, size->height, lower(parts[1]), 0, 0};
  if (format.order != "rggb" && format.order != "grbg" && format.order != "gbrg" &&
      format.order != "bggr") {
    throw fail("ORDER is RGGB, GRBG, GBRG or BGGR");
  }
  format.bits = parse_number(parts[2]).value_or(0);
  if (format.bits != 8 && format.bits != 10 && format.bits != 12) {
    throw fail("BITS is 8, 10 or 12");
  }
  if (parts.size() == 4) {
    const auto black = parse_decimal(parts[3]);
    const double limit = (1u << format.bits) - 1;
    if (!black || *black < 0 || *black >= limit) {
      throw fail(fmt::format("BLACK is a number from 0 to below {}", limit));
    }
    format.black = *black;
  }
  return format;
}

PictureSize parse_picture_size(const std::string& text) {
  constexpr std::uint32_t kLargest = 4096;
  constexpr std::uint32_t kSmallest = 64;
  const auto size = parse_size(text);
  const auto fits = [](std::uint32_t length) {
    return length >= kSmallest && length <= kLargest && length % 2 == 0;
  };
  if (!size || !fits(size->width) || !fits(size->height)) {
    throw UsageError(fmt::format("--size {}: expected WxH, even, {} to {} each, as 1920x1080", text,
                                 kSmallest, kLargest));
  }
  return {size->width, size->height};
}

ChannelOption parse_channel(const std::string& text) {
  const auto parts = split(text, ':');
  const auto number = parse_number(parts[0]);
  const auto size = parts.size() == 2 ? parse_size(parts[1]) : std::nullopt;
  if (!number || !size) {
    throw UsageError(fmt::format("--channel {}: expected N:WxH, as 1:640x360", text));
  }
  if (*number >= kChannels) {
    throw UsageError(fmt::format("--channel {}: channels are 0 to {}", text, kChannels - 1));
  }
  return {*number, size->width, size->height, false};
}

ControlSetting parse_setting(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
    throw UsageError(fmt::format("--set {}: expected CONTROL=VALUE, as brightness=140", text));
  }
  return {text.substr(0, equals), text.substr(equals + 1)};
}

WhiteBalanceGains parse_white_balance(const std::string& text) {
  const auto parts = split(text, ',');
  const auto red = parse_decimal(parts[0]);
  const auto blue = parts.size() == 2 ? parse_decimal(parts[1]) : std::nullopt;
  constexpr double kLeast = 1.0 / 256;  // the control counts in 1/256
  const auto valid = [](double gain) { return gain >= kLeast && gain < 256; };
  if (!red || !blue || !valid(*red) || !valid(*blue)) {
    throw UsageError(
        fmt::format("--wb {}: expected R,B, gains over green below 256, as 1.85,1.42", text));
  }
  return {*red, *blue};
}

FrameRate parse_frame_rate(const std::string& text) {
  const auto parts = split(text, '/');
  const auto numerator = parse_number(parts[0]);
  const auto denominator = parts.size() == 1   ? std::optional<std::uint32_t>(1)
                           : parts.size() == 2 ? parse_number(parts[1])
                                               : std::nullopt;
  constexpr std::uint32_t kLimit = 0xffff;
  if (!numerator || !denominator || *numerator == 0 || *denominator == 0 || *numerator > kLimit ||
      *denominator > kLimit) {
    throw UsageError(fmt::format("--fps {}: expected frames per second as 15 or 25/2", text));
  }
  return {static_cast<std::uint16_t>(*numerator), static_cast<std::uint16_t>(*denominator)};
}

PictureFormat parse_picture_format(const std::string& text) {
  const std::string name = lower(text);
  if (name == "png") return PictureFormat::kPng;
  if (name == "jpg") return PictureFormat::kJpeg;
  if (name == "nv12") return PictureFormat::kNv12;
  if (name == "y4m") return PictureFormat::kY4m;
  throw UsageError(fmt::format("--format {}: expected png, jpg, nv12 or y4m", text));
}

void complete(CameraOptions& options) {
  complete_replay(options);
  if (find_sensor(options.sensor) == nullptr) {
    throw UsageError(fmt::format("--sensor {}: no such sensor; 't31cam list sensors' names them",
                                 options.sensor));
  }
  if (options.light < model::kLowestLight || options.light > model::kHighestLight) {
    throw UsageError(fmt::format("--light {}: expected {} to {} kelvin", options.light,
                                 model::kLowestLight, model::kHighestLight));
  }
  std::error_code error;
  if (!is_scene(options.scene) && !std::filesystem::is_regular_file(options.scene, error)) {
    throw UsageError(
        fmt::format("--scene {}: neither a scene nor a file; 't31cam list scenes' names the scenes",
                    options.scene));
  }
  if (!options.tuning.empty() && options.tuning != kNeutralTuning &&
      !std::filesystem::is_regular_file(options.tuning, error)) {
    throw UsageError(fmt::format("--tuning {}: no such file", options.tuning));
  }
  for (const ControlSetting& setting : options.settings) check_control(setting);
  for (const ControlSetting& setting : options.parameters) parameter_setting(setting);
  complete_channels(options);
}

}  // namespace t31::cam
