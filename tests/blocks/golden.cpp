// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/blocks/golden.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace t31::test {
namespace {

constexpr u32 kUnit = 0x800;

// A line "W,ISP,OFFSET,VALUE" of an implemented block.
std::optional<Write> parse(const std::string& line) {
  if (!line.starts_with("W,ISP,")) return {};
  const size_t comma = line.find(',', 6);
  const u32 offset = static_cast<u32>(std::stoul(line.substr(6, comma - 6), nullptr, 16));
  if (!block_of(offset)) return {};
  return Write{offset, static_cast<u32>(std::stoul(line.substr(comma + 1), nullptr, 16))};
}

}  // namespace

std::string shared_folder() {
  const char* variable = std::getenv("T31_SHARED");
  const std::string folder = variable != nullptr ? variable : T31_SHARED_DIR;
  return std::filesystem::is_directory(folder + "/data/golden") ? folder : "";
}

std::vector<uint8_t> read_bytes(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::optional<u32> block_of(u32 offset) {
  if (offset >= 0x28000 && offset < 0x30000) return 0x3800;
  if (offset >= 0x40000 && offset < 0x58000) return 0x40000;
  if (offset >= 0x58000 && offset < 0x60000) return 0x5800;
  if (offset >= 0x60000 && offset < 0x80000) return 0x6800;
  if (offset >= 0x80000 && offset < 0x80180) return 0x1000;
  if (offset >= 0x7820 && offset < 0x7870) return {};  // buffers of temporal denoise
  const u32 unit = offset / kUnit * kUnit;
  switch (unit) {
    case 0x1000:
    case 0x1800:
    case 0x2800:
    case 0x3000:
    case 0x3800:
    case 0x4800:
    case 0x5000:
    case 0x6000:
    case 0x6800:
    case 0x7000:
    case 0x7800:
    case 0x8000:
    case 0x8800:
    case 0x9000:
      return unit;
    case 0x4000:  // without their DMA
      return offset < 0x4490 ? std::optional(unit) : std::nullopt;
    case 0x5800:
      return offset < 0x5b80 ? std::optional(unit) : std::nullopt;
    case 0xa000:
    case 0xa800:
      return offset < unit + 0x2c ? std::optional(unit) : std::nullopt;
    case 0xb000:
      return offset < unit + 0x3c ? std::optional(unit) : std::nullopt;
    case 0xb800:
      return offset < unit + 0xa8 ? std::optional(unit) : std::nullopt;
    default:
      return {};
  }
}

bool is_latch(u32 offset) {
  static const std::set<u32> kLatches = {0x1070, 0x1800, 0x2898, 0x2800c, 0x30ac, 0x499c,
                                         0x5000, 0x6800, 0x7090, 0x7804,  0x7818, 0x8b4c,
                                         0x9044, 0xa000, 0xa800, 0xb000,  0xb800};
  return kLatches.contains(offset);
}

std::vector<Phase> read_phases(const std::string& path) {
  std::vector<Phase> phases;
  std::ifstream stream(path);
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("# phase ")) {
      phases.push_back({line.substr(8), {}});
    } else if (const auto write = parse(line); write && !phases.empty()) {
      phases.back().writes.push_back(*write);
    }
  }
  return phases;
}

std::vector<Write> read_session(const std::string& path, const std::string& until) {
  std::vector<Write> writes;
  std::ifstream stream(path);
  for (std::string line; std::getline(stream, line) && !line.starts_with(until);) {
    if (const auto write = parse(line)) writes.push_back(*write);
  }
  return writes;
}

std::optional<uint64_t> marker_value(const std::string& marker, const std::string& name) {
  const size_t at = marker.find(name + "=");
  if (at == std::string::npos) return {};
  return std::stoull(marker.substr(at + name.size() + 1), nullptr, 0);
}

}  // namespace t31::test
