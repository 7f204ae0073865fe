// SPDX-License-Identifier: GPL-2.0-or-later
// streams.cpp - fopen() of the camera's files. The C library's own would not come by our open().
#include "t31d/preload/files.hpp"
#include "t31d/preload/libc.hpp"
#include "t31d/protocol.h"

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

// ---- a stream on a file that t31d answers for: the C library's own reads and writes would go to
// the descriptor, which is none of that file.

int descriptor_of(void* cookie) {
  return static_cast<int>(reinterpret_cast<intptr_t>(cookie));
}

long read_stream(void* cookie, char* buffer, size_t size) {
  const CameraFile* const file = find(descriptor_of(cookie));
  return file == nullptr ? -1 : read_camera(descriptor_of(cookie), *file, buffer, size);
}

// 0 is an error.
long write_stream(void* cookie, const char* buffer, size_t size) {
  const CameraFile* const file = find(descriptor_of(cookie));
  const long count = file == nullptr ? -1 : write_camera(*file, buffer, size);
  return count < 0 ? 0 : count;
}

int close_stream(void* cookie) {
  if (find(descriptor_of(cookie)) != nullptr) close_camera(descriptor_of(cookie));
  return static_cast<int>(syscall(SYS_close, descriptor_of(cookie)));
}

T31File* camera_stream(int descriptor, const char* mode) {
  const CameraFile* const file = find(descriptor);
  if (file == nullptr || file->kind != T31D_KIND_NODE || fopencookie == nullptr) {
    return fdopen(descriptor, mode);
  }
  void* const cookie = reinterpret_cast<void*>(static_cast<intptr_t>(descriptor));
  return fopencookie(cookie, mode, {read_stream, write_stream, nullptr, close_stream});
}

T31File* open_stream(const char* path, const char* mode) {
  const int flags = flags_of(mode);
  if (is_camera_path(path)) {
    const int descriptor = open_camera(path, flags);
    return descriptor < 0 ? nullptr : camera_stream(descriptor, mode);
  }
  const int descriptor = static_cast<int>(syscall(SYS_openat, kCurrentFolder, path, flags, 0666));
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
