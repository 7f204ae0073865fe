// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/input/raw_capture.hpp"

#include "driver/input/mipi_format.hpp"
#include "driver/regs/vic.hpp"

namespace t31::input {

namespace vic = reg::vic;

namespace {

constexpr u32 kPlanesFormat = 7;  // of the DMA: NV12
constexpr u32 kTimeoutMs = 6000;
// Most banks the count field is given (hw-pipeline 3.8).
constexpr u32 kMaxBankCount = 8;

bool yuv(const t31_sensor_info& sensor) {
  return sensor.bus == T31_BUS_MIPI && sensor.mipi.csi_format == kMipiYuv422;
}

}  // namespace

u32 capture_frame_bytes(const t31_sensor_info& sensor) {
  const u32 pixels = sensor.mbus_width * sensor.mbus_height;
  return yuv(sensor) ? pixels + pixels / 2 : 2 * pixels;
}

Status RawCapture::capture(const t31_sensor_info& sensor, u32 frames, u32 base, u32 size) {
  if (sensor.mbus_width > kMaxCaptureWidth) {
    t31_port_log(T31_LOG_ERROR, "Can't output the width(%u)!", sensor.mbus_width);
    return Status::error(T31_EINVAL);
  }
  const u32 frame_bytes = capture_frame_bytes(sensor);
  if (frames == 0 || frame_bytes == 0 || frames > size / frame_bytes) {
    t31_port_log(T31_LOG_ERROR,
                 "raw capture: %u frames of %u bytes do not fit into %u bytes (ispmem=)", frames,
                 frame_bytes, size);
    return Status::error(T31_ENOMEM);
  }
  {
    Mutex::Guard guard(busy_);
    if (busy_flag_) {
      t31_port_log(T31_LOG_WARNING, "The node is busy!");
      return Status::error(T31_EBUSY);
    }
    busy_flag_ = true;
  }
  arm(sensor, frames, base);
  const Status status = wait_and_write(sensor, frames, base);
  Mutex::Guard guard(busy_);
  busy_flag_ = false;
  return status;
}

void RawCapture::arm(const t31_sensor_info& sensor, u32 frames, u32 base) {
  const u32 stride = yuv(sensor) ? sensor.mbus_width : 2 * sensor.mbus_width;
  const u32 luma_bytes = stride * sensor.mbus_height;
  SpinLock::Guard guard(lock_);
  armed_ = true;
  remaining_ = frames;
  bank_ = 0;
  address_ = base;
  frame_bytes_ = capture_frame_bytes(sensor);
  chroma_ = yuv(sensor) ? luma_bytes : 0;
  vic_.write(vic::kDmaOn.offset, 1);
  vic_.write(vic::kDmaResolution.offset,
             vic::kWidth(sensor.mbus_width) | vic::kHeight(sensor.mbus_height));
  vic_.write(vic::kDmaStride0.offset, stride);
  vic_.write(vic::kDmaStride1.offset, stride);
  const u32 step = sensor.data_type != 0 ? 2 * luma_bytes : frame_bytes_;
  for (u32 k = 0; k < kBanks; ++k) {
    vic_.write(vic::kDmaBank0.at(k), base + step * k);
  }
  for (u32 k = 0; k < kBanks; ++k) {
    vic_.write(vic::kDmaBank1.at(k), base + (2 * k + 1) * luma_bytes);
  }
  for (u32 k = 0; k < kBanks && chroma_ != 0; ++k) {
    vic_.write(vic::kDmaChroma0.at(k), base + step * k + chroma_);
  }
  vic_.write(vic::kDmaControl.offset,
             vic::kDmaEnable(true) | vic::kDmaAlways(true) |
                 vic::kDmaFormat(yuv(sensor) ? kPlanesFormat : 0) |
                 vic::kDmaBanks(frames < kMaxBankCount ? frames : kMaxBankCount));
}

void RawCapture::bank_done(u32 channels) {
  if (!vic::kDmaDone0.get(channels)) return;
  SpinLock::Guard guard(lock_);
  if (!armed_ || remaining_ == 0) return;
  --remaining_;
  if (remaining_ == 0) {
    done_.wake_all();
    return;
  }
  bank_ = (bank_ + 1) % kBanks;
  address_ += frame_bytes_;
  vic_.write(vic::kDmaBank0.at(bank_), address_);
  if (chroma_ != 0) vic_.write(vic::kDmaChroma0.at(bank_), address_ + chroma_);
  if (remaining_ == kMaxBankCount - 1) {
    const u32 control = vic_.read(vic::kDmaControl.offset);
    vic_.write(vic::kDmaControl.offset, vic::kDmaBanks.set(control, kMaxBankCount - 1));
  }
}

Status RawCapture::wait_and_write(const t31_sensor_info& sensor, u32 frames, u32 base) {
  const auto finished = [this] {
    SpinLock::Guard guard(lock_);
    return !armed_ || remaining_ == 0;
  };
  Status status = done_.wait(finished, kTimeoutMs, false);
  if (status.code() == -T31_ETIMEDOUT) t31_port_log(T31_LOG_ERROR, "snapraw timeout!");
  {
    SpinLock::Guard guard(lock_);
    if (status.ok() && !armed_) status = Status::error(T31_ENODEV);
  }
  disarm();
  const u32 bytes = capture_frame_bytes(sensor);
  for (u32 i = 0; i < frames && status.ok(); ++i) {
    char path[32];
    (void)t31_port_snprintf(path, sizeof(path),
                            yuv(sensor) ? "/tmp/snap%u.nv12" : "/tmp/snap%u.raw", i);
    const u32 address = base + i * bytes;
    void* memory = t31_port_rmem_map(address, bytes);
    if (memory == nullptr) return Status::error(T31_ENOMEM);
    t31_port_dma_sync_for_cpu(address, bytes);
    const long written = t31_port_file_write(path, memory, bytes);
    t31_port_rmem_unmap(memory, bytes);
    if (written < 0) {
      t31_port_log(T31_LOG_ERROR, "raw capture: can't write %s (error %ld)", path, -written);
      status = Status::from(static_cast<int>(written));
    }
  }
  return status;
}

void RawCapture::disarm() {
  SpinLock::Guard guard(lock_);
  if (armed_) vic_.write(vic::kDmaControl.offset, 0);
  armed_ = false;
}

void RawCapture::abort() {
  disarm();
  done_.wake_all();
}

}  // namespace t31::input
