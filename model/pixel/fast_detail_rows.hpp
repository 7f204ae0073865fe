// SPDX-License-Identifier: GPL-2.0-or-later
// fast_detail_rows.hpp - vector kernels of sharpen and YDNS. Rows are padded by what they reach.
#pragma once

#include <array>
#include <cstdint>

#include "model/pixel/fast_rows.hpp"
#include "model/pixel/luma_denoise.hpp"
#include "model/pixel/sharpen.hpp"

namespace t31::model::pixel {

// Of the rows above, at and below: extremes by column; and of five rows the low pass by column.
struct ColumnRows {
  Sample *low_pass = nullptr, *least = nullptr, *most = nullptr;
};
void sharpen_row(const Sharpen& block, const std::array<const Sample*, 5>& luma,
                 const ColumnRows& scratch, std::size_t samples, Sample* out);

// `weights` may be null: all at rest.
void fuse_luma_row(const LumaDenoise& block, const std::array<const Sample*, 3>& luma,
                   const std::uint8_t* weights, const ColumnRows& scratch, std::size_t samples,
                   Sample* out);
// `weights` of luma, two a pair, or null.
void fuse_chroma_row(const LumaDenoise& block, const std::array<const Sample*, 3>& chroma,
                     const std::uint8_t* weights, const ColumnRows& scratch, std::size_t samples,
                     Sample* out);

}  // namespace t31::model::pixel
