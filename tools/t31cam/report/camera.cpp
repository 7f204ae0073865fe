// SPDX-License-Identifier: GPL-2.0-or-later
// The whole camera: scene, sensor, receiver, pipeline and statistics on the virtual chip, the
// driver through its device nodes; judged by what a client reads and sees.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "t31cam/report/film.hpp"
#include "t31cam/report/parts.hpp"
#include "t31cam/sensors.hpp"

namespace t31::cam::report {
namespace {

constexpr char kPart[] = "camera";

// Largest over smallest change of a row between two pictures of one scene, less 1.
double banding(const std::vector<double>& steady, const std::vector<double>& flickering) {
  double least = 1e9, most = 0;
  for (std::size_t y = 0; y < steady.size(); ++y) {
    least = std::min(least, flickering[y] / steady[y]);
    most = std::max(most, flickering[y] / steady[y]);
  }
  return most / least - 1;
}

class CameraPart {
 public:
  CameraPart(const TuningFile& tuning, const Extent& extent, Report& report)
      : tuning_(tuning), extent_(extent), report_(report) {}

  void steps();
  void static_scene();
  void flicker();
  void lights();
  void light_change();
  void day_and_night();

 private:
  Film film() const {
    Film film;
    film.options().tuning = tuning_.path.empty() ? kNeutralTuning : tuning_.path;
    return film;
  }
  void check(const std::string& more, const char* name, double value, double limit,
             const char* unit) {
    report_.check({kPart, "sc2336, " + tuning_.name + more, name, value, limit, unit});
  }

