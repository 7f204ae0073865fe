// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/raw_format.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "common/errors.hpp"
#include "common/text.hpp"

namespace t31::tools {
namespace {

constexpr std::uint32_t kMaxRawWidth = 2592;
constexpr std::uint32_t kMaxRawHeight = 1944;

}  // namespace

RawFormat parse_raw_format(const std::string& text) {
  const auto fail = [&](const std::string& why) {
    return UsageError(
        fmt::format("--raw-format {}: {}; expected WxH:ORDER:BITS[:BLACK], as 1920x1080:RGGB:10:64",
                    text, why));
  };
  const auto parts = split(text, ':');
  if (parts.size() != 3 && parts.size() != 4) throw fail("wrong number of fields");
  const auto size = parse_size(parts[0]);
  if (!size) throw fail("bad size");
  if (size->width > kMaxRawWidth || size->height > kMaxRawHeight) {
    throw fail(fmt::format("larger than {}x{}", kMaxRawWidth, kMaxRawHeight));
  }
  if (size->width % 2 != 0 || size->height % 2 != 0) throw fail("width and height must be even");
  RawFormat format{size->width, size->height, lower(parts[1]), 0, 0, parts.size() == 4};
  if (format.order != "rggb" && format.order != "grbg" && format.order != "gbrg" &&
      format.order != "bggr") {
    throw fail("ORDER is RGGB, GRBG, GBRG or BGGR");
  }
  format.bits = parse_number(parts[2]).value_or(0);
  if (format.bits != 8 && format.bits != 10 && format.bits != 12) {
    throw fail("BITS is 8, 10 or 12");
  }
  if (format.has_black) {
    const auto black = parse_decimal(parts[3]);
    const double limit = (1u << format.bits) - 1;
    if (!black || *black < 0 || *black >= limit) {
      throw fail(fmt::format("BLACK is a number from 0 to below {}", limit));
    }
    format.black = *black;
  }
  return format;
}

std::uint64_t frame_bytes(const RawFormat& format) {
  return std::uint64_t{format.width} * format.height * (format.bits > 8 ? 2 : 1);
}

void check_raw_file(const std::string& option, const std::string& path, const RawFormat& format) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(path, error);
  if (error) throw UsageError(fmt::format("{} {}: {}", option, path, error.message()));
  const std::uint64_t frame = frame_bytes(format);
  if (bytes < frame || bytes % frame != 0) {
    throw UsageError(
        fmt::format("{} {}: {} bytes is no whole number of frames of {}x{} with {} bits ({} bytes "
                    "each); check --raw-format",
                    option, path, bytes, format.width, format.height, format.bits, frame));
  }
}

}  // namespace t31::tools
