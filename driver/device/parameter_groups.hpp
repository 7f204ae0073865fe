// SPDX-License-Identifier: GPL-2.0-or-later
// parameter_groups.hpp - how the tuning tool sees the parameter arrays: in groups by block, and by
// name (user-abi 3.5).
#pragma once

#include "driver/base/result.hpp"
#include "driver/tuning/bank.hpp"

namespace t31::device {

// Arrays `first` to `last`; none when `last` is before `first`.
struct ParameterRange {
  u32 first = 1, last = 0;
  constexpr bool empty() const { return last < first; }
};

// The one or two ranges of a group; `aux` as in the ABI, `set` tells that it will be written.
// -EINVAL: no group of arrays, or no such part of it.
struct ParameterGroup {
  ParameterRange ranges[2];
  u32 bytes() const;
};
Result<ParameterGroup> parameter_group(u32 group, u32 aux, bool set);

// The id of an array; -ENOENT: no array has that name. Names themselves belong to tools: here are
// only their hashes.
Result<u32> find_parameter(const char* name);

}  // namespace t31::device
