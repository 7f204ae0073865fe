// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/device/command_text.hpp"

namespace t31::device {
namespace {

bool blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Value of a digit, or 99.
u32 digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<u32>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<u32>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<u32>(c - 'A' + 10);
  return 99;
}

}  // namespace

bool starts_with(const char* text, const char* prefix) {
  while (*prefix != '\0') {
    if (*text++ != *prefix++) return false;
  }
  return true;
}

bool parse_number(const char* text, u32& value, const char** end) {
  while (blank(*text)) ++text;
  u32 base = 10;
  if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
    base = 16;
    text += 2;
  }
  if (digit(*text) >= base) return false;
  u64 number = 0;
  for (; digit(*text) < base; ++text) {
    number = number * base + digit(*text);
    if (number > 0xffffffff) return false;
  }
  value = static_cast<u32>(number);
  if (end != nullptr) *end = text;
  return true;
}

const char* next_word(const char* text, char* word, u32 size) {
  while (blank(*text)) ++text;
  u32 length = 0;
  for (; *text != '\0' && !blank(*text); ++text) {
    if (length + 1 < size) word[length++] = *text;
  }
  word[length] = '\0';
  return text;
}

bool equal(const char* a, const char* b) {
  while (*a != '\0' && *a == *b) {
    ++a;
    ++b;
  }
  return *a == *b;
}

}  // namespace t31::device
