// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * memory.c - registers, kernel memory, memory for DMA, and the areas that the boot line reserves.
 *
 * Statistics memory is cached and synchronised, not coherent: the unpacking reads every word of it,
 * and uncached reads are slow.
 */
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "glue.h"

/* Above this, memory need not be contiguous. */
#define LARGEST_CONTIGUOUS (4 * PAGE_SIZE)

struct t31_mapping {
  struct t31_mapping* next;
  struct t31_mmio* registers;
  u32 base;
  u32 size;
};
static struct t31_mapping* mappings;

struct reserved {
  u32 base;
  u32 size;
};
static struct reserved rmem, ispmem;

/* ---- Registers ---- */

struct t31_mmio* t31_port_ioremap(u32 base, u32 size, const char* name) {
  struct t31_mapping* mapping;

  if (t31_platform_fails("ioremap")) return NULL;
  mapping = kzalloc(sizeof(*mapping), GFP_KERNEL);
  if (!mapping) return NULL;
  if (!request_mem_region(base, size, name)) {
    kfree(mapping);
    return NULL;
  }
  mapping->registers = (struct t31_mmio*)(void __force*)t31_map_registers(base, size);
  if (!mapping->registers) {
    release_mem_region(base, size);
    kfree(mapping);
    return NULL;
  }
  mapping->base = base;
  mapping->size = size;
  mapping->next = mappings;
  mappings = mapping;
  return mapping->registers;
}

void t31_port_iounmap(struct t31_mmio* registers) {
  struct t31_mapping** link = &mappings;
  struct t31_mapping* mapping;

  while (*link && (*link)->registers != registers) link = &(*link)->next;
  mapping = *link;
  if (!mapping) return;
  *link = mapping->next;
  iounmap((void __iomem __force*)registers);
  release_mem_region(mapping->base, mapping->size);
  kfree(mapping);
}

/* ---- Kernel memory ---- */

void* t31_port_alloc(u32 size) {
  if (t31_platform_fails("alloc")) return NULL;
  return size <= LARGEST_CONTIGUOUS ? kzalloc(size, GFP_KERNEL) : vzalloc(size);
}

void t31_port_free(void* memory) {
  if (is_vmalloc_addr(memory))
    vfree(memory);
  else
    kfree(memory);
}

/* ---- DMA ---- */

void* t31_port_dma_alloc(u32 size, u32* bus_address) {
  dma_addr_t mapped;
  void* memory;

  if (t31_platform_fails("dma_alloc")) return NULL;
  memory = alloc_pages_exact(size, GFP_KERNEL | __GFP_ZERO | __GFP_NOWARN);
  if (!memory) return NULL;
  mapped = dma_map_single(t31_device, memory, size, DMA_FROM_DEVICE);
  if (dma_mapping_error(t31_device, mapped)) {
    free_pages_exact(memory, size);
    return NULL;
  }
  *bus_address = (u32)mapped;
  return memory;
}

void t31_port_dma_free(void* memory, u32 size, u32 bus_address) {
  dma_unmap_single(t31_device, bus_address, size, DMA_FROM_DEVICE);
  free_pages_exact(memory, size);
}

void t31_port_dma_sync_for_cpu(u32 bus_address, u32 size) {
  dma_sync_single_for_cpu(t31_device, bus_address, size, DMA_FROM_DEVICE);
}

/* Buffers of clients: nothing of them may stay in the cache, or it lands on top of the picture. */
void t31_port_dma_sync_for_device(u32 bus_address, u32 size) {
  t31_discard_cached(t31_device, bus_address, size);
}

static bool lies_in(const struct reserved* area, u32 address, u32 size) {
  return area->size >= size && address >= area->base && address - area->base <= area->size - size;
}

int t31_port_dma_range_valid(u32 bus_address, u32 size) {
  return lies_in(&rmem, bus_address, size) || lies_in(&ispmem, bus_address, size);
}

void* t31_port_rmem_map(u32 bus_address, u32 size) {
  if (!t31_port_dma_range_valid(bus_address, size) || t31_platform_fails("rmem_map")) return NULL;
  return (void __force*)t31_map_registers(bus_address, size);
}

void t31_port_rmem_unmap(void* memory, u32 size) {
  (void)size;
  iounmap((void __iomem __force*)memory);
}

/* ---- The boot line: NAME=SIZE@BASE ---- */

static void parse(const char* line, const char* name, struct reserved* area) {
  const size_t length = strlen(name);
  const char* at = line;
  char* end;

  while (at) {
    if (!strncmp(at, name, length) && at[length] == '=') {
      area->size = (u32)memparse(at + length + 1, &end);
      area->base = *end == '@' ? (u32)memparse(end + 1, &end) : 0;
      if (!area->base) area->size = 0;
      return;
    }
    at = strchr(at, ' ');
    while (at && *at == ' ') at++;
  }
}

/* The kernel's own copy isn't exported everywhere; the file is. */
void t31_memory_find_reserved(void) {
  char* line = kzalloc(PAGE_SIZE, GFP_KERNEL);

  if (!line) return;
  if (t31_port_file_read("/proc/cmdline", line, PAGE_SIZE - 1) > 0) {
    parse(line, "rmem", &rmem);
    parse(line, "ispmem", &ispmem);
  }
  kfree(line);
  if (!rmem.size)
    t31_port_log(T31_LOG_WARNING,
                 "no rmem=SIZE@BASE on the boot line: clients can't hand over buffers");
}

u32 t31_port_ispmem_base(void) {
  return ispmem.base;
}

u32 t31_port_ispmem_size(void) {
  return ispmem.size;
}
