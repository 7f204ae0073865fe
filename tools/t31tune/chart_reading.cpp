// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/chart_reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "common/errors.hpp"
#include "model/scene/color_checker.hpp"
#include "t31tune/chart_finder.hpp"

namespace t31::tune {
namespace {

using tools::Failure;

constexpr double kMostClipped = 0.02;   // of a patch
constexpr double kFewCodes = 3;         // neutral 5 above black, at least
constexpr double kLeastGrey = 0.012;    // and as a share of the range
constexpr double kDarkPicture = 0.02;   // its brightest twentieth
constexpr double kBrightPicture = 0.2;  // of it clipped

const char* order_of_corners() {
  return "the centres of dark skin, bluish green, black and white, in this order";
}

[[noreturn]] void not_found(const RawFrame& frame, const BlackLevel& black) {
  std::vector<float> green = frame.planes[kGreenRed].values;
  const auto nth = green.begin() + static_cast<std::ptrdiff_t>(green.size() * 19 / 20);
  std::nth_element(green.begin(), nth, green.end());
  const double range = frame.top_code() - black[kGreenRed];
  if (*nth - black[kGreenRed] < kDarkPicture * range) {
    throw Failure(fmt::format(
        "--raw: too dark to find a ColorChecker in: its bright parts reach {:.1f} of {:.0f} codes "
        "above black; expose longer, or check BITS and BLACK in --raw-format",
        *nth - black[kGreenRed], range));
  }
  const auto clipped =
      static_cast<double>(std::count(frame.clipped.begin(), frame.clipped.end(), true));
  if (clipped > kBrightPicture * static_cast<double>(frame.clipped.size())) {
    throw Failure(
        fmt::format("--raw: clipped: {:.0f} % of it is at the end of the range, and no "
                    "ColorChecker is to be found; expose less",
                    100 * clipped / static_cast<double>(frame.clipped.size())));
  }
  throw Failure(fmt::format(
      "--raw: no ColorChecker found; it must be whole, sharp and at least a tenth of the picture "
      "wide. Check size and order in --raw-format, or give --chart: {}",
      order_of_corners()));
}

class Reader {
 public:
  Reader(const RawFrame& frame, const BlackLevel& black, const std::optional<LensShading>& shading)
      : frame_(frame), black_(black), shading_(shading) {}

  void read(ChartReading& out) const {
    const colour::PatchAreas areas = areas_of(out.corners);
    for (std::size_t patch = 0; patch < colour::kPatchCount; ++patch) {
      read_patch(areas[patch], patch, out);
    }
  }

 private:
  colour::PatchAreas areas_of(const colour::ChartCorners& corners) const {
    try {
      return colour::areas_from_corners(corners);
    } catch (const std::invalid_argument&) {
      throw Failure(
          fmt::format("--chart: these points lie on a line; give {}", order_of_corners()));
    }
  }

  // Cells wholly within an area.
  void read_patch(const colour::PatchArea& area, std::size_t patch, ChartReading& out) const {
    const auto first = [&](double centre) { return std::ceil((centre - area.half_side) / 2); };
    const auto last = [&](double centre) { return std::floor((centre + area.half_side - 1) / 2); };
    const double x0 = first(area.centre.x), x1 = last(area.centre.x);
    const double y0 = first(area.centre.y), y1 = last(area.centre.y);
    const std::string_view name = model::kColorChecker[patch].name;
    if (!(x0 >= 0 && y0 >= 0 && x1 < frame_.cells_across() && y1 < frame_.cells_down())) {
      throw Failure(
          fmt::format("--chart: patch {} at {:.0f},{:.0f} lies outside the frame of {}x{}", name,
                      area.centre.x, area.centre.y, frame_.format.width, frame_.format.height));
    }
    if (x1 < x0 || y1 < y0) throw Failure("--chart: the patches are smaller than a pixel");
    std::array<double, kSites> sum{};
    double clipped = 0;
    double squares = 0;  // of what the greens of a cell differ by
    for (auto y = static_cast<std::uint32_t>(y0); y <= y1; ++y) {
      for (auto x = static_cast<std::uint32_t>(x0); x <= x1; ++x) {
        for (std::size_t site = 0; site < kSites; ++site) sum[site] += frame_.planes[site].at(x, y);
        squares +=
            std::pow(frame_.planes[kGreenRed].at(x, y) - frame_.planes[kGreenBlue].at(x, y), 2);
        if (frame_.clipped[std::size_t{y} * frame_.cells_across() + x]) ++clipped;
      }
    }
    const double count = (x1 - x0 + 1) * (y1 - y0 + 1);
    const auto level = [&](Site site) {
      return (sum[site] / count - black_[site]) / (frame_.top_code() - black_[site]);
    };
    out.clipped[patch] = clipped > kMostClipped * count;
    if (patch == model::kNeutralFive) {
      const double shift = (sum[kGreenRed] - sum[kGreenBlue]) / count;
      const double variance = std::max(0.0, squares / count - shift * shift) / 2;
      out.noise = std::sqrt(variance * frame_.frames) / (frame_.top_code() - black_[kGreenRed]);
    }
    out.camera[patch] = {level(kRed), (level(kGreenRed) + level(kGreenBlue)) / 2, level(kBlue)};
    if (!shading_) return;
    for (std::size_t c = 0; c < 3; ++c) {
      out.camera[patch][c] *= shading_->gain(c, area.centre.x, area.centre.y);
    }
  }

  const RawFrame& frame_;
  const BlackLevel& black_;
  const std::optional<LensShading>& shading_;
};

// White may clip: five greys remain. Nothing else may.
void check_clipping(const ChartReading& reading) {
  std::string names;
  for (std::size_t patch = 0; patch < colour::kPatchCount; ++patch) {
    if (!reading.clipped[patch] || patch == model::kFirstNeutral) continue;
    names += fmt::format("{}{}", names.empty() ? "" : ", ", model::kColorChecker[patch].name);
  }
  if (names.empty()) return;
  throw Failure(fmt::format("--raw: clipped in {}; expose less, so that white just fits", names));
}

void check_brightness(const ChartReading& reading, const RawFrame& frame, const BlackLevel& black) {
  const double grey = reading.camera[model::kNeutralFive][1];
  const double range = frame.top_code() - black[kGreenRed];
  if (grey < kLeastGrey || grey * range < kFewCodes) {
    throw Failure(fmt::format(
        "--raw: the chart is too dark: neutral 5 is {:.1f} of {:.0f} codes above black; expose "
        "longer{}",
        grey * range, range,
        frame.format.bits > 8 ? ", or check BITS and BLACK in --raw-format" : ""));
  }
}

}  // namespace

ChartReading read_chart(const RawFrame& frame, const BlackLevel& black,
                        const std::optional<LensShading>& shading,
                        const std::optional<colour::ChartCorners>& corners) {
  ChartReading reading;
  if (corners) {
    reading.corners = *corners;
  } else {
    const auto found = find_chart(frame, black);
    if (!found) not_found(frame, black);
    reading.corners = found->corners;
    reading.found = true;
  }
  Reader(frame, black, shading).read(reading);
  check_clipping(reading);
  check_brightness(reading, frame, black);
  reading.fit_error = linear_fit_error(reading.camera);
  if (reading.fit_error > kMostFitError) {
    throw Failure(fmt::format(
        "--chart: no ColorChecker there: its colours are CIEDE2000 {:.0f} off after the best "
        "linear correction. Give {}, and check ORDER in --raw-format",
        reading.fit_error, order_of_corners()));
  }
  return reading;
}

}  // namespace t31::tune
