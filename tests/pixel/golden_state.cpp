// SPDX-License-Identifier: GPL-2.0-or-later
#include "golden_state.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "setup.hpp"

namespace t31::model {
namespace {

std::filesystem::path golden_folder() {
  const char* shared = std::getenv("T31_SHARED");
  return std::filesystem::path(shared != nullptr ? shared : T31_SHARED_DIR) / "data/golden";
}

// "W,ISP,OFFSET,VALUE" with hexadecimal numbers; a value may be a symbol for an address.
void replay(const std::string& line, IspRegisters& registers) {
  if (!line.starts_with("W,ISP,")) return;
  const std::size_t comma = line.find(',', 6);
  char* end = nullptr;
  const auto offset = static_cast<std::uint32_t>(std::strtoul(line.c_str() + 6, nullptr, 16));
  const auto value = static_cast<std::uint32_t>(std::strtoul(line.c_str() + comma + 1, &end, 16));
  if (offset < IspRegisters::kBytes && *end == '\0') registers.word(offset) = value;
}

}  // namespace

std::vector<GoldenState> golden_states(const std::string& name) {
  std::ifstream file(golden_folder() / ("blocks_" + name + ".csv"));
  std::vector<GoldenState> states;
  IspRegisters registers;
  for (std::string line; std::getline(file, line);) {
    constexpr std::string_view kPhase = "# phase ";
    if (line.starts_with(kPhase)) {
      if (!states.empty()) states.back().registers = registers;
      states.push_back({line.substr(kPhase.size()), {}});
    } else {
      replay(line, registers);
    }
  }
  if (!states.empty()) states.back().registers = registers;
  return states;
}

std::vector<std::string> golden_names() {
  std::vector<std::string> names;
  std::error_code missing;
  for (const auto& entry : std::filesystem::directory_iterator(golden_folder(), missing)) {
    const std::string file = entry.path().stem().string();
    if (file.starts_with("blocks_")) names.push_back(file.substr(7));
  }
  std::sort(names.begin(), names.end());
  return names;
}

void cut_to(IspRegisters& registers, std::uint32_t width, std::uint32_t height) {
  registers.word(0x0004) = width << 16 | height;
  disable(registers, kBypassLsc);
  set_window(registers, 0, 0, width, height);
  for (unsigned channel = 0; channel < kChannels; ++channel) {
    set_channel(registers, channel, width, height);
  }
  registers.word(0x9804) = 0;
  registers.word(0x9818) = 0;
}

}  // namespace t31::model
