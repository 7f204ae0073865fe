// SPDX-License-Identifier: GPL-2.0-or-later
// fast_detail.hpp - from YUV to the image that the scaler reads: pass after pass over whole
// pictures, because each block looks at neighbours of what the one before has made.
#pragma once

#include <functional>
#include <vector>

#include "model/pixel/configuration.hpp"
#include "model/pixel/fast_spatial.hpp"
#include "model/pixel/fast_temporal.hpp"
#include "model/pixel/fast_yuv.hpp"
#include "model/pixel/workers.hpp"

namespace t31::model::pixel {

class FastDetail {
 public:
  explicit FastDetail(Workers& workers) : workers_(workers), rows_(workers.count()) {}

  struct Frame {
    const Configuration* configuration = nullptr;
    PixelMemory* memory = nullptr;
    FastYuv* yuv = nullptr;  // used up
    const FastImage* image = nullptr;
    std::int32_t step = 0;  // rows of a band, even
  };
  // Called with each band of the finished image.
  using Finished = std::function<void(std::int32_t first, std::int32_t end, unsigned worker)>;
  void run(const Frame& frame, const Finished& finished);

 private:
  // What one worker has to itself.
  struct Rows {
    TemporalRows temporal;
    FastSpatial spatial;
  };
  void reserve(std::int32_t width, std::int32_t height);
  // Says whether it has; weights_ then are those of the stored picture.
  bool denoise_temporally(const Frame& frame);
  // Colour controls, with luma to `luma` or, if null, to the image.
  void control_band(const Frame& frame, std::int32_t first, std::int32_t end,
                    const FastPlane<std::uint8_t>* luma) const;

  Workers& workers_;
  std::vector<Rows> rows_;
  FastPlane<std::uint8_t> weights_, chroma_loss_, controlled_;
  RestMap rest_;
};

}  // namespace t31::model::pixel
