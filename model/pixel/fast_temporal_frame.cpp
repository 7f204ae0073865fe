// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstring>

#include "model/pixel/fast_temporal.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::int32_t kReach = FastPlane<Sample>::kReach;
constexpr std::int32_t kNone = -1;

// Repeats the first and last of `size` groups of N bytes.
template <std::size_t N>
void repeat_edges(std::uint8_t* row, std::int32_t size) {
  for (std::int32_t i = 1; i <= kReach; ++i) {
    std::memcpy(row - static_cast<std::size_t>(i) * N, row, N);
    std::memcpy(row + static_cast<std::size_t>(size - 1 + i) * N,
                row + static_cast<std::size_t>(size - 1) * N, N);
  }
}

std::int32_t within(std::int32_t y, std::int32_t rows) {
  return limit(y, 0, rows - 1);
}

// From column -kReach to kReach behind the last, and a vector more.
void clear(Sample* row, std::int32_t width) {
  std::memset(row - kReach, 0, (static_cast<std::size_t>(width + kReach) + kPadding) * sizeof *row);
}

}  // namespace

void TemporalRows::reserve(std::int32_t width) {
  if (width == width_) return;
  width_ = width;
  const auto samples = static_cast<std::size_t>(width);
  samples_ = RowStore<Sample>(2, samples);
  bytes_ = RowStore<std::uint8_t>(2 * kSlots + 3, samples + kPadding);  // pairs reach further
  absolute = samples_.next(), net = samples_.next();
  moving = bytes_.next(), rest = bytes_.next(), scratch = bytes_.next();
  for (Ring* ring : {&luma_, &chroma_}) {
    for (auto& row : ring->rows) row = bytes_.next();
  }
}

void TemporalRows::begin() {
  for (Ring* ring : {&luma_, &chroma_}) {
    for (auto& number : ring->number) number = kNone;
  }
}

const std::uint8_t* TemporalRows::luma(const TemporalMemory& memory, std::int32_t y) {
  const std::int32_t slot = y % kSlots;
  std::uint8_t* row = luma_.rows[slot];
  if (luma_.number[slot] != y) {
    luma_.number[slot] = y;
    std::memcpy(row, memory.luma(y), static_cast<std::size_t>(width_));
    repeat_edges<1>(row, width_);
  }
  return row;
}

const std::uint8_t* TemporalRows::chroma(const TemporalMemory& memory, std::int32_t y) {
  const std::int32_t slot = y % kSlots, pairs = (width_ + 1) / 2;
  std::uint8_t* row = chroma_.rows[slot];
  if (chroma_.number[slot] != y) {
    chroma_.number[slot] = y;
    std::memcpy(row, memory.chroma(y), 2 * static_cast<std::size_t>(pairs));
    repeat_edges<2>(row, pairs);
  }
  return row;
}

void FastTemporal::sum_cells(const Frame& frame, std::int32_t row, std::uint8_t* moving) const {
  std::uint16_t* cells = frame.map->moving(row);
  for (std::int32_t column = 0; column < frame.map->columns(); ++column) {
    const std::int32_t first = column * cell(), end = std::min(first + cell(), width_);
    std::uint32_t sum = 0;
    for (std::int32_t x = first; x < end; ++x) sum += moving[x];
    cells[column] = static_cast<std::uint16_t>(sum);
  }
}

void FastTemporal::measure_luma(const Frame& frame, std::int32_t first, std::int32_t end,
                                TemporalRows& rows) const {
  const std::int32_t reach = block_.luma_motion.reach;
  const auto samples = static_cast<std::size_t>(width_);
  const auto row = [&](std::int32_t y) {
    const std::int32_t inside = within(y, height_);
    return LumaDifference{frame.luma->row(inside), rows.luma(memory_, inside)};
  };
  clear(rows.absolute, width_);
  clear(rows.net, width_);
  std::memset(rows.moving, 0, samples);
  for (std::int32_t y = first - reach; y < first + reach; ++y) {
    slide_luma(row(y), {}, samples, rows.absolute, rows.net);
  }
  for (std::int32_t y = first; y < end; ++y) {
    const LumaDifference leaving = y == first ? LumaDifference{} : row(y - reach - 1);
    slide_luma(row(y + reach), leaving, samples, rows.absolute, rows.net);
    luma_motion(block_, rows.absolute, rows.net, samples, frame.weights->row(y), rows.moving);
    if (block_.half_block == 0) {
      std::memset(rows.moving, 0, samples);  // nobody counts
    } else if ((y + 1) % cell() == 0 || y + 1 == height_) {
      sum_cells(frame, y / cell(), rows.moving);
      std::memset(rows.moving, 0, samples);
    }
  }
}

void FastTemporal::measure_chroma(const Frame& frame, std::int32_t first, std::int32_t end,
                                  TemporalRows& rows) const {
  const std::int32_t reach = block_.chroma_motion.reach, height = (height_ + 1) / 2;
  const std::size_t pairs = static_cast<std::size_t>(width_ + 1) / 2;
  const auto row = [&](std::int32_t y) {
    const std::int32_t inside = within(y, height);
    return ChromaDifference{frame.yuv->u.row(inside), frame.yuv->v.row(inside),
                            rows.chroma(memory_, inside)};
  };
  clear(rows.absolute, width_);
  for (std::int32_t y = first - reach; y < first + reach; ++y) {
    slide_chroma(row(y), {}, pairs, rows.absolute);
  }
  for (std::int32_t y = first; y < end; ++y) {
    const ChromaDifference leaving = y == first ? ChromaDifference{} : row(y - reach - 1);
    slide_chroma(row(y + reach), leaving, pairs, rows.absolute);
    chroma_motion(block_, rows.absolute, frame.weights->row(2 * y), pairs,
                  frame.chroma_loss->row(y));
  }
}

