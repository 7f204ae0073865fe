// SPDX-License-Identifier: GPL-2.0-or-later
// statistics_dma.hpp - memory of the statistics engines: allocated at set-up, given to the
// hardware, taken back before it is freed.
#pragma once

#include "driver/base/result.hpp"
#include "driver/port/window.hpp"

namespace t31::core {

class StatisticsDma {
 public:
  void attach(Window isp) { isp_ = isp; }

  // Allocates all buffers and programs their addresses (hw-pipeline 4.2 steps 5-11). -ENOMEM:
  // nothing stays allocated and no register was written.
  Status start();
  // Switches all engines off. The pipeline must then be stopped before release().
  void disable();
  void release();

  // irq: index of the buffer written last (0..3), from the status registers.
  u32 ae_zone_index() const;
  u32 ae_histogram_index() const;
  u32 awb_zone_index() const;
  u32 ae1_zone_index() const;
  u32 ae1_histogram_index() const;
  u32 wdr_index() const;
  u32 tone_index() const;
  u32 defog_index() const;
  u32 af_index() const;

  static constexpr u32 kZoneBytes = 4096;
  static constexpr u32 kHistogramBytes = 2048;

  // CPU view of a buffer, synchronised; null when not started. Process context.
  const u8* ae_zones(u32 index) const;
  const u8* ae_histogram(u32 index) const;
  const u8* awb_zones(u32 index) const;
  const u8* af_zones(u32 index) const;
  // Of the short exposure.
  const u8* ae1_zones(u32 index) const;
  const u8* ae1_histogram(u32 index) const;
  const u8* wdr(u32 index) const;
  // Of local tone mapping and haze removal, in words.
  const u32* tone(u32 index) const;
  const u32* defog(u32 index) const;

 private:
  struct Buffer {
    u8* memory = nullptr;
    u32 bus = 0;
    u32 size = 0;
  };
  enum Engine : u8 { kAe0, kAe1, kAwb, kAdr, kDefog, kAf, kWdr, kEngines };
  const u8* view(Engine engine, u32 offset, u32 bytes) const;

  Window isp_;
  Buffer buffers_[kEngines];
};

}  // namespace t31::core
