// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/register_cache.hpp"

namespace t31::blocks {
namespace {

// Each unit of the ISP has a window of 2 KiB; `count` registers at its start are shadowed.
constexpr u32 kUnitShift = 11;
struct Unit {
  u8 number;
  u8 count;
};
constexpr Unit kUnits[] = {
    {0x0000 >> 11, 4},          // top: bypass word
    {0x1000 >> 11, 0x74 / 4},   // GB, GIB
    {0x1800 >> 11, 0x14 / 4},   // white-balance gain
    {0x3800 >> 11, 0x08 / 4},   // lens shading
    {0x4800 >> 11, 0x1a8 / 4},  // demosaic
    {0x5000 >> 11, 0x24 / 4},   // colour matrix
    {0x6000 >> 11, 0x34 / 4},   // CSC
    {0x8000 >> 11, 0x74 / 4},   // BCSH
    {0xa000 >> 11, 0x2c / 4},   // AE statistics, first exposure
    {0xa800 >> 11, 0x2c / 4},   // second exposure
    {0xb000 >> 11, 0x3c / 4},   // AWB statistics
};

constexpr u32 total_registers() {
  u32 total = 0;
  for (const Unit& unit : kUnits) total += unit.count;
  return total;
}

}  // namespace

u32 RegisterCache::slot_of(u32 offset) {
  static_assert(total_registers() == kSlots);
  const u32 index = (offset & ((1u << kUnitShift) - 1)) / 4;
  u32 first = 0;
  for (const Unit& unit : kUnits) {
    if (unit.number == offset >> kUnitShift) return index < unit.count ? first + index : kNone;
    first += unit.count;
  }
  return kNone;
}

void RegisterCache::forget() {
  for (u32& word : known_) word = 0;
}

void RegisterCache::remember(u32 slot, u32 value) {
  if (slot == kNone) return;
  values_[slot] = value;
  known_[slot / 32] |= 1u << (slot % 32);
}

bool RegisterCache::put(u32 offset, u32 value) {
  const u32 slot = slot_of(offset);
  if (holds(slot, value)) return false;
  isp_.write(offset, value);
  remember(slot, value);
  return true;
}

bool RegisterCache::put_latched(u32 latch, u32 offset, u32 value) {
  if (holds(slot_of(offset), value)) return false;
  strobe(latch);
  return put(offset, value);
}

}  // namespace t31::blocks
