// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "model/scene/color_checker.hpp"
#include "plot/canvas.hpp"

namespace t31::tune {
namespace {

using plot::Canvas;

const char* source_text(BlackSource source) {
  switch (source) {
    case BlackSource::kDarkFrame:
      return "dark frame";
    case BlackSource::kGiven:
      return "as given";
    case BlackSource::kChart:
      return "estimated from the chart";
  }
  return "";
}

std::string corners_text(const colour::ChartCorners& c) {
  return fmt::format("{:.1f},{:.1f},{:.1f},{:.1f},{:.1f},{:.1f},{:.1f},{:.1f}", c.dark_skin.x,
                     c.dark_skin.y, c.bluish_green.x, c.bluish_green.y, c.black.x, c.black.y,
                     c.white.x, c.white.y);
}

std::string light_text(const LightCalibration& light) {
  const auto& m = light.matrix;
  std::string text = fmt::format(
      "\n{} ({} frame{})\n"
      "  chart            {} at {}\n"
      "  light            {:.0f} K{}\n"
      "  white balance    red {:.3f}, blue {:.3f} over green\n"
      "  noise            {:.2f} % of the range on neutral 5\n",
      light.file, light.frames, light.frames == 1 ? "" : "s",
      light.reading.found ? "found" : "given", corners_text(light.reading.corners),
      light.light.kelvin, light.light.estimated ? " (estimated)" : "", 1 / light.light.grey.red,
      1 / light.light.grey.blue, 100 * light.reading.noise);
  for (std::size_t row = 0; row < 3; ++row) {
    text += fmt::format("  {:15}{:8.3f}{:8.3f}{:8.3f}\n", row == 0 ? "colour matrix" : "",
                        m[3 * row] / 1024.0, m[3 * row + 1] / 1024.0, m[3 * row + 2] / 1024.0);
  }
  text += fmt::format("  {:16}{:>8}{:>8}   CIEDE2000, exposure matched on neutral 5\n", "patch",
                      "before", "after");
  for (std::size_t patch = 0; patch < colour::kPatchCount; ++patch) {
    text += fmt::format("  {:16}{:8.2f}{:8.2f}{}\n", model::kColorChecker[patch].name,
                        light.before.delta_e[patch], light.after.delta_e[patch],
                        light.reading.clipped[patch] ? "   clipped" : "");
  }
  text += fmt::format("  {:16}{:8.2f}{:8.2f}\n", "mean", light.before.mean, light.after.mean);
  return text;
}

plot::Colour shown(const colour::Rgb& linear) {
  const auto code = [](double channel) {
    return static_cast<std::uint8_t>(
        std::lround(255 * colour::linear_to_srgb(std::clamp(channel, 0.0, 1.0))));
  };
  return {code(linear[0]), code(linear[1]), code(linear[2])};
}

constexpr int kPatch = 96, kGap = 10, kTitle = 54;
constexpr int kWidth = 6 * (kPatch + kGap) + kGap;
constexpr int kHeight = kTitle + 4 * (kPatch + kGap) + 16;

// Left what is published; right, above and below, the sensor before and after.
void draw_patch(Canvas& canvas, int x, int y, const LightCalibration& light, std::size_t patch) {
  const auto caption = [&](int at_x, int at_y, const std::string& text) {
    canvas.fill(at_x, at_y, Canvas::text_width(text) + 3, 10, plot::kWhite);
    canvas.text(at_x + 2, at_y + 2, text, plot::kBlack);
  };
  constexpr int kHalf = kPatch / 2;
  canvas.fill(x, y, kHalf, kPatch, shown(colour::published_colour(patch)));
  canvas.fill(x + kHalf, y, kHalf, kHalf, shown(light.before.shown[patch]));
  canvas.fill(x + kHalf, y + kHalf, kHalf, kHalf, shown(light.after.shown[patch]));
  caption(x + kHalf + 2, y + 2, fmt::format("{:.1f}", light.before.delta_e[patch]));
  caption(x + kHalf + 2, y + kPatch - 12, fmt::format("{:.1f}", light.after.delta_e[patch]));
  if (light.reading.clipped[patch]) caption(x + 2, y + kPatch - 12, "clipped");
  canvas.frame(x, y, kPatch, kPatch, plot::kGrey);
}

void draw_light(Canvas& canvas, int top, const LightCalibration& light) {
  canvas.text(kGap, top + 8,
              fmt::format("{:.0f} K: CIEDE2000 {:.2f} before, {:.2f} after", light.light.kelvin,
                          light.before.mean, light.after.mean),
              plot::kBlack, 2);
  canvas.text(
      kGap, top + 34,
      "left: as published; right above: black level, shading and white balance; below: with "
      "the matrix",
      plot::kBlack);
  for (std::size_t patch = 0; patch < colour::kPatchCount; ++patch) {
    const int column = static_cast<int>(patch % 6), row = static_cast<int>(patch / 6);
    draw_patch(canvas, kGap + column * (kPatch + kGap), top + kTitle + row * (kPatch + kGap), light,
               patch);
  }
}

}  // namespace

std::string report_text(const Calibration& calibration) {
  const tools::RawFormat& format = calibration.format;
  const BlackLevel& black = calibration.black;
  std::string text = fmt::format(
      "black level        {:.2f} {:.2f} {:.2f} {:.2f} codes of {} bits (R Gr Gb B, {})\n",
      black[kRed], black[kGreenRed], black[kGreenBlue], black[kBlue], format.bits,
      source_text(calibration.black_source));
  if (calibration.shading) {
    const LensShading& shading = *calibration.shading;
    text += fmt::format(
        "lens shading       up to {:.2f} {:.2f} {:.2f} (R G B), {:.1f} % off a smooth surface\n",
        shading.largest_gain(0), shading.largest_gain(1), shading.largest_gain(2),
        100 * shading.residual());
  } else {
    text += "lens shading       not measured, off\n";
  }
  for (const LightCalibration& light : calibration.lights) text += light_text(light);
  if (!calibration.remarks.empty()) text += "\nassumed, and to be known:\n";
  for (const std::string& remark : calibration.remarks) text += fmt::format("- {}\n", remark);
  return text;
}

nlohmann::json report_json(const Calibration& calibration) {
  nlohmann::json json;
  json["black_level"] = calibration.black;
  json["black_level_source"] = source_text(calibration.black_source);
  if (calibration.shading) {
    for (std::size_t c = 0; c < 3; ++c) {
      json["lens_shading"]["largest_gain"].push_back(calibration.shading->largest_gain(c));
    }
    json["lens_shading"]["residual"] = calibration.shading->residual();
  }
  for (const LightCalibration& light : calibration.lights) {
    const auto& c = light.reading.corners;
    nlohmann::json entry{{"file", light.file},
                         {"frames", light.frames},
                         {"chart_found", light.reading.found},
                         {"chart",
                          {c.dark_skin.x, c.dark_skin.y, c.bluish_green.x, c.bluish_green.y,
                           c.black.x, c.black.y, c.white.x, c.white.y}},
                         {"kelvin", light.light.kelvin},
                         {"kelvin_estimated", light.light.estimated},
                         {"white_balance", {1 / light.light.grey.red, 1 / light.light.grey.blue}},
                         {"noise", light.reading.noise},
                         {"matrix_q10", light.matrix},
                         {"delta_e_before", light.before.mean},
                         {"delta_e_after", light.after.mean}};
    for (std::size_t patch = 0; patch < colour::kPatchCount; ++patch) {
      entry["patches"].push_back({{"name", std::string(model::kColorChecker[patch].name)},
                                  {"before", light.before.delta_e[patch]},
                                  {"after", light.after.delta_e[patch]},
                                  {"clipped", light.reading.clipped[patch]}});
    }
    json["lights"].push_back(std::move(entry));
  }
  json["remarks"] = calibration.remarks;
  return json;
}

image::RgbImage report_picture(const Calibration& calibration) {
  Canvas canvas(kWidth, kHeight * static_cast<int>(calibration.lights.size()));
  int top = 0;
  for (const LightCalibration& light : calibration.lights) {
    draw_light(canvas, top, light);
    top += kHeight;
  }
  return canvas.image();
}

}  // namespace t31::tune
