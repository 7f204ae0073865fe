// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31d/client_memory.hpp"

#include <sys/uio.h>

#include <cerrno>

namespace t31::daemon {
namespace {

constexpr uint64_t kAddressEnd = uint64_t{1} << 32;

bool in_range(uint32_t address, uint32_t size) {
  return uint64_t{address} + size <= kAddressEnd;
}

int read_user(void* context, void* to, uint32_t address, uint32_t size) {
  return static_cast<const ClientMemory*>(context)->read(address, to, size) ? 0 : -EFAULT;
}

int write_user(void* context, uint32_t address, const void* from, uint32_t size) {
  return static_cast<const ClientMemory*>(context)->write(address, from, size) ? 0 : -EFAULT;
}

}  // namespace

bool ClientMemory::read(uint32_t address, void* to, uint32_t size) const {
  if (!in_range(address, size)) return false;
  const iovec ours = {to, size};
  const iovec theirs = {reinterpret_cast<void*>(base_ + address), size};
  return process_vm_readv(process_, &ours, 1, &theirs, 1, 0) == static_cast<ssize_t>(size);
}

bool ClientMemory::write(uint32_t address, const void* from, uint32_t size) const {
  if (!in_range(address, size)) return false;
  const iovec ours = {const_cast<void*>(from), size};
  const iovec theirs = {reinterpret_cast<void*>(base_ + address), size};
  return process_vm_writev(process_, &ours, 1, &theirs, 1, 0) == static_cast<ssize_t>(size);
}

ClientMemory::Use::Use(const ClientMemory& memory)
    : operations_{const_cast<ClientMemory*>(&memory), read_user, write_user} {
  t31_host_set_user_memory(&operations_);
}

ClientMemory::Use::~Use() {
  t31_host_set_user_memory(nullptr);
}

}  // namespace t31::daemon
