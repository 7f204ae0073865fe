// SPDX-License-Identifier: GPL-2.0-or-later
// parameters.hpp - parameter arrays of the tuning, by name, through /dev/tisp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "common/catalogue.hpp"
#include "t31cam/client.hpp"
#include "t31cam/options.hpp"
#include "uapi/t31/tisp.h"

namespace t31::cam {

using tools::all_parameters;
using tools::parameter_values;
using tools::ParameterEntry;

// By name, or by number. Throws UsageError.
const ParameterEntry& find_parameter(const std::string& name);

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
