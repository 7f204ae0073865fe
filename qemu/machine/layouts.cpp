// SPDX-License-Identifier: GPL-2.0-or-later
#include "qemu/machine/layouts.hpp"

#include <cstring>

#include "qemu/machine/qemu_machine_api.hpp"

namespace t31::qemu {
namespace {

constexpr std::uint64_t kUsualRam = 128u << 20;
constexpr std::uint32_t kParentId = 0x00019300;  // a 24Kf
constexpr std::uint32_t kParentTlb = 15;         // entries - 1

bool holds(void* object, std::size_t offset, const char* text) {
  const char* const found = at<const char*>(object, offset);
  return found != nullptr && std::strcmp(found, text) == 0;
}

}  // namespace

const char* wrong_machine_class(ObjectClass* type) {
  const VersionInfo* const version = qmp_query_version(nullptr);
  if (version->qemu->major != 7 || version->qemu->minor != 2) return "it is not version 7.2";
  ObjectClass* const malta = object_class_by_name("malta-machine");
  if (malta == nullptr) return "it has no machine malta";
  if (!holds(malta, machine_class::kDescription, "MIPS Malta Core LV") ||
      !holds(malta, machine_class::kDefaultCpuType, "24Kf-mips-cpu") ||
      !holds(malta, machine_class::kDefaultRamId, "mips_malta.ram") ||
      at<std::uint64_t>(type, machine_class::kDefaultRamSize) != kUsualRam) {
    return "its machine class is laid out differently";
  }
  return nullptr;
}

const char* wrong_cpu_class(ObjectClass* type) {
  if (at<void*>(type, cpu_class::kReadRegister) !=
          reinterpret_cast<void*>(mips_cpu_gdb_read_register) ||
      at<void*>(type, cpu_class::kWriteRegister) !=
          reinterpret_cast<void*>(mips_cpu_gdb_write_register)) {
    return "its CPU class is laid out differently";
  }
  auto* const model = at<std::uint8_t*>(type, cpu_class::kModel);
  const std::ptrdiff_t distance = model - mips_defs;
  if (distance < 0 || distance % static_cast<std::ptrdiff_t>(cpu_model::kBytes) != 0 ||
      distance / static_cast<std::ptrdiff_t>(cpu_model::kBytes) >= mips_defs_number ||
      !holds(model, cpu_model::kName, "24Kf") ||
      at<std::uint32_t>(model, cpu_model::kProcessorId) != kParentId ||
      (at<std::uint32_t>(model, cpu_model::kConfig1) >> 25 & 0x3f) != kParentTlb) {
    return "its table of CPU models is laid out differently";
  }
  return nullptr;
}

}  // namespace t31::qemu
