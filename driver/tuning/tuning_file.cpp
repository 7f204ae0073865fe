// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/tuning/tuning_file.hpp"

namespace t31::tuning {
namespace {

constexpr u32 kTagBytes = 8;
constexpr u32 kFlagOffset = 8;
constexpr u32 kPayloadLengthOffset = 16;
constexpr u32 kChecksumOffset = 20;
constexpr char kVersion[] = "2.10";
constexpr char kFlag[] = "header0";

u32 load_word(const u8* at) {
  return at[0] | u32{at[1]} << 8 | u32{at[2]} << 16 | u32{at[3]} << 24;
}

void store_word(u8* at, u32 value) {
  for (u32 byte = 0; byte < 4; ++byte) at[byte] = static_cast<u8>(value >> (8 * byte));
}

// C strings of at most kTagBytes; what follows the NUL is garbage in published files.
bool same_tag(const u8* tag, const char* expected) {
  for (u32 i = 0; i < kTagBytes; ++i) {
    if (tag[i] != static_cast<u8>(expected[i])) return false;
    if (tag[i] == 0) return true;
  }
  return true;
}

}  // namespace

const char* load_result_text(LoadResult result) {
  switch (result) {
    case LoadResult::kLoaded:
      return "accepted";
    case LoadResult::kMissing:
      return "no such file";
    case LoadResult::kReadError:
      return "can't be read";
    case LoadResult::kWrongSize:
      return "wrong size: not a T31 tuning file (159736 bytes)";
    case LoadResult::kWrongVersion:
      return "wrong format version (2.10 expected)";
    case LoadResult::kWrongFlag:
      return "wrong header tag";
    case LoadResult::kBadChecksum:
      return "wrong checksum: the file is damaged";
    case LoadResult::kNoMemory:
      return "no memory for it";
  }
  return "unknown";
}

u32 payload_checksum(std::span<const u8> payload) {
  static constexpr u32 kTable[8] = {0x00000000, 0x77073096, 0xee0e612c, 0x990951ba,
                                    0x076dc419, 0x706af48f, 0xe963a535, 0x9e6495a3};
  u32 sum = 0;
  for (u32 at = 0; at + 4 <= payload.size(); at += 4) {
    sum ^= load_word(&payload[at]);
    sum ^= kTable[sum & 7];
  }
  return sum;
}

LoadResult check_file(std::span<const u8> file) {
  if (file.size() != kFileBytes) return LoadResult::kWrongSize;
  if (load_word(&file[kPayloadLengthOffset]) != kPayloadBytes) return LoadResult::kWrongSize;
  if (!same_tag(&file[0], kVersion)) return LoadResult::kWrongVersion;
  if (!same_tag(&file[kFlagOffset], kFlag)) return LoadResult::kWrongFlag;
  if (load_word(&file[kChecksumOffset]) != payload_checksum(file.subspan(kHeaderBytes))) {
    return LoadResult::kBadChecksum;
  }
  return LoadResult::kLoaded;
}

void write_header(std::span<u8> file) {
  for (u32 i = 0; i < kHeaderBytes; ++i) file[i] = 0;
  for (u32 i = 0; kVersion[i] != 0; ++i) file[i] = static_cast<u8>(kVersion[i]);
  for (u32 i = 0; kFlag[i] != 0; ++i) file[kFlagOffset + i] = static_cast<u8>(kFlag[i]);
  store_word(&file[kPayloadLengthOffset], kPayloadBytes);
  store_word(&file[kChecksumOffset], payload_checksum(file.subspan(kHeaderBytes)));
}

}  // namespace t31::tuning
