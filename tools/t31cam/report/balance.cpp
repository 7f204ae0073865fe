// SPDX-License-Identifier: GPL-2.0-or-later
// Automatic white balance on scenes of coloured surfaces under the lights that each tuning file
// knows.
#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "driver/control/awb_controller.hpp"
#include "loops/white_scene.hpp"
#include "t31cam/report/parts.hpp"

namespace t31::cam::report {
namespace {

constexpr char kPart[] = "white balance";
constexpr double kKnown =
    200;  // weight of a light in the file's map that makes it one to get right

struct Lamp {
  double kelvin;
  loops::WhiteScene::Grey grey;
};

struct Filling {
  const char* name;
  loops::Colour colour;
};
const Filling kFillings[] = {{"grass", {.09, .18, .05}},
                             {"light skin", loops::chart_patches()[1]},
                             {"hazy sky", loops::chart_patches()[2]},
                             {"blue sky", {.25, .45, .9}}};

class BalancePart {
 public:
  BalancePart(const TuningFile& tuning, const Extent& extent, Report& report)
      : bank_(tuning.bank()),
        extent_(extent),
        report_(report),
        name_(tuning.name),
        scene_(tuning.name, bank_) {
    controller_.configure(bank_);
    for (double kelvin = 2500; kelvin <= 8000; kelvin += extent.quick ? 500 : 250) {
      const loops::WhiteScene::Grey grey = scene_.grey(kelvin);
      if (grey.weight >= kKnown) lamps_.push_back({kelvin, grey});
    }
  }

  // A map of at least two lights; the neutral file has none.
  bool knows_lights() const { return lamps_.size() > 1; }
  // Chroma of a grey surface, and error of the temperature, over the light's temperature.
  void sweep(plot::Chart& chroma, plot::Chart& kelvin, std::size_t index);
  void changes(plot::Chart& chart, std::size_t index);
  void static_scene();
  void large_surfaces();

 private:
  control::AwbDecision run() {
    scene_.expose();
    return controller_.step(scene_.zones(), 3000u << 10, frame_++, table_);
  }
  void settle(const Lamp& lamp, unsigned frames) {
    scene_.shine(lamp.grey);
    controller_.start({});
    for (unsigned i = 0; i < frames; ++i) run();
  }
  double chroma() const {
    const control::AwbGains total = controller_.total_gains();
    return scene_.grey_chroma(total.red / 256.0, total.blue / 256.0);
  }
  void check(const std::string& more, const char* name, double value, double limit,
             const char* unit) {
    report_.check({kPart, name_ + more, name, value, limit, unit});
  }

  tuning::Bank bank_;
  Extent extent_;
  Report& report_;
  std::string name_;
  loops::WhiteScene scene_;
  control::AwbController controller_;
  control::AwbStatistics table_;
  std::vector<Lamp> lamps_;
  u32 frame_ = 0;
};

void BalancePart::sweep(plot::Chart& chroma_chart, plot::Chart& kelvin_chart, std::size_t index) {
  plot::Series chroma_curve{name_, curve_colour(index), {}, {}, true};
  plot::Series kelvin_curve = chroma_curve;
  scene_.show(loops::WhiteScene::chart);
  for (const Lamp& lamp : lamps_) {
    settle(lamp, 20);
    const double error = controller_.kelvin() / lamp.kelvin - 1;
    const std::string at = fmt::format(", {:.0f} K", lamp.kelvin);
    check(at, "chroma of the chart's greys", chroma(), 2, "");
    check(at, "error of the colour temperature", 100 * std::abs(error), 5, "%");
    chroma_curve.x.push_back(lamp.kelvin);
    chroma_curve.y.push_back(chroma());
    kelvin_curve.x.push_back(lamp.kelvin);
    kelvin_curve.y.push_back(100 * error);
  }
  chroma_chart.series.push_back(chroma_curve);
  kelvin_chart.series.push_back(kelvin_curve);
}

void BalancePart::changes(plot::Chart& chart, std::size_t index) {
  const unsigned frames = std::max(1u, bank_.get(tuning::Parameter::kAwbCof, 0));
  scene_.show(loops::WhiteScene::chart);
  const Lamp& warm = lamps_.front();
  const Lamp& cold = lamps_.back();
  plot::Series curve{name_, curve_colour(index), {}, {}};
  for (const auto& [from, to] : {std::pair{warm, cold}, std::pair{cold, warm}}) {
    settle(from, 20);
    scene_.shine(to.grey);
    unsigned settled = 0;
    for (unsigned frame = 1; frame <= 40; ++frame) {
      curve.x.push_back(static_cast<double>(curve.x.size()));
      curve.y.push_back(chroma());
      run();
      if (chroma() > 2) settled = frame;
    }
    check(fmt::format(", {:.0f} to {:.0f} K", from.kelvin, to.kelvin),
          "settled after a change of light, per 2n", settled / (2.0 * frames), 1, "");
  }
  chart.series.push_back(curve);
}

void BalancePart::static_scene() {
  scene_.show(loops::WhiteScene::chart);
  scene_.ratio_noise = 1;
  scene_.zone_noise = 2;
  for (const Lamp& lamp : lamps_) {
    if (extent_.quick && &lamp != &lamps_.front()) break;
    settle(lamp, 30);
    unsigned changes = 0;
    for (unsigned i = 0; i < extent_.static_frames(); ++i) changes += run().changed ? 1 : 0;
    check(fmt::format(", {:.0f} K", lamp.kelvin), "changes on a static noisy scene", changes, 0,
          "");
  }
  scene_.ratio_noise = scene_.zone_noise = 0;
}

void BalancePart::large_surfaces() {
  for (const Filling& filling : kFillings) {
    for (const Lamp& lamp : lamps_) {
      if (extent_.quick && &lamp != &lamps_.front()) break;
      scene_.show(loops::WhiteScene::chart);
      settle(lamp, 20);
      scene_.show([colour = filling.colour](double x, double y) {
        const double grey = .1 + .5 * x;
        return y < .2 ? loops::Colour{grey, grey, grey} : colour;
      });
      for (unsigned i = 0; i < 100; ++i) run();
      check(fmt::format(", {}, {:.0f} K", filling.name, lamp.kelvin),
            "chroma of grey beside a large surface", chroma(), 6, "");
    }
  }
}

}  // namespace

void report_balance(const std::vector<TuningFile>& tunings, const Extent& extent, Report& report) {
  plot::Chart chroma{"chroma of the ColorChecker's greys (limit 2)",
                     {"kelvin"},
                     {"CIELAB chroma", false, 0, 2},
                     {}};
  plot::Chart kelvin{
      "error of the colour temperature (limit 5 %)", {"kelvin"}, {"%", false, -5, 5}, {}};
  plot::Chart change{"a change from the warmest to the coldest light known, and back",
                     {"frame"},
                     {"CIELAB chroma"},
                     {}};
  for (std::size_t i = 0; i < tunings.size(); ++i) {
    BalancePart part(tunings[i], extent, report);
    if (!part.knows_lights()) {
      report.note(tunings[i].name + " knows no lights: its white balance is not judged");
      continue;
    }
    part.sweep(chroma, kelvin, i);
    part.changes(change, i);
    part.static_scene();
    part.large_surfaces();
  }
  if (chroma.series.empty()) return;
  report.picture("balance_lights", {chroma, kelvin});
  report.picture("balance_changes", {change});
}

}  // namespace t31::cam::report
