// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/fast_detail.hpp"

namespace t31::model::pixel {
namespace {

// Rows y - 1, y, y + 1.
std::array<const Sample*, 3> three_rows(const FastPlane<Sample>& plane, std::int32_t y) {
  return {plane.edged_row(y - 1), plane.edged_row(y), plane.edged_row(y + 1)};
}

}  // namespace

void FastDetail::Rows::reserve(std::int32_t width) {
  temporal.reserve(width);
  spatial.reserve(width);
  samples = RowStore<Sample>(7, static_cast<std::size_t>(width));
  columns = {samples.next(), samples.next(), samples.next()};
  for (auto& row : luma) row = samples.next();
  u = samples.next(), v = samples.next();
}

void FastDetail::reserve(std::int32_t width, std::int32_t height) {
  if (width_ == width && height_ == height) return;
  if (width_ != width) {
    for (Rows& rows : rows_) rows.reserve(width);
  }
  width_ = width, height_ = height;
  sharpened_ = LumaPlane(width, height);
  weights_ = FastPlane<std::uint8_t>(width, height);
  controlled_ = FastPlane<std::uint8_t>(width, height);
  changes_ = LumaPlane(width, height);
  u_changes_ = LumaPlane((width + 1) / 2, (height + 1) / 2);
  v_changes_ = LumaPlane((width + 1) / 2, (height + 1) / 2);
  chroma_loss_ = FastPlane<std::uint8_t>((width + 1) / 2, (height + 1) / 2);
}

const FastDetail::LumaPlane& FastDetail::sharpen(const Frame& frame) {
  const Sharpen& block = frame.configuration->detail.sharpen;
  const LumaPlane& luma = frame.yuv->luma;
  if (!block.changes()) return luma;
  workers_.run_bands(height_, frame.step, [&](std::int32_t first, std::int32_t end, unsigned w) {
    for (std::int32_t y = first; y < end; ++y) {
      std::array<const Sample*, 5> rows;
      for (std::int32_t i = 0; i < 5; ++i) {
        rows[static_cast<std::size_t>(i)] = luma.edged_row(y + i - 2);
      }
      sharpen_row(block, rows, rows_[w].columns, static_cast<std::size_t>(width_),
                  sharpened_.row(y));
      sharpened_.pad(y);
    }
  });
  return sharpened_;
}

bool FastDetail::denoise_temporally(const Frame& frame, const LumaPlane& luma) {
  const FastTemporal temporal(frame.configuration->detail.temporal, width_, height_, frame.memory);
  if (!temporal.usable()) return false;
  const FastTemporal::Frame planes{frame.yuv, &luma,     &weights_,   &chroma_loss_,
                                   &rest_,    &changes_, &u_changes_, &v_changes_};
  temporal.begin(planes);
  const std::int32_t multiple = temporal.band_multiple();
  const std::int32_t step = (frame.step + multiple - 1) / multiple * multiple;
  workers_.run_bands(height_, step, [&](std::int32_t first, std::int32_t end, unsigned w) {
    temporal.measure(planes, first, end, rows_[w].temporal);
  });
  temporal.count(planes);
  workers_.run_bands(height_, step, [&](std::int32_t first, std::int32_t end, unsigned w) {
    temporal.mix(planes, first, end, rows_[w].temporal);
  });
  return true;
}

// Rows y and y + 1, y even, behind the fusion.
ControlRows FastDetail::fused(const Finish& finish, std::int32_t y, Rows& rows) const {
  const Frame& frame = *finish.frame;
  const LumaDenoise& block = frame.configuration->detail.luma;
  const FastYuv& yuv = *frame.yuv;
  ControlRows out{&frame.configuration->colour_control,
                  {finish.luma->row(y), finish.luma->edged_row(y + 1)},
                  yuv.u.row(y / 2),
                  yuv.v.row(y / 2)};
  if (block.changes_luma(finish.weights)) {
    for (std::int32_t i = 0; i < 2 && y + i < height_; ++i) {
      fuse_luma_row(block, three_rows(*finish.luma, y + i),
                    finish.weights ? weights_.row(y + i) : nullptr, rows.columns,
                    static_cast<std::size_t>(width_), rows.luma[i]);
      rows.luma[i][width_] = rows.luma[i][width_ - 1];  // of a block that an odd width cuts
    }
    out.luma[0] = rows.luma[0];
    out.luma[1] = y + 1 < height_ ? rows.luma[1] : rows.luma[0];
  }
  if (block.changes_chroma(finish.weights)) {
    const std::size_t pairs = static_cast<std::size_t>(width_ + 1) / 2;
    const std::uint8_t* weights = finish.weights ? weights_.row(y) : nullptr;
    fuse_chroma_row(block, three_rows(yuv.u, y / 2), weights, rows.columns, pairs, rows.u);
    fuse_chroma_row(block, three_rows(yuv.v, y / 2), weights, rows.columns, pairs, rows.v);
    out.u = rows.u, out.v = rows.v;
  }
  return out;
}

// `first` is even.
void FastDetail::finish_band(const Finish& finish, std::int32_t first, std::int32_t end,
                             Rows& rows) const {
  const FastImage& image = *finish.frame->image;
  const auto pairs = static_cast<std::size_t>(width_ + 1) / 2;
  for (std::int32_t y = first; y < end; y += 2) {
    std::uint8_t* above = finish.out != nullptr ? finish.out->row(y) : image.luma(y);
    std::uint8_t* below = finish.out != nullptr ? finish.out->row(y + 1) : image.luma(y + 1);
    control_rows(fused(finish, y, rows), pairs, above, below, image.chroma(y / 2));
    if (finish.out != nullptr) {
      finish.out->pad(y);
      finish.out->pad(y + 1);
    }
  }
}

void FastDetail::run(const Frame& frame, const Finished& finished) {
  const Configuration& c = *frame.configuration;
  reserve(c.width, c.height);
  const LumaPlane& luma = sharpen(frame);
  const bool temporal = denoise_temporally(frame, luma);
  const bool spatial = c.detail.spatial.active;
  const Finish finish{&frame, &luma, temporal, spatial ? &controlled_ : nullptr};
  workers_.run_bands(height_, frame.step, [&](std::int32_t first, std::int32_t end, unsigned w) {
    finish_band(finish, first, end, rows_[w]);
    if (!spatial) finished(first, end, w);
  });
  if (!spatial) return;
  const FastSpatial::Frame planes{&c.detail.spatial, &controlled_, temporal ? &weights_ : nullptr,
                                  frame.image};
  workers_.run_bands(height_, frame.step, [&](std::int32_t first, std::int32_t end, unsigned w) {
    rows_[w].spatial.run(planes, first, end);
    finished(first, end, w);
  });
}

}  // namespace t31::model::pixel
