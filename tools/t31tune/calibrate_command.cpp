// SPDX-License-Identifier: GPL-2.0-or-later
// `t31tune calibrate`: from captures of a chart to a tuning file.
#include <fmt/format.h>

#include <filesystem>

#include "common/errors.hpp"
#include "common/text.hpp"
#include "t31tune/commands.hpp"
#include "t31tune/document.hpp"
#include "t31tune/report.hpp"

namespace t31::tune {
namespace {

using tools::UsageError;

colour::ChartCorners parse_corners(const std::string& text) {
  const auto parts = tools::split(text, ',');
  std::vector<double> numbers;
  for (const std::string& part : parts) {
    const auto number = tools::parse_decimal(part);
    if (!number) break;
    numbers.push_back(*number);
  }
  if (parts.size() != 8 || numbers.size() != 8) {
    throw UsageError(fmt::format(
        "--chart {}: expected eight numbers: x,y of the centres of dark skin, bluish green, black "
        "and white, in pixels",
        text));
  }
  return {{numbers[0], numbers[1]},
          {numbers[2], numbers[3]},
          {numbers[4], numbers[5]},
          {numbers[6], numbers[7]}};
}

void complete(CalibrateOptions& options) {
  CalibrationInput& input = options.input;
  input.format = tools::parse_raw_format(options.format);
  for (const std::string& text : options.charts) input.corners.push_back(parse_corners(text));
  const auto check = [&](const char* option, std::size_t count) {
    if (count != 0 && count != input.raw.size()) {
      throw UsageError(fmt::format("{}: give it once for each --raw, in the same order ({} for {})",
                                   option, count, input.raw.size()));
    }
  };
  check("--chart", input.corners.size());
  check("--light", input.kelvin.size());
  if (options.output.empty()) throw UsageError("--out: expected a file's name");
  if (options.picture.empty()) {
    options.picture = std::filesystem::path(options.output).replace_extension(".png");
  }
  if (options.picture == options.output) {
    throw UsageError("--picture and --out name the same file");
  }
}

}  // namespace

int run_calibrate(CalibrateOptions options) {
  complete(options);
  const Calibration calibration = calibrate(options.input);
  write_whole_file(options.output, make_tuning_file(calibration));
  image::write_png(options.picture, report_picture(calibration));
  if (options.json) {
    nlohmann::json json = report_json(calibration);
    json["out"] = options.output;
    json["picture"] = options.picture;
    fmt::print("{}\n", json.dump(2));
  } else {
    fmt::print("{}\nwritten: {}, {}\n", report_text(calibration), options.output, options.picture);
  }
  return tools::kExitOk;
}

}  // namespace t31::tune
