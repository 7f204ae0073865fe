// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/calibration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "common/errors.hpp"
#include "model/scene/color_checker.hpp"

namespace t31::tune {
namespace {

using tools::Failure;

constexpr double kMostDark = 0.2;         // of the range
constexpr double kMostDarkSpread = 0.03;  // between parts of the dark frame

double mean_of(const Plane& plane, std::uint32_t x0, std::uint32_t x1, std::uint32_t y0,
               std::uint32_t y1) {
  double sum = 0;
  for (std::uint32_t y = y0; y < y1; ++y) {
    for (std::uint32_t x = x0; x < x1; ++x) sum += plane.at(x, y);
  }
  return sum / (static_cast<double>(x1 - x0) * (y1 - y0));
}

BlackLevel black_of_dark_frame(const RawFrame& dark) {
  BlackLevel black;
  for (std::size_t site = 0; site < kSites; ++site) {
    const Plane& plane = dark.planes[site];
    black[site] = mean_of(plane, 0, plane.width, 0, plane.height);
    double low = 1e9, high = 0;
    constexpr std::uint32_t kParts = 4;
    for (std::uint32_t part = 0; part < kParts * kParts; ++part) {
      const std::uint32_t w = plane.width / kParts, h = plane.height / kParts;
      const std::uint32_t x = part % kParts * w, y = part / kParts * h;
      const double mean = mean_of(plane, x, x + w, y, y + h);
      low = std::min(low, mean), high = std::max(high, mean);
    }
    if (black[site] > kMostDark * dark.top_code() ||
        high - low > kMostDarkSpread * dark.top_code()) {
      throw Failure(fmt::format(
          "--dark: it isn't dark: {:.1f} of {:.0f} codes in the mean, {:.1f} to {:.1f} in its "
          "parts; cover the lens",
          black[site], dark.top_code(), low, high));
    }
  }
  return black;
}

// The level with which the chart's colours come out best: a wrong one tints dark colours and takes
// from bright ones what no matrix gives back.
BlackLevel black_of_chart(const RawFrame& frame,
                          const std::optional<colour::ChartCorners>& corners) {
  std::vector<float> codes = frame.planes[kGreenRed].values;
  const auto darkest = codes.begin() + static_cast<std::ptrdiff_t>(codes.size() / 500);
  std::nth_element(codes.begin(), darkest, codes.end());
  BlackLevel black;
  black.fill(*darkest);
  const auto place = read_chart(frame, black, std::nullopt, corners).corners;
  const auto error = [&](double level) {
    black.fill(level);
    try {
      const ChartReading reading = read_chart(frame, black, std::nullopt, place);
      const GreyRatios grey = measure_grey(reading);
      return predict(reading, grey, fit_matrix(reading, grey)).mean;
    } catch (const Failure&) {
      return 100.0;  // no chart with such a level
    }
  };
  constexpr double kReach = 0.05, kFine = 0.0002;  // of the range
  double from = std::max(0.0, *darkest - kReach * frame.top_code());
  double to = *darkest + kReach * frame.top_code();
  double best = from;
  // Coarse steps first: far off there are levels with which nothing is found.
  for (double step = (to - from) / 16; step > kFine * frame.top_code(); step /= 4) {
    double least = 1e9;
    for (double level = from; level <= to + step / 2; level += step) {
      const double here = error(level);
      if (here < least) least = here, best = level;
    }
    from = std::max(0.0, best - step);
    to = best + step;
  }
  black.fill(best);
  return black;
}

void note_black_level(Calibration& out, const CalibrationInput& input) {
  const double mean = (out.black[kGreenRed] + out.black[kGreenBlue]) / 2;
  if (out.black_source == BlackSource::kChart) {
    out.remarks.push_back(fmt::format(
        "black level {:.2f} is estimated: with it the chart's colours come out best; a dark frame "
        "(--dark) is better",
        mean));
  }
  if (out.black_source == BlackSource::kDarkFrame && input.format.has_black &&
      std::abs(mean - input.format.black) > 0.01 * ((1u << input.format.bits) - 1)) {
    out.remarks.push_back(fmt::format(
        "--raw-format says black level {:g}, the dark frame {:.1f}: the dark frame counts",
        input.format.black, mean));
  }
}

LightCalibration measure_light(const CalibrationInput& input, std::size_t index,
                               const RawFrame& frame, const Calibration& known) {
  LightCalibration out;
  out.file = input.raw[index];
  out.frames = frame.frames;
  const auto corners = input.corners.empty() ? std::nullopt : std::optional(input.corners[index]);
  out.reading = read_chart(frame, known.black, known.shading, corners);
  out.light.grey = measure_grey(out.reading);
  out.light.estimated = input.kelvin.empty();
  out.light.kelvin = out.light.estimated ? estimate_kelvin(out.light.grey) : input.kelvin[index];
  out.matrix = to_q10(fit_matrix(out.reading, out.light.grey));
  out.before = predict(out.reading, out.light.grey, kIdentityMatrix);
  out.after = predict(out.reading, out.light.grey, from_q10(out.matrix));
  return out;
}

void note_lights(Calibration& out) {
  for (const LightCalibration& light : out.lights) {
    if (light.reading.clipped[model::kFirstNeutral]) {
      out.remarks.push_back(fmt::format("{}: white is clipped and doesn't count", light.file));
    }
    if (light.light.estimated) {
      out.remarks.push_back(fmt::format(
          "{}: the light is taken for {:.0f} K, from what a typical sensor would see; give "
          "--light when you know it",
          light.file, light.light.kelvin));
    }
  }
  out.remarks.push_back(
      "greys under lights that were not measured are assumed to lie where a black body of that "
      "temperature puts them on a sensor with typical filters");
  if (out.lights.size() == 1) {
    out.remarks.push_back(
        "one light was measured: its colour matrix serves all colour temperatures; a capture more "
        "for each light (--raw again) makes it better");
  }
  if (!out.shading) {
    out.remarks.push_back("no flat-field capture (--flat): lens shading stays as it is");
  } else {
    out.remarks.push_back("lens shading is taken to be the same under all lights");
  }
}

}  // namespace

Calibration calibrate(const CalibrationInput& input) {
  Calibration out;
  out.format = input.format;
  std::vector<RawFrame> frames;
  for (const std::string& file : input.raw) {
    frames.push_back(read_raw("--raw", file, input.format));
  }
  if (!input.dark.empty()) {
    out.black = black_of_dark_frame(read_raw("--dark", input.dark, input.format));
    out.black_source = BlackSource::kDarkFrame;
  } else if (input.format.has_black) {
    out.black.fill(input.format.black);
  } else {
    out.black =
        black_of_chart(frames.front(),
                       input.corners.empty() ? std::nullopt : std::optional(input.corners.front()));
    out.black_source = BlackSource::kChart;
  }
  note_black_level(out, input);
  if (!input.flat.empty()) {
    out.shading = LensShading::measure(read_raw("--flat", input.flat, input.format), out.black);
  }
  for (std::size_t i = 0; i < frames.size(); ++i) {
    out.lights.push_back(measure_light(input, i, frames[i], out));
  }
  std::stable_sort(out.lights.begin(), out.lights.end(),
                   [](const LightCalibration& a, const LightCalibration& b) {
                     return a.light.kelvin < b.light.kelvin;
                   });
  note_lights(out);
  return out;
}

}  // namespace t31::tune
