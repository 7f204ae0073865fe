// SPDX-License-Identifier: GPL-2.0-or-later
// channel.cpp - the scaler's registers: geometry, filter taps, masks and flips of one channel.
#include "model/pixel/arithmetic.hpp"
#include "model/pixel/output.hpp"

namespace t31::model {
namespace {

using pixel::AxisFilter;
using pixel::field;
using pixel::Mask;

constexpr std::uint32_t kFrameSize = 0x0004;  // 31:16 width, 15:0 height, as all sizes here
constexpr std::uint32_t kControl =
    0x9804;                              // 5:3 masks, 10:8 and 13:11 filters, one bit per channel
constexpr std::uint32_t kFlip = 0x9818;  // 6:4 flip, 9:7 mirror
constexpr std::uint32_t kWindowPosition = 0x9860;  // 31:16 x, 15:0 y, as all positions here
constexpr std::uint32_t kWindowSize = 0x9864;
constexpr std::uint32_t kChannelBase = 0x9900, kChannelStride = 0x100;
// Relative to the channel's base:
constexpr std::uint32_t kScaledSize = 0x00;
constexpr std::uint32_t kStep = 0x04;  // 31:16 horizontal, 15:0 vertical
constexpr std::uint32_t kCropPosition = 0x28;
constexpr std::uint32_t kCropSize = 0x2c;
constexpr std::uint32_t kMasks = 0x38, kMaskStride = 12;  // position, size, value
constexpr std::uint32_t kLumaStride = 0x80;
constexpr std::uint32_t kChromaStride = 0x98;
constexpr std::uint32_t kHorizontalTaps = 0xc0;  // two words of two 11-bit weights
constexpr std::uint32_t kVerticalTaps = 0xc8;

constexpr std::uint32_t high(std::uint32_t value) {
  return value >> 16;
}
constexpr std::uint32_t low(std::uint32_t value) {
  return value & 0xffffu;
}

// The inner two samples have the weights in the low half of the first and the high half of the
// second word: the only order in which the vendor's levels of sharpness are symmetric.
AxisFilter decode_filter(const IspRegisters& registers, std::uint32_t taps, bool four_taps,
                         std::uint32_t step) {
  const std::uint32_t first = registers[taps], second = registers[taps + 4];
  return {four_taps,
          {field(first, 11, 11), field(first, 0, 11), field(second, 11, 11), field(second, 0, 11)},
          static_cast<std::int32_t>(step)};
}

Mask decode_mask(const IspRegisters& registers, std::uint32_t offset) {
  const std::uint32_t position = registers[offset], size = registers[offset + 4];
  const std::uint32_t value = registers[offset + 8];
  return {static_cast<std::int32_t>(high(position)), static_cast<std::int32_t>(low(position)),
          static_cast<std::int32_t>(high(size)),     static_cast<std::int32_t>(low(size)),
          static_cast<std::uint8_t>(value >> 16),    static_cast<std::uint8_t>(value),
          static_cast<std::uint8_t>(value >> 8)};
}

// [first, first + size) lies in [0, whole) and holds something.
constexpr bool inside(std::uint32_t first, std::uint32_t size, std::uint32_t whole) {
  return size > 0 && first + size <= whole;
}

}  // namespace

ChannelGeometry channel_geometry(const IspRegisters& registers, unsigned channel) {
  const std::uint32_t base = kChannelBase + channel * kChannelStride;
  const std::uint32_t frame = registers[kFrameSize];
  ChannelGeometry g;
  g.input_x = high(registers[kWindowPosition]), g.input_y = low(registers[kWindowPosition]);
  g.input_width = high(registers[kWindowSize]), g.input_height = low(registers[kWindowSize]);
  g.scaled_width = high(registers[base + kScaledSize]);
  g.scaled_height = low(registers[base + kScaledSize]);
  g.crop_x = high(registers[base + kCropPosition]), g.crop_y = low(registers[base + kCropPosition]);
  g.width = high(registers[base + kCropSize]), g.height = low(registers[base + kCropSize]);
  g.luma_stride = registers[base + kLumaStride];
  g.chroma_stride = registers[base + kChromaStride];
  g.valid = inside(g.input_x, g.input_width, high(frame)) &&
            inside(g.input_y, g.input_height, low(frame)) &&
            inside(g.crop_x, g.width, g.scaled_width) &&
            inside(g.crop_y, g.height, g.scaled_height) && g.luma_stride >= g.width &&
            g.chroma_stride >= g.width;
  g.enlarges = g.scaled_width > g.input_width || g.scaled_height > g.input_height;
  return g;
}

namespace pixel {

ChannelOutput decode_channel(const IspRegisters& registers, unsigned channel) {
  const std::uint32_t base = kChannelBase + channel * kChannelStride;
  const auto bit = [&](std::uint32_t offset, unsigned first) {
    return field(registers[offset], first + channel, 1) != 0;
  };
  ChannelOutput out;
  out.geometry = channel_geometry(registers, channel);
  const std::uint32_t step = registers[base + kStep];
  out.horizontal = decode_filter(registers, base + kHorizontalTaps, bit(kControl, 8), high(step));
  out.vertical = decode_filter(registers, base + kVerticalTaps, bit(kControl, 11), low(step));
  out.flip = bit(kFlip, 4);
  out.mirror = bit(kFlip, 7);
  if (bit(kControl, 3)) {
    for (unsigned i = 0; i < out.masks.size(); ++i) {
      out.masks[i] = decode_mask(registers, base + kMasks + kMaskStride * i);
    }
  }
  return out;
}

}  // namespace pixel
}  // namespace t31::model
