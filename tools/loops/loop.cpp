// SPDX-License-Identifier: GPL-2.0-or-later
#include "loops/loop.hpp"

#include <cmath>
#include <fstream>
#include <iterator>

namespace t31::loops {

using tuning::Parameter;

std::vector<u8> read_bank(const std::string& path, bool night) {
  std::ifstream stream(path, std::ios::binary);
  const std::vector<u8> bytes(std::istreambuf_iterator<char>(stream), {});
  constexpr size_t kHeader = 24;
  const size_t begin = kHeader + (night ? tuning::kBankBytes : 0);
  if (bytes.size() < begin + tuning::kBankBytes) return {};
  const auto first = bytes.begin() + static_cast<std::ptrdiff_t>(begin);
  return {first, first + tuning::kBankBytes};
}

control::AeSettings loop_settings(tuning::Bank bank, u32 max_lines) {
  const auto limit = [&](u32 index) { return bank.get(Parameter::kAeSwitchNightMode, index); };
  control::ExposureLimits limits;
  limits.max_lines = std::min(limit(0), max_lines);
  limits.max_again = limit(1);
  limits.max_sensor_dgain = 1024;
  limits.max_isp_dgain = limit(3);
  return control::ae_settings(bank, false, limits, {Plant::kFps, 1, Plant::kFrameLines}, {});
}

Loop::Loop(tuning::Bank bank, unsigned latency, unsigned assumed_latency)
    : plant(latency), assumed_extra_(assumed_latency == 0 ? 0 : assumed_latency - latency) {
  meter.configure(bank, false, Plant::kWidth, Plant::kHeight);
  controller.configure(loop_settings(bank));
  plant.max_isp_dgain = bank.get(Parameter::kAeSwitchNightMode, 3);
}

void Loop::fit(const GainTable& gains) {
  plant.gains = gains;
  control::AeSettings settings = controller.settings();
  u32& most = settings.range.max_again;
  if (gains.most() != 0) most = std::min(most, control::ae_gain_realised(gains.most()));
  controller.configure(settings);
}

void Loop::start(u32 value, u32 mode) {
  const control::AeDecision decision = controller.start(mode, value);
  told = plant.tell(decision.shares);
  plant.force(told);
  controller.committed(this->value(), 0);
}

u32 Loop::value() const {
  const PlantExposure& now = plant.exposure();
  return control::ae_exposure_value(now.lines, now.again, now.isp_dgain);
}

void Loop::adopt(const control::AeDecision& decision) {
  if (!decision.changed) return;
  const PlantExposure before = told;
  told = plant.tell(decision.shares);
  if (told.lines != before.lines || told.again != before.again ||
      told.isp_dgain != before.isp_dgain) {
    ++changes;
  }
  controller.committed(control::ae_exposure_value(told.lines, told.again, told.isp_dgain),
                       plant.acts_in() + assumed_extra_);
}

void Loop::run() {
  plant.expose();
  measured = meter.measure(plant.zones(), plant.histogram(), tables);
  adopt(controller.step(measured, plant.frame()));
}

StepResponse follow_step(const std::function<double()>& one_frame,
                         const std::function<u32()>& value, unsigned frames) {
  constexpr double kBand = 0.13;
  const unsigned late = frames - frames / 4;
  StepResponse response;
  bool entered = false;
  u32 before = 0;
  for (unsigned frame = 0; frame < frames; ++frame) {
    const double error = one_frame();
    const bool inside = std::abs(error) <= kBand;
    if (!inside) response.settled = frame + 1;
    entered |= inside;
    if (entered && std::abs(error) > std::abs(response.overshoot)) response.overshoot = error;
    if (frame > late && value() != before) ++response.late_changes;
    before = value();
    response.steady_error = error;
  }
  return response;
}

}  // namespace t31::loops
