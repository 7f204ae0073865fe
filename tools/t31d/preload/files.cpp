// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31d/preload/files.hpp"

#include <sys/socket.h>

#include "t31d/preload/libc.hpp"
#include "t31d/preload/link.hpp"

namespace t31::preload {
namespace {

constexpr int kMost = 600;
constexpr const char* kToolNode = "/dev/tisp";

CameraFile table[kMost];

bool starts_with(const char* path, const char* prefix) {
  return strncmp(path, prefix, strlen(prefix)) == 0;
}

// What of a read or write fits into a packet.
uint32_t portion(size_t size) {
  return static_cast<uint32_t>(size < T31D_DATA ? size : T31D_DATA);
}

bool equal(const char* path, const char* name) {
  return starts_with(path, name) && strlen(path) == strlen(name);
}

// t31d's byte that says "readable".
void take_mark(int descriptor) {
  char mark = 0;
  iovec part = {&mark, 1};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  syscall(SYS_recvmsg, descriptor, &message, MSG_DONTWAIT);
}

}  // namespace

const CameraFile* find(int descriptor) {
  if (descriptor < 0 || descriptor >= kMost) return nullptr;
  const CameraFile& file = table[descriptor];
  return __atomic_load_n(&file.kind, __ATOMIC_ACQUIRE) != 0 ? &file : nullptr;
}

bool is_camera_path(const char* path) {
  if (path == nullptr || path[0] != '/') return false;
  if (starts_with(path, "/proc/jz/") || starts_with(path, "/dev/framechan")) return true;
  constexpr const char* kNodes[] = {"/dev/tx-isp", "/dev/isp-m0", kToolNode,
                                    "/dev/rmem",   "/dev/mem",    "/dev/avpu"};
  for (const char* name : kNodes) {
    if (equal(path, name)) return true;
  }
  return false;
}

int open_camera(const char* path, int flags) {
  uint64_t offset = 0;
  Answer answer;
  answer.data = &offset;
  answer.room = sizeof(offset);
  const t31d_request request = {T31D_OPEN, 0, {static_cast<uint32_t>(flags), 0, 0}};
  reap_lost_calls();
  if (!ask(request, path, strlen(path) + 1, answer)) return -1;
  const long handle = result_of(answer);
  if (handle < 0) return -1;
  const int descriptor = answer.descriptor;
  if (descriptor < 0 || descriptor >= kMost) {
    set_error(kEnomem);
    if (descriptor >= 0) syscall(SYS_close, descriptor);
    return -1;
  }
  if (answer.reply.value[0] == T31D_KIND_TEXT) return descriptor;
  CameraFile& file = table[descriptor];
  file.handle = static_cast<uint32_t>(handle);
  file.base = answer.reply.value[1];
  file.size = answer.reply.value[2];
  file.offset = offset;
  file.waits = equal(path, kToolNode);
  __atomic_store_n(&file.kind, answer.reply.value[0], __ATOMIC_RELEASE);
  return descriptor;
}

long read_camera(int descriptor, const CameraFile& file, void* buffer, size_t size) {
  Answer answer;
  answer.data = buffer;
  answer.room = portion(size);
  if (!ask({T31D_READ, file.handle, {portion(size), 0, 0}}, nullptr, 0, answer)) return -1;
  // Those who wait for an event see none any more.
  if (file.waits) take_mark(descriptor);
  return result_of(answer);
}

long write_camera(const CameraFile& file, const void* buffer, size_t size) {
  Answer answer;
  if (!ask({T31D_WRITE, file.handle, {0, 0, 0}}, buffer, portion(size), answer)) return -1;
  return result_of(answer);
}

void close_camera(int descriptor) {
  const CameraFile file = table[descriptor];
  __atomic_store_n(&table[descriptor].kind, 0u, __ATOMIC_RELEASE);
  Answer answer;
  reap_lost_calls();
  ask({T31D_CLOSE, file.handle, {0, 0, 0}}, nullptr, 0, answer);
}

}  // namespace t31::preload
