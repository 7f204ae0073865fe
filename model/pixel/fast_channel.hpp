// SPDX-License-Identifier: GPL-2.0-or-later
// fast_channel.hpp - one scaler channel of the fast path, made in groups of rows.
#pragma once

#include <cstdint>
#include <vector>

#include "model/pixel/fast_memory.hpp"
#include "model/pixel/output.hpp"

namespace t31::model::pixel {

// Rows of scratch for one worker.
class ChannelScratch {
 public:
  static constexpr std::int32_t kEdge = 8;  // samples repeated before and behind a filtered row
  void reserve(std::int32_t width);
  Sample* filtered(unsigned component) const { return filtered_[component]; }
  std::uint8_t* finished(unsigned component) const { return finished_[component]; }

 private:
  std::int32_t width_ = 0;
  RowStore<Sample> samples_;
  RowStore<std::uint8_t> bytes_;
  Sample* filtered_[2] = {};
  std::uint8_t* finished_[2] = {};
};

// What a channel does to one plane.
class PlanePlan {
 public:
  PlanePlan() = default;
  PlanePlan(const ChannelOutput& channel, const PlaneWindow& window, unsigned components);

  std::int32_t rows() const { return static_cast<std::int32_t>(rows_.size()); }
  // Every output row is a piece of one source row.
  bool copies() const { return copies_; }
  // Source row of output row y, when the plan copies.
  std::int32_t source_row(std::int32_t y) const {
    return rows_[static_cast<std::size_t>(y)].source[1];
  }

  // Makes output row y. `row(i)` gives row i of the source plane.
  template <typename Rows>
  void make_row(std::int32_t y, const Rows& row, ChannelScratch& scratch, std::uint8_t* out) const {
    const Tap& tap = rows_[static_cast<std::size_t>(y)];
    const std::size_t start = static_cast<std::size_t>(window_.input_x) * components_;
    if (copies_) {
      copy_row(row(tap.source[1]) + start, out);
      return;
    }
    VerticalTaps taps;
    for (unsigned k = 0; k < 4; ++k) {
      taps.rows[k] = row(tap.source[k]) + start;
      taps.weight[k] = tap.weight[k];
    }
    filter_row(taps, scratch, out);
  }

 private:
  void copy_row(const std::uint8_t* from, std::uint8_t* out) const;
  void filter_row(const VerticalTaps& taps, ChannelScratch& scratch, std::uint8_t* out) const;
  void filter_component(unsigned component, ChannelScratch& scratch) const;

  PlaneWindow window_;
  unsigned components_ = 1;
  bool copies_ = false;
  std::vector<Tap> rows_;
  std::vector<std::int32_t> first_, weights01_, weights23_;  // per output column
};

class ChannelPlan {
 public:
  ChannelPlan(const ChannelOutput& channel, const ChannelImage& image);

  // Copies what comes from luma rows [first, end) of the image; `first` is even.
  void copy_band(const FastImage& source, std::int32_t first, std::int32_t end,
                 ChannelScratch& scratch) const;
  // Groups of rows that copying has not made.
  unsigned groups() const;
  void make_group(const FastImage& source, unsigned group, ChannelScratch& scratch) const;
  // After all rows.
  void finish() const { paint_masks(*channel_, image_); }
  std::int32_t input_width() const {
    return static_cast<std::int32_t>(channel_->geometry.input_width);
  }

 private:
  static constexpr std::int32_t kGroupRows = 16;  // of chroma; twice as many of luma
  void make_luma(const FastImage& source, std::int32_t y, ChannelScratch& scratch) const;
  void make_chroma(const FastImage& source, std::int32_t y, ChannelScratch& scratch) const;

  const ChannelOutput* channel_;
  ChannelImage image_;
  PlanePlan luma_, chroma_;
};

}  // namespace t31::model::pixel