  const TuningFile& tuning_;
  Extent extent_;
  Report& report_;
};

void CameraPart::steps() {
  struct Step {
    double level;
    unsigned limit;
  };
  std::vector<Step> steps = {{8, 8}, {1, 8}};
  if (!extent_.quick) {
    for (const Step& step :
         {Step{1.0 / 8, 8}, Step{1, 8}, Step{8, 8}, Step{1.0 / 8, 12}, Step{8, 12}}) {
      steps.push_back(step);
    }
  }
  constexpr unsigned kFrames = 24;
  for (const unsigned latency : {2u, 3u}) {
    if (extent_.quick && latency != 2) break;
    Film camera = film();
    camera.options().latency = latency;
    camera.options().noise = false;
    for (unsigned i = 0; i < steps.size(); ++i) {
      camera.options().light.changes.push_back({(i + 1) * kFrames, 0, steps[i].level, nullptr});
    }
    const std::size_t count = (steps.size() + 1) * kFrames;
    const std::vector<Shot> shots = camera.shoot(static_cast<unsigned>(count));
    const std::string subject = fmt::format(", t+{}", latency);
    check(subject, "first good frame after stream on", frames_off(shots, 0, kFrames - 4), 8,
          "frames");
    for (std::size_t i = 0; i < steps.size(); ++i) {
      // The sensor counts from its own stream on, a few frames before the channel's.
      const std::size_t begin = (i + 1) * kFrames - 4, end = begin + kFrames;
      const std::string step = fmt::format("{}, light to {:.3g}", subject, steps[i].level);
      check(step, steps[i].limit == 8 ? "settled after x8, /8" : "settled after x64, /64",
            frames_off(shots, begin, end), steps[i].limit, "frames");
      const Shot& last = shots[std::min(end, shots.size()) - 1];
      check(step, "steady error", 100 * std::abs(last.error()), 5, "%");
    }
    report_.picture(fmt::format("camera_steps_t{}", latency),
                    exposure_charts(fmt::format("camera, t+{}: steps of light", latency), shots));
  }
}

void CameraPart::static_scene() {
  Film camera = film();
  camera.options().scene = "colorchecker";
  camera.options().light.tint_noise = 0.003;
  const unsigned settle = 30, watch = extent_.quick ? 40 : 150;
  const std::vector<Shot> shots = camera.shoot(settle + watch);
  unsigned exposure = 0, balance = 0;
  for (std::size_t i = settle + 1; i < shots.size(); ++i) {
    exposure += shots[i].value != shots[i - 1].value ? 1 : 0;
    balance += shots[i].red != shots[i - 1].red || shots[i].blue != shots[i - 1].blue ? 1 : 0;
  }
  check("", "changes of exposure on a static noisy scene", exposure, 0, "");
  check("", "changes of balance on a static noisy scene", balance, 0, "");
}

// The scene's own shading is taken out by a session under steady light.
void CameraPart::flicker() {
  constexpr unsigned kFrames = 32;
  const std::vector<double> steady = film().shoot(kFrames).back().rows;
  for (const unsigned hertz : {50u, 60u}) {
    if (extent_.quick && hertz != 50) break;
    Film camera = film();
    camera.options().light.flicker = {static_cast<double>(hertz), 1};
    camera.options().settings.push_back({"antiflicker", hertz == 50 ? "1" : "2"});
    const std::vector<Shot> shots = camera.shoot(kFrames);
    double worst = 0;
    for (std::size_t i = kFrames - 8; i < shots.size(); ++i) {
      worst = std::max(worst, banding(steady, shots[i].rows));
    }
    check(fmt::format(", {} Hz", hertz), "banding under mains light", 100 * worst, 1, "%");
    report_.picture(fmt::format("camera_flicker_{}hz", hertz),
                    exposure_charts(fmt::format("camera: mains light, {} Hz", hertz), shots));
  }
}

void CameraPart::lights() {
  plot::Chart chroma{"camera: chroma of the chart's greys", {"kelvin"}, {"CIELAB chroma"}, {}};
  plot::Chart kelvin{"camera: colour temperature measured", {"kelvin"}, {"kelvin"}, {}};
  plot::Series greys{"greys", plot::kBlue, {}, {}, true};
  plot::Series measured{"measured", plot::kRed, {}, {}, true};
  const std::vector<unsigned> lights =
      extent_.quick ? std::vector<unsigned>{2850, 5000, 7500}
                    : std::vector<unsigned>{2850, 3200, 3600, 4000, 4500, 5000, 5500, 6500, 7500};
  for (const unsigned light : lights) {
    Film camera = film();
    camera.options().scene = "colorchecker";
    camera.options().light.lamp = light;
    const Shot shot = camera.shoot(20).back();
    check(fmt::format(", {} K", light), "chroma of the chart's greys", shot.chroma, 2, "");
    check(fmt::format(", {} K", light), "error of the colour temperature",
          100 * std::abs(shot.kelvin / light - 1), 5, "%");
    greys.x.push_back(light);
    greys.y.push_back(shot.chroma);
    measured.x.push_back(light);
    measured.y.push_back(shot.kelvin);
  }
  chroma.series = {greys};
  kelvin.series = {measured};
  report_.picture("camera_lights", {chroma, kelvin});
}

void CameraPart::light_change() {
  Film camera = film();
  camera.options().scene = "colorchecker";
  camera.options().light.lamp = 2850;
  camera.options().light.changes = {{30, 0, 1, 6500}, {60, 0, 1, "fluorescent"}};
  const std::vector<Shot> shots = camera.shoot(90);
  std::vector<double> frame;
  for (std::size_t i = 0; i < shots.size(); ++i) frame.push_back(static_cast<double>(i));
  const std::vector<double> chroma = curve(shots, [](const Shot& s) { return s.chroma; });
  const u32 frames = std::max(1u, tuning_.bank().get(tuning::Parameter::kAwbCof, 0));
  std::size_t first = 60, last = 0;
  for (std::size_t i = 20; i < 60 && i < chroma.size(); ++i) {
    if (chroma[i] <= 2) continue;
    first = std::min(first, i);
    last = i + 1;
  }
  const double settled = first < last ? static_cast<double>(last - first) : 0;
  // Two frames more: statistics of a frame, and the picture that has the gains.
  check(", 2850 to 6500 K", "settled after a change of light, frames of 2n + 2",
        settled / (2.0 * frames + 2), 1, "");
  report_.picture(
      "camera_light_change",
      {{"camera: 2850 K, 6500 K, fluorescent",
        {"frame"},
        {"CIELAB chroma of greys"},
        {{"greys", plot::kBlue, frame, chroma}}},
       {"gains of white balance",
        {"frame"},
        {"gain"},
        {{"red", plot::kRed, frame, curve(shots, [](const Shot& s) { return s.red; })},
         {"blue", plot::kBlue, frame, curve(shots, [](const Shot& s) { return s.blue; })}}}});
}

void CameraPart::day_and_night() {
  Film camera = film();
  camera.options().noise = false;
  camera.options().light.changes = {{20, 0, 0.02, nullptr}};
  const auto mode = [](std::uint32_t night) {
    return [night](Tuning& tuning) {
      tuning.set("setting the mode", T31_CONTROL_RUNNING_MODE, night);
    };
  };
  camera.at(40, mode(1));
  camera.at(64, mode(0));
  camera.at(88, mode(1));
  const std::vector<Shot> shots = camera.shoot(112);
  for (const std::size_t begin : {40u, 64u, 88u}) {
    check(fmt::format(", frame {}", begin), "settled after a switch of day and night",
          frames_off(shots, begin, begin + 24), 12, "frames");
    double most = 0;
    for (std::size_t i = begin + 1; i < begin + 24; ++i) most = std::max(most, shots[i].gain);
    check(fmt::format(", frame {}", begin), "largest gain after a switch, of the settled one",
          most / shots[begin + 23].gain, 1.15, "times");
  }
  report_.picture(
      "camera_day_night",
      exposure_charts("camera: dusk at 20, night at 40, day at 64, night at 88", shots));
}

}  // namespace

void report_camera(const TuningFile& tuning, const Extent& extent, Report& report) {
  CameraPart part(tuning, extent, report);
  part.steps();
  part.static_scene();
  report_standing(tuning, extent, report);
  part.flicker();
  part.lights();
  part.light_change();
  part.day_and_night();
}

}  // namespace t31::cam::report
