// SPDX-License-Identifier: GPL-2.0-or-later
#include "qemu/machine/machine.hpp"

#include <cstdlib>
#include <string>

#include "qemu/camera.hpp"
#include "qemu/machine/boot.hpp"
#include "qemu/machine/cpu.hpp"
#include "qemu/machine/layouts.hpp"
#include "qemu/machine/qemu_machine_api.hpp"
#include "qemu/machine/soc.hpp"

namespace t31::qemu {
namespace {

constexpr char kRamId[] = "t31.ram";
constexpr std::uint64_t kRamBytes = 128u << 20;
constexpr std::uint64_t kLargestRam = 256u << 20;
// Of the counter in the CPU, which the chip's kernels don't use. So slow that it takes hours to
// overflow: with -icount, QEMU 7.2 hangs when a counter meets its comparator while the CPU is idle.
constexpr std::uint64_t kCpuHertz = 1'000'000;

struct T31 {
  Cpu cpu;
  Soc soc{[this](unsigned input, bool high) { cpu.set_interrupt(input, high); }};
  Cpu::Start start;
};
T31* t31_machine;

void reset(void*) {
  t31_machine->soc.reset();
  t31_machine->cpu.reset(t31_machine->start);
}

void initialise(Object* machine) {
  t31_machine = new T31;
  t31_machine->cpu.create(machine, at<const char*>(machine, machine_object::kCpuType), kCpuHertz);
  MemoryRegion* const ram = host_memory_backend_get_memory(reinterpret_cast<HostMemoryBackend*>(
      object_property_get_link(machine, "memory-backend", nullptr)));
  if (memory_region_size(ram) > kLargestRam) fail("a T31 has at most 256 MiB of memory (-m)");
  memory_region_add_subregion(get_system_memory(), 0, ram);
  t31_machine->soc.map();
  if (const char* const flash = std::getenv("T31_QEMU_FLASH")) t31_machine->soc.insert_flash(flash);
  t31_machine->start = load_kernel(machine, memory_region_size(ram));
  qemu_register_reset(reset, nullptr);
}

void initialise_machine_class(ObjectClass* type, void*) {
  if (const char* const wrong = wrong_machine_class(type)) {
    fail(std::string("this QEMU is not the one that -M t31 is made for: ") + wrong);
  }
  at<const char*>(type, machine_class::kDescription) = "Ingenic T31 with a virtual camera";
  at<void (*)(Object*)>(type, machine_class::kInit) = initialise;
  at<std::uint64_t>(type, machine_class::kDefaultRamSize) = kRamBytes;
  at<const char*>(type, machine_class::kDefaultCpuType) = kCpuType;
  at<const char*>(type, machine_class::kDefaultRamId) = kRamId;
}

constexpr TypeInfo type(const char* name, const char* parent,
                        void (*class_init)(ObjectClass*, void*)) {
  TypeInfo info{};
  info.name = name;
  info.parent = parent;
  info.class_init = class_init;
  return info;
}

}  // namespace

void register_t31_machine() {
  static constexpr TypeInfo kMachine = type("t31-machine", "machine", initialise_machine_class);
  static constexpr TypeInfo kCpu = type(kCpuType, kCpuParent, initialise_cpu_class);
  type_register_static(&kCpu);
  type_register_static(&kMachine);
}

bool is_t31_machine() {
  return t31_machine != nullptr;
}

}  // namespace t31::qemu
