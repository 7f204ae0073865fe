// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/model/sessions.hpp"

namespace t31::model::test {

std::optional<Trace> sc2336_session() {
  return sc2336_session("sc2336_1080p");
}

std::optional<Trace> sc2336_session(const std::string& name) {
  const auto folder = golden_folder();
  if (!folder) return std::nullopt;
  return before_mark(load_trace(*folder / "sessions" / (name + ".trace.gz")), "frame 0 start");
}

std::optional<Trace> gc2053_session() {
  const auto folder = golden_folder();
  if (!folder) return std::nullopt;
  return before_mark(load_trace(*folder / "linear_1080p_gc2053.csv"), "FRAME 0");
}

std::unique_ptr<Sensor> sc2336(const std::string& scene) {
  return make_sensor(R"({"sensor":"sc2336","light":5000,"noise":false,"scene":)" + scene + "}");
}

namespace {

GreyRatio measure_grey() {
  const auto sensor = sc2336(R"({"type":"flat","level":0.18})");
  sensor->set_master_clock(24'000'000);
  sensor->set_reset(true);
  sensor->begin_frame(0);
  BayerFrame frame;
  sensor->render(frame, 1);
  // BGGR, black level 65 (the sensor's data sheet values in sensor-abi 5).
  constexpr double kBlack = 65;
  const auto above_black = [&frame](std::uint32_t x, std::uint32_t y) {
    return frame.codes[std::size_t{y} * frame.width + x] - kBlack;
  };
  const std::uint32_t x = frame.width / 2, y = frame.height / 2;
  const double green = (above_black(x + 1, y) + above_black(x, y + 1)) / 2;
  return {above_black(x + 1, y + 1) / green, above_black(x, y) / green};
}

}  // namespace

const GreyRatio& sc2336_grey() {
  static const GreyRatio kGrey = measure_grey();
  return kGrey;
}

}  // namespace t31::model::test
