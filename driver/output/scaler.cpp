// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/output/scaler.hpp"

#include "driver/regs/isp_top.hpp"
#include "driver/regs/scaler.hpp"

namespace t31::output {

namespace reg = t31::reg::scaler;

namespace {

constexpr u32 kAllChannels = (1u << kChannelCount) - 1;

u32 pack(u32 high, u32 low) {
  return reg::kHigh(high) | reg::kLow(low);
}

u32 pack(Size size) {
  return pack(size.width, size.height);
}

}  // namespace

bool FrameFifo::full() const {
  return reg::kFifoFull.get(isp_.read(reg::kLumaFifo.at(channel_))) ||
         reg::kFifoFull.get(isp_.read(reg::kChromaFifo.at(channel_)));
}

void FrameFifo::push(u32 luma, u32 chroma) const {
  isp_.write(reg::kLumaAddress.at(channel_), luma);
  isp_.write(reg::kChromaAddress.at(channel_), chroma);
}

bool FrameFifo::pop(u32& luma) const {
  if (reg::kFifoEmpty.get(isp_.read(reg::kLumaDoneFifo.at(channel_)))) return false;
  luma = isp_.read(reg::kLumaDone.at(channel_));
  // Which of the reads pops is not known for certain: all three are made.
  isp_.read(reg::kChromaDone.at(channel_));
  isp_.read(reg::kChromaDoneNumber.at(channel_));
  return true;
}

u32 FrameFifo::lines() const {
  return reg::kLinesWritten.get(isp_.read(reg::kLineCounter.offset));
}

void FrameFifo::clear() const {
  isp_.write(reg::kLumaClear.at(channel_), 1);
  isp_.write(reg::kChromaClear.at(channel_), 1);
  isp_.write(reg::kLumaDoneClear.at(channel_), 1);
  isp_.write(reg::kChromaDoneClear.at(channel_), 1);
}

bool needs_box(Size input, Size scaled) {
  return 2 * scaled.width < input.width || 2 * scaled.height < input.height;
}

Taps taps_of_level(u32 level) {
  const u32 a = 3 * level;
  if (a <= 128) {
    const u32 word = reg::kTapHigh(128 - a) | reg::kTapLow(128 + a);
    const u32 other = reg::kTapHigh(128 + a) | reg::kTapLow(128 - a);
    return {word, other};
  }
  return {reg::kTapLow(128 + a), reg::kTapHigh(384 - a)};
}

bool Scaler::busy(unsigned channel) const {
  return (reg::kBusyChannels.get(isp_.read(reg::kBusy.offset)) >> channel & 1) != 0;
}

bool Scaler::frame_start_pending() const {
  return (isp_.read(t31::reg::isp::kInterruptStatus.offset) &
          t31::reg::isp::interrupt::kFrameStart) != 0;
}

void Scaler::forget(u32 masks) {
  enable_ = reg::kMaskEnable(masks);
}

void Scaler::write_input(const Rectangle& window) const {
  isp_.write(reg::kInputPosition.offset, pack(window.left, window.top));
  isp_.write(reg::kInputSize.offset, pack(window.size));
}

void Scaler::write_geometry(unsigned channel, Size input, const Geometry& geometry) const {
  isp_.write(reg::kScaledSize.at(channel), pack(geometry.scaled));
  write_step(channel, input, geometry.scaled);
  isp_.write(reg::kCropSize.at(channel), pack(geometry.crop.size));
  isp_.write(reg::kCropPosition.at(channel), pack(geometry.crop.left, geometry.crop.top));
  isp_.write(reg::kLumaStride.at(channel), geometry.crop.size.width);
  isp_.write(reg::kChromaStride.at(channel), geometry.crop.size.width);
}

void Scaler::write_step(unsigned channel, Size input, Size scaled) const {
  isp_.write(reg::kStep.at(channel), pack(input.width * reg::kStepUnit / scaled.width,
                                          input.height * reg::kStepUnit / scaled.height));
}

void Scaler::write_taps(unsigned channel, Taps taps, bool filter) {
  isp_.write(reg::kTaps0.at(channel), taps.first);
  isp_.write(reg::kTaps1.at(channel), taps.second);
  isp_.write(reg::kTaps2.at(channel), taps.first);
  isp_.write(reg::kTaps3.at(channel), taps.second);
  const u32 bits = reg::kFilterA(1u << channel) | reg::kFilterB(1u << channel);
  enable_ = filter ? enable_ | bits : enable_ & ~bits;
}

void Scaler::write_mask(unsigned channel, unsigned index, const Mask& mask) const {
  u32 position = 0, size = 0, value = 0;
  if (mask.enabled) {
    position = pack(mask.area.left, mask.area.top);
    size = pack(mask.area.size);
    value = reg::kMaskY(mask.y) | reg::kMaskV(mask.v) | reg::kMaskU(mask.u);
  }
  const u32 offset = index * reg::kMaskStride;
  isp_.write(reg::kMaskPosition.at(channel) + offset, position);
  isp_.write(reg::kMaskSize.at(channel) + offset, size);
  isp_.write(reg::kMaskValue.at(channel) + offset, value);
}

void Scaler::write_drop(unsigned channel, u32 length, u32 mark) const {
  isp_.write(reg::kDropLength.at(channel), length);
  isp_.write(reg::kDropMark.at(channel), mark);
}

void Scaler::write_flip(bool mirror, bool flip) {
  isp_.write(reg::kArbiter.offset, reg::kArbiterBase(reg::kArbiterInUse) |
                                       reg::kFlip(flip ? kAllChannels : 0) |
                                       reg::kMirror(mirror ? kAllChannels : 0));
}

void Scaler::enable(unsigned channel) {
  enable_ |= reg::kChannelEnable(1u << channel);
  write_enable(reg::kUpdateAll);
}

void Scaler::disable(unsigned channel) {
  enable_ &= ~reg::kChannelEnable(1u << channel);
  write_enable(reg::kUpdateAll);
}

void Scaler::enable_masks(u32 channels) {
  enable_ = reg::kMaskEnable.set(enable_, channels);
  write_enable(reg::kUpdateMasks);
}

void Scaler::update() {
  write_enable(reg::kUpdateAll);
}

// Strobes stay in the shadow once used, as the vendor's driver keeps them.
void Scaler::write_enable(u32 strobes) {
  enable_ |= reg::kUpdate(strobes);
  isp_.write(reg::kEnable.offset, enable_);
}

}  // namespace t31::output
