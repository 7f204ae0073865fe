// SPDX-License-Identifier: GPL-2.0-or-later
// text.hpp - taking arguments of a command line apart.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace t31::tools {

// At least one part, which may be empty.
std::vector<std::string> split(const std::string& text, char separator);
std::string lower(std::string text);

// The whole text as a number, or nothing.
std::optional<std::uint32_t> parse_number(const std::string& text);
std::optional<double> parse_decimal(const std::string& text);
// Signed, decimal or 0x...
std::optional<std::int64_t> parse_integer(const std::string& text);

// WxH, neither of them 0.
struct Size {
  std::uint32_t width;
  std::uint32_t height;
};
std::optional<Size> parse_size(const std::string& text);

}  // namespace t31::tools
