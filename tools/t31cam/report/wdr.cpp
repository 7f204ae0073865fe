// SPDX-License-Identifier: GPL-2.0-or-later
// Two exposures of a chart over sixteen stops: how soon exposure settles, and which stops the
// picture tells apart. The virtual JX-F37 with its own tuning file.
#include <fmt/format.h>

#include <cmath>

#include "t31cam/report/film.hpp"
#include "t31cam/report/parts.hpp"

namespace t31::cam::report {
namespace {

constexpr char kPart[] = "wdr";
constexpr unsigned kFrames = 40;
constexpr unsigned kBars = 17;       // a stop apart
constexpr double kSmallest = 1;      // difference of luma that tells two bars apart
constexpr unsigned kTold = 15;       // stops of the sixteen
constexpr unsigned kBrighter = 192;  // of 255, 128 is none
constexpr unsigned kLongLines = 1883, kShortLines = 37;  // by hand

Film chart_film(const TuningFile& tuning, bool two) {
  Film film;
  CameraOptions& options = film.options();
  options.sensor = "jxf37";
  options.scene = "steps";
  options.shading = false;
  options.wdr = two;
  options.tuning = tuning.path;
  return film;
}

// Luma of the bars, from the brightest, away from their edges.
std::vector<double> bars_of(const Shot& shot) {
  std::vector<double> bars;
  const std::size_t width = shot.columns.size();
  for (unsigned bar = 0; bar < kBars; ++bar) {
    const std::size_t begin = (4 * bar + 1) * width / (4 * kBars);
    const std::size_t end = (4 * bar + 3) * width / (4 * kBars);
    double sum = 0;
    for (std::size_t x = begin; x < end; ++x) sum += shot.columns[x];
    bars.push_back(sum / static_cast<double>(end - begin));
  }
  return bars;
}

double not_told_apart(const std::vector<double>& bars) {
  unsigned lost = 0;
  for (unsigned bar = 0; bar + 1 < kBars; ++bar) {
    lost += bars[bar] - bars[bar + 1] < kSmallest ? 1 : 0;
  }
  return lost;
}

plot::Series series(const char* name, plot::Colour colour, const std::vector<double>& bars) {
  plot::Series series{name, colour, {}, bars, true};
  for (unsigned bar = 0; bar < kBars; ++bar) series.x.push_back(-static_cast<double>(bar));
  return series;
}

}  // namespace

void report_wdr(const TuningFile& tuning, const Extent& extent, Report& report) {
  const std::string subject = "jxf37, " + tuning.name;
  const double lost = kBars - 1 - kTold;
  const std::vector<Shot> shots = chart_film(tuning, true).shoot(kFrames);
  const std::vector<double> automatic = bars_of(shots.back());
  report.check({kPart, subject, "chart over 16 stops: settled after stream on",
                static_cast<double>(frames_off(shots, 0, kFrames)), 12, "frames"});
  report.check({kPart, subject, "steady error", 100 * std::abs(shots.back().error()), 5, "%"});
  // The file's target leaves the two darkest bars at less than a code of what the long exposure
  // has: no curve tells them apart.
  report.check({kPart, subject, "stops of 16 not told apart, automatic exposure",
                not_told_apart(automatic), lost + 1, ""});
  Film brighter = chart_film(tuning, true);
  brighter.at(0, [](Tuning& controls) {
    controls.set("compensating exposure", T31_CONTROL_AE_COMPENSATION, kBrighter);
  });
  const std::vector<double> compensated = bars_of(brighter.shoot(kFrames).back());
  report.check({kPart, fmt::format("{}, compensation {}", subject, kBrighter),
                "stops of 16 not told apart, automatic exposure with compensation",
                not_told_apart(compensated), lost, ""});
  std::vector<plot::Series> curves{series("two, automatic", plot::kBlue, automatic),
                                   series("two, compensated", plot::kOrange, compensated)};
  if (!extent.quick) {
    Film by_hand = chart_film(tuning, true);
    by_hand.options().exposure_lines = kLongLines;
    by_hand.options().short_lines = kShortLines;
    const std::vector<double> given = bars_of(by_hand.shoot(20).back());
    report.check({kPart, fmt::format("{}, {} and {} lines", subject, kLongLines, kShortLines),
                  "stops of 16 not told apart, exposures by hand", not_told_apart(given), lost,
                  ""});
    curves.push_back(series("two, by hand", plot::kGreen, given));
    const std::vector<double> one = bars_of(chart_film(tuning, false).shoot(kFrames).back());
    curves.push_back(series("one, automatic", plot::kRed, one));
    report.note(fmt::format("wdr: one exposure loses {} stops of 16", not_told_apart(one)));
  }
  std::vector<plot::Chart> charts =
      exposure_charts("two exposures of a chart over 16 stops, from stream on", shots);
  charts.push_back({"luma of its bars", {"stops below the brightest"}, {"luma"}, curves});
  report.picture("wdr_stops", charts);
}

}  // namespace t31::cam::report
