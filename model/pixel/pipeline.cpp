// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/pipeline.hpp"

#include <algorithm>

#include "model/pixel/configuration.hpp"
#include "model/pixel/fast_fusion.hpp"
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

// AE and white balance look at each exposure for itself, fusion's statistics at what it reads.
void measure_exposures(const pixel::Configuration& c, const pixel::ExposurePlanes& planes,
                       Statistics& out) {
  Statistics longer, shorter;
  pixel::write_statistics(c.ae, c.awb, measure_frame(c.ae, c.awb, c.filter, planes.metered[0]),
                          longer);
  pixel::write_statistics(c.ae_short, {},
                          measure_frame(c.ae_short, {}, c.filter, planes.metered[1]), shorter);
  out.ae_zones = longer.ae_zones;
  out.ae_histogram = longer.ae_histogram;
  out.awb_zones = longer.awb_zones;
  out.short_zones = shorter.ae_zones;
  out.short_histogram = shorter.ae_histogram;
  pixel::write_fusion_statistics(c.fusion, planes, out);
}

// The picture of a camera that has made YUV itself, as the scaler reads it: chroma is that of two
// rows.
pixel::Nv12Frame finished_picture(const BayerFrame& frame) {
  const auto width = static_cast<std::int32_t>(frame.width);
  const auto height = static_cast<std::int32_t>(frame.height);
  const auto word = [&](std::int32_t x, std::int32_t y) {
    return frame.codes[static_cast<std::size_t>(y) * frame.width + static_cast<std::size_t>(x)];
  };
  pixel::Nv12Frame out;
  out.luma = pixel::Plane<std::uint8_t>(width, height);
  out.chroma = pixel::Plane<std::uint8_t>((width + 1) / 2 * 2, (height + 1) / 2);
  for (std::int32_t y = 0; y < height; ++y) {
    for (std::int32_t x = 0; x < width; ++x) {
      out.luma.at(x, y) = static_cast<std::uint8_t>(word(x, y) & 0xff);
      if (y % 2 != 0) continue;
      const int below = word(x, std::min(y + 1, height - 1)) >> 8;
      out.chroma.at(x, y / 2) = static_cast<std::uint8_t>(((word(x, y) >> 8) + below + 1) / 2);
    }
  }
  return out;
}

void pass_through(const pixel::Configuration& c, const BayerFrame& frame,
                  std::span<const ChannelImage, kChannels> images) {
  const pixel::Nv12Frame picture = finished_picture(frame);
  for (unsigned i = 0; i < kChannels; ++i) {
    const bool wanted = images[i].luma != nullptr && images[i].chroma != nullptr;
    if (wanted && c.channels[i].produces()) {
      pixel::produce_channel(c.channels[i], picture, images[i]);
    }
  }
}

}  // namespace

struct Pipeline::Impl {
  unsigned threads = 1;
  std::unique_ptr<pixel::FastPath> fast;           // none: the reference
  std::unique_ptr<pixel::FastFusion> fast_fusion;  // made for the first frame of two exposures

  void process(const pixel::Configuration& configuration, const BayerFrame& frame,
               std::span<const ChannelImage, kChannels> images, Statistics* statistics,
               PixelMemory* memory);
  void process_two(const pixel::Configuration& configuration, const BayerFrame& frame,
                   std::span<const ChannelImage, kChannels> images, Statistics* statistics,
                   PixelMemory* memory);
  pixel::ExposurePlanes prepare(const pixel::Configuration& configuration, const BayerFrame& frame);
};

Pipeline::Pipeline(Path path, unsigned threads) : impl_(new Impl) {
  if (path == Path::kFast) {
    impl_->threads = std::max(threads, 1u);
    impl_->fast = std::make_unique<pixel::FastPath>(impl_->threads);
  }
}

Pipeline::~Pipeline() = default;

void Pipeline::Impl::process(const pixel::Configuration& configuration, const BayerFrame& frame,
                             std::span<const ChannelImage, kChannels> images,
                             Statistics* statistics, PixelMemory* memory) {
  if (fast && pixel::FastPath::takes(configuration)) {
    fast->process(configuration, frame, images, statistics, memory);
  } else {
    pixel::process_reference(configuration, frame, images, statistics, memory);
  }
}

pixel::ExposurePlanes Pipeline::Impl::prepare(const pixel::Configuration& configuration,
                                              const BayerFrame& frame) {
  if (!fast) return pixel::prepare_exposures(configuration.fusion, frame);
  if (!fast_fusion) fast_fusion = std::make_unique<pixel::FastFusion>(threads);
  fast_fusion->begin(configuration.fusion);
  return fast_fusion->prepare(frame);
}

// Fusion makes a Bayer frame of 12 bits that goes the way of one exposure, without the stages that
// lie in front of fusion.
void Pipeline::Impl::process_two(const pixel::Configuration& configuration, const BayerFrame& frame,
                                 std::span<const ChannelImage, kChannels> images,
                                 Statistics* statistics, PixelMemory* memory) {
  pixel::ExposurePlanes planes = prepare(configuration, frame);
  pixel::delay_long_exposure(configuration.delay, static_cast<std::int32_t>(frame.short_delay),
                             memory, planes.longer);
  auto fused = fast ? fast_fusion->fuse(planes) : pixel::fuse_frame(configuration.fusion, planes);
  BayerFrame single;
  single.width = frame.width;
  single.height = frame.height;
  single.bits = 12;
  single.codes = std::move(fused.samples);
  pixel::Configuration behind = configuration;
  behind.black_level.active = false;
  behind.white_balance.active = false;
  process(behind, single, images, statistics, memory);
  if (statistics != nullptr) measure_exposures(configuration, planes, *statistics);
}

void Pipeline::process(const IspRegisters& registers, const BayerFrame& frame,
                       std::span<const ChannelImage, kChannels> images, Statistics* statistics,
                       PixelMemory* memory) {
  const pixel::Configuration configuration = pixel::decode_configuration(registers);
  if (!describes(configuration, frame)) {
    if (statistics != nullptr) *statistics = {};
    return;
  }
  if (frame.samples != Samples::kBayer) {
    if (statistics != nullptr) *statistics = {};
    if (frame.samples == Samples::kYuv422) pass_through(configuration, frame, images);
    return;
  }
  const std::size_t samples = static_cast<std::size_t>(frame.width) * frame.height;
  if (configuration.fusion.active && frame.short_codes.size() >= samples) {
    impl_->process_two(configuration, frame, images, statistics, memory);
  } else {
    impl_->process(configuration, frame, images, statistics, memory);
  }
}

}  // namespace t31::model
