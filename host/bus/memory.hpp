// SPDX-License-Identifier: GPL-2.0-or-later
// memory.hpp - the RAM that DMA engines and CPU share: one memfd, three areas of bus addresses.
//   pool     what the driver allocates; only live allocations are memory, the rest isn't
//   ispmem   the driver's private area of the boot line
//   rmem     frame memory that clients hand to the driver
#pragma once

#include <cstdint>
#include <map>
#include <mutex>

namespace t31::host {

class BusMemory {
 public:
  struct Layout {
    uint32_t pool_base;
    uint32_t pool_size;
    uint32_t ispmem_base;
    uint32_t ispmem_size;
    uint32_t rmem_base;
    uint32_t rmem_size;
  };

  BusMemory() = default;
  BusMemory(const BusMemory&) = delete;
  BusMemory& operator=(const BusMemory&) = delete;
  ~BusMemory();

  // Negative errno: areas overlap or aren't page aligned, no memory.
  int create(const Layout& layout);

  // From the pool: page aligned, zeroed. Null when there is no room.
  void* allocate(uint32_t size, uint32_t* bus_address);
  // False when it isn't a live allocation of that size.
  bool release(const void* memory, uint32_t size, uint32_t bus_address);

  // What a DMA engine sees; null outside. DMA to freed memory is a violation.
  void* device_view(uint32_t bus_address, uint32_t size);
  // What the CPU may map: rmem, ispmem.
  void* reserved_view(uint32_t bus_address, uint32_t size);
  // The memfd, and where rmem begins in it.
  int reserved_file(uint64_t* offset) const;
  bool in_rmem(uint32_t bus_address, uint32_t size) const;
  bool in_ram(uint32_t bus_address, uint32_t size);

  const Layout& layout() const { return layout_; }

 private:
  enum class Use { kLive, kFreed };
  struct Block {
    uint32_t pages;
    uint32_t size;
    Use use;
  };
  using Blocks = std::map<uint32_t, Block>;  // by page number of the pool

  bool find_place(uint32_t pages, uint32_t* place) const;
  void forget_freed(uint32_t place, uint32_t pages);
  void* pool_view(uint32_t offset, uint32_t size, bool* freed) const;
  uint8_t* pool_page(uint32_t page) const;

  Layout layout_{};
  int descriptor_ = -1;
  uint8_t* memory_ = nullptr;  // pool, ispmem, rmem
  uint64_t total_ = 0;
  mutable std::mutex mutex_;
  Blocks blocks_;
  uint32_t next_page_ = 0;
};

}  // namespace t31::host
