// SPDX-License-Identifier: GPL-2.0-or-later
// isp.hpp - the ISP's register window: plain registers that latch at frame start, look-up RAM that
// acts at once, and the units within.
#pragma once

#include <array>
#include <cstdint>

#include "model/core/environment.hpp"
#include "model/core/isp_top.hpp"
#include "model/core/scaler.hpp"
#include "model/core/statistics.hpp"
#include "model/pixel/pipeline.hpp"

namespace t31::model {

class Isp {
 public:
  Isp(Environment& environment, bool rewrite_last_address);

  // `line`: lines of the frame in flight that have come in.
  std::uint32_t read(std::uint32_t offset, std::uint32_t line);
  void write(std::uint32_t offset, std::uint32_t value);
  void reset();

  // Frame start: plain registers latch, those of blocks with a trigger only if it was written since
  // the last; channels take their buffers; raises the interrupt bits.
  void begin_frame();
  // As the pixels of the frame in flight see them.
  const IspRegisters& latched() const { return latched_; }
  // As written, not latched yet.
  std::uint32_t written(std::uint32_t offset) const { return written_[offset]; }

  IspTop& top() { return top_; }
  Scaler& scaler() { return scaler_; }
  StatisticsDma& statistics() { return statistics_; }

 private:
  static constexpr std::uint32_t kLookUpRam = 0x10000;
  // Defect pixels, raw denoise, demosaic, lens distortion.
  static constexpr std::size_t kTriggers = 9;

  void latch(std::uint32_t first, std::uint32_t end);

  IspTop top_;
  Scaler scaler_;
  StatisticsDma statistics_;
  IspRegisters written_;
  IspRegisters latched_;
  std::array<bool, kTriggers> triggered_{};
};

}  // namespace t31::model
