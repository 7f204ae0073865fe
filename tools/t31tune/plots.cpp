// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/plots.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "colour/colour_space.hpp"
#include "plot/chart.hpp"

namespace t31::tune {
namespace {

using tuning::Bank;
using tuning::Parameter;

plot::Series list(const Bank& bank, const char* name, plot::Colour colour, Parameter x, Parameter y,
                  double unity = 1) {
  plot::Series series{name, colour, {}, {}, true};
  for (std::uint32_t i = 0; i < tuning::parameter_info(y).count; ++i) {
    series.x.push_back(bank.get(x, i));
    series.y.push_back(bank.get(y, i) / unity);
  }
  return series;
}

image::RgbImage gamma_plot(const Bank& bank, const char* bank_name) {
  plot::Chart chart{fmt::format("gamma, {}", bank_name), {"linear light, 12 bits"}, {"output"}, {}};
  const auto curve = [&](const char* name, plot::Colour colour, Parameter parameter) {
    plot::Series series{name, colour, {}, {}};
    for (std::uint32_t i = 0; i < 129; ++i) {
      series.x.push_back(32.0 * i);
      series.y.push_back(bank.get(parameter, i));
    }
    chart.series.push_back(std::move(series));
  };
  plot::Series srgb{"sRGB", plot::kGrey, {}, {}};
  for (std::uint32_t i = 0; i < 129; ++i) {
    srgb.x.push_back(32.0 * i);
    srgb.y.push_back(4095 * colour::linear_to_srgb(i / 128.0));
  }
  chart.series.push_back(std::move(srgb));
  curve("two exposures", plot::kOrange, Parameter::kGammaRgbLutWdrSaddr);
  curve("one exposure", plot::kBlue, Parameter::kGammaRgbLutSaddr);
  return plot::draw(chart);
}

// Gains along the mesh, each colour a map, daylight table.
bool shading_plot(const Bank& bank, const char* bank_name, image::RgbImage& out) {
  constexpr std::uint32_t kBypass = 6;
  if ((bank.get(Parameter::kTopBypass, kBypass) & 1) != 0) return false;
  const std::uint32_t stride = bank.get(Parameter::kLscLutStride);
  const std::uint32_t words = std::min(bank.get(Parameter::kLscLutNum), 2047u);
  if (stride == 0 || stride > 1024 || words < 3 * stride) return false;
  const double one = 2048u >> std::min(bank.get(Parameter::kLscMeshScale), 3u);
  const std::uint32_t rows = words / (3 * stride);
  constexpr int kWidth = 460, kHeight = 380;
  plot::Canvas canvas(3 * kWidth, kHeight);
  for (std::uint32_t colour = 0; colour < 3; ++colour) {
    constexpr const char* kNames[] = {"red", "green", "blue"};
    plot::Map map{fmt::format("shading gain, {}, {}", kNames[colour], bank_name),
                  "node",
                  "row",
                  2 * stride,
                  {},
                  {},
                  {}};
    for (std::uint32_t row = 0; row < rows; ++row) {
      for (std::uint32_t column = 0; column < 2 * stride; ++column) {
        const std::uint32_t word =
            bank.get(Parameter::kLscDLinear, (row * stride + column / 2) * 3 + colour);
        map.values.push_back((word >> (column % 2 * 12) & 0xfff) / one);
      }
    }
    plot::draw(canvas, static_cast<int>(colour) * kWidth, 0, kWidth, kHeight, map);
  }
  out = canvas.image();
  return true;
}

image::RgbImage exposure_plot(const Bank& bank, const char* bank_name) {
  constexpr int kWidth = 800, kHeight = 400;
  plot::Chart targets{
      fmt::format("exposure targets, {}", bank_name),
      {"exposure value, lines x gain (dark scenes to the right)", true},
      {"mean luma aimed at"},
      {list(bank, "two exposures", plot::kOrange, Parameter::kAeEvListWdr, Parameter::kAeAtListWdr),
       list(bank, "one exposure", plot::kBlue, Parameter::kAeEvList, Parameter::kAeAtList)}};
  plot::Chart saturation{
      fmt::format("saturation, {}", bank_name),
      {"exposure value, lines x gain", true},
      {"factor"},
      {list(bank, "colour matrix", plot::kBlue, Parameter::kCcmEvList, Parameter::kCcmSatList, 256),
       list(bank, "BCSH least", plot::kGreen, Parameter::kBcshEvlist, Parameter::kBcshSminlists,
            1024),
       list(bank, "BCSH most", plot::kRed, Parameter::kBcshEvlist, Parameter::kBcshSmaxlists,
            1024)}};
  plot::Canvas canvas(kWidth, 2 * kHeight);
  plot::draw(canvas, 0, 0, kWidth, kHeight, targets);
  plot::draw(canvas, 0, kHeight, kWidth, kHeight, saturation);
  return canvas.image();
}

// A table over both colour ratios, small blue ratios at the bottom.
plot::Map balance_map(const Bank& bank, std::string title, Parameter table, double per) {
  plot::Map map{std::move(title),
                "red/green after the static gains, 256 = 1.0",
                "blue/green",
                15,
                {},
                {},
                {}};
  for (std::uint32_t row = 15; row-- > 0;) {
    map.y_ticks.push_back(std::to_string(bank.get(Parameter::kAwbBgPos, row)));
    for (std::uint32_t column = 0; column < 15; ++column) {
      const double value = bank.get(table, row * 15 + column);
      map.values.push_back(per == 0 ? value : per / std::max(value, 1.0));
    }
  }
  for (std::uint32_t column = 0; column < 15; ++column) {
    map.x_ticks.push_back(std::to_string(bank.get(Parameter::kAwbRgPos, column)));
  }
  return map;
}

image::RgbImage balance_plot(const Bank& bank, const char* bank_name) {
  constexpr int kWidth = 600, kHeight = 540;
  plot::Canvas canvas(2 * kWidth, kHeight);
  plot::draw(canvas, 0, 0, kWidth, kHeight,
             balance_map(bank, fmt::format("likelihood of white, {}", bank_name),
                         Parameter::kAwbRgbgWeight, 0));
  plot::draw(canvas, kWidth, 0, kWidth, kHeight,
             balance_map(bank, fmt::format("colour temperature, {}", bank_name),
                         Parameter::kAwbColorTempMesh, 1e6));
  return canvas.image();
}

}  // namespace

std::vector<NamedPlot> make_plots(const Bank& bank, const char* bank_name) {
  std::vector<NamedPlot> plots{{"gamma", gamma_plot(bank, bank_name)},
                               {"exposure", exposure_plot(bank, bank_name)},
                               {"white_balance", balance_plot(bank, bank_name)}};
  image::RgbImage shading;
  if (shading_plot(bank, bank_name, shading)) plots.push_back({"lens_shading", std::move(shading)});
  return plots;
}

}  // namespace t31::tune
