// SPDX-License-Identifier: GPL-2.0-or-later
// mmio.hpp - mapped register ranges.
#pragma once

#include <atomic>
#include <forward_list>
#include <mutex>

#include "driver/port/port.h"

struct t31_mmio {
  t31_mmio(u32 first, u32 bytes, const char* unit, bool present)
      : base(first), size(bytes), name(unit), mapped(present) {}
  u32 base;
  u32 size;
  const char* name;
  std::atomic<bool> mapped;
};

namespace t31::host {

// Mappings stay after iounmap, so that a late access is told from a wild one.
class RegisterMappings {
 public:
  // Null when part of the range is mapped already.
  t31_mmio* add(u32 base, u32 size, const char* name);

 private:
  std::mutex mutex_;
  std::forward_list<t31_mmio> mappings_;
};

}  // namespace t31::host
