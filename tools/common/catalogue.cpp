// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/catalogue.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "common/errors.hpp"
#include "common/text.hpp"
#include "driver/tuning/bank.hpp"

namespace t31::tools {
namespace {

struct Name {
  const char* block;
  const char* name;
};
constexpr Name kNames[] = {
#include "driver/tuning/parameter_names.inc"
};

constexpr std::size_t kPerLine = 15;  // grids are 15 wide

std::array<ParameterEntry, tuning::kParameterCount> make_table() {
  std::array<ParameterEntry, tuning::kParameterCount> table{};
  for (std::uint32_t id = 0; id < table.size(); ++id) {
    const auto& info = tuning::parameter_info(static_cast<tuning::Parameter>(id));
    const bool is_signed = info.element_type() == tuning::ElementType::kS32 ||
                           info.element_type() == tuning::ElementType::kS16 ||
                           info.element_type() == tuning::ElementType::kS8;
    table[id] = {id,         kNames[id].block,     kNames[id].name,
                 info.count, info.element_bytes(), is_signed};
  }
  return table;
}

}  // namespace

std::span<const ParameterEntry> all_parameters() {
  static const auto kTable = make_table();
  return kTable;
}

const ParameterEntry& find_parameter(const std::string& name, const char* list_command) {
  const auto all = all_parameters();
  const auto number = parse_integer(name);
  const auto it = std::find_if(all.begin(), all.end(), [&](const ParameterEntry& entry) {
    return number ? entry.id == *number : name == entry.name;
  });
  if (it == all.end()) {
    throw UsageError(fmt::format("{}: no such parameter; '{}' names them", name, list_command));
  }
  return *it;
}

std::vector<const ParameterEntry*> match_parameters(const std::string& pattern) {
  std::vector<const ParameterEntry*> found;
  for (const ParameterEntry& entry : all_parameters()) {
    const std::string name = entry.name;
    if (name.find(pattern) != std::string::npos || pattern == entry.block) found.push_back(&entry);
  }
  return found;
}

std::int64_t parameter_value(const ParameterEntry& parameter, const std::string& text) {
  const unsigned bits = 8 * parameter.element_bytes;
  const std::int64_t low = -(std::int64_t{1} << (bits - 1));
  const std::int64_t high = (std::int64_t{1} << bits) - 1;
  const auto value = parse_integer(text);
  if (!value || *value < low || *value > high) {
    throw UsageError(
        fmt::format("{} {}: expected a number of {} bits", parameter.name, text, bits));
  }
  return *value;
}

std::vector<std::int64_t> parameter_values(const ParameterEntry& parameter,
                                           std::span<const std::string> texts) {
  std::vector<std::int64_t> values;
  for (const std::string& text : texts) values.push_back(parameter_value(parameter, text));
  if (values.size() == 1) values.resize(parameter.count, values.front());
  if (values.size() != parameter.count) {
    throw UsageError(fmt::format("{}: expected {} values or one for all, got {}", parameter.name,
                                 parameter.count, values.size()));
  }
  return values;
}

std::string parameter_text(const ParameterEntry& parameter, std::span<const std::int64_t> values) {
  std::string text = fmt::format("{} ({}, id {}, {} x {} bytes)\n", parameter.name, parameter.block,
                                 parameter.id, parameter.count, parameter.element_bytes);
  for (std::size_t at = 0; at < values.size(); at += kPerLine) {
    const std::size_t count = std::min(kPerLine, values.size() - at);
    text += fmt::format("{}\n", fmt::join(values.subspan(at, count), " "));
  }
  return text;
}

std::string parameter_line(const ParameterEntry& parameter) {
  return fmt::format("{:5} {:8}{:6} x {}  {}\n", parameter.id, parameter.block, parameter.count,
                     parameter.element_bytes, parameter.name);
}

}  // namespace t31::tools
