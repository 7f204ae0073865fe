// SPDX-License-Identifier: GPL-2.0-or-later
// film.hpp - one session of the whole camera, looked at frame by frame as a client can.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "plot/chart.hpp"
#include "t31cam/camera.hpp"
#include "t31cam/session.hpp"

namespace t31::cam::report {

inline constexpr double kGood = 0.13;  // share of the target that a settled picture may be off

// A frame as a client has it.
struct Shot {
  double mean = 0, target = 0;  // of automatic exposure
  std::uint32_t value = 0;
  double gain = 1;
  double time_us = 0;
  double red = 0, blue = 0;  // gains
  double kelvin = 0;
  std::vector<double> rows, columns;                         // luma
  double chroma = std::numeric_limits<double>::quiet_NaN();  // of the chart's greys

  double error() const { return target > 0 ? mean / target - 1 : 0; }
};

// One session of a camera, looked at frame by frame.
class Film {
 public:
  Film() {
    options_.channels = {{0, 640, 360, false}};
    options_.scene = "flat";
  }
  CameraOptions& options() { return options_; }
  // Before frame `frame` is looked at.
  void at(unsigned frame, std::function<void(Tuning&)> act) {
    acts_.push_back({frame, std::move(act)});
  }
  std::vector<Shot> shoot(unsigned frames);

 private:
  Shot look(Tuning& tuning, const Frame& frame) const;

  struct Act {
    unsigned frame;
    std::function<void(Tuning&)> act;
  };
  CameraOptions options_;
  std::vector<Act> acts_;
};

std::vector<double> curve(const std::vector<Shot>& shots, double (*of)(const Shot&));
// Mean and target; time and gain.
std::vector<plot::Chart> exposure_charts(const std::string& title, const std::vector<Shot>& shots);
// Frames from the first one that is off the target to the last one, from `begin` to `end`.
unsigned frames_off(const std::vector<Shot>& shots, std::size_t begin, std::size_t end);

}  // namespace t31::cam::report
