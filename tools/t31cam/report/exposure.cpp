// SPDX-License-Identifier: GPL-2.0-or-later
// Automatic exposure on the plant of ae-awb-af 8.1: an even scene, a sensor with the steps of gain
// of a real one, 1346 lines, 25 frames a second; what is set acts two or three frames later.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "loops/loop.hpp"
#include "t31cam/report/parts.hpp"

namespace t31::cam::report {
namespace {

constexpr char kPart[] = "exposure";
constexpr u32 kUsual = 256u << 10;   // exposure value that the middle light asks for
constexpr u32 kStart = 2000u << 10;  // what the first step begins with
constexpr double kGood = 0.13;       // share of the target that a settled picture may be off
constexpr double kSteps[] = {1, 8, 1, 1.0 / 8, 1, 64, 1, 1.0 / 67, 1};

double usual_radiance(const control::AeCurve& curve) {
  return curve.at(kUsual) / (kUsual / 1024.0);
}

// Curves of a run, frame by frame.
struct Curves {
  std::vector<double> frame, luma, target, lines, gain;

  void add(const loops::Loop& loop) {
    const loops::PlantExposure& now = loop.plant.exposure();
    frame.push_back(static_cast<double>(frame.size()));
    luma.push_back(loop.plant.luma());
    target.push_back(loop.target());
    lines.push_back(now.lines);
    gain.push_back(now.again / 1024.0 * now.isp_dgain / 1024.0);
  }
  std::vector<plot::Chart> charts(const std::string& title) const {
    return {{title,
             {"frame"},
             {"mean luma of 255"},
             {{"luma", plot::kBlue, frame, luma}, {"target", plot::kRed, frame, target}}},
            {"exposure in force",
             {"frame"},
             {"lines, gain", true},
             {{"lines", plot::kGreen, frame, lines}, {"gain", plot::kOrange, frame, gain}}}};
  }
};

class ExposurePart {
 public:
  ExposurePart(const TuningFile& tuning, const char* sensor, unsigned latency, const Extent& extent,
               Report& report)
      : bank_(tuning.bank()),
        gains_(loops::sensor_gains(sensor)),
        latency_(latency),
        extent_(extent),
        report_(report),
        subject_(fmt::format("{}, gains of {}, t+{}", tuning.name, sensor, latency)),
        picture_(fmt::format("_{}_{}_t{}", tuning.name, sensor, latency)) {}

  void steps();
  void static_scene();
  void start();
  void flicker();

 private:
  void check(const std::string& more, const char* name, double value, double limit,
             const char* unit) {
    report_.check({kPart, subject_ + more, name, value, limit, unit});
  }
  loops::Loop fitted_loop() const {
    loops::Loop loop(bank_, latency_);
    loop.fit(gains_);
    return loop;
  }

  tuning::Bank bank_;
  const loops::GainTable& gains_;
  unsigned latency_;
  Extent extent_;
  Report& report_;
  std::string subject_, picture_;
};

void ExposurePart::steps() {
  loops::Loop loop = fitted_loop();
  const double radiance = usual_radiance(loop.controller.settings().curve);
  loop.plant.radiance = radiance;
  loop.start(kStart);
  Curves curves;
  double before = kSteps[0];
  for (const double light : kSteps) {
    loop.plant.radiance = radiance * light;
    const loops::StepResponse response = loops::follow_step(
        [&] {
          loop.run();
          if (curves.frame.size() < std::size(kSteps) * extent_.step_frames()) curves.add(loop);
          return loop.error();
        },
        [&] { return loop.value(); }, extent_.step_frames());
    const double ratio = std::max(light / before, before / light);
    const std::string step = fmt::format(", light {:.3g} to {:.3g}", before, light);
    if (ratio > 9) {
      check(step, "settled after x64, /67", response.settled, 12, "frames");
    } else {
      check(step, "settled after x8, /8", response.settled, 8, "frames");
    }
    check(step, "overshoot", 100 * std::abs(response.overshoot), 15, "%");
    // Or one line.
    const double line = 100.0 / loop.plant.exposure().lines;
    check(step, "steady error", 100 * std::abs(response.steady_error), std::max(5.0, line), "%");
    check(step, "changes once settled", response.late_changes, 0, "");
    before = light;
  }
  report_.picture("exposure_steps" + picture_, curves.charts(subject_ + ": steps of light"));
}

void ExposurePart::static_scene() {
  for (const double light : {1.0, 1.0 / 30}) {
    loops::Loop loop = fitted_loop();
    loop.plant.radiance = light * usual_radiance(loop.controller.settings().curve);
    loop.plant.mean_noise = 3;
    loop.start(kStart);
    loop.run(100);
    loop.changes = 0;
    loop.run(extent_.static_frames());
    check(fmt::format(", light {:.3g}", light), "changes on a static scene, mean +-3 levels",
          loop.changes, 0, "");
  }
}

void ExposurePart::start() {
  for (double light = 1.0 / 40; light < 12; light *= extent_.quick ? 5 : 1.7) {
    loops::Loop loop = fitted_loop();
    loop.plant.radiance = light * usual_radiance(loop.controller.settings().curve);
    loop.start(control::ae_start_value(bank_));
    unsigned good = 0;
    for (unsigned frame = 1; frame <= 40; ++frame) {
      loop.run();
      if (std::abs(loop.error()) > kGood) good = frame;
    }
    check(fmt::format(", light {:.3g}", light), "first good frame after stream on", good, 8,
          "frames");
  }
}

void ExposurePart::flicker() {
  loops::Loop loop = fitted_loop();
  control::AeSettings settings = loop.controller.settings();
  settings.flicker.active = true;
  Curves curves;
  bool started = false;
  for (const double hertz : {50.0, 60.0}) {
    control::ae_flicker_steps(static_cast<u32>(hertz), loops::Plant::kFps, 1,
                              loops::Plant::kFrameLines, settings.flicker);
    loop.controller.configure(settings);
    loop.plant.flicker = {hertz, 1.0};
    for (const double light : {0.5, 0.2, 0.05, 0.02}) {
      loop.plant.radiance = light * usual_radiance(settings.curve);
      if (!started) loop.start(kStart);
      started = true;
      double worst = 0;
      for (unsigned frame = 0; frame < 60; ++frame) {
        loop.run();
        curves.add(loop);
        if (frame >= 30) worst = std::max(worst, loop.plant.banding());
      }
      check(fmt::format(", {} Hz, light {:.3g}", hertz, light), "banding under mains light",
            100 * worst, 1, "%");
    }
  }
  report_.picture("exposure_flicker" + picture_,
                  curves.charts(subject_ + ": light that goes out between its peaks, 50, 60 Hz"));
}

}  // namespace

void report_exposure(const TuningFile& tuning, const Extent& extent, Report& report) {
  const auto sensors = loops::gain_sensors();
  for (const char* sensor : sensors.first(extent.quick ? 3 : sensors.size())) {
    for (const unsigned latency : {2u, 3u}) {
      ExposurePart part(tuning, sensor, latency, extent, report);
      part.steps();
      part.static_scene();
      part.start();
      part.flicker();
    }
  }
}

}  // namespace t31::cam::report
