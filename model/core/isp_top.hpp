// SPDX-License-Identifier: GPL-2.0-or-later
// isp_top.hpp - the ISP's top: go, stop, soft reset and interrupts (hw-pipeline 4.1, 4.4, 4.7).
#pragma once

#include <cstdint>

#include "model/core/environment.hpp"
#include "model/pixel/pipeline.hpp"

namespace t31::model {

// Bits of the ISP's interrupt status.
inline constexpr std::uint32_t kIspFrameStart = 1u << 12;
inline constexpr std::uint32_t kIspDone = 1u << 13;
inline constexpr std::uint32_t kIspBrokenFrame = 1u << 8;
inline constexpr std::uint32_t kIspOverflow = 1u << 9;
inline constexpr std::uint32_t kIspFusion = 1u << 11;
inline constexpr std::uint32_t kIspToneMapping = 1u << 18;
inline constexpr std::uint32_t kIspDefog = 1u << 20;
inline constexpr std::uint32_t kIspExposureZones = 1u << 26;
inline constexpr std::uint32_t kIspExposureHistogram = 1u << 27;
inline constexpr std::uint32_t kIspShortZones = 1u << 28;
inline constexpr std::uint32_t kIspShortHistogram = 1u << 29;
inline constexpr std::uint32_t kIspWhiteBalance = 1u << 30;
inline constexpr std::uint32_t kIspFocus = 1u << 31;
constexpr std::uint32_t isp_channel_done(unsigned channel) {
  return 1u << channel;
}
constexpr std::uint32_t isp_channel_misfit(unsigned channel) {
  return 1u << (3 + channel);
}

class IspTop {
 public:
  explicit IspTop(Environment& environment) : environment_(environment) {}

  // The registers with a life of their own; the others of the top are plain storage.
  static bool owns(std::uint32_t offset);
  std::uint32_t read(std::uint32_t offset) const;
  void write(std::uint32_t offset, std::uint32_t value);
  void reset();

  void raise(std::uint32_t bits);

  enum class Input { kNone, kOneExposure, kTwoExposures };
  // What the line-buffer engine waits for.
  Input input() const;
  // It takes what comes for YUV, not for a mosaic.
  bool takes_yuv() const;
  // A stop or a reset cut off the frame in flight since the last call.
  bool take_abort();

 private:
  void update_interrupt();

  Environment& environment_;
  std::uint32_t status_ = 0;
  std::uint32_t enabled_ = 0;
  std::uint32_t sources_ = 0;
  std::uint32_t soft_reset_ = 0;
  std::uint32_t line_buffer_mode_ = 0;
  std::uint32_t line_buffer_go_ = 0;
  bool stop_requested_ = false;
  bool aborted_ = false;
};

}  // namespace t31::model
