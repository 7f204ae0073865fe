// SPDX-License-Identifier: GPL-2.0-or-later
// controls.hpp - picture controls by name, for --set and for `t31cam list controls`.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "t31cam/options.hpp"

namespace t31::cam {

enum class ControlKind {
  kValue,       // the value itself
  kWord,        // pointer to one 32-bit word
  kColourSpace  // pointer to a struct t31_csc
};

struct ControlEntry {
  const char* name;
  std::uint32_t id;
  ControlKind kind;
  std::uint32_t minimum;
  std::uint32_t maximum;
  const char* meaning;
};

std::span<const ControlEntry> all_controls();
const ControlEntry* find_control(const std::string& name);
// The number a setting stands for: decimal, 0x... or a word that the control knows. Throws
// UsageError.
std::uint32_t control_value(const ControlSetting& setting);
// The colour space that the settings leave in force; 0 (BT.601 full) unless set.
std::uint32_t colour_space_mode(std::span<const ControlSetting> settings);

}  // namespace t31::cam
