// SPDX-License-Identifier: GPL-2.0-or-later
// qemu_machine_api.hpp - what a machine of its own asks of QEMU 7.2, besides qemu_api.hpp. Layouts
// are those of the 64-bit build; layouts.cpp checks them before they are used.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>

#include "qemu/qemu_api.hpp"

extern "C" {

struct Object;
struct ObjectClass;
struct Chardev;
struct Clock;
struct MIPSCPU;
struct CPUState;
struct CPUMIPSState;
struct HostMemoryBackend;

struct TypeInfo {
  const char* name;
  const char* parent;
  std::size_t instance_size;
  std::size_t instance_align;
  void (*instance_init)(Object* object);
  void (*instance_post_init)(Object* object);
  void (*instance_finalize)(Object* object);
  bool abstract;
  std::size_t class_size;
  void (*class_init)(ObjectClass* type, void* data);
  void (*class_base_init)(ObjectClass* type, void* data);
  void* class_data;
  void* interfaces;
};

struct VersionTriple {
  std::int64_t major;
  std::int64_t minor;
  std::int64_t micro;
};
struct VersionInfo {
  VersionTriple* qemu;
  char* package;
};

void* type_register_static(const TypeInfo* info);
ObjectClass* object_class_by_name(const char* name);
const char* object_get_typename(const Object* object);
std::size_t object_type_get_instance_size(const char* name);
Object* object_dynamic_cast(Object* object, const char* name);
char* object_property_get_str(Object* object, const char* name, void** error);
Object* object_property_get_link(Object* object, const char* name, void** error);
VersionInfo* qmp_query_version(void** error);

MemoryRegion* host_memory_backend_get_memory(HostMemoryBackend* backend);
void memory_region_add_subregion(MemoryRegion* region, std::uint64_t offset,
                                 MemoryRegion* subregion);
std::uint64_t memory_region_size(MemoryRegion* region);

Clock* clock_new(Object* parent, const char* name);
bool clock_set(Clock* clock, std::uint64_t period);
MIPSCPU* mips_cpu_create_with_clock(const char* type, Clock* clock);
void cpu_mips_irq_init_cpu(MIPSCPU* cpu);
void cpu_mips_clock_init(MIPSCPU* cpu);
// Weak: functions whose address is taken, because the library is also loaded into programs that are
// not QEMU.
void cpu_mips_store_status(CPUMIPSState* state, std::uint32_t value) __attribute__((weak));
void cpu_mips_store_cause(CPUMIPSState* state, std::uint32_t value) __attribute__((weak));
int mips_cpu_gdb_read_register(CPUState* cpu, void* bytes, int number) __attribute__((weak));
int mips_cpu_gdb_write_register(CPUState* cpu, std::uint8_t* bytes, int number)
    __attribute__((weak));
void cpu_reset(CPUState* cpu);
extern const std::uint8_t mips_defs[] __attribute__((weak));
extern const int mips_defs_number __attribute__((weak));

std::uint64_t cpu_mips_kseg0_to_phys(void* opaque, std::uint64_t address) __attribute__((weak));
ssize_t load_elf(const char* file, void* note, std::uint64_t (*translate)(void*, std::uint64_t),
                 void* opaque, std::uint64_t* entry, std::uint64_t* lowest, std::uint64_t* highest,
                 std::uint32_t* flags, int big_endian, int machine, int clear_low_bit,
                 int data_swap);
const char* load_elf_strerror(ssize_t error);
ssize_t load_image_targphys(const char* file, std::uint64_t address, std::uint64_t limit);
MemoryRegion* rom_add_blob(const char* name, const void* bytes, std::size_t length,
                           std::size_t limit, std::uint64_t address, const char* firmware_name,
                           void* callback, void* opaque, AddressSpace* space, bool read_only);

void qemu_register_reset(void (*handler)(void* opaque), void* opaque);
void qemu_system_reset_request(int cause);
void qemu_system_shutdown_request(int cause);
IRQState* qemu_allocate_irq(void (*handler)(void* opaque, int number, int level), void* opaque,
                            int number);
Chardev* serial_hd(int number);
void* serial_mm_init(MemoryRegion* space, std::uint64_t base, int register_shift, IRQState* irq,
                     int baud_base, Chardev* backend, int endianness);

}  // extern "C"

namespace t31::qemu {

inline constexpr int kHostClock = 2;
inline constexpr int kGuestShutdown = 6;
inline constexpr int kGuestReset = 7;
static_assert(sizeof(TypeInfo) == 104);

// Offsets into QEMU's own structures.
namespace machine_class {
inline constexpr std::size_t kDescription = 120;
inline constexpr std::size_t kInit = 136;
inline constexpr std::size_t kDefaultRamSize = 232;
inline constexpr std::size_t kDefaultCpuType = 240;
inline constexpr std::size_t kDefaultRamId = 296;
}  // namespace machine_class
namespace cpu_class {
inline constexpr std::size_t kHasWork = 192;
inline constexpr std::size_t kReadRegister = 240;
inline constexpr std::size_t kWriteRegister = 248;
inline constexpr std::size_t kModel = 368;
}  // namespace cpu_class
namespace machine_object {
inline constexpr std::size_t kCpuType = 272;
}
// An entry of mips_defs.
namespace cpu_model {
inline constexpr std::size_t kBytes = 184;
inline constexpr std::size_t kName = 0;
inline constexpr std::size_t kProcessorId = 8;
inline constexpr std::size_t kConfig1 = 16;
}  // namespace cpu_model

template <typename T>
T& at(void* object, std::size_t offset) {
  return *reinterpret_cast<T*>(static_cast<std::uint8_t*>(object) + offset);
}

}  // namespace t31::qemu
