// SPDX-License-Identifier: GPL-2.0-or-later
// What automatic exposure reads from its statistics, worked by hand from ae-awb-af 1.2 and 2.3.
#include <gtest/gtest.h>

#include <array>
#include <memory>

#include "driver/control/ae_meter.hpp"

namespace t31::test {
namespace {

using namespace control;
using tuning::Parameter;

constexpr u32 kCells = 64 * 36;

class Metering : public testing::Test {
 protected:
  Metering() {
    bank_.set(Parameter::kAeParameter, 1, 15);
    bank_.set(Parameter::kAeParameter, 3, 15);
    bank_.set(Parameter::kAeParameter, 35, 230);
    bank_.fill(Parameter::kAeZoneWeight, 1);
    const u32 scene[] = {0, 230, 1000, 30, 1000, 1, 1, 1, 1, 1, 1};
    bank_.write(Parameter::kAeScenePare, scene);
  }
  // A zone with cells of three classes at one luma each.
  void zone(u32 index, u64 dark, u64 dark_luma, u64 middle_luma, u64 bright, u64 bright_luma) {
    const u64 middle = kCells - dark - bright;
    const u64 low =
        dark * dark_luma | middle * middle_luma << 21 | (bright * bright_luma) << 42 | dark << 63;
    const u64 high = dark >> 1 | bright << 12;
    zones_[4 * index] = static_cast<u32>(low);
    zones_[4 * index + 1] = static_cast<u32>(low >> 32);
    zones_[4 * index + 2] = static_cast<u32>(high);
    zones_[4 * index + 3] = static_cast<u32>(high >> 32);
  }
  void even(u32 luma) {
    for (u32 i = 0; i < 225; ++i) zone(i, 0, 0, luma, 0, 0);
    histogram_.fill(0);
    histogram_[luma] = 225 * kCells;
  }
  void scene(u32 element, u32 value) { bank_.set(Parameter::kAeScenePare, element, value); }
  AeMeasurement measure() {
    meter_->configure(bank_.bank(), false, 1920, 1080);
    return meter_->measure(reinterpret_cast<const u8*>(zones_.data()),
                           reinterpret_cast<const u8*>(histogram_.data()), tables_);
  }

