// SPDX-License-Identifier: GPL-2.0-or-later
// system_calls.cpp - open, close, ioctl, read, write, poll and mmap of clients.
#include <cerrno>
#include <cstring>
#include <optional>

#include "host/client/files.hpp"
#include "host/machine.hpp"
#include "host/sched/driver_time.hpp"
#include "host/strict/report.hpp"
#include "t31_host.h"

namespace t31::host {
namespace {

// The kernel's own error numbers, as user space sees them.
long user_result(long result) {
  if (result == -T31_ERESTARTSYS) return -T31_EINTR;
  if (result == -T31_ENOIOCTLCMD) return -T31_ENOTTY;
  return result;
}

// A thread inside the kernel.
class SystemCall {
 public:
  explicit SystemCall(const char* name) : self_(attached(name)), name_(name), driver_(self_) {
    if (self_.in_system_call) fatal("%s inside a system call", name);
    check_nothing_held("user space");
    self_.in_system_call = true;
  }
  SystemCall(const SystemCall&) = delete;
  SystemCall& operator=(const SystemCall&) = delete;
  ~SystemCall() {
    check_nothing_held(name_);
    self_.in_system_call = false;
    if (!self_.signal_delivered) return;
    self_.signal_delivered = false;
    CoreLock core = machine().scheduler->lock();
    self_.signalled = false;
  }

 private:
  Thread& self_;
  const char* name_;
  const DriverTime::Section driver_;
};

// An operation on a node, unless the node is gone.
class Operation {
 public:
  explicit Operation(FileNode& node) : node_(node) {
    CoreLock core = machine().scheduler->lock();
    running_ = !node_.removed;
    if (!running_) return;
    ++node_.operations;
    if (node_.section() != 0) section_.emplace(node_.name(), node_.section());
  }
  Operation(const Operation&) = delete;
  Operation& operator=(const Operation&) = delete;
  ~Operation() {
    if (!running_) return;
    section_.reset();
    CoreLock core = machine().scheduler->lock();
    if (--node_.operations == 0) machine().scheduler->wake_all(node_.idle);
  }
  explicit operator bool() const { return running_; }

 private:
  FileNode& node_;
  bool running_ = false;
  std::optional<Section> section_;
};

void drop(Machine& host, OpenFile& file) {
  if (!host.files.drop(file)) return;
  {
    const Operation operation(*file.node);
    host.trace.mark("release %s", file.node->name());
    file.node->release(file.state, !operation);
  }
  delete &file;
}

// Runs `call(file)` on the descriptor's file: -EBADF, -ENODEV or the call's result.
template <typename Call>
long on_file(const char* name, int descriptor, Call call) {
  auto& host = machine();
  const SystemCall system_call(name);
  OpenFile* const file = host.files.acquire(descriptor);
  if (file == nullptr) return -EBADF;
  long result = -T31_ENODEV;
  {
    const Operation operation(*file->node);
    if (operation) result = user_result(call(*file));
  }
  drop(host, *file);
  return result;
}

}  // namespace
}  // namespace t31::host

using namespace t31::host;

int t31_host_open(const char* path, int flags) {
  auto& host = machine();
  const SystemCall system_call("open");
  auto file = std::make_unique<OpenFile>();
  file->node = host.files.find(path);
  if (file->node == nullptr) return -T31_ENOENT;
  file->flags = (flags & T31_HOST_O_NONBLOCK) != 0 ? T31_OPEN_NONBLOCK : 0;
  int result = -T31_ENODEV;
  {
    const Operation operation(*file->node);
    if (operation) {
      host.trace.mark("open %s", file->node->name());
      result = static_cast<int>(user_result(file->node->open(&file->state)));
      host.trace.mark("-> %d", result);
    }
  }
  return result < 0 ? result : host.files.insert(std::move(file));
}

int t31_host_close(int descriptor) {
  auto& host = machine();
  const SystemCall system_call("close");
  OpenFile* const file = host.files.take(descriptor);
  if (file == nullptr) return -EBADF;
  drop(host, *file);
  return 0;
}

int t31_host_ioctl(int descriptor, uint32_t command, uint32_t argument) {
  return static_cast<int>(on_file("ioctl", descriptor, [&](OpenFile& file) {
    auto& host = machine();
    host.trace.mark("ioctl %s %x", file.node->name(), command);
    const long result = file.node->ioctl(file.state, command, argument, file.flags);
    host.trace.mark("-> %ld", user_result(result));
    return result;
  }));
}

long t31_host_read(int descriptor, void* buffer, size_t size) {
  return on_file("read", descriptor, [&](OpenFile& file) {
    return file.node->read(file.state, buffer, size, file.flags);
  });
}

long t31_host_write(int descriptor, const void* buffer, size_t size) {
  return on_file("write", descriptor,
                 [&](OpenFile& file) { return file.node->write(file.state, buffer, size); });
}

int t31_host_poll(int descriptor, uint32_t milliseconds) {
  return static_cast<int>(on_file("poll", descriptor, [&](OpenFile& file) {
    return file.node->poll(file.state, milliseconds);
  }));
}

long t31_host_mmap(int descriptor, size_t) {
  return on_file("mmap", descriptor, [](OpenFile&) { return -T31_ENODEV; });
}

char* t31_host_list_files(void) {
  return strdup(machine().files.list().c_str());
}
