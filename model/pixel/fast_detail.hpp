// SPDX-License-Identifier: GPL-2.0-or-later
// fast_detail.hpp - from YUV to the image that the scaler reads: pass after pass over whole
// pictures, because each block looks at neighbours of what the one before has made.
#pragma once

#include <functional>
#include <vector>

#include "model/pixel/configuration.hpp"
#include "model/pixel/fast_detail_rows.hpp"
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
    RowStore<Sample> samples;
    ColumnRows columns;
    Sample *luma[2] = {}, *u = nullptr, *v = nullptr;  // fused
    void reserve(std::int32_t width);
  };
  using LumaPlane = FastPlane<Sample>;
  void reserve(std::int32_t width, std::int32_t height);
  // Luma from here on.
  const LumaPlane& sharpen(const Frame& frame);
  // Says whether it has; weights_ then are those of the stored picture.
  bool denoise_temporally(const Frame& frame, const LumaPlane& luma);
  // Fusion and colour controls of one band, with 8-bit luma to `out` or, if null, to the image.
  struct Finish {
    const Frame* frame = nullptr;
    const LumaPlane* luma = nullptr;
    bool weights = false;
    const FastPlane<std::uint8_t>* out = nullptr;
  };
  void finish_band(const Finish& finish, std::int32_t first, std::int32_t end, Rows& rows) const;
  ControlRows fused(const Finish& finish, std::int32_t y, Rows& rows) const;

  Workers& workers_;
  std::vector<Rows> rows_;
  std::int32_t width_ = 0, height_ = 0;
  LumaPlane sharpened_, changes_, u_changes_, v_changes_;
  FastPlane<std::uint8_t> weights_, chroma_loss_, controlled_;
  RestMap rest_;
};

}  // namespace t31::model::pixel
