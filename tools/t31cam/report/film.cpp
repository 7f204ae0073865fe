// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31cam/report/film.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "colour/chart.hpp"

namespace t31::cam::report {
namespace {

// What T31_CONTROL_EXPOSURE_VALUE reads (user-abi 3.4).
struct ExposureReport {
  std::uint32_t value, time_us, value_log2, again, dgain, gain_log2;
};

std::vector<double> rows_of(const Frame& frame) {
  std::vector<double> rows;
  for (std::uint32_t y = 0; y < frame.height; ++y) {
    const std::uint8_t* row = frame.luma + std::size_t{y} * frame.width;
    rows.push_back(std::accumulate(row, row + frame.width, 0.0) / frame.width);
  }
  return rows;
}

std::vector<double> columns_of(const Frame& frame) {
  std::vector<double> columns(frame.width);
  for (std::uint32_t y = 0; y < frame.height; ++y) {
    const std::uint8_t* row = frame.luma + std::size_t{y} * frame.width;
    for (std::uint32_t x = 0; x < frame.width; ++x) columns[x] += row[x];
  }
  for (double& column : columns) column /= frame.height;
  return columns;
}

double chroma_of(const Frame& frame) {
  const image::RgbImage image =
      image::nv12_to_rgb({frame.width, frame.height, frame.width, frame.luma, frame.chroma},
                         image::ColourSpace::kBt601Full);
  const auto areas = colour::areas_of_scene(frame.width, frame.height);
  return colour::evaluate_chart(colour::sample_patches(image, areas)).mean_neutral_chroma;
}

}  // namespace

Shot Film::look(Tuning& tuning, const Frame& frame) const {
  Shot shot;
  const auto state = tuning.read<t31_ae_state>("reading the state", T31_CONTROL_AE_STATE);
  shot.mean = tuning.get("reading the luma", T31_CONTROL_AE_LUMA);
  shot.target = state.target;
  const auto value =
      tuning.read<ExposureReport>("reading the exposure", T31_CONTROL_EXPOSURE_VALUE);
  shot.value = value.value;
  shot.time_us = value.time_us;
  shot.gain = tuning.get("reading the gain", T31_CONTROL_TOTAL_GAIN) / 256.0;
  const auto balance =
      tuning.read<t31_white_balance>("reading the balance", T31_CONTROL_WHITE_BALANCE);
  shot.red = balance.rgain / 256.0;
  shot.blue = balance.bgain / 256.0;
  shot.kelvin = tuning.read<std::uint32_t>("reading the temperature", T31_CONTROL_AWB_KELVIN);
  shot.rows = rows_of(frame);
  shot.columns = columns_of(frame);
  if (options_.scene == "colorchecker") shot.chroma = chroma_of(frame);
  return shot;
}

std::vector<Shot> Film::shoot(unsigned frames) {
  complete(options_);
  Session session(options_);
  std::vector<Shot> shots;
  session.stream([&](const ChannelOption&) {
    return [&](const Frame& frame) {
      for (const Act& act : acts_) {
        if (act.frame == shots.size()) act.act(session.tuning());
      }
      shots.push_back(look(session.tuning(), frame));
      return shots.size() < frames;
    };
  });
  return shots;
}

std::vector<double> curve(const std::vector<Shot>& shots, double (*of)(const Shot&)) {
  std::vector<double> values;
  for (const Shot& shot : shots) values.push_back(of(shot));
  return values;
}

std::vector<plot::Chart> exposure_charts(const std::string& title, const std::vector<Shot>& shots) {
  std::vector<double> frame;
  for (std::size_t i = 0; i < shots.size(); ++i) frame.push_back(static_cast<double>(i));
  const auto mean = [](const Shot& s) { return s.mean; };
  const auto target = [](const Shot& s) { return s.target; };
  const auto time = [](const Shot& s) { return s.time_us; };
  const auto gain = [](const Shot& s) { return s.gain; };
  return {{title,
           {"frame"},
           {"mean luma of 255"},
           {{"mean", plot::kBlue, frame, curve(shots, mean)},
            {"target", plot::kRed, frame, curve(shots, target)}}},
          {"exposure in force",
           {"frame"},
           {"us, gain", true},
           {{"time, us", plot::kGreen, frame, curve(shots, time)},
            {"gain", plot::kOrange, frame, curve(shots, gain)}}}};
}

unsigned frames_off(const std::vector<Shot>& shots, std::size_t begin, std::size_t end) {
  std::size_t first = end, last = begin;
  for (std::size_t i = begin; i < end && i < shots.size(); ++i) {
    if (std::abs(shots[i].error()) <= kGood) continue;
    first = std::min(first, i);
    last = i + 1;
  }
  return first < last ? static_cast<unsigned>(last - first) : 0;
}

}  // namespace t31::cam::report
