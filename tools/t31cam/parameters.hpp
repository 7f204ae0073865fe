// SPDX-License-Identifier: GPL-2.0-or-later
// parameters.hpp - parameter arrays of the tuning, by name, through /dev/tisp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "t31cam/client.hpp"
#include "t31cam/options.hpp"
#include "uapi/t31/tisp.h"

namespace t31::cam {

struct ParameterEntry {
  std::uint32_t id;
  const char* block;
  const char* name;
  std::uint32_t count;          // elements
  std::uint32_t element_bytes;  // 1, 2 or 4
  bool is_signed;
};

std::span<const ParameterEntry> all_parameters();
// By name, or by number. Throws UsageError.
const ParameterEntry& find_parameter(const std::string& name);

// Elements; one value alone stands for all. Throws UsageError.
std::vector<std::int64_t> parameter_values(const ParameterEntry& parameter,
                                           std::span<const std::string> texts);

struct ParameterSetting {
  const ParameterEntry* parameter;
  std::vector<std::int64_t> values;
};
// --param NAME=V,V... Throws UsageError.
ParameterSetting parameter_setting(const ControlSetting& setting);

// The tuning node, open as long as the object lives.
class ParameterNode {
 public:
  std::vector<std::int64_t> get(const ParameterEntry& parameter);
  void set(const ParameterEntry& parameter, std::span<const std::int64_t> values);

 private:
  Node node_{"/dev/tisp"};
  UserMemory<t31_tool_exchange> exchange_;
};

}  // namespace t31::cam
