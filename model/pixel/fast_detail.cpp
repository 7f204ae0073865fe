// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/fast_detail.hpp"

namespace t31::model::pixel {

void FastDetail::reserve(std::int32_t width, std::int32_t height) {
  for (Rows& rows : rows_) {
    rows.temporal.reserve(width);
    rows.spatial.reserve(width);
  }
  if (weights_.width() == width && weights_.height() == height) return;
  weights_ = FastPlane<std::uint8_t>(width, height);
  controlled_ = FastPlane<std::uint8_t>(width, height);
  chroma_loss_ = FastPlane<std::uint8_t>((width + 1) / 2, (height + 1) / 2);
}

bool FastDetail::denoise_temporally(const Frame& frame) {
  const Configuration& c = *frame.configuration;
  const FastTemporal temporal(c.detail.temporal, c.width, c.height, frame.memory);
  if (!temporal.usable()) return false;
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
  return true;
}

// `first` is even.
void FastDetail::control_band(const Frame& frame, std::int32_t first, std::int32_t end,
                              const FastPlane<std::uint8_t>* luma) const {
  const FastYuv& yuv = *frame.yuv;
  const FastImage& image = *frame.image;
  const auto pairs = static_cast<std::size_t>(image.width() + 1) / 2;
  for (std::int32_t y = first; y < end; y += 2) {
    const ControlRows rows{&frame.configuration->colour_control,
                           {yuv.luma.row(y), yuv.luma.edged_row(y + 1)},
                           yuv.u.row(y / 2),
                           yuv.v.row(y / 2)};
    std::uint8_t* above = luma != nullptr ? luma->row(y) : image.luma(y);
    std::uint8_t* below = luma != nullptr ? luma->row(y + 1) : image.luma(y + 1);
    control_rows(rows, pairs, above, below, image.chroma(y / 2));
    if (luma != nullptr) {
      luma->pad(y);
      luma->pad(y + 1);
    }
  }
}

void FastDetail::run(const Frame& frame, const Finished& finished) {
  const Configuration& c = *frame.configuration;
  reserve(c.width, c.height);
  const bool temporal = denoise_temporally(frame);
  const bool spatial = c.detail.spatial.active;
  workers_.run_bands(c.height, frame.step, [&](std::int32_t first, std::int32_t end, unsigned w) {
    control_band(frame, first, end, spatial ? &controlled_ : nullptr);
    if (!spatial) finished(first, end, w);
  });
  if (!spatial) return;
  const FastSpatial::Frame planes{&c.detail.spatial, &controlled_, temporal ? &weights_ : nullptr,
                                  frame.image};
  workers_.run_bands(c.height, frame.step, [&](std::int32_t first, std::int32_t end, unsigned w) {
    rows_[w].spatial.run(planes, first, end);
    finished(first, end, w);
  });
}

}  // namespace t31::model::pixel