void FastTemporal::measure_changes(const PictureSmoothing& block, const FastPlane<Sample>& plane,
                                   std::int32_t first, std::int32_t end,
                                   const FastPlane<Sample>& changes) const {
  for (std::int32_t y = first; block.active && y < end; ++y) {
    std::array<const Sample*, 5> rows;
    for (std::int32_t i = 0; i < 5; ++i) {
      rows[static_cast<std::size_t>(i)] = plane.edged_row(y + i - 2);
    }
    smoothing_row(block, rows, static_cast<std::size_t>(plane.width()), changes.row(y));
  }
}

void FastTemporal::measure(const Frame& frame, std::int32_t first, std::int32_t end,
                           TemporalRows& rows) const {
  rows.begin();
  measure_luma(frame, first, end, rows);
  measure_changes(block_.adjust.smoothing, *frame.luma, first, end, *frame.changes);
  if (!block_.chroma_active) return;
  const std::int32_t first_pair = first / 2, end_pair = (end + 1) / 2;
  measure_chroma(frame, first_pair, end_pair, rows);
  const PictureSmoothing& chroma = block_.adjust.chroma_smoothing;
  measure_changes(chroma, frame.yuv->u, first_pair, end_pair, *frame.u_changes);
  measure_changes(chroma, frame.yuv->v, first_pair, end_pair, *frame.v_changes);
}

void FastTemporal::spread(const ReferenceWeight& limits, const std::uint8_t* counts,
                          std::int32_t columns, std::int32_t edge, std::int32_t width,
                          std::uint8_t* rest) const {
  for (std::int32_t column = 0; column < columns; ++column) {
    const std::int32_t first = column * edge, end = std::min(first + edge, width);
    if (first >= end) return;
    std::memset(rest + first, limits.at_rest(block_.weight_of_count[counts[column]]),
                static_cast<std::size_t>(end - first));
  }
}

void FastTemporal::ease_corners(const std::uint8_t* counts, std::uint8_t* rest,
                                std::uint8_t* loss) const {
  const PictureCorners& corners = block_.adjust.corners;
  const auto ease = [&](std::int32_t x) {
    const std::int32_t weight = corners.weight(block_.weight_of_count[counts[x / cell()]]);
    rest[x] = static_cast<std::uint8_t>(block_.luma_weight.at_rest(weight));
    loss[x] = static_cast<std::uint8_t>(corners.loss(loss[x]));
  };
  const std::int32_t left = std::min(corners.left, width_);
  for (std::int32_t x = 0; x < left; ++x) ease(x);
  for (std::int32_t x = std::max(left, width_ - corners.right); x < width_; ++x) ease(x);
}

void FastTemporal::mix(const Frame& frame, std::int32_t first, std::int32_t end,
                       TemporalRows& rows) const {
  const std::int32_t columns = frame.map->columns(), pairs = (width_ + 1) / 2;
  const auto samples = static_cast<std::size_t>(width_);
  const auto bytes = 2 * static_cast<std::size_t>(pairs);
  const ReferenceWeight luma = first_ ? ReferenceWeight{} : block_.luma_weight;
  const ReferenceWeight chroma = first_ ? ReferenceWeight{} : block_.chroma_weight;
  for (std::int32_t y = first; block_.chroma_active && y < end; y += 2) {
    const std::int32_t row = y / 2;
    spread(chroma, frame.map->counts(y / cell()), columns, (cell() + 1) / 2, pairs, rows.rest);
    std::memcpy(rows.scratch, memory_.chroma(row), bytes);
    MixRow mix{&chroma, &block_.adjust, rows.rest};
    if (block_.adjust.chroma_smoothing.active) {
      mix.change = frame.u_changes->row(row), mix.change_v = frame.v_changes->row(row);
    }
    mix_chroma(mix, frame.chroma_loss->row(row), static_cast<std::size_t>(pairs),
               frame.yuv->u.row(row), frame.yuv->v.row(row), rows.scratch);
    std::memcpy(memory_.chroma(row), rows.scratch, bytes);
    frame.yuv->u.pad(row);
    frame.yuv->v.pad(row);
  }
  const bool smooths = block_.adjust.smoothing.active;
  for (std::int32_t y = first; y < end; ++y) {
    spread(luma, frame.map->counts(y / cell()), columns, cell(), width_, rows.rest);
    std::memcpy(rows.scratch, memory_.luma(y), samples);
    if (!first_ && block_.adjust.corners.in_rows(y, height_)) {
      ease_corners(frame.map->counts(y / cell()), rows.rest, frame.weights->row(y));
    }
    const Sample* change = smooths ? frame.changes->row(y) : nullptr;
    mix_luma({&luma, &block_.adjust, rows.rest, change, nullptr}, samples, frame.luma->row(y),
             rows.scratch, frame.weights->row(y));
    std::memcpy(memory_.luma(y), rows.scratch, samples);
    frame.luma->pad(y);
    frame.weights->pad(y);
  }
}

}  // namespace t31::model::pixel
