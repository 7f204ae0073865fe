// SPDX-License-Identifier: GPL-2.0-or-later
#include "qemu/machine/boot.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "qemu/camera.hpp"
#include "qemu/machine/qemu_machine_api.hpp"

namespace t31::qemu {
namespace {

constexpr std::uint32_t kKseg0 = 0x80000000;
constexpr std::uint32_t kArgumentsAt = 0x4000;  // below the kernel
constexpr std::uint32_t kKernelLowest = 0x10000;
constexpr std::uint32_t kInitrdAt = 0x01000000;
constexpr int kMachineMips = 8;

std::string property(Object* machine, const char* name) {
  char* const text = object_property_get_str(machine, name, nullptr);
  const std::string copy = text != nullptr ? text : "";
  std::free(text);
  return copy;
}

std::uint32_t load_elf_kernel(const std::string& file) {
  std::uint64_t entry = 0;
  std::uint64_t lowest = 0;
  std::uint64_t highest = 0;
  const ssize_t size = load_elf(file.c_str(), nullptr, cpu_mips_kseg0_to_phys, nullptr, &entry,
                                &lowest, &highest, nullptr, 0, kMachineMips, 1, 0);
  if (size < 0) {
    fail("kernel " + file + ": " + load_elf_strerror(size) +
         " (-M t31 takes an ELF file for little-endian MIPS; t31vm makes one of a uImage)");
  }
  if ((lowest & 0x1fffffff) < kKernelLowest) fail("kernel " + file + " lies over its arguments");
  if ((highest & 0x1fffffff) > kInitrdAt) fail("kernel " + file + " is larger than 16 MiB");
  return static_cast<std::uint32_t>(entry);
}

// argv for the kernel: any name, then the whole line. Before it a word of zeros, the environment.
void place_arguments(const std::string& line) {
  constexpr std::uint32_t kPointers = 12;
  std::vector<std::uint8_t> page(kPointers);
  const std::string name = "linux";
  const std::uint32_t first = kKseg0 + kArgumentsAt + kPointers;
  const std::uint32_t second = first + static_cast<std::uint32_t>(name.size()) + 1;
  for (unsigned i = 0; i < 4; ++i) {
    page[4 + i] = static_cast<std::uint8_t>(first >> 8 * i);
    page[8 + i] = static_cast<std::uint8_t>(second >> 8 * i);
  }
  page.insert(page.end(), name.c_str(), name.c_str() + name.size() + 1);
  page.insert(page.end(), line.c_str(), line.c_str() + line.size() + 1);
  if (kArgumentsAt + page.size() > kKernelLowest) fail("the kernel's command line is too long");
  rom_add_blob("t31-arguments", page.data(), page.size(), page.size(), kArgumentsAt, nullptr,
               nullptr, nullptr, nullptr, true);
}

}  // namespace

Cpu::Start load_kernel(Object* machine, std::uint64_t ram) {
  const std::string kernel = property(machine, "kernel");
  const std::string initrd = property(machine, "initrd");
  std::string line = property(machine, "append");
  if (kernel.empty()) fail("-M t31 needs -kernel FILE");
  Cpu::Start start;
  start.pc = load_elf_kernel(kernel);
  if (!initrd.empty()) {
    if (ram <= kInitrdAt) fail("an initrd needs more than 16 MiB of memory (-m)");
    const ssize_t size = load_image_targphys(initrd.c_str(), kInitrdAt, ram - kInitrdAt);
    if (size < 0) fail("initrd " + initrd + " can't be read, or is larger than the memory");
    line += " rd_start=0x" + [&] {
      char text[40];
      std::snprintf(text, sizeof text, "%x rd_size=%zd", kKseg0 + kInitrdAt, size);
      return std::string(text);
    }();
  }
  place_arguments(line);
  start.arguments = {2, kKseg0 + kArgumentsAt + 4, kKseg0 + kArgumentsAt, 0};
  start.stack = kKseg0 + kKernelLowest - 16;
  return start;
}

}  // namespace t31::qemu
