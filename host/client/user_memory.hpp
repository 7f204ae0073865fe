// SPDX-License-Identifier: GPL-2.0-or-later
// user_memory.hpp - clients' memory below 4 GiB, so that its addresses fit the 32-bit ABI.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>

#include "host/sched/hidden_mutex.hpp"

namespace t31::host {

class UserMemory {
 public:
  UserMemory();
  UserMemory(const UserMemory&) = delete;
  UserMemory& operator=(const UserMemory&) = delete;
  ~UserMemory();

  // 16-byte aligned, zeroed; null when there is no room.
  void* allocate(size_t size);
  // False when it isn't a live allocation.
  bool release(void* memory);
  // CPU view of a range that lies in one live allocation; null otherwise.
  void* view(uint32_t address, uint32_t size) const;

 private:
  uint8_t* arena_ = nullptr;
  // Orders a former owner's accesses before those of the next one.
  std::mutex reuse_;
  mutable HiddenMutex mutex_;
  std::map<uintptr_t, size_t> live_;  // address, size
  uintptr_t next_ = 0;                // where the search for a gap starts
};

}  // namespace t31::host
