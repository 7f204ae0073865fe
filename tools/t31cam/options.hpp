// SPDX-License-Identifier: GPL-2.0-or-later
// options.hpp - what the command line asks for, as plain data. The parse functions throw
// UsageError.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/raw_format.hpp"
#include "t31cam/light.hpp"

namespace t31::cam {

using tools::parse_raw_format;
using tools::RawFormat;

// --size WxH of what the ISP can take: up to 4096 each way, even.
struct PictureSize {
  std::uint32_t width;
  std::uint32_t height;
};
PictureSize parse_picture_size(const std::string& text);

// --channel N:WxH
struct ChannelOption {
  unsigned number = 0;
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  // Cut the picture to this size rather than scale it.
  bool crop = false;
};
ChannelOption parse_channel(const std::string& text);

// --set CONTROL=VALUE
struct ControlSetting {
  std::string control;
  std::string value;
};
ControlSetting parse_setting(const std::string& text);

// --wb R,B: linear gains over green.
struct WhiteBalanceGains {
  double red = 1;
  double blue = 1;
};
WhiteBalanceGains parse_white_balance(const std::string& text);

// --fps N or N/D
struct FrameRate {
  std::uint16_t numerator = 25;
  std::uint16_t denominator = 1;
};
FrameRate parse_frame_rate(const std::string& text);

// The camera and what it looks at: options that every command with a running camera has.
struct CameraOptions {
  std::string sensor = "sc2336";
  std::string scene = "colorchecker";  // a scene's name or a picture file
  LightOptions light;
  unsigned latency = 2;              // frames until the sensor's exposure acts
  std::string response = "default";  // of the sensor to colours: default, identity
  bool noise = true;
  std::optional<bool> shading;  // lens shading; unset: the model decides
  std::uint64_t seed = 1;
  std::string raw_file;
  std::optional<RawFormat> raw_format;
  bool simulate_gain = false;
  std::string tuning;  // a file, "neutral", or empty: the driver's own choice
  std::vector<ChannelOption> channels;
  std::vector<ControlSetting> settings;
  std::vector<ControlSetting> parameters;  // arrays of the tuning, values separated by commas
  std::optional<FrameRate> frame_rate;
  std::optional<WhiteBalanceGains> white_balance;
  std::optional<std::uint32_t> exposure_lines;
  std::optional<double> gain;
  bool wdr = false;  // two exposures
  std::optional<std::uint32_t> short_lines;
  // Frames that the sensor sends from the settings to the start of the channels. Exposure needs the
  // longest: two frames in the sensor, and one or two until the driver hands it over.
  unsigned settle_frames = 4;
  bool real_time = false;
  unsigned slow = 1;  // real time: the wall clock runs so many times faster
  std::string trace_file;
  bool verbose = false;
};

// Checks what one option alone can't tell, and fills in what follows from others (a raw file means
// the replay sensor; no channel means channel 0 at the sensor's size).
void complete(CameraOptions& options);

// kSums: a line per frame with its number and checksum, to compare sessions without their pictures.
enum class PictureFormat { kPng, kJpeg, kNv12, kY4m, kSums };
PictureFormat parse_picture_format(const std::string& text);

struct CaptureOptions {
  CameraOptions camera;
  unsigned skip = 0;
  unsigned frames = 1;
  PictureFormat format = PictureFormat::kPng;
  std::string output = ".";
  bool json = false;
};

// 3a-report
struct ReportOptions {
  std::vector<std::string> tunings;  // files; none: the neutral one
  std::vector<std::string> parts;    // of kReportParts; none: all
  std::string output;
  bool quick = false;
};
inline constexpr const char* kReportParts[] = {"exposure", "balance", "camera", "wdr"};

}  // namespace t31::cam
