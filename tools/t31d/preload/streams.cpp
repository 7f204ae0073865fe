// SPDX-License-Identifier: GPL-2.0-or-later
// streams.cpp - fopen() of the camera's proc files. The C library's own would not come by our
// open().
#include "t31d/preload/files.hpp"
#include "t31d/preload/libc.hpp"

using namespace t31::preload;

namespace {

constexpr int kReadOnly = 0;
constexpr int kCurrentFolder = -100;

// Flags of fopen()'s mode.
int flags_of(const char* mode) {
  constexpr int kWriteOnly = 1;
  constexpr int kReadWrite = 2;
#if defined(__mips__)
  constexpr int kCreate = 0x100;
  constexpr int kTruncate = 0x200;
  constexpr int kAppend = 0x8;
#else
  constexpr int kCreate = 0x40;
  constexpr int kTruncate = 0x200;
  constexpr int kAppend = 0x400;
#endif
  bool update = false;
  for (const char* at = mode; *at != '\0'; ++at) update = update || *at == '+';
  const int access = update ? kReadWrite : mode[0] == 'r' ? kReadOnly : kWriteOnly;
  if (mode[0] == 'w') return access | kCreate | kTruncate;
  return mode[0] == 'a' ? access | kCreate | kAppend : access;
}

T31File* open_stream(const char* path, const char* mode) {
  const int flags = flags_of(mode);
  const int descriptor =
      is_camera_path(path)
          ? open_camera(path, flags)
          : static_cast<int>(syscall(SYS_openat, kCurrentFolder, path, flags, 0666));
  return descriptor < 0 ? nullptr : fdopen(descriptor, mode);
}

}  // namespace

extern "C" __attribute__((visibility("default"))) T31File* fopen(const char* path,
                                                                 const char* mode) {
  return open_stream(path, mode);
}

extern "C" __attribute__((visibility("default"))) T31File* fopen64(const char* path,
                                                                   const char* mode) {
  return open_stream(path, mode);
}
