// SPDX-License-Identifier: GPL-2.0-or-later
// call_site.hpp - where in a driver's source something happens.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace t31::sdk {

// The calling thread's way here through a loaded object, innermost first, as offsets in the object.
std::vector<std::uint64_t> calls_through(const std::filesystem::path& object);

// The source line of the caller of the innermost function: of `calls` through `object`. 0: unknown.
unsigned caller_line(const std::filesystem::path& object, const std::vector<std::uint64_t>& calls);

}  // namespace t31::sdk
