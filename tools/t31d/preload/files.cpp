// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31d/preload/files.hpp"

#include "t31d/preload/libc.hpp"
#include "t31d/preload/link.hpp"

namespace t31::preload {
namespace {

constexpr int kMost = 600;

CameraFile table[kMost];

bool starts_with(const char* path, const char* prefix) {
  return strncmp(path, prefix, strlen(prefix)) == 0;
}

bool equal(const char* path, const char* name) {
  return starts_with(path, name) && strlen(path) == strlen(name);
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
  constexpr const char* kNodes[] = {"/dev/tx-isp", "/dev/isp-m0", "/dev/tisp",
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
  __atomic_store_n(&file.kind, answer.reply.value[0], __ATOMIC_RELEASE);
  return descriptor;
}

void close_camera(int descriptor) {
  const CameraFile file = table[descriptor];
  __atomic_store_n(&table[descriptor].kind, 0u, __ATOMIC_RELEASE);
  Answer answer;
  reap_lost_calls();
  ask({T31D_CLOSE, file.handle, {0, 0, 0}}, nullptr, 0, answer);
}

}  // namespace t31::preload
