// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31cam/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <optional>

#include "driver/tuning/bank.hpp"
#include "t31cam/errors.hpp"

namespace t31::cam {
namespace {

struct Name {
  const char* block;
  const char* name;
};
constexpr Name kNames[] = {
#include "driver/tuning/parameter_names.inc"
};

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

std::optional<std::int64_t> parse(const std::string& text) {
  const bool negative = text.starts_with('-');
  std::string digits = negative ? text.substr(1) : text;
  const bool hexadecimal = digits.starts_with("0x") || digits.starts_with("0X");
  if (hexadecimal) digits.erase(0, 2);
  std::int64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto result = std::from_chars(digits.data(), end, value, hexadecimal ? 16 : 10);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return negative ? -value : value;
}

}  // namespace

std::span<const ParameterEntry> all_parameters() {
  static const auto kTable = make_table();
  return kTable;
}

const ParameterEntry& find_parameter(const std::string& name) {
  const auto all = all_parameters();
  const auto number = parse(name);
  const auto it = std::find_if(all.begin(), all.end(), [&](const ParameterEntry& entry) {
    return number ? entry.id == *number : name == entry.name;
  });
  if (it == all.end()) {
    throw UsageError(fmt::format("{}: no such parameter; 't31cam param list' names them", name));
  }
  return *it;
}

std::vector<std::int64_t> parameter_values(const ParameterEntry& parameter,
                                           std::span<const std::string> texts) {
  const unsigned bits = 8 * parameter.element_bytes;
  const std::int64_t low = -(std::int64_t{1} << (bits - 1));
  const std::int64_t high = (std::int64_t{1} << bits) - 1;
  std::vector<std::int64_t> values;
  for (const std::string& text : texts) {
    const auto value = parse(text);
    if (!value || *value < low || *value > high) {
      throw UsageError(
          fmt::format("{} {}: expected a number of {} bits", parameter.name, text, bits));
    }
    values.push_back(*value);
  }
  if (values.size() == 1) values.resize(parameter.count, values.front());
  if (values.size() != parameter.count) {
    throw UsageError(fmt::format("{}: expected {} values or one for all, got {}", parameter.name,
                                 parameter.count, values.size()));
  }
  return values;
}

ParameterSetting parameter_setting(const ControlSetting& setting) {
  const ParameterEntry& parameter = find_parameter(setting.control);
  std::vector<std::string> texts;
  for (std::size_t at = 0; at <= setting.value.size();) {
    const std::size_t comma = std::min(setting.value.find(',', at), setting.value.size());
    texts.push_back(setting.value.substr(at, comma - at));
    at = comma + 1;
  }
  return {&parameter, parameter_values(parameter, texts)};
}

std::vector<std::int64_t> ParameterNode::get(const ParameterEntry& parameter) {
  exchange_->id = parameter.id;
  node_.call(fmt::format("reading {}", parameter.name).c_str(), T31_TISP_GET_ARRAY, exchange_);
  std::vector<std::int64_t> values(parameter.count);
  for (std::uint32_t i = 0; i < parameter.count; ++i) {
    std::uint32_t raw = 0;
    std::memcpy(&raw, exchange_->data + i * parameter.element_bytes, parameter.element_bytes);
    const unsigned unused = 32 - 8 * parameter.element_bytes;
    values[i] = parameter.is_signed
                    ? static_cast<std::int64_t>(static_cast<std::int32_t>(raw << unused) >> unused)
                    : static_cast<std::int64_t>(raw);
  }
  return values;
}

void ParameterNode::set(const ParameterEntry& parameter, std::span<const std::int64_t> values) {
  exchange_->id = parameter.id;
  exchange_->size = parameter.count * parameter.element_bytes;
  for (std::uint32_t i = 0; i < parameter.count; ++i) {
    std::memcpy(exchange_->data + i * parameter.element_bytes, &values[i], parameter.element_bytes);
  }
  node_.call(fmt::format("setting {}", parameter.name).c_str(), T31_TISP_SET_ARRAY, exchange_);
}

}  // namespace t31::cam
