// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31d/handles.hpp"

#include <fcntl.h>
#include <linux/sockios.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>

#include "t31_host.h"

namespace t31::daemon {
namespace {

constexpr int kNonblockMips = 0x80;  // O_NONBLOCK of an emulated program

// The only node with a poll operation.
constexpr std::string_view kToolNode = "/dev/tisp";

// What a program has not taken from its end of a socket yet.
bool has_unread(int socket) {
  int bytes = 0;
  return ioctl(socket, SIOCOUTQ, &bytes) == 0 && bytes > 0;
}

bool is_proc(std::string_view path) {
  return path.starts_with("/proc/");
}

// The text of a proc file in a file of its own, as it is now.
Handles::Opened open_text(const char* path) {
  Handles::Opened opened;
  opened.kind = T31D_KIND_TEXT;
  const int camera = t31_host_open(path, 0);
  if (camera < 0) {
    opened.result = camera;
    return opened;
  }
  opened.descriptor = memfd_create("t31-proc", MFD_CLOEXEC);
  opened.result = opened.descriptor < 0 ? -errno : 0;
  char part[4096];
  while (opened.result == 0) {
    const long count = t31_host_read(camera, part, sizeof(part));
    if (count <= 0) {
      opened.result = static_cast<int>(count);
      break;
    }
    if (write(opened.descriptor, part, static_cast<size_t>(count)) != count) opened.result = -EIO;
  }
  t31_host_close(camera);
  if (opened.descriptor >= 0) lseek(opened.descriptor, 0, SEEK_SET);
  return opened;
}

}  // namespace

Handles::~Handles() {
  for (auto& [handle, entry] : entries_) ::close(entry.socket);
}

Handles::Opened Handles::add(t31d_kind kind, int camera, bool waits) {
  Opened opened;
  opened.kind = kind;
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0) {
    opened.result = -errno;
    return opened;
  }
  // Always readable, as a device without a poll operation is.
  if (!waits && write(ends[0], "", 1) != 1) opened.result = -EIO;
  opened.descriptor = ends[1];
  const std::scoped_lock lock(mutex_);
  entries_[next_] = {kind, camera, ends[0], waits};
  opened.result = static_cast<int>(next_++);
  return opened;
}

Handles::Opened Handles::open(const char* path, int flags) {
  const std::string_view name = path;
  if (name == "/dev/mem") return add(T31D_KIND_CHIP, -1);
  if (name == "/dev/avpu") return add(T31D_KIND_ENCODER, -1);
  if (name == "/dev/rmem") {
    uint64_t offset = 0;
    return {0, fcntl(t31_host_rmem_file(&offset), F_DUPFD_CLOEXEC, 0), T31D_KIND_MEMORY};
  }
  if (is_proc(name) && (flags & O_ACCMODE) == O_RDONLY) return open_text(path);
  const bool nonblock = (flags & (O_NONBLOCK | kNonblockMips)) != 0;
  const int camera = t31_host_open(path, nonblock ? T31_HOST_O_NONBLOCK : 0);
  if (camera < 0) return {camera, -1, T31D_KIND_NODE};
  Opened opened = add(T31D_KIND_NODE, camera, name == kToolNode);
  if (opened.result < 0) t31_host_close(camera);
  return opened;
}

void Handles::close(uint32_t handle) {
  Entry entry{};
  {
    const std::scoped_lock lock(mutex_);
    const auto found = entries_.find(handle);
    if (found == entries_.end()) return;
    entry = found->second;
    entries_.erase(found);
  }
  if (entry.camera >= 0) t31_host_close(entry.camera);
  ::close(entry.socket);
}

void Handles::close_all() {
  for (;;) {
    uint32_t handle = 0;
    {
      const std::scoped_lock lock(mutex_);
      if (entries_.empty()) return;
      handle = entries_.begin()->first;
    }
    close(handle);
  }
}

void Handles::close_abandoned() {
  std::vector<uint32_t> abandoned;
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& [handle, entry] : entries_) {
      pollfd end = {entry.socket, 0, 0};
      if (poll(&end, 1, 0) > 0 && (end.revents & POLLHUP) != 0) abandoned.push_back(handle);
    }
  }
  for (const uint32_t handle : abandoned) close(handle);
}

// A byte lies in the program's end from the event until its read(), which takes it away.
void Handles::tell_readable() {
  const std::scoped_lock lock(mutex_);
  for (const auto& [handle, entry] : entries_) {
    if (!entry.waits || has_unread(entry.socket) || t31_host_poll(entry.camera, 0) != 1) continue;
    send(entry.socket, "", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
  }
}

int Handles::camera_descriptor(uint32_t handle) {
  const std::scoped_lock lock(mutex_);
  const auto found = entries_.find(handle);
  return found == entries_.end() || found->second.camera < 0 ? -EBADF : found->second.camera;
}

bool Handles::is_kind(uint32_t handle, t31d_kind kind) {
  const std::scoped_lock lock(mutex_);
  const auto found = entries_.find(handle);
  return found != entries_.end() && found->second.kind == kind;
}

}  // namespace t31::daemon