  std::vector<u8> bytes_ = std::vector<u8>(tuning::kBankBytes);
  tuning::BankWriter bank_{bytes_.data()};
  alignas(16) std::array<u32, 1024> zones_{};
  alignas(16) std::array<u32, 512> histogram_{};
  std::unique_ptr<AeMeter> meter_ = std::make_unique<AeMeter>();
  AeStatistics tables_;
};

TEST_F(Metering, AnEvenPictureHasItsLumaAsMeanInEveryTable) {
  even(77);
  const AeMeasurement measured = measure();
  EXPECT_EQ(measured.mean, 77u);
  EXPECT_EQ(measured.mean_q8, 77u << 8);
  EXPECT_EQ(tables_.zone_mean[0], 77u);
  EXPECT_EQ(tables_.zone_mean[224], 77u);
  EXPECT_EQ(tables_.mean, 77u);
  EXPECT_EQ(tables_.histogram[77], 225 * kCells);
}

TEST_F(Metering, CountsOfTheLargestZonesAreReadWhole) {
  constexpr u64 kLarge = 86 * 64;  // of 2592 x 1944
  for (u32 i = 0; i < 225; ++i) {
    const u64 dark = i == 0 ? kLarge : 0, bright = i == 1 ? kLarge : 0;
    const u64 middle = i > 1 ? kLarge : 0;
    const u64 low = dark * 20 | (middle * 100) << 21 | (bright * 250) << 42 | dark << 63;
    const u64 high = dark >> 1 | bright << 12;
    for (u32 w = 0; w < 4; ++w) {
      zones_[4 * i + w] = static_cast<u32>((w < 2 ? low : high) >> 32 * (w % 2));
    }
  }
  meter_->configure(bank_.bank(), false, 2592, 1944);
  const AeMeasurement measured =
      meter_->measure(reinterpret_cast<const u8*>(zones_.data()),
                      reinterpret_cast<const u8*>(histogram_.data()), tables_);
  EXPECT_EQ(tables_.zone_mean[0], 20u);
  EXPECT_EQ(tables_.zone_mean[1], 250u);
  EXPECT_EQ(tables_.zone_mean[2], 100u);
  EXPECT_EQ(measured.dark_q10, 1024u / 225);
  EXPECT_EQ(measured.bright_q10, 1024u / 225);
}

TEST_F(Metering, ZonesCountByTheirWeight) {
  even(40);
  zone(0, 0, 0, 200, 0, 0);
  bank_.fill(Parameter::kAeZoneWeight, 0);
  bank_.set(Parameter::kAeZoneWeight, 0, 1);
  bank_.set(Parameter::kAeZoneWeight, 1, 3);
  EXPECT_EQ(measure().mean, (200u + 3 * 40) / 4);
  bank_.fill(Parameter::kAeZoneWeight, 0);
  EXPECT_EQ(measure().mean, (200u + 224 * 40) / 225);  // weights say nothing
}

TEST_F(Metering, ClassesCountByTheWeightsOfTheScene) {
  for (u32 i = 0; i < 225; ++i) zone(i, 304, 10, 100, 1000, 240);
  const AeMeasurement plain = measure();
  EXPECT_EQ(plain.mean, (304u * 10 + 1000 * 100 + 1000 * 240) / kCells);
  EXPECT_EQ(plain.bright_q10, 1000u * 1024 / kCells);
  EXPECT_EQ(plain.dark_q10, 304u * 1024 / kCells);
  scene(0, 1);  // by hand: dark 2, bright 3
  scene(5, 2);
  scene(6, 3);
  const AeMeasurement weighted = measure();
  EXPECT_EQ(weighted.plain_q8,
            256u * (2 * 304 * 10 + 1000 * 100 + 3 * 1000 * 240) / (2 * 304 + 1000 + 3 * 1000));
  EXPECT_EQ(weighted.bright_q10, 3000u * 1024 / (608 + 1000 + 3000));
}

TEST_F(Metering, HighlightsRaiseTheMean) {
  even(40);
  scene(0, 1);
  scene(6, 3);  // bins from 153 on count up to twice more
  histogram_.fill(0);
  histogram_[40] = 224 * kCells;
  histogram_[255] = kCells;
  // (i - s) / (256 - s) = 102 / 103; squared, times 2, in steps of 1/32: 62.
  const u32 extra = kCells * 62 / 32;
  EXPECT_EQ(measure().mean_q8, u64{40 << 8} * (225 * kCells + extra) / (225 * kCells));
  EXPECT_EQ(measure().high_cells, kCells);
}

TEST_F(Metering, CellsAtTheEndOfTheScaleAreCountedAsClipped) {
  even(40);
  histogram_[40] = 150 * kCells;
  histogram_[248] = 50 * kCells;
  histogram_[255] = 25 * kCells;
  EXPECT_EQ(measure().clipped_q10, 1024u / 3);
}

TEST_F(Metering, TheSceneIsToldFromItsRegions) {
  scene(0, 2);
  bank_.fill(Parameter::kAeSceneModeTh, 2560);  // 2.5
  for (u32 i = 0; i < 225; ++i) {
    bank_.set(Parameter::kAeSceneRoiWeight, i, i < 100 ? 8 : 0);
    bank_.set(Parameter::kAeSceneRouiWeight, i, i < 100 ? 0 : 8);
  }
  histogram_[5] = 5000;
  const auto regions = [&](u32 inside, u32 outside) {
    for (u32 i = 0; i < 225; ++i) zone(i, 0, 0, i < 100 ? inside : outside, 0, 0);
    const AeMeasurement measured = measure();
    return meter_->scene(measured, 200, AeScene::kEven);
  };
  EXPECT_EQ(regions(100, 20), AeScene::kInterest);
  EXPECT_EQ(regions(50, 200), AeScene::kUneven);
  EXPECT_EQ(regions(30, 200), AeScene::kEven);  // too dark to tell
  EXPECT_EQ(regions(60, 60), AeScene::kEven);
}

}  // namespace
}  // namespace t31::test
