// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/tuning/tuning_file.hpp"

#include <bit>

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

// The checksum is linear over GF(2): its table is, so what counts of the steps is the XOR of their
// low three bits, and those bits go through a cycle of length 7. Words that lie a multiple of 7
// apart therefore act alike, and XORing them together first gives the same sum.
constexpr u32 kFold = 7;

u32 plain_checksum(const u8* bytes, u32 words) {
  static constexpr u32 kTable[8] = {0x00000000, 0x77073096, 0xee0e612c, 0x990951ba,
                                    0x076dc419, 0x706af48f, 0xe963a535, 0x9e6495a3};
  u32 sum = 0;
  for (u32 i = 0; i < words; ++i) {
    sum ^= load_word(bytes + 4 * i);
    sum ^= kTable[sum & 7];
  }
  return sum;
}

static_assert(std::endian::native == std::endian::little);

// `words` is aligned. Written out, so that all sums stay in machine registers.
void fold(const u32* words, u32 rounds, u32 (&folded)[kFold]) {
  u32 a = folded[0], b = folded[1], c = folded[2], d = folded[3], e = folded[4], f = folded[5],
      g = folded[6];
  for (const u32* const end = words + rounds * kFold; words != end; words += kFold) {
    a ^= words[0];
    b ^= words[1];
    c ^= words[2];
    d ^= words[3];
    e ^= words[4];
    f ^= words[5];
    g ^= words[6];
  }
  const u32 sums[kFold] = {a, b, c, d, e, f, g};
  for (u32 i = 0; i < kFold; ++i) folded[i] = sums[i];
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
  const u32 words = static_cast<u32>(payload.size() / 4);
  const u8* at = payload.data();
  if (words < kFold || reinterpret_cast<uintptr_t>(at) % sizeof(u32) != 0) {
    return plain_checksum(at, words);
  }
  // Words that are left over come first, so that the last word keeps its place.
  u32 folded[kFold] = {};
  const u32 head = words % kFold;
  for (u32 i = 0; i < head; ++i, at += 4) folded[kFold - head + i] = load_word(at);
  fold(reinterpret_cast<const u32*>(at), words / kFold, folded);
  return plain_checksum(reinterpret_cast<const u8*>(folded), kFold);
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
