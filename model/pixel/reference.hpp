// SPDX-License-Identifier: GPL-2.0-or-later
// reference.hpp - the pixel path as plainly as it can be said: one stage after the other, whole
// frames, one pixel at a time. The fast path is measured against it bit by bit.
#pragma once

#include <span>

#include "model/pixel/configuration.hpp"
#include "model/pixel/yuv.hpp"

namespace t31::model::pixel {

// The sensor's frame behind the black level block, 12 bit: the tap of the AE and AWB statistics.
Plane<std::uint16_t> reference_bayer(const Configuration& configuration, const BayerFrame& frame);

// From there to the NV12 image that the scaler reads; adds the statistics of tone mapping and
// defog.
Nv12Frame reference_image(const Configuration& configuration, const Plane<std::uint16_t>& bayer,
                          Statistics* statistics, PixelMemory* memory);

// The part of it behind the conversion to YUV.
Nv12Frame reference_detail(const Configuration& configuration, YuvFrame yuv, PixelMemory* memory);

void process_reference(const Configuration& configuration, const BayerFrame& frame,
                       std::span<const ChannelImage, kChannels> images, Statistics* statistics,
                       PixelMemory* memory);

}  // namespace t31::model::pixel
