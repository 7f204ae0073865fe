// SPDX-License-Identifier: GPL-2.0-or-later
// t31colour - how true the colours of a picture with a ColorChecker Classic are.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "colour/chart.hpp"
#include "model/scene/color_checker.hpp"

namespace t31::colour {
namespace {

struct Options {
  std::string picture;
  std::vector<double> corners;
  bool patches = false;
};

PatchAreas areas(const Options& options, const image::RgbImage& image) {
  if (options.corners.empty()) return areas_of_scene(image.width, image.height);
  const auto corner = [&](int index) {
    return Point{options.corners[2 * index], options.corners[2 * index + 1]};
  };
  return areas_from_corners({corner(0), corner(1), corner(2), corner(3)});
}

void print(const ChartReport& report, bool patches) {
  for (std::size_t i = 0; patches && i < kPatchCount; ++i) {
    fmt::print("{:14}{:6.2f}\n", model::kColorChecker[i].name, report.delta_e[i]);
  }
  fmt::print(
      "mean CIEDE2000 {:.2f}, largest {:.2f}; chroma of greys: mean {:.2f}, largest {:.2f}; "
      "exposure times {:.3f}\n",
      report.mean_delta_e, report.max_delta_e, report.mean_neutral_chroma,
      report.max_neutral_chroma, report.exposure);
}

int run(int argc, char** argv) {
  CLI::App app(
      "t31colour - compares a ColorChecker Classic in a PNG with its published colours, exposure "
      "matched on neutral 5");
  Options options;
  app.add_option("picture", options.picture, "PNG file")->required()->type_name("FILE");
  app.add_option(
         "--corners", options.corners,
         "centres of dark skin, bluish green, black and white in pixels (default: where the "
         "virtual camera's ColorChecker scene has them)")
      ->type_name("X,Y ...")
      ->delimiter(',')
      ->expected(8);
  app.add_flag("--patches", options.patches, "list all patches");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  try {
    const image::RgbImage image = image::read_png(options.picture);
    print(evaluate_chart(sample_patches(image, areas(options, image))), options.patches);
  } catch (const std::exception& error) {
    fmt::print(stderr, "t31colour: {}\n", error.what());
    return 1;
  }
  return 0;
}

}  // namespace
}  // namespace t31::colour

int main(int argc, char** argv) {
  return t31::colour::run(argc, argv);
}
