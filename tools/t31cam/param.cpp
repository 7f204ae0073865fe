// SPDX-License-Identifier: GPL-2.0-or-later
// `t31cam param list|get|set`: the tuning's parameter arrays by name.
#include <fmt/format.h>

#include "t31cam/commands.hpp"
#include "t31cam/errors.hpp"
#include "t31cam/parameters.hpp"
#include "t31cam/session.hpp"

namespace t31::cam {
namespace {

constexpr std::size_t kPerLine = 15;  // grids are 15 wide

void print(const ParameterEntry& parameter, std::span<const std::int64_t> values) {
  fmt::print("{} ({}, id {}, {} x {} bytes)\n", parameter.name, parameter.block, parameter.id,
             parameter.count, parameter.element_bytes);
  for (std::size_t at = 0; at < values.size(); at += kPerLine) {
    const std::size_t count = std::min(kPerLine, values.size() - at);
    fmt::print("{}\n", fmt::join(values.subspan(at, count), " "));
  }
}

}  // namespace

int run_param_list(const std::string& pattern) {
  unsigned shown = 0;
  for (const ParameterEntry& entry : all_parameters()) {
    const std::string name = entry.name;
    if (name.find(pattern) == std::string::npos && pattern != entry.block) continue;
    fmt::print("{:5} {:8}{:6} x {}  {}\n", entry.id, entry.block, entry.count, entry.element_bytes,
               name);
    ++shown;
  }
  if (shown == 0) throw UsageError(fmt::format("param list {}: no such parameter", pattern));
  return kExitOk;
}

int run_param_get(const CameraOptions& options, const std::string& name) {
  const ParameterEntry& parameter = find_parameter(name);
  Session session(options);
  ParameterNode node;
  print(parameter, node.get(parameter));
  return kExitOk;
}

int run_param_set(const CameraOptions& options, const std::string& name,
                  const std::vector<std::string>& texts) {
  const ParameterEntry& parameter = find_parameter(name);
  const std::vector<std::int64_t> values = parameter_values(parameter, texts);
  Session session(options);
  ParameterNode node;
  node.set(parameter, values);
  print(parameter, node.get(parameter));
  return kExitOk;
}

}  // namespace t31::cam
