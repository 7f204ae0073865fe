// SPDX-License-Identifier: GPL-2.0-or-later
// isp_top.hpp - the ISP's top registers: set-up, interrupt enable, orderly stop, frame store of
// temporal denoise.
#pragma once

#include "driver/base/result.hpp"
#include "driver/input/bayer.hpp"
#include "driver/port/window.hpp"

namespace t31::core {

class IspTop {
 public:
  void attach(Window isp) { isp_ = isp; }

  // Steps 1, 4 and 14 of the set-up sequence (hw-pipeline 4.2); the blocks' parts come in between.
  void begin(u32 width, u32 height, const input::PixelFormat& format);
  void enable_engines(bool wdr);
  void finish(const input::PixelFormat& format, bool wdr);

  void enable_interrupts();
  void disable_interrupts();

  // Lets the frame in work end and holds the pipeline: afterwards no DMA engine writes. Sleeps.
  // -ETIMEDOUT (logged) when the hardware does not acknowledge; the next set-up resets it anyway.
  Status stop();

  // Around a change between one and two exposures while frames may run (hw-pipeline 4.7): after
  // stop(), resets the pipeline's state and sets the input; then lets frames in again.
  void change_input(const input::PixelFormat& format, bool wdr);
  void resume();

  void set_bayer(const input::PixelFormat& format);
  u32 scaler_line() const;

 private:
  Window isp_;
};

// Memory of temporal denoise for a picture size (user-abi 2.8).
struct DenoiseStore {
  u32 luma_stride, luma, chroma;      // strides and bytes of the reference picture
  u32 block_stride, block;            // per-block state
  u32 background_stride, background;  // background luma
  u32 map_stride, map;                // background map
  bool small;                         // isp_memopt

  DenoiseStore(u32 width, u32 height, bool small);
  u32 bytes() const;
  // Programs the addresses; `base` must hold bytes().
  void program(Window isp, u32 base) const;
};

// Temporal denoise switched off while its memory is borrowed (saveraw, hw-pipeline 3.8). Sleeps.
class DenoiseBorrow {
 public:
  explicit DenoiseBorrow(Window isp);
  ~DenoiseBorrow();
  DenoiseBorrow(const DenoiseBorrow&) = delete;
  DenoiseBorrow& operator=(const DenoiseBorrow&) = delete;

 private:
  Window isp_;
  u32 enable_, mode_, trigger_;
};

}  // namespace t31::core
