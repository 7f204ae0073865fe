// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/sensors/fake_port.hpp"

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "driver/port/port.h"
#include "host/kernel/kernel.h"
#include "t31_host.h"
#include "t31_host_kernel.h"

struct t31_clk {
  bool enabled = false;
};

namespace fake {
namespace {

World the_world;

bool fails() {
  ++the_world.fallible_calls;
  return the_world.fail_nth_call != 0 && --the_world.fail_nth_call == 0;
}

void note(const char* format, unsigned a, unsigned b) {
  char text[32];
  std::snprintf(text, sizeof text, format, a, b);
  if (!the_world.traffic.empty()) the_world.traffic += ' ';
  the_world.traffic += text;
}

std::uint16_t register_address(const t31_model_i2c_msg& message) {
  std::uint16_t address = 0;
  for (unsigned i = 0; i < the_world.chip.address_bytes; ++i) {
    address = static_cast<std::uint16_t>(address << 8 | message.data[i]);
  }
  return address;
}

void write_registers(const t31_model_i2c_msg& message) {
  std::uint16_t address = register_address(message);
  for (unsigned i = the_world.chip.address_bytes; i < message.length; ++i) {
    the_world.chip.registers[address] = message.data[i];
    note("%04x=%02x", address++, message.data[i]);
  }
}

void read_registers(std::uint16_t address, const t31_model_i2c_msg& message) {
  for (unsigned i = 0; i < message.length; ++i, ++address) {
    message.data[i] = the_world.chip.registers[address];
    note("r%04x(%02x)", address, message.data[i]);
  }
}

int transfer(t31_model_i2c_msg* messages, int count) {
  Chip& chip = the_world.chip;
  ++the_world.transfers;
  if (chip.fail_nth != 0 && --chip.fail_nth == 0) return -EIO;
  if (chip.needs_clock && the_world.enabled_clocks == 0) return -ENXIO;
  std::uint16_t selected = 0;
  for (int i = 0; i < count; ++i) {
    if (messages[i].address != chip.address) return -ENXIO;
    if ((messages[i].flags & 1) != 0) {
      read_registers(selected, messages[i]);
    } else {
      selected = register_address(messages[i]);
      write_registers(messages[i]);
    }
  }
  return count;
}

}  // namespace

World& world() {
  return the_world;
}

void reset() {
  the_world = World{};
}

std::string World::leftovers() const {
  char text[160];
  const unsigned i2c = t31_host_i2c_leftovers();
  if (memory == 0 && clocks == 0 && enabled_clocks == 0 && pins == 0 && driver_users == 0 &&
      i2c == 0)
    return "";
  std::snprintf(text, sizeof text, "memory %d, clocks %d (%d on), pins %d, module users %d, i2c %u",
                memory, clocks, enabled_clocks, pins, driver_users, i2c);
  return text;
}

}  // namespace fake

using fake::the_world;

void t31_port_log(enum t31_log_level, const char* format, ...) {
  char line[512];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  the_world.log.emplace_back(line);
}

void t31_host_kernel_log(const char* line) {
  the_world.log.emplace_back(line);
}

void t31_port_panic(const char* what) {
  std::fprintf(stderr, "panic: %s\n", what);
  std::abort();
}

void* t31_port_alloc(u32 size) {
  if (fake::fails()) return nullptr;
  ++the_world.memory;
  return std::calloc(1, size);
}

void t31_port_free(void* memory) {
  if (memory != nullptr) --the_world.memory;
  std::free(memory);
}

void t31_port_spin_init(struct t31_spinlock* lock, const char*) {
  *lock = {};
  ++the_world.locks;
}
void t31_port_spin_destroy(struct t31_spinlock*) {
  --the_world.locks;
}
unsigned long t31_port_spin_lock_irqsave(struct t31_spinlock*) {
  return 0;
}
void t31_port_spin_unlock_irqrestore(struct t31_spinlock*, unsigned long) {}

void t31_port_msleep(u32 milliseconds) {
  the_world.slept_ms += milliseconds;
}

int t31_port_clk_get(const char* name, struct t31_clk** out) {
  if (std::strcmp(name, "cgu_cim") != 0) return -ENOENT;
  if (fake::fails()) return -ENOMEM;
  ++the_world.clocks;
  *out = new t31_clk;
  return 0;
}
void t31_port_clk_put(struct t31_clk* clk) {
  --the_world.clocks;
  delete clk;
}
int t31_port_clk_set_rate(struct t31_clk*, u32 hertz) {
  if (fake::fails()) return -EINVAL;
  the_world.clock_hertz = hertz;
  return 0;
}
u32 t31_port_clk_get_rate(struct t31_clk*) {
  return the_world.clock_hertz;
}
int t31_port_clk_enable(struct t31_clk*) {
  if (fake::fails()) return -EIO;
  ++the_world.enabled_clocks;
  return 0;
}
void t31_port_clk_disable(struct t31_clk*) {
  --the_world.enabled_clocks;
}
int t31_host_clk_set_parent(struct t31_clk*, struct t31_clk*) {
  return -EINVAL;
}
const char* t31_host_clk_parent_name(struct t31_clk*) {
  return "";
}

int t31_port_gpio_request(u32, const char*) {
  if (fake::fails()) return -EBUSY;
  ++the_world.pins;
  return 0;
}
void t31_port_gpio_free(u32) {
  --the_world.pins;
}
int t31_port_gpio_direction_output(u32 gpio, int level) {
  char text[24];
  std::snprintf(text, sizeof text, "%u:%d ", gpio, level);
  the_world.pin_history += text;
  the_world.pin_levels[gpio] = level;
  return 0;
}

int t31_host_i2c_transfer(unsigned bus, struct t31_model_i2c_msg* messages, int count) {
  return bus == 0 ? fake::transfer(messages, count) : -ENXIO;
}

int t31_host_driver_get() {
  if (!the_world.driver_loaded) return -ENOENT;
  ++the_world.driver_users;
  return 0;
}
void t31_host_driver_put() {
  --the_world.driver_users;
}
void t31_host_set_shutdown_hook(void (*)()) {}

// ---- Files below /proc
struct t31_proc {
  std::string path;
};
struct t31_proc_text {
  std::string text;
};

int t31_host_proc_create(const char* path, const struct t31_proc_ops* ops, void* context,
                         struct t31_proc** out) {
  if (fake::fails()) return -ENOMEM;
  the_world.files[path] = [ops, context] {
    t31_proc_text text;
    ops->show(context, &text);
    return text.text;
  };
  *out = new t31_proc{path};
  return 0;
}
void t31_port_proc_destroy(struct t31_proc* proc) {
  the_world.files.erase(proc->path);
  delete proc;
}
void t31_port_proc_printf(struct t31_proc_text* text, const char* format, ...) {
  char piece[512];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(piece, sizeof piece, format, arguments);
  va_end(arguments);
  text->text += piece;
}

uint32_t t31_host_peek(uint32_t) {
  return 0;
}
void t31_host_poke(uint32_t, uint32_t) {}
