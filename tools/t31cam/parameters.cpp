// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31cam/parameters.hpp"

#include <fmt/format.h>

#include <cstring>

#include "common/text.hpp"
#include "t31cam/errors.hpp"

namespace t31::cam {

const ParameterEntry& find_parameter(const std::string& name) {
  return tools::find_parameter(name, "t31cam param list");
}

ParameterSetting parameter_setting(const ControlSetting& setting) {
  const ParameterEntry& parameter = find_parameter(setting.control);
  const auto texts = tools::split(setting.value, ',');
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
