// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/fast_detail.hpp"

namespace t31::model::pixel {

void FastDetail::reserve(std::int32_t width, std::int32_t height) {
  for (Rows& rows : rows_) rows.temporal.reserve(width);
  if (weights_.width() == width && weights_.height() == height) return;
  weights_ = FastPlane<std::uint8_t>(width, height);
  chroma_loss_ = FastPlane<std::uint8_t>((width + 1) / 2, (height + 1) / 2);
}

void FastDetail::denoise_temporally(const Frame& frame) {
  const Configuration& c = *frame.configuration;
  const FastTemporal temporal(c.temporal_denoise, c.width, c.height, frame.memory);
  if (!temporal.usable()) return;
  const FastTemporal::Frame planes{frame.yuv, &frame.yuv->luma, &weights_, &chroma_loss_, &rest_};
  temporal.begin(planes);
  const std::int32_t multiple = temporal.band_multiple();
  const std::int32_t step = (frame.step + multiple - 1) / multiple * multiple;
  workers_.run_bands(c.height, step, [&](std::int32_t first, std::int32_t end, unsigned w) {
    temporal.measure(planes, first, end, rows_[w].temporal);
  });
  temporal.count(planes);
  workers_.run_bands(c.height, step, [&](std::int32_t first, std::int32_t end, unsigned w) {
    temporal.mix(planes, first, end, rows_[w].temporal);
  });
}

// `first` is even.
void FastDetail::control_band(const Frame& frame, std::int32_t first, std::int32_t end) const {
  const FastYuv& yuv = *frame.yuv;
  const FastImage& image = *frame.image;
  const auto pairs = static_cast<std::size_t>(image.width() + 1) / 2;
  for (std::int32_t y = first; y < end; y += 2) {
    const ControlRows rows{&frame.configuration->colour_control,
                           {yuv.luma.row(y), yuv.luma.edged_row(y + 1)},
                           yuv.u.row(y / 2),
                           yuv.v.row(y / 2)};
    control_rows(rows, pairs, image.luma(y), image.luma(y + 1), image.chroma(y / 2));
  }
}

void FastDetail::run(const Frame& frame, const Finished& finished) {
  const Configuration& c = *frame.configuration;
  reserve(c.width, c.height);
  denoise_temporally(frame);
  workers_.run_bands(c.height, frame.step, [&](std::int32_t first, std::int32_t end, unsigned w) {
    control_band(frame, first, end);
    finished(first, end, w);
  });
}

}  // namespace t31::model::pixel
