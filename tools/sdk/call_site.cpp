// SPDX-License-Identifier: GPL-2.0-or-later
#include "sdk/call_site.hpp"

#include <dlfcn.h>
#include <execinfo.h>
#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <sstream>

#include "sdk/compile.hpp"

namespace t31::sdk {

std::vector<std::uint64_t> calls_through(const std::filesystem::path& object) {
  std::array<void*, 64> frames{};
  const int count = backtrace(frames.data(), static_cast<int>(frames.size()));
  std::vector<std::uint64_t> calls;
  for (int i = 0; i < count; ++i) {
    Dl_info where{};
    void* const frame = frames[static_cast<std::size_t>(i)];
    if (dladdr(frame, &where) == 0 || where.dli_fname == nullptr) continue;
    if (std::filesystem::path(where.dli_fname).filename() != object.filename()) continue;
    const auto address = reinterpret_cast<std::uintptr_t>(frame);
    // Inside the call, not behind it.
    calls.push_back(address - reinterpret_cast<std::uintptr_t>(where.dli_fbase) - 1);
  }
  return calls;
}

unsigned caller_line(const std::filesystem::path& object, const std::vector<std::uint64_t>& calls) {
  std::vector<std::string> words = {"addr2line", "--inlines", "--exe", object.string()};
  for (const std::uint64_t call : calls) words.push_back(fmt::format("{:#x}", call));
  std::string text;
  if (calls.empty() || !run_program(words, text)) return 0;
  std::istringstream lines(text);
  std::string line;
  std::getline(lines, line);  // the innermost function itself
  std::getline(lines, line);
  const std::size_t colon = line.rfind(':');
  return colon == std::string::npos
             ? 0
             : static_cast<unsigned>(std::strtoul(line.c_str() + colon + 1, nullptr, 10));
}

}  // namespace t31::sdk
