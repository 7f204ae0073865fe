// SPDX-License-Identifier: GPL-2.0-or-later
// Damaged tuning files and statistics: whatever they hold, every frame ends, and what comes out
// lies within the limits.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <random>

#include "driver/control/ae_controller.hpp"
#include "driver/control/ae_short.hpp"
#include "driver/control/af_meter.hpp"
#include "driver/control/awb_controller.hpp"
#include "driver/control/awb_window.hpp"

namespace t31::test {
namespace {

using namespace control;

class Garbage : public testing::TestWithParam<int> {
 protected:
  u32 draw() {
    // All sizes of numbers are as likely.
    return static_cast<u32>(random_()) >> (random_() % 32);
  }
  template <size_t N>
  void fill(std::array<u32, N>& words) {
    for (u32& word : words) word = static_cast<u32>(random_());
  }
  tuning::Bank bank() {
    for (size_t i = 0; i + 4 <= bytes_.size(); i += 4) {
      const u32 word = GetParam() % 3 == 0 ? 0 : draw();
      for (size_t b = 0; b < 4; ++b) bytes_[i + b] = static_cast<u8>(word >> 8 * b);
    }
    return tuning::Bank(bytes_.data());
  }

  std::mt19937 random_{static_cast<unsigned>(GetParam())};
  std::vector<u8> bytes_ = std::vector<u8>(tuning::kBankBytes);
  alignas(16) std::array<u32, 1024> zones_{};
  alignas(16) std::array<u32, 512> histogram_{};
  const u8* zones() const { return reinterpret_cast<const u8*>(zones_.data()); }
  const u8* histogram() const { return reinterpret_cast<const u8*>(histogram_.data()); }
};

TEST_P(Garbage, ExposureStaysWithinItsLimits) {
  const tuning::Bank damaged = bank();
  const auto meter = std::make_unique<AeMeter>();
  meter->configure(damaged, GetParam() % 2 == 0, draw() % 4096, draw() % 4096);
  const auto controller = std::make_unique<AeController>();
  AeSettings settings;
  settings.curve = ae_target_curve(damaged, GetParam() % 2 == 0);
  settings.range.max_lines = 1 + draw() % 65535;
  settings.range.min_lines = 1 + draw() % settings.range.max_lines;
  settings.range.max_again = 1024 + draw() % 1000000;
  settings.range.max_dgain = 1024 + draw() % 65535;
  settings.tolerance_upper = draw();
  settings.tolerance_lower = draw();
  settings.flicker.active = true;
  settings.flicker.below = static_cast<ShortFlicker>(draw() % 3);
  settings.flicker.dim_luma = draw();
  ae_flicker_steps(draw() % 70, draw() % 70, 1 + draw() % 3, draw() % 70000, settings.flicker);
  controller->configure(settings);
  AeStatistics tables;
  const auto check = [&](const AeDecision& decision, u32 frame) {
    if (!decision.changed) return;
    EXPECT_GE(decision.shares.lines, settings.range.min_lines);
    EXPECT_LE(decision.shares.lines, settings.range.max_lines);
    EXPECT_LE(decision.shares.again, settings.range.max_again);
    EXPECT_LE(decision.shares.dgain, settings.range.max_dgain);
    controller->committed(decision.value, frame + 2);
  };
  check(controller->start(0, draw()), 0xfffffff0u);
  for (u32 frame = 0xfffffff2u; frame != 60; ++frame) {
    fill(zones_);
    fill(histogram_);
    if (draw() % 4 == 0) zones_.fill(0);
    check(controller->step(meter->measure(zones(), histogram(), tables), frame), frame);
    if (draw() % 16 == 0) check(controller->switch_mode(draw() % 8), frame);
  }
  const AeCurve curve = ae_short_curve(damaged);
  const AeShares shares = ae_distribute_short(ae_short_value(curve, draw()), settings.range);
  EXPECT_LE(shares.lines, settings.range.max_lines);
}

// A second reader of the same formats, byte by byte.
TEST_P(Garbage, TablesForUsersAreThoseOfAnIndependentReader) {
  tuning::BankWriter writer(bytes_.data());
  writer.set(tuning::Parameter::kAeParameter, 1, 15);
  writer.set(tuning::Parameter::kAeParameter, 3, 15);
  const auto meter = std::make_unique<AeMeter>();
  meter->configure(writer.bank(), false, 1920, 1080);
  fill(zones_);
  fill(histogram_);
  for (u32& bin : histogram_) bin &= 0x1fff;
  AeStatistics ours, theirs;
  meter->measure(zones(), histogram(), ours);
  unpack_ae_zones(zones(), 64 * 36, theirs);
  unpack_ae_histogram(histogram(), theirs);
  EXPECT_TRUE(std::ranges::equal(ours.zone_mean, theirs.zone_mean));
  EXPECT_TRUE(std::ranges::equal(ours.histogram, theirs.histogram));
  EXPECT_EQ(ours.mean, theirs.mean);
  AwbStatistics our_bytes, their_bytes;
  const auto found = std::make_unique<AwbZones>();
  measure_awb_zones(zones(), {1024, 1024, 0}, *found, our_bytes);
  unpack_awb_zones(zones(), their_bytes);
  EXPECT_TRUE(std::ranges::equal(our_bytes.red, their_bytes.red));
  EXPECT_TRUE(std::ranges::equal(our_bytes.green, their_bytes.green));
  EXPECT_TRUE(std::ranges::equal(our_bytes.blue, their_bytes.blue));
}

TEST_P(Garbage, WhiteBalanceAndFocusEndEveryFrame) {
  const tuning::Bank damaged = bank();
  const auto controller = std::make_unique<AwbController>();
  const auto focus = std::make_unique<AfMeter>();
  controller->configure(damaged);
  focus->configure(damaged);
  AwbStatistics table;
  u32 values[kZones];
  for (u32 frame = 0; frame < 60; ++frame) {
    fill(zones_);
    if (draw() % 4 == 0) zones_.fill(0);
    const AwbDecision decision = controller->step(zones(), draw(), frame, table);
    EXPECT_LE(awb_register_gain(awb_total_gain(decision.gains.red, draw()), draw()), 0x3fffu);
    focus->measure(zones(), values);
    awb_window(damaged, {draw(), draw(), draw()}, frame % 2 == 0);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Garbage, testing::Range(1, 60));

}  // namespace
}  // namespace t31::test
