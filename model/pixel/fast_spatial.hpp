// SPDX-License-Identifier: GPL-2.0-or-later
// fast_spatial.hpp - SDNS of the fast path. The distance of two patches serves both of their
// centres, so that twelve maps of distances weigh twenty-four neighbours.
#pragma once

#include <array>
#include <cstdint>

#include "model/pixel/fast_yuv.hpp"
#include "model/pixel/spatial_denoise.hpp"

namespace t31::model::pixel {

// The neighbours whose maps are kept; the others are their mirror images.
struct NeighbourOffset {
  std::int32_t x, y;
};
inline constexpr std::array<NeighbourOffset, 12> kNeighbours = {{{1, 0},
                                                                 {2, 0},
                                                                 {-2, 1},
                                                                 {-1, 1},
                                                                 {0, 1},
                                                                 {1, 1},
                                                                 {2, 1},
                                                                 {-2, 2},
                                                                 {-1, 2},
                                                                 {0, 2},
                                                                 {1, 2},
                                                                 {2, 2}}};

// Kernels.

// Distances between patches around columns [-kSearch, samples + kSearch) of the middle row and
// those of the other rows, whose pointers are shifted to the neighbour.
struct PatchRows {
  std::array<const std::uint8_t*, 3> own{}, other{};
};
void distance_row(const PatchRows& rows, std::size_t samples, std::uint16_t* sums,
                  std::uint16_t* distances);

// Adds the moving pixels of one row of weights to the columns and takes another's away.
void slide_moving(const std::uint8_t* entering, const std::uint8_t* leaving, std::size_t samples,
                  std::uint8_t* columns);
// Number of windows in which enough moves.
void count_windows(const SpatialDenoise& block, const std::array<std::uint8_t*, 4>& columns,
                   std::size_t samples, std::uint8_t* windows);
// `windows` may be null: nothing moves.
void strength_row(const SpatialDenoise& block, const std::array<const std::uint8_t*, 3>& luma,
                  const std::uint8_t* windows, std::size_t samples, std::uint8_t* strength);

// A row and its neighbours: each of kNeighbours, then their mirror images, with pointers shifted so
// that one index serves all.
struct MeanRow {
  const SpatialDenoise* block = nullptr;
  const std::uint8_t *luma = nullptr, *strength = nullptr;
  std::array<const std::uint8_t*, 24> neighbour{};
  std::array<const std::uint16_t*, 24> distance{};
};
void mean_row(const MeanRow& row, std::size_t samples, std::uint8_t* out);

// Rows of one worker.
class FastSpatial {
 public:
  void reserve(std::int32_t width);
  struct Frame {
    const SpatialDenoise* block = nullptr;             // active and plain
    const FastPlane<std::uint8_t>* luma = nullptr;     // padded
    const FastPlane<std::uint8_t>* weights = nullptr;  // padded; null: nothing moves
    const FastImage* image = nullptr;
  };
  void run(const Frame& frame, std::int32_t first, std::int32_t end);

 private:
  static constexpr std::int32_t kRing = 3;  // rows of distances
  static std::int32_t slot(std::int32_t y) { return (y + kRing) % kRing; }
  void make_distances(const Frame& frame, std::int32_t y, std::int32_t least_offset);
  const std::uint8_t* find_windows(const Frame& frame, std::int32_t y, bool first);
  void make_row(const Frame& frame, std::int32_t y, const std::uint8_t* windows);

  std::int32_t width_ = 0;
  RowStore<std::uint16_t> distances_;
  RowStore<std::uint8_t> bytes_;
  std::array<std::array<std::uint16_t*, kRing>, kNeighbours.size()> distance_{};
  std::uint16_t* sums_ = nullptr;
  std::array<std::uint8_t*, 4> moving_{};
  std::uint8_t *windows_ = nullptr, *strength_ = nullptr;
};

}  // namespace t31::model::pixel
