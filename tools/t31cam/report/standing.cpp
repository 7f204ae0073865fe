// SPDX-License-Identifier: GPL-2.0-or-later
// A static noisy scene for a thousand frames of the whole camera. The scene is the virtual SC2336's
// own, with its noise, lamps that change their tint and their light from frame to frame, thinned to
// a picture that costs little.
#include <filesystem>

#include "loops/recording.hpp"
#include "t31cam/report/film.hpp"
#include "t31cam/report/parts.hpp"
#include "t31cam/sensors.hpp"

namespace t31::cam::report {
namespace {

constexpr char kPart[] = "camera";
constexpr unsigned kSettled = 40;
// Of the plants' +-3 levels at a target of about 60.
constexpr double kMeanNoise = 0.05;
constexpr char kScene[] = R"({"sensor":"sc2336","scene":{"type":"colorchecker"},"light":5000,)"
                          R"("lighting":{"tint_noise":0.003}})";

}  // namespace

void report_standing(const TuningFile& tuning, const Extent& extent, Report& report) {
  const std::string path = report.folder() + "/standing.raw";
  const unsigned watched = extent.static_frames();
  Film camera;
  CameraOptions& options = camera.options();
  options.raw_format = loops::record_small(
      {.sensor = kScene, .frames = kSettled + watched, .mean_noise = kMeanNoise}, path);
  options.raw_file = path;
  options.simulate_gain = true;
  options.tuning = tuning.path.empty() ? kNeutralTuning : tuning.path;
  options.channels = {{0, options.raw_format->width, options.raw_format->height, false}};
  const std::vector<Shot> shots = camera.shoot(kSettled + watched);
  std::filesystem::remove(path);
  unsigned exposure = 0, balance = 0;
  for (std::size_t i = kSettled; i < shots.size(); ++i) {
    const Shot &before = shots[i - 1], &now = shots[i];
    exposure += now.value != before.value ? 1 : 0;
    balance += now.red != before.red || now.blue != before.blue ? 1 : 0;
  }
  const std::string subject = "thinned sc2336, " + tuning.name + ", " + std::to_string(watched);

  report.check({kPart, subject, "changes of exposure on a static noisy scene",
                static_cast<double>(exposure), 0, ""});
  report.check({kPart, subject, "changes of balance on a static noisy scene",
                static_cast<double>(balance), 0, ""});
  report.check({kPart, subject, "frames missing",
                static_cast<double>(kSettled + watched - shots.size()), 0, ""});
  std::vector<double> frame;
  for (std::size_t i = 0; i < shots.size(); ++i) frame.push_back(static_cast<double>(i));
  std::vector<plot::Chart> charts = exposure_charts("camera: a static noisy scene", shots);
  charts.push_back(
      {"gains of white balance",
       {"frame"},
       {"gain"},
       {{"red", plot::kRed, frame, curve(shots, [](const Shot& s) { return s.red; })},
        {"blue", plot::kBlue, frame, curve(shots, [](const Shot& s) { return s.blue; })}}});
  report.picture("camera_standing", charts);
}

}  // namespace t31::cam::report
