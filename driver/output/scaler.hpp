// SPDX-License-Identifier: GPL-2.0-or-later
// scaler.hpp - the registers of the output stage: what is written, in which order. Decides nothing.
#pragma once

#include "driver/output/geometry.hpp"
#include "driver/port/window.hpp"

namespace t31::output {

// The address FIFOs of one channel. Any context; the channel's lock serialises.
class FrameFifo {
 public:
  FrameFifo(Window isp, unsigned channel) : isp_(isp), channel_(channel) {}

  bool full() const;
  void push(u32 luma, u32 chroma) const;
  // Takes one completed picture. False: none.
  bool pop(u32& luma) const;
  // Lines written of the current picture; channel 0 only.
  u32 lines() const;
  // Only while the channel is not busy: emptying the FIFOs of a working channel hangs it.
  void clear() const;

 private:
  Window isp_;
  unsigned channel_;
};

// Weights of the resize filter: four, sum 512, two to a register.
struct Taps {
  u32 first, second;
  constexpr bool operator==(const Taps&) const = default;
};
inline constexpr Taps kPassThrough{0x200, 0};
inline constexpr Taps kBox{0x40080, 0x40080};  // 4 x 128
// The filter between two sizes: the box when either axis shrinks to less than half.
bool needs_box(Size input, Size scaled);
// SCALER_LEVEL, method 1: fixed weights by level 0..128 (hw-pipeline 5.4).
Taps taps_of_level(u32 level);

// A privacy mask in register coordinates.
struct Mask {
  bool enabled = false;
  Rectangle area;
  u8 y = 0, u = 0, v = 0;
};

// Shadows of the two registers that are only ever written; they are never read back, because the
// update request clears itself. The output unit's mutex serialises.
class Scaler {
 public:
  explicit Scaler(Window isp) : isp_(isp) {}

  FrameFifo fifo(unsigned channel) const { return FrameFifo(isp_, channel); }
  bool busy(unsigned channel) const;
  bool frame_start_pending() const;  // its interrupt has not been handled yet

  // Registers are back at their reset values; the next write of the enable word carries the mask
  // bits of `masks`.
  void forget(u32 masks);

  void write_input(const Rectangle& window) const;
  void write_geometry(unsigned channel, Size input, const Geometry& geometry) const;
  void write_step(unsigned channel, Size input, Size scaled) const;
  void write_taps(unsigned channel, Taps taps, bool filter);
  void write_mask(unsigned channel, unsigned index, const Mask& mask) const;
  void write_drop(unsigned channel, u32 length, u32 mark) const;
  void write_flip(bool mirror, bool flip);

  void enable(unsigned channel);
  void disable(unsigned channel);
  // Bit n: channel n shows masks.
  void enable_masks(u32 channels);
  // Staged values act at the next frame start.
  void update();

 private:
  void write_enable(u32 strobes);

  Window isp_;
  u32 enable_ = 0;
};

}  // namespace t31::output
