// SPDX-License-Identifier: GPL-2.0-or-later
#include "host/bus/gpio.hpp"

#include "host/machine.hpp"
#include "host/strict/report.hpp"

namespace t31::host {
namespace {

constexpr uint32_t kGpio = 0x10010000;
constexpr uint32_t kPortStride = 0x1000;
constexpr uint32_t kInterruptClear = 0x18;
constexpr uint32_t kMaskSet = 0x24;
constexpr uint32_t kPattern1Clear = 0x38;
constexpr uint32_t kPattern0Set = 0x44;
constexpr uint32_t kPattern0Clear = 0x48;

// The object registry wants an address as a key.
const void* key_of(uint32_t pin) {
  return reinterpret_cast<const void*>(uintptr_t{pin} + 1);
}

}  // namespace

void Gpios::write(uint32_t address, uint32_t value) {
  trace_.access('W', address, value);
  bus_.write(address, value);
}

void Gpios::output(uint32_t pin, bool high) {
  const uint32_t port = kGpio + pin / 32 * kPortStride;
  const uint32_t bit = 1u << pin % 32;
  const std::scoped_lock lock(mutex_);
  // The level first: an input that becomes an output drives the right level from the start.
  write(port + (high ? kPattern0Set : kPattern0Clear), bit);
  write(port + kInterruptClear, bit);
  write(port + kMaskSet, bit);
  write(port + kPattern1Clear, bit);
}

}  // namespace t31::host

using namespace t31::host;

int t31_port_gpio_request(u32 gpio, const char* label) {
  auto& host = machine();
  might_sleep("t31_port_gpio_request");
  if (host.faults.hit("t31_port_gpio_request")) return -T31_EBUSY;
  if (gpio >= Gpios::kPins) return -T31_EINVAL;
  const void* const owner = __builtin_return_address(0);
  if (!host.objects.add(ObjectKind::kGpio, key_of(gpio), label, 0, owner)) return -T31_EBUSY;
  host.trace.mark("gpio_request %u %s", gpio, label);
  return 0;
}

void t31_port_gpio_free(u32 gpio) {
  auto& host = machine();
  might_sleep("t31_port_gpio_free");
  if (!host.objects.remove(ObjectKind::kGpio, key_of(gpio))) {
    return violation("t31_port_gpio_free of pin %u, which isn't requested", gpio);
  }
  host.trace.mark("gpio_free %u", gpio);
}

int t31_port_gpio_direction_output(u32 gpio, int level) {
  auto& host = machine();
  attached("t31_port_gpio_direction_output");
  if (host.faults.hit("t31_port_gpio_direction_output")) return -T31_EIO;
  if (!host.objects.contains(ObjectKind::kGpio, key_of(gpio))) return -T31_EINVAL;
  host.gpios.output(gpio, level != 0);
  return 0;
}
