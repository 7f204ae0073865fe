// SPDX-License-Identifier: GPL-2.0-or-later
// memory.hpp - mappings of reserved memory that the driver holds; the same range may be mapped
// twice.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "host/strict/objects.hpp"

namespace t31::host {

class ReservedMappings {
 public:
  void add(Objects& objects, void* memory, uint32_t size, const void* owner);
  // False when there is no such mapping.
  bool remove(Objects& objects, void* memory, uint32_t size);

 private:
  std::mutex mutex_;
  // The value is the mapping's key among the objects.
  std::multimap<std::pair<void*, uint32_t>, std::unique_ptr<char>> mappings_;
};

}  // namespace t31::host
