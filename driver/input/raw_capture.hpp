// SPDX-License-Identifier: GPL-2.0-or-later
// raw_capture.hpp - raw frames from the VIC's own DMA to files: `snapraw` and `saveraw` of the proc
// file isp-w02 (hw-pipeline 3.8).
#pragma once

#include "driver/base/result.hpp"
#include "driver/input/sensor_api.h"
#include "driver/port/lock.hpp"
#include "driver/port/window.hpp"

namespace t31::input {

// Widest line the capture DMA takes.
inline constexpr u32 kMaxCaptureWidth = 0xa80;

// Bytes of one captured frame: 16 bits a pixel, or NV12 for YUV sensors.
u32 capture_frame_bytes(const t31_sensor_info& sensor);

class RawCapture {
 public:
  RawCapture() : busy_("raw capture"), lock_("raw banks"), done_("raw done") {}
  void attach(Window vic) { vic_ = vic; }

  // Captures `frames` frames into memory at `base` and writes /tmp/snap0.raw ... (.nv12 for YUV
  // sensors). Blocks until done. -EBUSY: one is running; -EINVAL: too wide; -ENOMEM: does not fit;
  // -ETIMEDOUT: no frames came; -ENODEV: the stream was stopped. Each with a log line.
  Status capture(const t31_sensor_info& sensor, u32 frames, u32 base, u32 size);

  // irq: bits of INT_STATUS2, a bank is complete.
  void bank_done(u32 channels);
  // Stream off: ends a running capture and disarms the DMA.
  void abort();

 private:
  static constexpr u32 kBanks = 5;
  void arm(const t31_sensor_info& sensor, u32 frames, u32 base);
  void disarm();
  Status wait_and_write(const t31_sensor_info& sensor, u32 frames, u32 base);

  Window vic_;
  Mutex busy_;  // guards busy_flag_
  bool busy_flag_ = false;
  mutable SpinLock lock_;  // guards everything below
  WaitQueue done_;
  bool armed_ = false;
  u32 remaining_ = 0;  // frames not yet complete
  u32 bank_ = 0;       // bank that completes next
  u32 address_ = 0;    // of that bank
  u32 frame_bytes_ = 0;
  u32 chroma_ = 0;  // bytes from there to its chroma; 0: raw
};

}  // namespace t31::input
