// SPDX-License-Identifier: GPL-2.0-or-later
// libc.hpp - the little that the preloaded library asks of a C library, which may be glibc, uClibc
// or musl: it is linked against none, so that its symbols have no version.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>

extern "C" {
long syscall(long number, ...) noexcept;
int* __errno_location() noexcept;
char* getenv(const char* name) noexcept;
void* memcpy(void* to, const void* from, size_t size) noexcept;
void* memset(void* to, int byte, size_t size) noexcept;
int strncmp(const char* a, const char* b, size_t size) noexcept;
size_t strlen(const char* text) noexcept;
struct T31File;
T31File* fdopen(int descriptor, const char* mode) noexcept;
// A stream whose reads and writes are these functions'. Not every uClibc has it.
struct T31StreamCalls {
  long (*read)(void* cookie, char* buffer, size_t size);
  long (*write)(void* cookie, const char* buffer, size_t size);
  int (*seek)(void* cookie, void* offset, int whence);
  int (*close)(void* cookie);
};
__attribute__((weak)) T31File* fopencookie(void* cookie, const char* mode,
                                           T31StreamCalls calls) noexcept;
// There in glibc and uClibc, whose off_t has 32 bits; not in musl, whose has 64.
__attribute__((weak)) const char* gnu_get_libc_version() noexcept;
}

namespace t31::preload {

inline int error_number() {
  return *__errno_location();
}

inline void set_error(int number) {
  *__errno_location() = number;
}

// Linux's numbers; the same on every architecture but for those that calls.cpp translates.
enum : int {
  kEintr = 4,
  kEbadf = 9,
  kEnomem = 12,
  kEfault = 14,
  kEnodev = 19,
  kEinval = 22,
  kEnotty = 25
};

}  // namespace t31::preload
