// SPDX-License-Identifier: GPL-2.0-or-later
// mmio.cpp - mapped registers: bounds, life time, trace.
#include "host/bus/mmio.hpp"

#include "host/machine.hpp"
#include "host/strict/report.hpp"

namespace t31::host {
namespace {

inline void check_access(const t31_mmio* mapping, u32 offset) {
  if (mapping == nullptr) fatal("register access through a null mapping, offset 0x%x", offset);
  if (!mapping->mapped.load(std::memory_order_relaxed)) {
    fatal("register access to '%s' after iounmap, offset 0x%x", mapping->name, offset);
  }
  if (offset % 4 != 0 || mapping->size < 4 || offset > mapping->size - 4) {
    fatal("register access outside '%s': offset 0x%x of 0x%x", mapping->name, offset,
          mapping->size);
  }
}

}  // namespace

t31_mmio* RegisterMappings::add(u32 base, u32 size, const char* name) {
  const std::scoped_lock lock(mutex_);
  for (const t31_mmio& other : mappings_) {
    const bool overlaps = base < u64{other.base} + other.size && other.base < u64{base} + size;
    if (other.mapped && overlaps) return nullptr;
  }
  return &mappings_.emplace_front(base, size, name, true);
}

}  // namespace t31::host

using namespace t31::host;

struct t31_mmio* t31_port_ioremap(u32 base, u32 size, const char* name) {
  auto& host = machine();
  might_sleep("t31_port_ioremap");
  if (host.faults.hit("t31_port_ioremap")) return nullptr;
  if (size == 0 || u64{base} + size > u64{1} << 32 || base % 4 != 0) return nullptr;
  t31_mmio* const mapping = host.mappings.add(base, size, name);
  if (mapping == nullptr) return nullptr;
  host.objects.add(ObjectKind::kMapping, mapping, name, 0, __builtin_return_address(0));
  host.trace.mark("ioremap %x %x", base, size);
  return mapping;
}

void t31_port_iounmap(struct t31_mmio* mapping) {
  auto& host = machine();
  might_sleep("t31_port_iounmap");
  if (!host.objects.remove(ObjectKind::kMapping, mapping)) {
    return violation("t31_port_iounmap of what isn't mapped");
  }
  host.trace.mark("iounmap %x", mapping->base);
  mapping->mapped = false;
}

u32 t31_host_mmio_read(const struct t31_mmio* mapping, u32 offset) {
  auto& host = machine();
  attached("t31_port_read32");
  check_access(mapping, offset);
  const u32 address = mapping->base + offset;
  const u32 value = host.bus.read(address);
  count(host.counters.register_reads);
  host.trace.access('R', address, value);
  return value;
}

void t31_host_mmio_write(struct t31_mmio* mapping, u32 offset, u32 value) {
  auto& host = machine();
  attached("t31_port_write32");
  check_access(mapping, offset);
  const u32 address = mapping->base + offset;
  count(host.counters.register_writes);
  host.trace.access('W', address, value);
  host.bus.write(address, value);
}

u32 t31_host_peek(u32 address) {
  return machine().bus.read(address);
}

void t31_host_poke(u32 address, u32 value) {
  machine().bus.write(address, value);
}
