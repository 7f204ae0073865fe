// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/core/isp_top.hpp"

#include "driver/regs/isp_top.hpp"

namespace t31::core {

namespace isp = reg::isp;

namespace {

constexpr u32 kIdlePolls = 200;
constexpr u32 kIdlePollMs = 1;

// Frames in work finish with the old settings.
constexpr u32 kBorrowMs = 10;

u32 input_mode(const input::PixelFormat& format, bool wdr) {
  if (wdr) return format.yuv ? isp::kInputModeWdrYuv : isp::kInputModeWdr;
  return format.yuv ? isp::kInputModeLinearYuv : isp::kInputModeLinear;
}

constexpr u32 align8(u32 value) {
  return (value + 7) & ~7u;
}

}  // namespace

void IspTop::begin(u32 width, u32 height, const input::PixelFormat& format) {
  isp_.write(isp::kSize.offset, isp::kWidth(width) | isp::kHeight(height));
  set_bayer(format);
  isp_.write(isp::kSetup.offset, format.infrared ? isp::kSetupBeginInfrared : isp::kSetupBegin);
}

void IspTop::set_bayer(const input::PixelFormat& format) {
  if (!format.yuv) isp_.write(isp::kBayer.offset, isp::kBayerCode(format.bayer_code));
}

void IspTop::enable_engines(bool wdr) {
  isp_.write(isp::kSubInterrupts.offset, isp::interrupt::kAll);
  isp_.write(isp::kStatisticsEnable.offset, wdr ? isp::kStatisticsWdr : isp::kStatisticsLinear);
}

void IspTop::finish(const input::PixelFormat& format, bool wdr) {
  isp_.write(isp::kInputMode.offset, input_mode(format, wdr));
  isp_.write(isp::kSetup.offset, isp::kSetupEnd);
  isp_.write(isp::kGo.offset, 1);
}

void IspTop::change_input(const input::PixelFormat& format, bool wdr) {
  const u32 reset = isp_.read(isp::kReset.offset);
  isp_.write(isp::kReset.offset, isp::kCoreReset.set(reset, true));
  isp_.write(isp::kReset.offset, isp::kCoreReset.set(reset, false));
  isp_.write(isp::kInputMode.offset, input_mode(format, wdr));
  isp_.write(isp::kStatisticsEnable.offset, wdr ? isp::kStatisticsWdr : isp::kStatisticsLinear);
}

void IspTop::resume() {
  isp_.write(isp::kGo.offset, 1);
}

void IspTop::enable_interrupts() {
  isp_.write(isp::kInterruptEnable.offset, isp::interrupt::kAll);
}

void IspTop::disable_interrupts() {
  isp_.write(isp::kInterruptEnable.offset, 0);
}

Status IspTop::stop() {
  isp_.write(isp::kStop.offset, isp::kStopRequest.set(isp_.read(isp::kStop.offset), true));
  for (u32 i = 0; i < kIdlePolls; ++i) {
    if (isp::kIdleAcknowledge.get(isp_.read(isp::kIdle.offset))) return kOk;
    t31_port_msleep(kIdlePollMs);
  }
  t31_port_log(T31_LOG_WARNING, "the ISP does not become idle");
  return Status::error(T31_ETIMEDOUT);
}

DenoiseStore::DenoiseStore(u32 width, u32 height, bool small_store) : small(small_store) {
  luma_stride = align8(width);
  luma = luma_stride * height;
  chroma = luma / 2;
  block_stride = align8((width + 31) >> 5);
  block = block_stride * (((height + 15) >> 4) + 1);
  background_stride = align8(width >> 1);
  background = background_stride * height;
  map_stride = align8(width >> 5);
  map = (map_stride * height) >> 5;
}

u32 DenoiseStore::bytes() const {
  if (small) return luma + chroma + block;
  return luma + chroma + 4 * block + background + background / 2 + map;
}

void DenoiseStore::program(Window window, u32 base) const {
  const u32 blocks = base + luma + chroma;
  window.write(isp::kMdnsLuma.offset, base);
  window.write(isp::kMdnsLumaStride.offset, luma_stride);
  window.write(isp::kMdnsChroma.offset, base + luma);
  window.write(isp::kMdnsChromaStride.offset, luma_stride);
  window.write(isp::kMdnsBlock0.offset, blocks);
  window.write(isp::kMdnsBlock0Stride.offset, block_stride);
  for (u32 k = 0; k < 3; ++k) {
    window.write(isp::kMdnsBlock1.at(k), small ? blocks : blocks + (k + 1) * block);
    window.write(isp::kMdnsBlock1Stride.at(k), small ? 0 : block_stride);
  }
  window.write(isp::kMdnsControl0.offset, 0);
  window.write(isp::kMdnsControl1.offset, 1);
  const u32 store = small ? base : blocks + 4 * block;
  window.write(isp::kMdnsBackgroundLuma.offset, store);
  window.write(isp::kMdnsBackgroundLumaStride.offset, small ? 0 : background_stride);
  window.write(isp::kMdnsBackgroundChroma.offset, small ? base : store + background);
  window.write(isp::kMdnsBackgroundChromaStride.offset, small ? 0 : background_stride);
  window.write(isp::kMdnsBackgroundMap.offset, small ? base : store + background + background / 2);
  window.write(isp::kMdnsBackgroundMapStride.offset, small ? 0 : map_stride);
}

DenoiseBorrow::DenoiseBorrow(Window isp) : isp_(isp) {
  enable_ = isp_.read(isp::kMdnsEnable.offset);
  mode_ = isp_.read(isp::kMdnsMode.offset);
  trigger_ = isp_.read(isp::kMdnsTrigger.offset);
  isp_.write(isp::kMdnsEnable.offset, enable_ & isp::kMdnsEnableIdle);
  isp_.write(isp::kMdnsMode.offset, 0);
  isp_.write(isp::kMdnsTrigger.offset, trigger_ | 1);
  t31_port_msleep(kBorrowMs);
}

DenoiseBorrow::~DenoiseBorrow() {
  isp_.write(isp::kMdnsEnable.offset, enable_ & isp::kMdnsEnableAll);
  isp_.write(isp::kMdnsMode.offset, mode_);
  isp_.write(isp::kMdnsTrigger.offset, trigger_ | 1);
}

}  // namespace t31::core
