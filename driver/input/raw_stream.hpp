// SPDX-License-Identifier: GPL-2.0-or-later
// raw_stream.hpp - raw frames of the sensor, past the ISP, into a client's buffers: the VIC's own
// DMA going round its five banks (hw-pipeline 3.8, ISP bypass).
#pragma once

#include "driver/port/lock.hpp"
#include "driver/port/window.hpp"

namespace t31::input {

class RawStream {
 public:
  RawStream() : lock_("raw stream") {}
  void attach(Window vic) { vic_ = vic; }

  // Buffers pushed before it starts are the first to be filled.
  void start(u32 width, u32 height);
  // No buffer is written after the frame in work; all are forgotten.
  void stop();
  bool running() const;

  // irq. Every bank has a buffer.
  bool full() const;
  void push(u32 address);
  // irq: a bank is complete. True: a running stream has a frame.
  bool bank_done();
  // irq: the buffer completed last, once. Those before it are complete as well.
  bool pop(u32& address);

 private:
  static constexpr u32 kBanks = 5;
  void write_count();  // under lock_

  Window vic_;
  mutable SpinLock lock_;  // guards everything below
  bool running_ = false;
  bool completed_ = false;
  u32 newest_ = 0;  // address completed last
  u32 addresses_[kBanks] = {};
  u32 first_ = 0;  // bank that the hardware fills next
  u32 busy_ = 0;   // banks with a buffer, from there on
};

}  // namespace t31::input
