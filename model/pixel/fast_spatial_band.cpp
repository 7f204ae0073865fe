// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstring>

#include "model/pixel/fast_spatial.hpp"

namespace t31::model::pixel {

void FastSpatial::reserve(std::int32_t width) {
  if (width == width_) return;
  width_ = width;
  const auto samples = static_cast<std::size_t>(width);
  distances_ = RowStore<std::uint16_t>(kNeighbours.size() * kRing + 1, samples);
  for (auto& ring : distance_) {
    for (auto& row : ring) row = distances_.next();
  }
  sums_ = distances_.next();
  bytes_ = RowStore<std::uint8_t>(moving_.size() + 2, samples + kPadding);
  for (auto& row : moving_) row = bytes_.next();
  windows_ = bytes_.next(), strength_ = bytes_.next();
}

// The maps of row y for neighbours at least so many rows below.
void FastSpatial::make_distances(const Frame& frame, std::int32_t y, std::int32_t least_offset) {
  for (std::size_t n = 0; n < kNeighbours.size(); ++n) {
    const NeighbourOffset offset = kNeighbours[n];
    if (offset.y < least_offset) continue;
    PatchRows rows;
    for (std::int32_t k = 0; k < 3; ++k) {
      const std::int32_t row = y + k - SpatialDenoise::kPatch;
      const auto at = static_cast<std::size_t>(k);
      rows.own[at] = frame.luma->edged_row(row);
      rows.other[at] = frame.luma->edged_row(row + offset.y) + offset.x;
    }
    distance_row(rows, static_cast<std::size_t>(width_), sums_,
                 distance_[n][static_cast<std::size_t>(slot(y))]);
  }
}

const std::uint8_t* FastSpatial::find_windows(const Frame& frame, std::int32_t y, bool first) {
  if (frame.weights == nullptr || !frame.block->looks_at_motion()) return nullptr;
  const auto samples = static_cast<std::size_t>(width_);
  const auto row = [&](std::int32_t at) { return frame.weights->edged_row(at); };
  for (std::size_t w = 0; w < moving_.size(); ++w) {
    const std::int32_t reach = SpatialDenoise::kWindows[w];
    if (first) {
      constexpr std::int32_t kReach = FastPlane<std::uint8_t>::kReach;
      std::memset(moving_[w] - kReach, 0, samples + kReach + kPadding);
      for (std::int32_t k = -reach; k < reach; ++k) {
        slide_moving(row(y + k), nullptr, samples, moving_[w]);
      }
    }
    slide_moving(row(y + reach), first ? nullptr : row(y - reach - 1), samples, moving_[w]);
  }
  count_windows(*frame.block, moving_, samples, windows_);
  return windows_;
}

void FastSpatial::make_row(const Frame& frame, std::int32_t y, const std::uint8_t* windows) {
  const FastPlane<std::uint8_t>& luma = *frame.luma;
  const auto samples = static_cast<std::size_t>(width_);
  strength_row(*frame.block, {luma.edged_row(y - 1), luma.row(y), luma.edged_row(y + 1)}, windows,
               samples, strength_);
  MeanRow row;
  row.block = frame.block;
  row.luma = luma.row(y);
  row.strength = strength_;
  for (std::size_t n = 0; n < kNeighbours.size(); ++n) {
    const NeighbourOffset offset = kNeighbours[n];
    row.neighbour[2 * n] = luma.edged_row(y + offset.y) + offset.x;
    row.distance[2 * n] = distance_[n][static_cast<std::size_t>(slot(y))];
    row.neighbour[2 * n + 1] = luma.edged_row(y - offset.y) - offset.x;
    row.distance[2 * n + 1] = distance_[n][static_cast<std::size_t>(slot(y - offset.y))] - offset.x;
  }
  mean_row(row, samples, frame.image->luma(y));
}

void FastSpatial::run(const Frame& frame, std::int32_t first, std::int32_t end) {
  make_distances(frame, first - 2, 2);
  make_distances(frame, first - 1, 1);
  for (std::int32_t y = first; y < end; ++y) {
    make_distances(frame, y, 0);
    make_row(frame, y, find_windows(frame, y, y == first));
  }
}

}  // namespace t31::model::pixel
