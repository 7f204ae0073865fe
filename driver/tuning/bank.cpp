// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/tuning/bank.hpp"

#include <bit>

namespace t31::tuning {
namespace {

static_assert(std::endian::native == std::endian::little, "banks are read as they lie");

template <typename T>
T load(const u8* at) {
  T value;
  __builtin_memcpy(&value, at, sizeof value);
  return value;
}

}  // namespace

u32 element_of(const u8* array, const ParameterInfo& info, u32 index) {
  if (index >= info.count) return 0;
  const u8* at = array + index * info.element_bytes();
  switch (info.element_type()) {
    case ElementType::kU32:
    case ElementType::kS32:
      return load<u32>(at);
    case ElementType::kU16:
      return load<u16>(at);
    case ElementType::kS16:
      return static_cast<u32>(s32{load<s16>(at)});
    case ElementType::kS8:
      return static_cast<u32>(s32{load<s8>(at)});
  }
  return 0;
}

u32 Bank::get(Parameter parameter, u32 index) const {
  const ParameterInfo& info = parameter_info(parameter);
  return bytes_ == nullptr ? 0 : element_of(bytes_ + info.offset, info, index);
}

std::span<const u32> Bank::words(Parameter parameter) const {
  const ParameterInfo& info = parameter_info(parameter);
  if (bytes_ == nullptr || info.element_bytes() != sizeof(u32)) return {};
  return {reinterpret_cast<const u32*>(bytes_ + info.offset), info.count};
}

std::span<const u8> Bank::raw(Parameter parameter) const {
  if (bytes_ == nullptr) return {};
  return {bytes_ + parameter_info(parameter).offset, parameter_bytes(parameter)};
}

void Bank::read(Parameter parameter, std::span<u32> out) const {
  u32 index = 0;
  for (u32& value : out) value = get(parameter, index++);
}

void BankWriter::set(Parameter parameter, u32 index, u32 value) {
  const ParameterInfo& info = parameter_info(parameter);
  if (bytes_ == nullptr || index >= info.count) return;
  u8* at = bytes_ + info.offset + index * info.element_bytes();
  for (u32 byte = 0; byte < info.element_bytes(); ++byte) {
    at[byte] = static_cast<u8>(value >> (8 * byte));
  }
}

void BankWriter::fill(Parameter parameter, u32 value) {
  for (u32 index = 0; index < parameter_info(parameter).count; ++index) {
    set(parameter, index, value);
  }
}

void BankWriter::write(Parameter parameter, std::span<const u32> values) {
  u32 index = 0;
  for (const u32 value : values) set(parameter, index++, value);
}

std::span<u32> BankWriter::words(Parameter parameter) const {
  const ParameterInfo& info = parameter_info(parameter);
  if (bytes_ == nullptr || info.element_bytes() != sizeof(u32)) return {};
  return {static_cast<u32*>(static_cast<void*>(bytes_ + info.offset)), info.count};
}

}  // namespace t31::tuning
