// SPDX-License-Identifier: GPL-2.0-or-later
#include "host/client/user_memory.hpp"

#include <sys/mman.h>

#include <cstring>

#include "driver/port/port.h"
#include "host/machine.hpp"
#include "host/strict/report.hpp"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#endif

namespace t31::host {
namespace {

constexpr size_t kArena = size_t{64} << 20;
constexpr size_t kGap = 32;  // never part of an allocation: overruns are noticed
constexpr size_t kAlignment = 16;
// Where the arena may lie. Both sanitizers leave low addresses to the program.
constexpr uintptr_t kFirstPlace = 0x20000000;
constexpr uintptr_t kLastPlace = 0xe0000000;
constexpr uintptr_t kPlaceStep = 0x08000000;

uint8_t* map_arena() {
  for (uintptr_t place = kFirstPlace; place <= kLastPlace; place += kPlaceStep) {
    void* const arena =
        mmap(reinterpret_cast<void*>(place), kArena, PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (arena == reinterpret_cast<void*>(place)) return static_cast<uint8_t*>(arena);
    if (arena != MAP_FAILED) munmap(arena, kArena);  // a kernel that doesn't know the flag
  }
  fatal("no room for clients' memory below 4 GiB");
}

constexpr size_t padded(size_t size) {
  return (size + kAlignment - 1) / kAlignment * kAlignment + kGap;
}

}  // namespace

UserMemory::UserMemory() : arena_(map_arena()) {
  next_ = reinterpret_cast<uintptr_t>(arena_);
  ASAN_POISON_MEMORY_REGION(arena_, kArena);
}

UserMemory::~UserMemory() {
  ASAN_UNPOISON_MEMORY_REGION(arena_, kArena);
  munmap(arena_, kArena);
}

void* UserMemory::allocate(size_t size) {
  const auto begin = reinterpret_cast<uintptr_t>(arena_);
  if (size == 0) size = 1;
  if (size > kArena) return nullptr;
  const std::scoped_lock reuse(reuse_);
  const HiddenGuard guard(mutex_);
  // Next fit: behind the last allocation first, so that freed addresses rest.
  for (const uintptr_t start : {next_, begin}) {
    uintptr_t candidate = start;
    for (auto after = live_.lower_bound(candidate);; ++after) {
      if (after != live_.begin()) {
        const auto before = std::prev(after);
        candidate = std::max(candidate, before->first + padded(before->second));
      }
      if (candidate + padded(size) > begin + kArena) break;
      if (after != live_.end() && candidate + padded(size) > after->first) continue;
      live_.emplace(candidate, size);
      next_ = candidate + padded(size);
      void* const memory = reinterpret_cast<void*>(candidate);
      ASAN_UNPOISON_MEMORY_REGION(memory, size);
      return memset(memory, 0, size);
    }
  }
  return nullptr;
}

bool UserMemory::release(void* memory) {
  const std::scoped_lock reuse(reuse_);
  const HiddenGuard guard(mutex_);
  const auto found = live_.find(reinterpret_cast<uintptr_t>(memory));
  if (found == live_.end()) return false;
  ASAN_POISON_MEMORY_REGION(memory, found->second);
  live_.erase(found);
  return true;
}

void* UserMemory::view(uint32_t address, uint32_t size) const {
  const HiddenGuard guard(mutex_);
  auto found = live_.upper_bound(address);
  if (found == live_.begin()) return nullptr;
  --found;
  if (address - found->first + uint64_t{size} > found->second) return nullptr;
  return reinterpret_cast<void*>(uintptr_t{address});
}

namespace {

// Whose memory the calling thread's system calls mean; null: the arena.
thread_local const t31_host_user_memory* other_process = nullptr;

// What every copy must hold to; false: it fails.
bool begin_copy(Machine& host, const char* call) {
  might_sleep(call);
  const Thread& self = *Thread::self();
  if (!self.in_system_call) {
    violation("%s outside a system call: there is no user", call);
    return false;
  }
  count(host.counters.user_copies);
  if (self.held.locks() > 0) count(host.counters.user_copies_under_lock);
  return !host.faults.hit(call);
}

}  // namespace
}  // namespace t31::host

using namespace t31::host;

int t31_port_copy_from_user(void* to, u32 user_address, u32 size) {
  auto& host = machine();
  const bool fine = begin_copy(host, "t31_port_copy_from_user");
  if (size == 0) return 0;
  if (!fine) return -T31_EFAULT;
  if (other_process != nullptr) {
    return other_process->read(other_process->context, to, user_address, size);
  }
  const void* const from = host.user.view(user_address, size);
  if (from == nullptr) return -T31_EFAULT;
  memcpy(to, from, size);
  return 0;
}

int t31_port_copy_to_user(u32 user_address, const void* from, u32 size) {
  auto& host = machine();
  const bool fine = begin_copy(host, "t31_port_copy_to_user");
  if (size == 0) return 0;
  if (!fine) return -T31_EFAULT;
  if (other_process != nullptr) {
    return other_process->write(other_process->context, user_address, from, size);
  }
  void* const to = host.user.view(user_address, size);
  if (to == nullptr) return -T31_EFAULT;
  memcpy(to, from, size);
  return 0;
}

void t31_host_set_user_memory(const struct t31_host_user_memory* memory) {
  other_process = memory;
}

void* t31_host_user_alloc(size_t size) {
  return machine().user.allocate(size);
}

void t31_host_user_free(void* memory) {
  if (memory != nullptr && !machine().user.release(memory)) {
    violation("t31_host_user_free of what isn't allocated");
  }
}
