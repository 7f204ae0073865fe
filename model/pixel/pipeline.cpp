// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/pipeline.hpp"

#include <algorithm>

#include "model/pixel/configuration.hpp"
#include "model/pixel/fast_path.hpp"
#include "model/pixel/reference.hpp"

namespace t31::model {
namespace {

// A frame that the registers describe: anything else never reaches the pixel path.
bool describes(const pixel::Configuration& c, const BayerFrame& frame) {
  const bool same_size = frame.width == static_cast<std::uint32_t>(c.width) &&
                         frame.height == static_cast<std::uint32_t>(c.height);
  const std::size_t samples = static_cast<std::size_t>(frame.width) * frame.height;
  return same_size && samples > 0 && frame.codes.size() >= samples && frame.bits >= 1 &&
         frame.bits <= 16;
}

}  // namespace

struct Pipeline::Impl {
  std::unique_ptr<pixel::FastPath> fast;  // none: the reference
};

Pipeline::Pipeline(Path path, unsigned threads) : impl_(new Impl) {
  if (path == Path::kFast) {
    impl_->fast = std::make_unique<pixel::FastPath>(std::max(threads, 1u));
  }
}

Pipeline::~Pipeline() = default;

void Pipeline::process(const IspRegisters& registers, const BayerFrame& frame,
                       std::span<const ChannelImage, kChannels> images, Statistics* statistics,
                       PixelMemory* memory) {
  const pixel::Configuration configuration = pixel::decode_configuration(registers);
  if (!describes(configuration, frame)) {
    if (statistics != nullptr) *statistics = {};
    return;
  }
  if (impl_->fast && pixel::FastPath::takes(configuration)) {
    impl_->fast->process(configuration, frame, images, statistics, memory);
  } else {
    pixel::process_reference(configuration, frame, images, statistics, memory);
  }
}

}  // namespace t31::model
