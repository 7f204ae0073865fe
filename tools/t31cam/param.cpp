// SPDX-License-Identifier: GPL-2.0-or-later
// `t31cam param list|get|set`: the tuning's parameter arrays by name.
#include <fmt/format.h>

#include "t31cam/commands.hpp"
#include "t31cam/errors.hpp"
#include "t31cam/parameters.hpp"
#include "t31cam/session.hpp"

namespace t31::cam {

int run_param_list(const std::string& pattern) {
  const auto found = tools::match_parameters(pattern);
  if (found.empty()) throw UsageError(fmt::format("param list {}: no such parameter", pattern));
  for (const ParameterEntry* entry : found) fmt::print("{}", tools::parameter_line(*entry));
  return kExitOk;
}

int run_param_get(const CameraOptions& options, const std::string& name) {
  const ParameterEntry& parameter = find_parameter(name);
  Session session(options);
  ParameterNode node;
  fmt::print("{}", tools::parameter_text(parameter, node.get(parameter)));
  return kExitOk;
}

int run_param_set(const CameraOptions& options, const std::string& name,
                  const std::vector<std::string>& texts) {
  const ParameterEntry& parameter = find_parameter(name);
  const std::vector<std::int64_t> values = parameter_values(parameter, texts);
  Session session(options);
  ParameterNode node;
  node.set(parameter, values);
  fmt::print("{}", tools::parameter_text(parameter, node.get(parameter)));
  return kExitOk;
}

}  // namespace t31::cam
