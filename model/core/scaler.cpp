// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/core/scaler.hpp"

#include <cstdio>

namespace t31::model {
namespace {

constexpr std::uint32_t kEnable = 0x9804;
constexpr std::uint32_t kBusy = 0x9808;
constexpr std::uint32_t kOutputControl = 0x9818;
constexpr std::uint32_t kWindowPosition = 0x9860;
constexpr std::uint32_t kWindowSize = 0x9864;
constexpr std::uint32_t kLineCounter = 0x9888;

constexpr std::uint32_t kChannelBase = 0x9900;
constexpr std::uint32_t kChannelStride = 0x100;
constexpr std::uint32_t kDropLength = 0x30;
constexpr std::uint32_t kDropPattern = 0x34;
constexpr std::uint32_t kLumaAddress = 0x6c;
constexpr std::uint32_t kLumaStatus = 0x70;
constexpr std::uint32_t kDoneLuma = 0x74;
constexpr std::uint32_t kDoneLumaNumber = 0x78;
constexpr std::uint32_t kDoneLumaStatus = 0x7c;
constexpr std::uint32_t kChromaAddress = 0x84;
constexpr std::uint32_t kChromaStatus = 0x88;
constexpr std::uint32_t kDoneChroma = 0x8c;
constexpr std::uint32_t kDoneChromaNumber = 0x90;
constexpr std::uint32_t kDoneChromaStatus = 0x94;
constexpr std::uint32_t kFlushLuma = 0x9c;
constexpr std::uint32_t kFlushChroma = 0xa0;
constexpr std::uint32_t kFlushDoneLuma = 0xa4;
constexpr std::uint32_t kFlushDoneChroma = 0xa8;

// Of the enable register: update requests for what the channels share, and for each channel; what a
// channel has there besides its enable bit (mask, resize filters) is staged with the channel.
constexpr std::uint32_t kUpdateRequests = 0xf0000;
constexpr std::uint32_t kUpdateShared = 1u << 16;
constexpr std::uint32_t update_channel(unsigned channel) {
  return 1u << (17 + channel);
}
constexpr std::uint32_t kEnableBits = 7;
constexpr std::uint32_t staged_enable_bits(unsigned channel) {
  return (1u << 3 | 1u << 8 | 1u << 11) << channel;
}

constexpr std::uint32_t channel_base(unsigned channel) {
  return kChannelBase + kChannelStride * channel;
}

std::uint64_t plane_bytes(std::uint32_t stride, std::uint32_t width, std::uint32_t rows) {
  return std::uint64_t{stride} * (rows - 1) + width;
}

}  // namespace

Scaler::Scaler(Environment& environment, bool rewrite_last_address)
    : environment_(environment), rewrite_last_address_(rewrite_last_address) {
  reset();
}

void Scaler::reset() {
  staged_.fill(0);
  for (unsigned n = 0; n < kChannels; ++n) staged(channel_base(n) + kDropPattern) = 1;
  active_ = staged_;
  enable_ = update_requests_ = 0;
  channels_ = {};
  geometry_ = {};
  stalled_ = false;
}

bool Scaler::busy(unsigned channel) const {
  return enabled(channel) || channels_[channel].hung || channels_[channel].in_frame;
}

std::uint32_t Scaler::read(std::uint32_t offset, std::uint32_t line) {
  switch (offset) {
    case kEnable:
      return enable_ | update_requests_;
    case kBusy: {
      std::uint32_t bits = 0;
      for (unsigned n = 0; n < kChannels; ++n) bits |= std::uint32_t{busy(n)} << n;
      return bits;
    }
    case kLineCounter:
      return line << 16;
    default:
      if (offset >= kChannelBase && offset < channel_base(kChannels))
        return read_channel((offset - kChannelBase) / kChannelStride, offset % kChannelStride);
      return active(offset);
  }
}

std::uint32_t Scaler::read_channel(unsigned channel, std::uint32_t offset) {
  ScalerChannel& c = channels_[channel];
  switch (offset) {
    case kLumaAddress:
    case kChromaAddress:
    case kFlushLuma:
    case kFlushChroma:
    case kFlushDoneLuma:
    case kFlushDoneChroma:
      return 0;
    case kLumaStatus:
      return c.luma.status();
    case kChromaStatus:
      return c.chroma.status();
    case kDoneLuma:
      return c.done_luma.pop().address;
    case kDoneLumaNumber:
      return c.done_luma.last().number;
    case kDoneLumaStatus:
      return c.done_luma.status();
    case kDoneChroma:
      return c.done_chroma.pop().address;
    case kDoneChromaNumber:
      return c.done_chroma.last().number;
    case kDoneChromaStatus:
      return c.done_chroma.status();
    default:
      return active(channel_base(channel) + offset);
  }
}

void Scaler::write(std::uint32_t offset, std::uint32_t value) {
  if (offset == kEnable) {
    for (unsigned n = 0; n < kChannels; ++n)
      if ((value >> n & 1) && !enabled(n)) channels_[n].pattern_position = 0;
    update_requests_ |= value & kUpdateRequests;
    enable_ = value & ~kUpdateRequests;
    staged(kEnable) = enable_;
    return;
  }
  if (offset == kBusy || offset == kLineCounter) return;
  if (offset >= kChannelBase && offset < channel_base(kChannels) &&
      write_channel((offset - kChannelBase) / kChannelStride, offset % kChannelStride, value))
    return;
  staged(offset) = value;
}

// True when the register is one of the channel's FIFOs.
bool Scaler::write_channel(unsigned channel, std::uint32_t offset, std::uint32_t value) {
  ScalerChannel& c = channels_[channel];
  const auto push = [&](AddressFifo& fifo) {
    if (!fifo.push({value})) environment_.say("Scaler: address FIFO is full; the address is lost");
  };
  const auto flush_if_asked = [&](AddressFifo& fifo) {
    if (value & 1) flush(channel, fifo);
  };
  switch (offset) {
    case kLumaAddress:
      push(c.luma);
      return true;
    case kChromaAddress:
      push(c.chroma);
      return true;
    case kFlushLuma:
      flush_if_asked(c.luma);
      return true;
    case kFlushChroma:
      flush_if_asked(c.chroma);
      return true;
    case kFlushDoneLuma:
      flush_if_asked(c.done_luma);
      return true;
    case kFlushDoneChroma:
      flush_if_asked(c.done_chroma);
      return true;
    case kLumaStatus:
    case kChromaStatus:
    case kDoneLuma:
    case kDoneLumaNumber:
    case kDoneLumaStatus:
    case kDoneChroma:
    case kDoneChromaNumber:
    case kDoneChromaStatus:
      return true;
    default:
      return false;
  }
}

void Scaler::flush(unsigned channel, AddressFifo& fifo) {
  ScalerChannel& c = channels_[channel];
  if (busy(channel) && !c.hung) {
    c.hung = true;
    environment_.say(
        "Scaler: FIFO of a busy channel flushed; the channel hangs until the chip's reset");
  }
  fifo.clear();
  if (!busy(channel)) c.release();
}

void Scaler::apply_updates() {
  if (update_requests_ & kUpdateShared)
    for (std::uint32_t offset : {kOutputControl, kWindowPosition, kWindowSize})
      active(offset) = staged(offset);
  for (unsigned n = 0; n < kChannels; ++n) {
    if (!(update_requests_ & update_channel(n))) continue;
    for (std::uint32_t offset = 0; offset < kChannelStride; offset += 4)
      active(channel_base(n) + offset) = staged(channel_base(n) + offset);
    const std::uint32_t bits = staged_enable_bits(n);
    active(kEnable) = (active(kEnable) & ~bits) | (staged(kEnable) & bits);
  }
  active(kEnable) = (active(kEnable) & ~kEnableBits) | (enable_ & kEnableBits);
  update_requests_ = 0;
}

bool Scaler::passes_drop_pattern(unsigned channel) {
  const std::uint32_t length = (active(channel_base(channel) + kDropLength) & 0x1f) + 1;
  const unsigned position = channels_[channel].pattern_position++ % length;
  return active(channel_base(channel) + kDropPattern) >> position & 1;
}

unsigned Scaler::begin_frame(IspRegisters& latched) {
  apply_updates();
  for (std::uint32_t offset = kFirstRegister; offset < kEnd; offset += 4)
    latched.word(offset) = active(offset);

  for (unsigned n = 0; n < kChannels; ++n) {
    geometry_[n] = enabled(n) ? channel_geometry(latched, n) : ChannelGeometry{};
    if (geometry_[n].enlarges && !stalled_) {
      stalled_ = true;
      environment_.say(
          "Scaler: a window smaller than its output; all outputs hang until the chip's reset");
    }
  }

  unsigned misfits = 0;
  for (unsigned n = 0; n < kChannels; ++n) {
    ScalerChannel& c = channels_[n];
    c.in_frame = enabled(n);
    c.producing = false;
    if (!c.in_frame || c.hung || stalled_) continue;
    if (!geometry_[n].valid) {
      misfits |= 1u << n;
    } else if (passes_drop_pattern(n)) {
      c.producing = c.acquire(rewrite_last_address_);
      if (!c.producing) environment_.count(T31_MODEL_FRAMES_DROPPED);
    }
  }
  if (stalled_) environment_.count(T31_MODEL_STALLS);
  return misfits;
}

bool Scaler::wants_image() const {
  for (const ScalerChannel& c : channels_)
    if (c.producing) return true;
  return false;
}

std::array<ChannelImage, kChannels> Scaler::images() {
  std::array<ChannelImage, kChannels> images{};
  for (unsigned n = 0; n < kChannels; ++n) {
    const ScalerChannel& c = channels_[n];
    if (!c.producing) continue;
    const ChannelGeometry& g = geometry_[n];
    const std::uint32_t chroma_rows = (g.height + 1) / 2, chroma_width = (g.width + 1) / 2 * 2;
    const auto luma =
        environment_.memory(c.target()->luma, plane_bytes(g.luma_stride, g.width, g.height));
    const auto chroma = environment_.memory(
        c.target()->chroma, plane_bytes(g.chroma_stride, chroma_width, chroma_rows));
    if (luma.empty() || chroma.empty()) {
      char line[96];
      std::snprintf(line, sizeof line, "Scaler: channel %u: buffer 0x%08x, 0x%08x is not memory", n,
                    c.target()->luma, c.target()->chroma);
      environment_.say(line);
      continue;
    }
    images[n] = {luma.data(), chroma.data()};
    environment_.count(T31_MODEL_FRAMES_OUTPUT);
  }
  return images;
}

bool Scaler::complete(unsigned channel, std::uint32_t number) {
  ScalerChannel& c = channels_[channel];
  if (!c.producing || c.hung || !c.target()) return false;
  c.complete(number);
  c.producing = false;
  return true;
}

void Scaler::end_frame() {
  for (ScalerChannel& c : channels_) c.in_frame = c.producing = false;
}

}  // namespace t31::model
