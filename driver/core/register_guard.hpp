// SPDX-License-Identifier: GPL-2.0-or-later
// register_guard.hpp - which registers of the ISP core a client may write by address: those of the
// image blocks and their look-up RAM, never one that says where the hardware writes memory.
#pragma once

#include "driver/regs/statistics.hpp"

namespace t31::core {

inline constexpr u32 kIspBytes = 0x90000;

constexpr bool client_may_write(u32 offset) {
  constexpr u32 kFirstBlock = 0x1000;                         // top and interrupts below
  constexpr u32 kScaler = 0x9800, kScalerEnd = 0xa000;        // addresses of pictures
  constexpr u32 kWdrStore = 0x2004, kWdrStoreEnd = 0x2010;    // line buffer
  constexpr u32 kReference = 0x7820, kReferenceEnd = 0x7870;  // temporal denoise
  const auto within = [offset](u32 first, u32 end) { return offset >= first && offset < end; };
  if (!within(kFirstBlock, kIspBytes) || (offset & 3) != 0) return false;
  if (within(kScaler, kScalerEnd) || within(kWdrStore, kWdrStoreEnd) ||
      within(kReference, kReferenceEnd)) {
    return false;
  }
  for (const reg::RegisterInfo& info : reg::statistics::kRegisters) {
    if (within(info.reg.offset, info.reg.at(info.reg.count))) return false;
  }
  return true;
}

}  // namespace t31::core
