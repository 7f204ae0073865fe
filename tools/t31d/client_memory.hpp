// SPDX-License-Identifier: GPL-2.0-or-later
// client_memory.hpp - the memory of a program that uses the camera, which the driver copies from
// and to.
#pragma once

#include <sys/types.h>

#include <cstdint>

#include "t31_host.h"

namespace t31::daemon {

// Addresses of the program are 32 bits wide; an emulator adds its base to them.
class ClientMemory {
 public:
  ClientMemory(pid_t process, uint64_t base) : process_(process), base_(base) {}

  // False: something of it isn't mapped (or we may not look at that process).
  bool read(uint32_t address, void* to, uint32_t size) const;
  bool write(uint32_t address, const void* from, uint32_t size) const;

  // While it lives, the calling thread's system calls mean this memory.
  class Use {
   public:
    explicit Use(const ClientMemory& memory);
    ~Use();
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;

   private:
    t31_host_user_memory operations_;
  };

 private:
  pid_t process_;
  uint64_t base_;
};

}  // namespace t31::daemon
