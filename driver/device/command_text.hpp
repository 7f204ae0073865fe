// SPDX-License-Identifier: GPL-2.0-or-later
// command_text.hpp - the small commands that are written to proc files.
#pragma once

#include "driver/port/port_types.h"

namespace t31::device {

// True when `text` starts with `prefix`.
bool starts_with(const char* text, const char* prefix);

// A number at `text`: decimal, or hexadecimal with 0x; leading blanks are skipped. False when there
// is none or it exceeds 32 bits; `end` is set behind it.
bool parse_number(const char* text, u32& value, const char** end = nullptr);

// Copies the next blank-separated word (cut to fit); returns what follows it.
const char* next_word(const char* text, char* word, u32 size);

bool equal(const char* a, const char* b);

}  // namespace t31::device
