// SPDX-License-Identifier: GPL-2.0-or-later
// memory.cpp - heap, DMA memory and reserved memory of the port.
#include <cstdlib>
#include <cstring>

#include "driver/port/port.h"
#include "host/machine.hpp"
#include "host/strict/report.hpp"

namespace t31::host {
namespace {

constexpr int kFreedByte = 0x6b;  // as the kernel's slab poison

void check_no_life(Machine& host, const void* memory, u64 size, const char* call) {
  const std::string alive = host.objects.living_inside(memory, size);
  if (!alive.empty()) violation("%s of memory with a living object in it: %s", call, alive.c_str());
}

void check_dma_range(u32 bus_address, u32 size, const char* call) {
  if (!machine().memory.in_ram(bus_address, size)) {
    violation("%s of what isn't DMA memory: bus address 0x%08x, %u bytes", call, bus_address, size);
  }
}

}  // namespace

void ReservedMappings::add(Objects& objects, void* memory, u32 size, const void* owner) {
  const std::scoped_lock lock(mutex_);
  const auto mapping = mappings_.emplace(std::pair(memory, size), std::make_unique<char>());
  objects.add(ObjectKind::kReservedMemory, mapping->second.get(), "", size, owner);
}

bool ReservedMappings::remove(Objects& objects, void* memory, u32 size) {
  const std::scoped_lock lock(mutex_);
  const auto mapping = mappings_.find(std::pair(memory, size));
  if (mapping == mappings_.end()) return false;
  objects.remove(ObjectKind::kReservedMemory, mapping->second.get());
  mappings_.erase(mapping);
  return true;
}

}  // namespace t31::host

using namespace t31::host;

void* t31_port_alloc(u32 size) {
  auto& host = machine();
  might_sleep("t31_port_alloc");
  if (host.faults.hit("t31_port_alloc")) return nullptr;
  void* const memory = calloc(1, size > 0 ? size : 1);
  if (memory == nullptr) return nullptr;
  count(host.counters.allocations);
  host.objects.add(ObjectKind::kAllocation, memory, "", size, __builtin_return_address(0));
  return memory;
}

void t31_port_free(void* memory) {
  auto& host = machine();
  if (memory == nullptr) return;
  process_context("t31_port_free");
  u64 size = 0;
  if (!host.objects.remove(ObjectKind::kAllocation, memory, &size)) {
    return violation("t31_port_free of what isn't allocated");
  }
  check_no_life(host, memory, size, "t31_port_free");
  memset(memory, kFreedByte, size);
  free(memory);
}

void* t31_port_dma_alloc(u32 size, u32* bus_address) {
  auto& host = machine();
  might_sleep("t31_port_dma_alloc");
  if (host.faults.hit("t31_port_dma_alloc")) return nullptr;
  void* const memory = host.memory.allocate(size, bus_address);
  if (memory == nullptr) return nullptr;
  count(host.counters.allocations);
  host.objects.add(ObjectKind::kDmaMemory, memory, "", size, __builtin_return_address(0));
  return memory;
}

void t31_port_dma_free(void* memory, u32 size, u32 bus_address) {
  auto& host = machine();
  might_sleep("t31_port_dma_free");
  if (!host.objects.contains(ObjectKind::kDmaMemory, memory) ||
      !host.memory.release(memory, size, bus_address)) {
    return violation("t31_port_dma_free of what isn't allocated so: bus address 0x%08x, %u bytes",
                     bus_address, size);
  }
  check_no_life(host, memory, size, "t31_port_dma_free");
  host.objects.remove(ObjectKind::kDmaMemory, memory);
}

void t31_port_dma_sync_for_cpu(u32 bus_address, u32 size) {
  check_dma_range(bus_address, size, "t31_port_dma_sync_for_cpu");
}

void t31_port_dma_sync_for_device(u32 bus_address, u32 size) {
  check_dma_range(bus_address, size, "t31_port_dma_sync_for_device");
}

int t31_port_dma_range_valid(u32 bus_address, u32 size) {
  return machine().memory.in_rmem(bus_address, size) ? 1 : 0;
}

void* t31_port_rmem_map(u32 bus_address, u32 size) {
  auto& host = machine();
  might_sleep("t31_port_rmem_map");
  if (host.faults.hit("t31_port_rmem_map")) return nullptr;
  void* const memory = host.memory.reserved_view(bus_address, size);
  if (memory == nullptr) return nullptr;
  host.reserved_mappings.add(host.objects, memory, size, __builtin_return_address(0));
  return memory;
}

void t31_port_rmem_unmap(void* memory, u32 size) {
  auto& host = machine();
  might_sleep("t31_port_rmem_unmap");
  if (!host.reserved_mappings.remove(host.objects, memory, size)) {
    violation("t31_port_rmem_unmap of what isn't mapped so, %u bytes", size);
  }
}

u32 t31_port_ispmem_base(void) {
  const BusMemory::Layout& layout = machine().memory.layout();
  return layout.ispmem_size > 0 ? layout.ispmem_base : 0;
}

u32 t31_port_ispmem_size(void) {
  return machine().memory.layout().ispmem_size;
}
