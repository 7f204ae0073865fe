// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31cam/options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "common/text.hpp"
#include "t31cam/controls.hpp"
#include "t31cam/errors.hpp"
#include "t31cam/parameters.hpp"
#include "t31cam/sensors.hpp"

namespace t31::cam {
namespace {

constexpr unsigned kChannels = 3;

using tools::lower;
using tools::parse_decimal;
using tools::parse_number;
using tools::parse_size;
using tools::split;

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
  tools::check_raw_file("--raw", options.raw_file, *options.raw_format);
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
  if (name == "sums") return PictureFormat::kSums;
  throw UsageError(fmt::format("--format {}: expected png, jpg, nv12, y4m or sums", text));
}

void complete(CameraOptions& options) {
  complete_replay(options);
  if (find_sensor(options.sensor) == nullptr) {
    throw UsageError(fmt::format("--sensor {}: no such sensor; 't31cam list sensors' names them",
                                 options.sensor));
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
