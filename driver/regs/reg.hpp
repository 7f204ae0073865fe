// SPDX-License-Identifier: GPL-2.0-or-later
// reg.hpp - registers and fields as constants.
//
// A unit's header lists its registers in address order, each followed by its fields, and ends with
// one table `kRegisters` for tools (t31cam regs). A field packs and extracts; a mask and a shift
// can't disagree because both come from its position and width. Names and meanings are only read by
// tools: the module refers to numbers, so the texts don't reach it.
#pragma once

#include "driver/port/port_types.h"

namespace t31::reg {

enum class Access : u8 {
  kReadWrite,
  kReadOnly,
  kReadPop,  // reading takes an entry from a FIFO: not for onlookers
  kWriteOnly,
  kStrobe,     // a write acts, its value is not kept: never suppressed as unchanged
  kWriteClear  // writing 1 clears the bit
};

struct Register {
  u32 offset;  // bytes from the unit's base
  const char* name;
  const char* meaning;
  Access access = Access::kReadWrite;
  u32 reset = 0;
  // An array of equal registers: `count` of them, `stride` bytes apart.
  u16 count = 1;
  u16 stride = 4;

  constexpr u32 at(u32 index) const { return offset + index * stride; }
};

// A bit field. T is bool, an enum or an unsigned or signed integer (signed: two's complement).
template <typename T = u32>
struct Field {
  u8 lsb;
  u8 width;
  const char* name;
  const char* meaning = "";

  static constexpr u32 mask_of(u8 width) { return width >= 32 ? 0xffffffffu : (1u << width) - 1; }
  constexpr u32 mask() const { return mask_of(width) << lsb; }
  // Value in place; bits beyond the width are cut.
  constexpr u32 operator()(T value) const {
    return (static_cast<u32>(value) & mask_of(width)) << lsb;
  }
  constexpr T get(u32 word) const {
    const u32 raw = (word >> lsb) & mask_of(width);
    if constexpr (static_cast<T>(-1) < static_cast<T>(0)) {
      const u32 sign = 1u << (width - 1);
      return static_cast<T>(static_cast<s32>((raw ^ sign) - sign));
    } else {
      return static_cast<T>(raw);
    }
  }
  constexpr u32 set(u32 word, T value) const { return (word & ~mask()) | (*this)(value); }
};

// What tools need of a field, whatever its type.
struct FieldInfo {
  u8 lsb;
  u8 width;
  bool is_signed;
  const char* name;
  const char* meaning;

  template <typename T>
  constexpr FieldInfo(const Field<T>& field)
      : lsb(field.lsb),
        width(field.width),
        is_signed(static_cast<T>(-1) < static_cast<T>(0)),
        name(field.name),
        meaning(field.meaning) {}
  constexpr FieldInfo() : lsb(0), width(0), is_signed(false), name(nullptr), meaning(nullptr) {}
};

inline constexpr u32 kMaxFields = 14;

// One row of a unit's table: a register and its fields.
struct RegisterInfo {
  Register reg;
  FieldInfo fields[kMaxFields] = {};
};

// Physical base addresses (data: hw-pipeline 1.1).
inline constexpr u32 kCpmBase = 0x10000000;
inline constexpr u32 kGpioBase = 0x10010000;
inline constexpr u32 kPhyBase = 0x10022000;
inline constexpr u32 kCsiBase = 0x10023000;
inline constexpr u32 kIspBase = 0x13300000;
inline constexpr u32 kVicBase = 0x133e0000;

}  // namespace t31::reg
