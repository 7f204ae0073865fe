// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/register_cache.hpp"

namespace t31::blocks {
namespace {

struct Unit {
  u16 base;
  u16 bytes;
};
// In order of address. What lies behind `bytes` in a unit is statistics, DMA or latches.
constexpr Unit kUnits[] = {
    {0x0000, 0x10},   // top: bypass word
    {0x1000, 0x74},   // GB, GIB
    {0x1800, 0x14},   // white-balance gain
    {0x2000, 0x684},  // WDR
    {0x2800, 0x9c},   // defect pixels
    {0x3000, 0xac},   // raw denoise
    {0x3800, 0x08},   // lens shading
    {0x4000, 0x4b4},  // local tone mapping
    {0x4800, 0x1a8},  // demosaic
    {0x5000, 0x24},   // colour matrix
    {0x5800, 0x3a8},  // defog
    {0x6000, 0x34},   // CSC
    {0x6800, 0x08},   // colour map
    {0x7000, 0x80},   // sharpen
    {0x7800, 0x300},  // temporal denoise, luma denoise
    {0x8000, 0x74},   // BCSH
    {0x8800, 0x33c},  // spatial denoise
    {0x9000, 0x2c},   // lens distortion
    {0xa000, 0x2c},   // AE statistics, first exposure
    {0xa800, 0x2c},   // second exposure
    {0xb000, 0x3c},   // AWB statistics
    {0xb800, 0xa8},   // focus statistics
};

struct UnitSlots {
  u16 first;
  u16 count;
};
struct SlotMap {
  UnitSlots units[RegisterCache::kUnitCount];
  u32 total;
};
constexpr SlotMap make_slots() {
  SlotMap map{};
  for (const Unit& unit : kUnits) {
    const u16 count = unit.bytes / 4;
    map.units[unit.base >> RegisterCache::kUnitShift] = {static_cast<u16>(map.total), count};
    map.total += count;
  }
  return map;
}
constexpr SlotMap kSlotMap = make_slots();
static_assert(kSlotMap.total == RegisterCache::kSlots);

}  // namespace

u32 RegisterCache::slot_of(u32 offset) {
  const u32 unit = offset >> kUnitShift;
  if (unit >= kUnitCount) return kNone;
  const UnitSlots& slots = kSlotMap.units[unit];
  const u32 index = (offset & ((1u << kUnitShift) - 1)) / 4;
  return index < slots.count ? slots.first + index : kNone;
}

u32 RegisterCache::first_slot(u32 base) {
  return kSlotMap.units[(base >> kUnitShift) % kUnitCount].first;
}

void RegisterCache::forget() {
  for (u32& word : known_) word = 0;
}

bool RegisterCache::put_slot(u32 slot, u32 latch, u32 offset, u32 value) {
  if (holds_slot(slot, value)) return false;
  if (latch != kNone) strobe(latch);
  if (slot == kNone) {
    isp_.write(offset, value);
  } else {
    write_slot(slot, offset, value);
  }
  return true;
}

bool RegisterCache::put(u32 offset, u32 value) {
  return put_slot(slot_of(offset), kNone, offset, value);
}

bool RegisterCache::put_latched(u32 latch, u32 offset, u32 value) {
  return put_slot(slot_of(offset), latch, offset, value);
}

}  // namespace t31::blocks
