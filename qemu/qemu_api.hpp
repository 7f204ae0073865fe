// SPDX-License-Identifier: GPL-2.0-or-later
// qemu_api.hpp - the few functions of QEMU 7.2 that a preloaded device calls. QEMU has no
// development package; Debian's binary exports them for its loadable modules. Types are opaque
// storage, larger than QEMU's own.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" {

struct MemoryRegion;
struct AddressSpace;
struct QEMUTimer;
struct IRQState;
struct CPUState;

struct MemoryRegionOps {
  std::uint64_t (*read)(void* opaque, std::uint64_t offset, unsigned size);
  void (*write)(void* opaque, std::uint64_t offset, std::uint64_t value, unsigned size);
  void* read_with_attrs;
  void* write_with_attrs;
  int endianness;  // 2: little
  struct {
    unsigned min_access_size;
    unsigned max_access_size;
    bool unaligned;
    void* accepts;
  } valid;
  struct {
    unsigned min_access_size;
    unsigned max_access_size;
    bool unaligned;
  } impl;
};

struct Notifier {
  void (*notify)(Notifier* notifier, void* data);
  void* link[2];
};

// A transaction's attributes, passed by value: bit 0 = unspecified.
struct MemTxAttrs {
  std::uint32_t bits;
};

// Weak, because the library is also loaded into programs that are not QEMU.
extern AddressSpace address_space_memory __attribute__((weak));

void qemu_add_machine_init_done_notifier(Notifier* notifier);
MemoryRegion* get_system_memory(void);
void memory_region_init_io(MemoryRegion* region, void* owner, const MemoryRegionOps* ops,
                           void* opaque, const char* name, std::uint64_t size);
void memory_region_add_subregion_overlap(MemoryRegion* region, std::uint64_t offset,
                                         MemoryRegion* subregion, int priority);
IRQState* isa_get_irq(void* device, unsigned irq);
void qemu_set_irq(IRQState* irq, int level);
std::uint32_t address_space_rw(AddressSpace* space, std::uint64_t address, MemTxAttrs attributes,
                               void* buffer, std::uint64_t length, bool is_write);
void* address_space_map(AddressSpace* space, std::uint64_t address, std::uint64_t* length,
                        bool is_write, MemTxAttrs attributes);
void address_space_unmap(AddressSpace* space, void* buffer, std::uint64_t length, bool is_write,
                         std::uint64_t access_length);
std::int64_t qemu_clock_get_ns(int clock);
// True while the processor waits for an interrupt.
bool all_cpu_threads_idle(void);
CPUState* qemu_get_cpu(int index);
// In the thread that runs it.
bool qemu_cpu_is_self(CPUState* cpu);
void timer_init_full(QEMUTimer* timer, void* list_group, int clock, int scale, int attributes,
                     void (*callback)(void* opaque), void* opaque);
void timer_mod(QEMUTimer* timer, std::int64_t expire_time);
void timer_del(QEMUTimer* timer);

}  // extern "C"

namespace t31::qemu {

inline constexpr int kLittleEndian = 2;
inline constexpr int kVirtualClock = 1;
inline constexpr MemTxAttrs kUnspecified{1};
// Larger than QEMU's structs of these names.
inline constexpr std::size_t kMemoryRegionBytes = 4096;
inline constexpr std::size_t kTimerBytes = 512;

}  // namespace t31::qemu
