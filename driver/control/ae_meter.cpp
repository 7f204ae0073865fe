// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/ae_meter.hpp"

#include "driver/base/math.hpp"
#include "driver/control/zone_record.hpp"

namespace t31::control {
namespace {

using tuning::Parameter;

constexpr u32 kQ = 10;
constexpr u32 kCountMask = (1u << 21) - 1;
constexpr u32 kClippedBin = 248;  // black level may take the last levels away
constexpr u32 kSceneLuma = 41;    // of a region that can be judged
constexpr u32 kLargestHighlight = 32;

// Elements of the statistics parameters and of scene weighting.
enum : u32 { kRows = 1, kColumns = 3, kBrightThreshold = 35 };
enum : u32 { kMode, kBrightBin, kBrightCount, kDarkBin, kDarkCount, kFirstWeights };

// The threshold as the register has it (ae-awb-af 1.4).
u32 scaled_threshold(u32 bright) {
  return bright < 255 ? 2 * bright / 3 : bright;
}

void read_weights(tuning::Bank bank, Parameter parameter, std::span<u8, kZones> out) {
  for (u32 i = 0; i < kZones; ++i) out[i] = static_cast<u8>(min(bank.get(parameter, i), 0xffu));
}

// sum / count with `q` fraction bits; both may exceed 32 bits.
u32 quotient(u64 sum, u64 count, u32 q) {
  while (count >> 32 != 0) {
    sum >>= 1;
    count >>= 1;
  }
  return count == 0 ? 0 : static_cast<u32>(divide(sum << q, static_cast<u32>(count)));
}

}  // namespace

struct AeMeter::Sums {
  u64 luma = 0, cells = 0;  // weighted by class and zone
  u32 plain = 0;            // luma, not weighted
  u32 bright = 0, dark = 0, counted = 0;
};

void AeMeter::configure(tuning::Bank bank, bool wdr, u32 width, u32 height) {
  const auto layout = [&](u32 index) { return bank.get(Parameter::kAeParameter, index); };
  const Parameter scene = wdr ? Parameter::kAeScenePareWdr : Parameter::kAeScenePare;
  const auto element = [&](u32 index) { return bank.get(scene, index); };
  const u32 rows = clamp(layout(kRows), 1u, kZoneRows);
  const u32 columns = clamp(layout(kColumns), 1u, kZoneColumns);
  zones_ = rows * columns;
  cells_ = max(1u, (width / 2 / columns) * (height / 2 / rows));
  mode_ = element(kMode);
  bright_bin_ = element(kBrightBin);
  bright_count_ = element(kBrightCount);
  dark_bin_ = element(kDarkBin);
  dark_count_ = element(kDarkCount);
  // Scene weights stand from the most to the least special scene.
  for (u32 i = 0; i < kScenes; ++i) {
    const u32 first = kFirstWeights + 2 * (kScenes - 1 - i);
    weights_[i] = {min(element(first), 0xffu), min(element(first + 1), 0xffu)};
  }
  bank.read(wdr ? Parameter::kAeSceneModeThWdr : Parameter::kAeSceneModeTh, scene_thresholds_);
  for (u32 i = 0; i < kZones; ++i) {
    zone_weights_[i] = static_cast<u16>(min(bank.get(Parameter::kAeZoneWeight, i), 0xffffu));
  }
  read_weights(bank, Parameter::kAeSceneRoiWeight, interest_);
  read_weights(bank, Parameter::kAeSceneRouiWeight, surroundings_);

  bright_from_ = mode_ == 1 ? min(scaled_threshold(layout(kBrightThreshold)), kBins) : kBins;
  const u32 highlight = clamp(element(kFirstWeights + 1), 1u, kLargestHighlight);
  for (u32 i = bright_from_; i < kBins; ++i) {
    const u32 way = divide_q(16, (i - bright_from_) << 16, (kBins - bright_from_) << 16);
    const u32 weight = multiply_q(16, (highlight - 1) << 16, multiply_q(16, way, way));
    highlight_[i] = static_cast<u16>(weight >> 11);
  }
}

AeMeter::Weights AeMeter::class_weights() const {
  if (mode_ == 0) return {1, 1};
  const u32 scene = mode_ == 1 ? kScenes - 1 : static_cast<u32>(scene_);
  return weights_[scene];
}

AeMeter::Sums AeMeter::add_zones(const u32* words, AeStatistics& tables) const {
  const Weights weights = class_weights();
  const u32 zones = zones_;
  const u32 cells = cells_;
  Sums sums;
  for (u32 i = 0; i < zones; ++i, words += kRecordWords) {
    const AeZone zone = unpack_ae_zone(words);
    const u32 plain = zone.dark_sum + zone.middle_sum + zone.bright_sum;
    tables.zone_mean[i] = plain / cells;
    const u32 special = min(zone.dark_cells + zone.bright_cells, cells);
    const u32 bright = weights.bright * zone.bright_cells;
    const u32 dark = weights.dark * zone.dark_cells;
    const u32 luma =
        weights.dark * zone.dark_sum + zone.middle_sum + weights.bright * zone.bright_sum;
    const u32 counted = dark + (cells - special) + bright;
    const u32 weight = zone_weights_[i];
    sums.luma += static_cast<u64>(luma) * weight;
    sums.cells += static_cast<u64>(counted) * weight;
    sums.plain += plain;
    sums.bright += bright;
    sums.dark += dark;
    sums.counted += counted;
  }
  return sums;
}

void AeMeter::add_histogram(const u32* words, AeStatistics& tables, AeMeasurement& out) const {
  u32 total = 0;
  u32 weighted = 0;
  u32 clipped = 0;
  for (u32 bin = 0; bin < kBins; ++bin) {
    const u32 count = words[bin] & kCountMask;
    tables.histogram[bin] = count;
    total += count;
    weighted += bin * count;
    if (bin == kClippedBin - 1) clipped = total;
  }
  for (u32 bin = bright_bin_ + 1; bin < kBins; ++bin) out.high_cells += tables.histogram[bin];
  for (u32 bin = 0; bin < min(dark_bin_, kBins); ++bin) out.low_cells += tables.histogram[bin];
  tables.mean = total == 0 ? 0 : weighted / total;
  out.clipped_q10 = divide_q(kQ, total - clipped, total);
}

// Only few banks tell regions apart; their means come from the zones' means.
void AeMeter::add_regions(const AeStatistics& tables, AeMeasurement& out) const {
  u32 inside = 0, inside_weight = 0, outside = 0, outside_weight = 0;
  for (u32 i = 0; i < zones_; ++i) {
    inside += tables.zone_mean[i] * interest_[i];
    inside_weight += interest_[i];
    outside += tables.zone_mean[i] * surroundings_[i];
    outside_weight += surroundings_[i];
  }
  out.interest_mean = inside_weight == 0 ? 0 : inside / inside_weight;
  out.surroundings_mean = outside_weight == 0 ? 0 : outside / outside_weight;
}

void AeMeter::raise_for_highlights(const AeStatistics& tables, AeMeasurement& out) const {
  u32 extra = 0;
  for (u32 bin = bright_from_; bin < kBins; ++bin) {
    extra += tables.histogram[bin] * highlight_[bin] >> 5;
  }
  const u32 cells = zones_ * cells_;
  if (extra == 0 || cells == 0) return;
  out.mean = multiply_divide(extra + cells, out.mean, cells);
  out.mean_q8 = multiply_divide(extra + cells, out.mean_q8, cells);
}

AeMeasurement AeMeter::measure(const u8* zones, const u8* histogram, AeStatistics& tables) const {
  AeMeasurement out;
  const Sums sums = add_zones(record_words(zones), tables);
  add_histogram(record_words(histogram), tables, out);
  // Weights that are all zero say nothing.
  const u32 mean_q8 = sums.cells != 0 ? quotient(sums.luma, sums.cells, 8)
                                      : quotient(sums.plain, zones_ * cells_, 8);
  out.plain_q8 = out.mean_q8 = mean_q8;
  out.mean = max(1u, mean_q8 >> 8);
  out.bright_q10 = divide_q(kQ, sums.bright, sums.counted);
  out.dark_q10 = divide_q(kQ, sums.dark, sums.counted);
  raise_for_highlights(tables, out);
  if (mode_ > 1) add_regions(tables, out);
  return out;
}

AeScene AeMeter::scene(const AeMeasurement& measured, u32 target, AeScene now) const {
  if (mode_ <= 1) return now;
  const u32 inside = measured.interest_mean;
  const u32 outside = measured.surroundings_mean;
  const auto exceeds = [](u32 a, u32 b, u32 ratio) { return a << kQ > b * ratio; };
  if (measured.mean < target) {
    if (measured.low_cells <= dark_count_) return now;
    if (exceeds(inside, outside, scene_thresholds_[2]) && inside >= kSceneLuma) {
      return AeScene::kInterest;
    }
    if (!exceeds(outside, inside, scene_thresholds_[0])) return AeScene::kEven;
    return inside >= kSceneLuma ? AeScene::kUneven : AeScene::kEven;
  }
  if (measured.high_cells <= bright_count_) return now;
  if (exceeds(inside, outside, scene_thresholds_[3])) return AeScene::kInterest;
  return exceeds(outside, inside, scene_thresholds_[1]) ? AeScene::kUneven : AeScene::kEven;
}

}  // namespace t31::control
