// SPDX-License-Identifier: GPL-2.0-or-later
// calls.cpp - the library functions that stand before the C library's: calls on the camera's files
// go to t31d, all others on to the kernel.
#include <stdarg.h>

#include "t31d/preload/files.hpp"
#include "t31d/preload/libc.hpp"
#include "t31d/preload/link.hpp"

using namespace t31::preload;

namespace {

#define T31_EXPORT extern "C" __attribute__((visibility("default")))

constexpr int kCurrentFolder = -100;  // AT_FDCWD
constexpr long kRawClock = 4;         // CLOCK_MONOTONIC_RAW
constexpr uint32_t kEncoderWait = 0xc004710c;

#if defined(__mips__)
constexpr int kLargeFile = 0x2000;
#else
constexpr int kLargeFile = 0;
#endif

int open_any(int folder, const char* path, int flags, unsigned mode) {
  if (is_camera_path(path)) return open_camera(path, flags);
  return static_cast<int>(syscall(SYS_openat, folder, path, flags, mode));
}

// No frames are encoded here: whoever waits for the encoder's interrupt waits, and can be stopped.
int encoder_call(uint32_t command) {
  if (command != kEncoderWait) return 0;
  const long pause[2] = {1, 0};
  syscall(SYS_nanosleep, pause, nullptr);
  return 0;
}

void* map_pages(void* place, size_t size, int protection, int flags, int descriptor,
                uint64_t offset) {
#if defined(SYS_mmap2)
  constexpr uint32_t kPage = 4096;
  return reinterpret_cast<void*>(syscall(SYS_mmap2, place, size, protection, flags, descriptor,
                                         static_cast<unsigned long>(offset / kPage)));
#else
  return reinterpret_cast<void*>(
      syscall(SYS_mmap, place, size, protection, flags, descriptor, offset));
#endif
}

void* const kMapFailed = reinterpret_cast<void*>(-1);

void* map_any(void* place, size_t size, int protection, int flags, int descriptor,
              uint64_t offset) {
  const CameraFile* const file = find(descriptor);
  if (file == nullptr) return map_pages(place, size, protection, flags, descriptor, offset);
  if (file->kind == T31D_KIND_MEMORY) {
    if (offset < file->base || offset - file->base + size > file->size) {
      set_error(kEinval);
      return kMapFailed;
    }
    return map_pages(place, size, protection, flags, descriptor,
                     file->offset + offset - file->base);
  }
  if (file->kind != T31D_KIND_CHIP) {
    set_error(kEnodev);
    return kMapFailed;
  }
  Answer answer;
  const t31d_request request = {
      T31D_MAP, file->handle, {static_cast<uint32_t>(offset), static_cast<uint32_t>(size), 0}};
  if (!ask(request, nullptr, 0, answer) || result_of(answer) < 0) return kMapFailed;
  void* const mapped = map_pages(place, size, protection, flags, answer.descriptor, 0);
  syscall(SYS_close, answer.descriptor);
  return mapped;
}

}  // namespace

T31_EXPORT int open(const char* path, int flags, unsigned mode) {
  return open_any(kCurrentFolder, path, flags, mode);
}

T31_EXPORT int open64(const char* path, int flags, unsigned mode) {
  return open_any(kCurrentFolder, path, flags | kLargeFile, mode);
}

T31_EXPORT int openat(int folder, const char* path, int flags, unsigned mode) {
  return open_any(folder, path, flags, mode);
}

T31_EXPORT int openat64(int folder, const char* path, int flags, unsigned mode) {
  return open_any(folder, path, flags | kLargeFile, mode);
}

T31_EXPORT int __open_2(const char* path, int flags) {
  return open_any(kCurrentFolder, path, flags, 0);
}

T31_EXPORT int __open64_2(const char* path, int flags) {
  return open_any(kCurrentFolder, path, flags | kLargeFile, 0);
}

T31_EXPORT int close(int descriptor) {
  if (find(descriptor) != nullptr) close_camera(descriptor);
  return static_cast<int>(syscall(SYS_close, descriptor));
}

T31_EXPORT int ioctl(int descriptor, unsigned long command, unsigned long argument) {
  const CameraFile* const file = find(descriptor);
  if (file == nullptr) return static_cast<int>(syscall(SYS_ioctl, descriptor, command, argument));
  const auto number = static_cast<uint32_t>(command);
  if (file->kind == T31D_KIND_MEMORY) return 0;  // cache maintenance: there is nothing to maintain
  if (file->kind == T31D_KIND_ENCODER) return encoder_call(number);
  if (file->kind != T31D_KIND_NODE) {
    set_error(kEnotty);
    return -1;
  }
  Answer answer;
  if (!ask({T31D_IOCTL, file->handle, {number, static_cast<uint32_t>(argument), 0}}, nullptr, 0,
           answer)) {
    return -1;
  }
  return static_cast<int>(result_of(answer));
}

T31_EXPORT long read(int descriptor, void* buffer, size_t size) {
  const CameraFile* const file = find(descriptor);
  if (file == nullptr) return syscall(SYS_read, descriptor, buffer, size);
  if (file->kind == T31D_KIND_ENCODER) return 0;
  return read_camera(descriptor, *file, buffer, size);
}

T31_EXPORT long write(int descriptor, const void* buffer, size_t size) {
  const CameraFile* const file = find(descriptor);
  if (file == nullptr) return syscall(SYS_write, descriptor, buffer, size);
  if (file->kind == T31D_KIND_ENCODER) return static_cast<long>(size);
  return write_camera(*file, buffer, size);
}

#if defined(__mips__)
// o32: from the fifth argument on they lie on the stack. An off_t of 32 bits is the sixth; one of
// 64 bits is aligned to eight bytes, the seventh and eighth. With a list of arguments nothing is
// written to that place, which after a short offset is the caller's own.
T31_EXPORT void* mmap64(void* place, size_t size, int protection, int flags, int descriptor, ...) {
  va_list rest;
  va_start(rest, descriptor);
  const auto offset = va_arg(rest, uint64_t);
  va_end(rest);
  return map_any(place, size, protection, flags, descriptor, offset);
}

T31_EXPORT void* mmap(void* place, size_t size, int protection, int flags, int descriptor, ...) {
  va_list rest;
  va_start(rest, descriptor);
  const bool short_offset = gnu_get_libc_version != nullptr;
  const uint64_t offset = short_offset ? va_arg(rest, uint32_t) : va_arg(rest, uint64_t);
  va_end(rest);
  return map_any(place, size, protection, flags, descriptor, offset);
}
#else
T31_EXPORT void* mmap(void* place, size_t size, int protection, int flags, int descriptor,
                      uint64_t offset) {
  return map_any(place, size, protection, flags, descriptor, offset);
}

T31_EXPORT void* mmap64(void* place, size_t size, int protection, int flags, int descriptor,
                        uint64_t offset) {
  return map_any(place, size, protection, flags, descriptor, offset);
}
#endif

// Frames are stamped with the camera's clock, which programs read here.
T31_EXPORT int clock_gettime(int clock, long* time) {
  if (clock != kRawClock) return static_cast<int>(syscall(SYS_clock_gettime, clock, time));
  Answer answer;
  if (!ask({T31D_TIME, 0, {0, 0, 0}}, nullptr, 0, answer)) {
    return static_cast<int>(syscall(SYS_clock_gettime, clock, time));
  }
  time[0] = static_cast<long>(answer.reply.value[0]);
  time[1] = static_cast<long>(answer.reply.value[1]);
  return 0;
}
