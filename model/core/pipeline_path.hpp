// SPDX-License-Identifier: GPL-2.0-or-later
// pipeline_path.hpp - the pixel pipeline as the frame path uses it.
#pragma once

#include "model/core/frame_path.hpp"
#include "model/pixel/pipeline.hpp"

namespace t31::model {

class PipelinePath final : public PixelPath {
 public:
  PipelinePath(Pipeline::Path path, unsigned threads) : pipeline_(path, threads) {}
  void process(const IspRegisters& registers, const BayerFrame& frame,
               std::span<const ChannelImage, kChannels> images, Statistics* statistics,
               PixelMemory* memory) override {
    pipeline_.process(registers, frame, images, statistics, memory);
  }

 private:
  Pipeline pipeline_;
};

}  // namespace t31::model
