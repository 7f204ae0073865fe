// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/fast_channel.hpp"

#include <cstring>

#include "model/pixel/arithmetic.hpp"

namespace t31::model::pixel {
namespace {

// Vectors of 32-bit lanes read the tables of columns.
constexpr std::size_t kColumnLanes = 16;

bool takes_one(const std::array<std::int32_t, 4>& weight) {
  return weight == std::array<std::int32_t, 4>{0, 512, 0, 0};
}

bool single_source(const std::vector<Tap>& taps) {
  for (const Tap& tap : taps) {
    if (!takes_one(tap.weight)) return false;
  }
  return true;
}

bool consecutive(const std::vector<Tap>& taps) {
  for (std::size_t i = 1; i < taps.size(); ++i) {
    if (taps[i].source[1] != taps[i - 1].source[1] + 1) return false;
  }
  return true;
}

std::int32_t pair(std::int32_t low, std::int32_t high) {
  return high * 65536 + low;
}

void repeat_edges(Sample* row, std::int32_t size) {
  for (std::int32_t i = 1; i <= ChannelScratch::kEdge; ++i) {
    row[-i] = row[0];
    row[size - 1 + i] = row[size - 1];
  }
}

}  // namespace

void ChannelScratch::reserve(std::int32_t width) {
  if (width <= width_) return;
  width_ = width;
  samples_ = RowStore<Sample>(2, static_cast<std::size_t>(width));
  bytes_ = RowStore<std::uint8_t>(2, static_cast<std::size_t>(width));
  for (unsigned i = 0; i < 2; ++i) {
    filtered_[i] = samples_.next();
    finished_[i] = bytes_.next();
  }
}

PlanePlan::PlanePlan(const ChannelOutput& channel, const PlaneWindow& window, unsigned components)
    : window_(window), components_(components) {
  rows_ = make_taps(channel.vertical, window.input_y, window.input_height, window.crop_y,
                    window.height, channel.flip);
  const auto columns = make_taps(channel.horizontal, 0, window.input_width, window.crop_x,
                                 window.width, channel.mirror);
  copies_ = single_source(rows_) && single_source(columns) && consecutive(columns);
  const std::size_t size = round_up(columns.size(), kColumnLanes);
  first_.assign(size, 0);
  weights01_.assign(size, 0);
  weights23_.assign(size, 0);
  for (std::int32_t i = 0; i < window.width; ++i) {
    const AxisFilter::Place place = channel.horizontal.place(window.crop_x + i);
    const auto at = static_cast<std::size_t>(channel.mirror ? window.width - 1 - i : i);
    // Further out there is nothing but the repeated edge sample.
    first_[at] = limit(place.first, -ChannelScratch::kEdge / 2, window.input_width);
    weights01_[at] = pair(place.weight[0], place.weight[1]);
    weights23_[at] = pair(place.weight[2], place.weight[3]);
  }
}

void PlanePlan::copy_row(const std::uint8_t* from, std::uint8_t* out) const {
  // Columns follow one another from the first, which `first_` places one before its sample.
  const std::int32_t start = limit(first_.empty() ? 0 : first_[0] + 1, 0, window_.input_width - 1);
  std::memcpy(out, from + static_cast<std::size_t>(start) * components_,
              static_cast<std::size_t>(window_.width) * components_);
}

void PlanePlan::filter_component(unsigned component, ChannelScratch& scratch) const {
  Sample* row = scratch.filtered(component);
  repeat_edges(row, window_.input_width);
  filter_columns({first_.data(), weights01_.data(), weights23_.data()}, row,
                 static_cast<std::size_t>(window_.width), scratch.finished(component));
}

void PlanePlan::filter_row(const VerticalTaps& taps, ChannelScratch& scratch,
                           std::uint8_t* out) const {
  const auto samples = static_cast<std::size_t>(window_.input_width);
  const auto width = static_cast<std::size_t>(window_.width);
  if (components_ == 1) {
    filter_rows(taps, samples, scratch.filtered(0));
    filter_component(0, scratch);
    std::memcpy(out, scratch.finished(0), width);
    return;
  }
  filter_pair_rows(taps, samples, scratch.filtered(0), scratch.filtered(1));
  filter_component(0, scratch);
  filter_component(1, scratch);
  interleave_bytes(scratch.finished(0), scratch.finished(1), width, out);
}

ChannelPlan::ChannelPlan(const ChannelOutput& channel, const ChannelImage& image)
    : channel_(&channel),
      image_(image),
      luma_(channel, luma_window(channel.geometry), 1),
      chroma_(channel, chroma_window(channel.geometry), 2) {}

void ChannelPlan::make_luma(const FastImage& source, std::int32_t y,
                            ChannelScratch& scratch) const {
  const auto row = [&](std::int32_t i) { return source.luma(i); };
  luma_.make_row(y, row, scratch,
                 image_.luma + static_cast<std::size_t>(y) * channel_->geometry.luma_stride);
}

void ChannelPlan::make_chroma(const FastImage& source, std::int32_t y,
                              ChannelScratch& scratch) const {
  const auto row = [&](std::int32_t i) { return source.chroma(i); };
  chroma_.make_row(y, row, scratch,
                   image_.chroma + static_cast<std::size_t>(y) * channel_->geometry.chroma_stride);
}

void ChannelPlan::copy_band(const FastImage& source, std::int32_t first, std::int32_t end,
                            ChannelScratch& scratch) const {
  for (std::int32_t y = 0; luma_.copies() && y < luma_.rows(); ++y) {
    const std::int32_t from = luma_.source_row(y);
    if (from >= first && from < end) make_luma(source, y, scratch);
  }
  for (std::int32_t y = 0; chroma_.copies() && y < chroma_.rows(); ++y) {
    const std::int32_t from = 2 * chroma_.source_row(y);
    if (from >= first && from < end) make_chroma(source, y, scratch);
  }
}

unsigned ChannelPlan::groups() const {
  if (luma_.copies() && chroma_.copies()) return 0;
  return static_cast<unsigned>((luma_.rows() + 2 * kGroupRows - 1) / (2 * kGroupRows));
}

void ChannelPlan::make_group(const FastImage& source, unsigned group,
                             ChannelScratch& scratch) const {
  const std::int32_t first = static_cast<std::int32_t>(group) * kGroupRows;
  for (std::int32_t y = 2 * first; y < std::min(2 * (first + kGroupRows), luma_.rows()); ++y) {
    if (!luma_.copies()) make_luma(source, y, scratch);
  }
  for (std::int32_t y = first; y < std::min(first + kGroupRows, chroma_.rows()); ++y) {
    if (!chroma_.copies()) make_chroma(source, y, scratch);
  }
}

}  // namespace t31::model::pixel
