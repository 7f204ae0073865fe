// SPDX-License-Identifier: GPL-2.0-or-later
// controls.hpp - picture controls by name, for --set and for `t31cam list controls`.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "t31cam/options.hpp"

namespace t31::cam {

enum class ControlKind {
  kValue,        // the value itself
  kWord,         // pointer to one 32-bit word
  kByte,         // pointer to one byte
  kColourSpace,  // pointer to a struct t31_csc
  kList          // pointer to several numbers
};

struct ControlEntry {
  const char* name;
  std::uint32_t id;
  ControlKind kind;
  std::uint32_t minimum;
  std::uint32_t maximum;
  const char* meaning;
  // Of kList: numbers, bytes of each, bytes of the whole struct. One number given stands for all.
  unsigned count = 1;
  unsigned element_bytes = 4;
  unsigned struct_bytes = 0;
};

std::span<const ControlEntry> all_controls();
const ControlEntry* find_control(const std::string& name);
// The number a setting stands for: decimal, 0x... or a word that the control knows. Throws
// UsageError.
std::uint32_t control_value(const ControlSetting& setting);
// Throws UsageError when a setting can't be made.
void check_control(const ControlSetting& setting);
// The struct behind a pointer that a setting stands for. Throws UsageError.
std::vector<std::uint8_t> control_struct(const ControlSetting& setting);
// The colour space that the settings leave in force; 0 (BT.601 full) unless set.
std::uint32_t colour_space_mode(std::span<const ControlSetting> settings);

}  // namespace t31::cam
