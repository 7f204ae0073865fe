// SPDX-License-Identifier: GPL-2.0-or-later
// bank.hpp - one bank of tuning parameters: a flat sequence of little-endian arrays (tuning-blob
// 2).
//
// Views own nothing. Every access is checked against the catalogue: an element that doesn't exist
// reads as 0 and can't be written. Contents come from a file and mean nothing until their reader
// has judged them.
#pragma once

#include <span>

#include "driver/tuning/parameters.hpp"

namespace t31::tuning {

enum class ElementType : u8 { kU32, kS32, kU16, kS16, kS8 };

// Where an array lies in a bank.
struct ParameterInfo {
  u32 offset : 17;
  u32 type : 3;
  u32 count : 12;

  constexpr ParameterInfo(u32 bank_offset, ElementType element, u32 elements)
      : offset(bank_offset), type(static_cast<u32>(element)), count(elements) {}
  constexpr ElementType element_type() const { return static_cast<ElementType>(type); }
  constexpr u32 element_bytes() const {
    return element_type() <= ElementType::kS32 ? 4 : element_type() <= ElementType::kS16 ? 2 : 1;
  }
};
static_assert(sizeof(ParameterInfo) == 4);

inline constexpr ParameterInfo kParameterTable[] = {
#include "driver/tuning/parameter_table.inc"
};
static_assert(sizeof kParameterTable / sizeof kParameterTable[0] == kParameterCount);

constexpr const ParameterInfo& parameter_info(Parameter parameter) {
  return kParameterTable[static_cast<u32>(parameter) % kParameterCount];
}

constexpr u32 parameter_bytes(Parameter parameter) {
  return parameter_info(parameter).count * parameter_info(parameter).element_bytes();
}

// Element `index` of an array that lies at `array`, signed types sign-extended; 0 when there is
// none.
u32 element_of(const u8* array, const ParameterInfo& info, u32 index);

// Reads a bank. A default-constructed one reads as all zeros.
class Bank {
 public:
  constexpr Bank() = default;
  // `bytes` holds kBankBytes.
  constexpr explicit Bank(const u8* bytes) : bytes_(bytes) {}

  constexpr bool present() const { return bytes_ != nullptr; }
  constexpr const u8* bytes() const { return bytes_; }

  // As element_of().
  u32 get(Parameter parameter, u32 index = 0) const;
  s32 get_signed(Parameter parameter, u32 index = 0) const {
    return static_cast<s32>(get(parameter, index));
  }
  // A whole array of 32-bit elements; empty when there is no bank or the elements are smaller. For
  // loops over big tables.
  std::span<const u32> words(Parameter parameter) const;
  // The same for any elements, as they lie in the bank.
  std::span<const u8> raw(Parameter parameter) const;
  // The first elements of an array, as many as `out` takes; what the array doesn't have is 0.
  void read(Parameter parameter, std::span<u32> out) const;

 private:
  const u8* bytes_ = nullptr;
};

// Writes a bank.
class BankWriter {
 public:
  // `bytes` holds kBankBytes.
  constexpr explicit BankWriter(u8* bytes) : bytes_(bytes) {}
  Bank bank() const { return Bank(bytes_); }

  // Element `index`, cut to its type; nothing when there is none.
  void set(Parameter parameter, u32 index, u32 value);
  // All elements.
  void fill(Parameter parameter, u32 value);
  // The first elements.
  void write(Parameter parameter, std::span<const u32> values);
  // A whole array of 32-bit elements; empty when there is no bank or the elements are smaller. For
  // loops over big tables.
  std::span<u32> words(Parameter parameter) const;

 private:
  u8* bytes_;
};

}  // namespace t31::tuning
