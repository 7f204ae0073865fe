// SPDX-License-Identifier: GPL-2.0-or-later
// libt31-qemu.so - the virtual T31 inside Debian's qemu-system-mipsel, by LD_PRELOAD: a machine of
// its own (-M t31, machine/), and for -M malta the camera hardware at the chip's addresses, with
// the interrupts and the I2C bus behind a mailbox (mailbox.h).
//
// Environment: T31_QEMU_SENSOR   the sensor and its scene as docs/model.md describes
//              T31_QEMU_OUT      folder for files that the guest hands out
//              T31_QEMU_FLASH    -M t31: an image of the flash memory that cameras start from
//              T31_QEMU_TIME     real: frames come in time or not at all; else the camera waits for
//                                its pictures
//              T31_QEMU_SLOW     N: the chip's time runs N times slower than the guest's, so that a
//                                guest on a loaded PC takes every frame
//              T31_QEMU_VERBOSE  1: wrong programming that the model sees goes to stderr
#include <dlfcn.h>

#include "qemu/camera.hpp"
#include "qemu/identity.hpp"
#include "qemu/machine/machine.hpp"
#include "qemu/mailbox.h"
#include "qemu/mailbox.hpp"

namespace t31::qemu {
namespace {

// Over the windows of malta's PCI bridge.
constexpr int kPriority = 100;
constexpr std::uint32_t kIdentityPage = 0x1000;

// A chip that can't be changed: what programs look for in /dev/mem.
void map_identity() {
  static const MemoryRegionOps kOps = word_registers(
      [](void* opaque, std::uint64_t offset, unsigned) -> std::uint64_t {
        const auto* const known = static_cast<const IdentityRegister*>(opaque);
        return offset == known->address % kIdentityPage ? known->value : 0;
      },
      [](void*, std::uint64_t, std::uint64_t, unsigned) {});
  for (const IdentityRegister& known : kIdentity) {
    add_region("t31-identity", known.address / kIdentityPage * kIdentityPage, kIdentityPage, kOps,
               const_cast<IdentityRegister*>(&known), kPriority);
  }
}

void add_to_malta() {
  IRQState* const isa = isa_get_irq(nullptr, T31_MAILBOX_ISA_IRQ);
  Mailbox::instance().map(kPriority, [isa](bool high) { qemu_set_irq(isa, high ? 1 : 0); });
  Camera::instance().power_on(
      [](unsigned line, bool high) { Mailbox::instance().set_level(line, high); });
  Camera::instance().map(kPriority, true);
  map_identity();
}

Notifier machine_ready{[](Notifier*, void*) {
                         if (!is_t31_machine()) add_to_malta();
                       },
                       {}};

__attribute__((constructor)) void on_load() {
  // Also loaded into helpers that QEMU or a shell starts: there is nothing to do in them.
  if (dlsym(RTLD_DEFAULT, "qemu_add_machine_init_done_notifier") == nullptr) return;
  register_t31_machine();
  qemu_add_machine_init_done_notifier(&machine_ready);
}

}  // namespace
}  // namespace t31::qemu
