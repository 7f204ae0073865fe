// SPDX-License-Identifier: GPL-2.0-or-later
// catalogue.hpp - the parameter arrays of a tuning file by name.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace t31::tools {

struct ParameterEntry {
  std::uint32_t id;
  const char* block;
  const char* name;
  std::uint32_t count;          // elements
  std::uint32_t element_bytes;  // 1, 2 or 4
  bool is_signed;
};

std::span<const ParameterEntry> all_parameters();
// By name, or by number. Throws UsageError, which names `list_command`.
const ParameterEntry& find_parameter(const std::string& name, const char* list_command);
// Those whose names contain `pattern`, or all of a block of that name.
std::vector<const ParameterEntry*> match_parameters(const std::string& pattern);

// Elements; one value alone stands for all. Throws UsageError.
std::vector<std::int64_t> parameter_values(const ParameterEntry& parameter,
                                           std::span<const std::string> texts);
// One element. Throws UsageError.
std::int64_t parameter_value(const ParameterEntry& parameter, const std::string& text);

// A parameter and its values on lines of text, the line with its name first.
std::string parameter_text(const ParameterEntry& parameter, std::span<const std::int64_t> values);
// A line of a list of parameters.
std::string parameter_line(const ParameterEntry& parameter);

}  // namespace t31::tools
