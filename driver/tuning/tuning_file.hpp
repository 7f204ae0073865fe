// SPDX-License-Identifier: GPL-2.0-or-later
// tuning_file.hpp - container of a tuning file: header, checksum, two banks (tuning-blob 1).
#pragma once

#include <span>

#include "driver/tuning/parameters.hpp"

namespace t31::tuning {

inline constexpr u32 kHeaderBytes = 24;
inline constexpr u32 kPayloadBytes = 2 * kBankBytes;
inline constexpr u32 kFileBytes = kHeaderBytes + kPayloadBytes;
inline constexpr u32 kDayOffset = kHeaderBytes;
inline constexpr u32 kNightOffset = kHeaderBytes + kBankBytes;

enum class LoadResult : u8 {
  kLoaded,
  kMissing,       // no such file
  kReadError,     // it is there but can't be read
  kWrongSize,     // not a T31 tuning file: size or payload length
  kWrongVersion,  // format version
  kWrongFlag,     // second tag of the header
  kBadChecksum,   // damaged
  kNoMemory
};

// In words, for the log and /proc.
const char* load_result_text(LoadResult result);

// The checksum of a payload; a rest of less than four bytes doesn't count.
u32 payload_checksum(std::span<const u8> payload);

// Judges a whole file: kLoaded, or what is wrong with it. Checked in this order: size, payload
// length, version, flag, checksum.
LoadResult check_file(std::span<const u8> file);

// Writes the header for the payload that already lies behind it; `file` has kFileBytes.
void write_header(std::span<u8> file);

}  // namespace t31::tuning
