// SPDX-License-Identifier: GPL-2.0-or-later
// detail.hpp - the blocks that look after detail and noise of the YUV picture, in their order.
#pragma once

#include "model/pixel/luma_denoise.hpp"
#include "model/pixel/sharpen.hpp"
#include "model/pixel/spatial_denoise.hpp"
#include "model/pixel/temporal_denoise.hpp"

namespace t31::model::pixel {

struct Detail {
  Sharpen sharpen;
  TemporalDenoise temporal;
  LumaDenoise luma;
  SpatialDenoise spatial;  // behind the colour controls

  // Has settings that the fast path handles.
  bool plain() const { return !spatial.active || spatial.plain(); }
};

inline Detail decode_detail(const IspRegisters& registers) {
  Detail detail{decode_sharpen(registers), decode_temporal_denoise(registers),
                decode_luma_denoise(registers), decode_spatial_denoise(registers)};
  detail.luma.final_luma = detail.temporal.adjust.final_luma;
  if (detail.temporal.chroma_active) {
    detail.luma.final_chroma = detail.temporal.adjust.final_chroma;
  }
  return detail;
}

}  // namespace t31::model::pixel
