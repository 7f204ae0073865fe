// SPDX-License-Identifier: GPL-2.0-or-later
// trace.hpp - recordings of what the vendor's driver wrote, in both formats of the shared data.
#pragma once

#include <cstdint>
#include <filesystem>
#include <istream>
#include <optional>
#include <string>
#include <vector>

namespace t31::model::test {

inline constexpr std::uint32_t kCpm = 0x10000000, kGpio = 0x10010000, kPhy = 0x10022000;
inline constexpr std::uint32_t kCsi = 0x10023000, kIsp = 0x13300000, kVic = 0x133e0000;

// One thing that the recorded driver did.
struct Step {
  enum class Kind { kWrite, kI2cWrite, kMark };
  Kind kind = Kind::kMark;
  std::uint32_t address = 0;        // physical, or the I2C device
  std::uint32_t value = 0;          // of a register write
  std::vector<std::uint8_t> bytes;  // of an I2C write: register, value
  std::string mark;                 // what the recording says here

  static Step write(std::uint32_t address, std::uint32_t value);
  bool writes(std::uint32_t to) const { return kind == Kind::kWrite && address == to; }
};
using Trace = std::vector<Step>;

// Both throw std::runtime_error, with the line, when it isn't understood. Reads are skipped.

// data/golden/*.csv. clk_set_rate, clk_enable and clk_disable become the writes that the vendor's
// kernel makes for them; buffer symbols become addresses from 0x04000000 on.
Trace read_csv_trace(std::istream& input);
// data/golden/sessions/*.trace, unpacked.
Trace read_session_trace(std::istream& input);
// Either, by the name: .csv or .trace.gz.
Trace load_trace(const std::filesystem::path& file);

// All steps before the first mark that contains `text`; throws when there is none.
Trace before_mark(const Trace& trace, const std::string& text);

// The shared data, when it is there.
std::optional<std::filesystem::path> golden_folder();

}  // namespace t31::model::test
