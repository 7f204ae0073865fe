// SPDX-License-Identifier: GPL-2.0-or-later
#include "host/bus/memory.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "host/strict/report.hpp"

namespace t31::host {
namespace {

constexpr uint32_t kPage = 4096;

constexpr bool inside(uint32_t address, uint32_t size, uint32_t base, uint32_t area) {
  return size > 0 && address >= base && uint64_t{address} + size <= uint64_t{base} + area;
}

constexpr bool overlap(uint32_t a, uint32_t a_size, uint32_t b, uint32_t b_size) {
  return a_size > 0 && b_size > 0 && a < uint64_t{b} + b_size && b < uint64_t{a} + a_size;
}

constexpr uint32_t pages_of(uint32_t size) {
  return (size + uint64_t{kPage} - 1) / kPage;
}

}  // namespace

BusMemory::~BusMemory() {
  if (memory_ != nullptr) munmap(memory_, total_);
  if (descriptor_ >= 0) close(descriptor_);
}

int BusMemory::create(const Layout& layout) {
  const Layout& l = layout;
  const uint32_t all =
      l.pool_base | l.pool_size | l.ispmem_base | l.ispmem_size | l.rmem_base | l.rmem_size;
  if (all % kPage != 0) return -EINVAL;
  if (uint64_t{l.rmem_base} + l.rmem_size > uint64_t{1} << 32) return -EINVAL;
  if (overlap(l.pool_base, l.pool_size, l.rmem_base, l.rmem_size)) return -EINVAL;
  if (overlap(l.ispmem_base, l.ispmem_size, l.rmem_base, l.rmem_size)) return -EINVAL;
  if (overlap(l.pool_base, l.pool_size, l.ispmem_base, l.ispmem_size)) return -EINVAL;
  layout_ = layout;
  total_ = uint64_t{l.pool_size} + l.ispmem_size + l.rmem_size;
  descriptor_ = memfd_create("t31-bus-memory", MFD_CLOEXEC);
  if (descriptor_ < 0) return -errno;
  if (ftruncate(descriptor_, static_cast<off_t>(total_)) < 0) return -errno;
  void* const view = mmap(nullptr, total_, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor_, 0);
  if (view == MAP_FAILED) return -errno;
  memory_ = static_cast<uint8_t*>(view);
  return mprotect(memory_, l.pool_size, PROT_NONE) == 0 ? 0 : -errno;
}

uint8_t* BusMemory::pool_page(uint32_t page) const {
  return memory_ + uint64_t{page} * kPage;
}

// Next fit, so that freed addresses rest as long as possible; an untouched page before and after.
bool BusMemory::find_place(uint32_t pages, uint32_t* place) const {
  const uint32_t end = layout_.pool_size / kPage;
  for (const bool reuse_all : {false, true}) {
    for (const uint32_t start : {next_page_, uint32_t{0}}) {
      uint32_t candidate = start + 1;
      for (auto block = blocks_.begin(); block != blocks_.end(); ++block) {
        const uint32_t block_end = block->first + block->second.pages;
        if (block_end < candidate) continue;
        if (reuse_all && block->second.use == Use::kFreed) continue;
        if (candidate + pages < block->first) break;
        candidate = block_end + 1;
      }
      if (uint64_t{candidate} + pages < end) {
        *place = candidate;
        return true;
      }
    }
  }
  return false;
}

void BusMemory::forget_freed(uint32_t place, uint32_t pages) {
  for (auto block = blocks_.begin(); block != blocks_.end();) {
    const bool touched = block->second.use == Use::kFreed && block->first < place + pages &&
                         place < block->first + block->second.pages;
    block = touched ? blocks_.erase(block) : std::next(block);
  }
}

void* BusMemory::allocate(uint32_t size, uint32_t* bus_address) {
  const uint32_t pages = pages_of(size);
  if (pages == 0) return nullptr;
  const std::scoped_lock lock(mutex_);
  uint32_t place = 0;
  if (!find_place(pages, &place)) return nullptr;
  forget_freed(place, pages);
  uint8_t* const memory = pool_page(place);
  if (mprotect(memory, uint64_t{pages} * kPage, PROT_READ | PROT_WRITE) != 0) return nullptr;
  memset(memory, 0, uint64_t{pages} * kPage);
  blocks_[place] = {pages, size, Use::kLive};
  next_page_ = place + pages;
  *bus_address = layout_.pool_base + place * kPage;
  return memory;
}

bool BusMemory::release(const void* memory, uint32_t size, uint32_t bus_address) {
  const std::scoped_lock lock(mutex_);
  const uint32_t offset = bus_address - layout_.pool_base;
  const auto found = blocks_.find(offset / kPage);
  if (offset >= layout_.pool_size || offset % kPage != 0 || found == blocks_.end()) return false;
  Block& block = found->second;
  if (block.use != Use::kLive || block.size != size || memory != memory_ + offset) return false;
  block.use = Use::kFreed;
  return mprotect(memory_ + offset, uint64_t{block.pages} * kPage, PROT_NONE) == 0;
}

void* BusMemory::pool_view(uint32_t offset, uint32_t size, bool* freed) const {
  auto block = blocks_.upper_bound(offset / kPage);
  if (block == blocks_.begin()) return nullptr;
  --block;
  const uint32_t begin = block->first * kPage;
  if (offset - begin >= block->second.pages * kPage) return nullptr;
  *freed = block->second.use == Use::kFreed;
  if (*freed || uint64_t{offset} - begin + size > block->second.size) return nullptr;
  return memory_ + offset;
}

void* BusMemory::device_view(uint32_t bus_address, uint32_t size) {
  if (void* const reserved = reserved_view(bus_address, size)) return reserved;
  const uint32_t offset = bus_address - layout_.pool_base;
  if (size == 0 || offset >= layout_.pool_size) return nullptr;
  bool freed = false;
  void* view = nullptr;
  {
    const std::scoped_lock lock(mutex_);
    view = pool_view(offset, size, &freed);
  }
  if (freed) violation("DMA to freed memory: bus address 0x%08x, %u bytes", bus_address, size);
  return view;
}

void* BusMemory::reserved_view(uint32_t bus_address, uint32_t size) {
  if (in_rmem(bus_address, size)) {
    return memory_ + layout_.pool_size + layout_.ispmem_size + (bus_address - layout_.rmem_base);
  }
  if (inside(bus_address, size, layout_.ispmem_base, layout_.ispmem_size)) {
    return memory_ + layout_.pool_size + (bus_address - layout_.ispmem_base);
  }
  return nullptr;
}

int BusMemory::reserved_file(uint64_t* offset) const {
  *offset = uint64_t{layout_.pool_size} + layout_.ispmem_size;
  return descriptor_;
}

bool BusMemory::in_rmem(uint32_t bus_address, uint32_t size) const {
  return inside(bus_address, size, layout_.rmem_base, layout_.rmem_size);
}

bool BusMemory::in_ram(uint32_t bus_address, uint32_t size) {
  if (reserved_view(bus_address, size) != nullptr) return true;
  const uint32_t offset = bus_address - layout_.pool_base;
  if (size == 0 || offset >= layout_.pool_size) return false;
  bool freed = false;
  const std::scoped_lock lock(mutex_);
  return pool_view(offset, size, &freed) != nullptr;
}

}  // namespace t31::host
