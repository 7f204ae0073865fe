// SPDX-License-Identifier: GPL-2.0-or-later
// libt31-qemu.so - the virtual T31's camera hardware inside Debian's qemu-system-mipsel, by
// LD_PRELOAD: registers at the chip's addresses, interrupts, DMA into the guest's memory, the
// sensor on I2C bus 0 (mailbox.h).
//
// Everything runs under QEMU's own big lock: register accesses and timers come with it held.
//
// Environment: T31_QEMU_SENSOR   the sensor and its scene as docs/model.md describes
//              T31_QEMU_OUT      folder for files that the guest hands out
//              T31_QEMU_TIME     real: frames come in time or not at all; else the camera waits for
//                                its pictures
//              T31_QEMU_SLOW    N: the chip's time runs N times slower than the guest's, so that a
//              guest
//                                on a loaded PC takes every frame
//              T31_QEMU_VERBOSE  1: wrong programming that the model sees goes to stderr
#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "qemu/mailbox.h"
#include "qemu/qemu_api.hpp"
#include "t31_model.h"

namespace t31::qemu {
namespace {

struct Unit {
  const char* name;
  std::uint32_t base;
  std::uint32_t bytes;
};
// Clock and reset, GPIO ports, receiver, ISP with the video input behind it.
constexpr Unit kUnits[] = {
    {"t31-cpm", 0x10000000, 0x1000},  {"t31-gpio", 0x10010000, 0x8000},
    {"t31-phy", 0x10022000, 0x1000},  {"t31-csi", 0x10023000, 0x1000},
    {"t31-isp", 0x13300000, 0xf0000},
};
constexpr int kPriority = 100;
constexpr char kDefaultSensor[] = R"({"sensor":"sc2336","scene":{"type":"colorchecker"}})";

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "libt31-qemu: %s\n", what);
  std::exit(1);
}

class Machine {
 public:
  static Machine& instance() {
    static Machine machine;
    return machine;
  }

  void plug_in();

 private:
  static std::uint64_t read_unit(void* opaque, std::uint64_t offset, unsigned size);
  static void write_unit(void* opaque, std::uint64_t offset, std::uint64_t value, unsigned size);
  static std::uint64_t read_mailbox(void* opaque, std::uint64_t offset, unsigned size);
  static void write_mailbox(void* opaque, std::uint64_t offset, std::uint64_t value, unsigned size);
  static void on_irq(void* context, unsigned line, int level);
  static void* on_dma(void* context, std::uint32_t address, std::uint32_t size);
  static void on_log(void* context, const char* line);

  void add_region(const char* name, std::uint32_t base, std::uint32_t bytes,
                  const MemoryRegionOps& ops, void* opaque);
  std::int64_t chip_time() const;
  void catch_up();
  void schedule();
  void update_line();
  int transfer(std::uint32_t address);
  int write_file(std::uint32_t address);
  int attach(std::uint32_t address);

  t31_model* model_ = nullptr;
  std::int64_t start_ns_ = 0;  // on QEMU's clock
  std::int64_t slow_ = 1;
  bool real_time_ = false;
  IRQState* isa_ = nullptr;
  std::uint32_t levels_ = 0;
  std::uint32_t enabled_ = 0;
  int result_ = 0;
  alignas(64) std::array<std::uint8_t, kTimerBytes> timer_{};
  std::vector<std::uint8_t*> regions_;
};

QEMUTimer* as_timer(std::array<std::uint8_t, kTimerBytes>& storage) {
  return reinterpret_cast<QEMUTimer*>(storage.data());
}

// ---- time

// Computing a picture takes wall time, in which the guest's clock runs on. That time doesn't count
// for the chip, or frames would come in heaps: the camera just gets slower. With T31_QEMU_TIME=real
// it counts.
std::int64_t Machine::chip_time() const {
  return (qemu_clock_get_ns(kVirtualClock) - start_ns_) / slow_;
}

void Machine::catch_up() {
  const std::int64_t before = chip_time();
  t31_model_advance(model_, static_cast<std::uint64_t>(before));
  if (!real_time_) start_ns_ += (chip_time() - before) * slow_;
}

void Machine::schedule() {
  const std::uint64_t next = t31_model_next_event(model_);
  if (next == UINT64_MAX) {
    timer_del(as_timer(timer_));
  } else {
    timer_mod(as_timer(timer_), start_ns_ + static_cast<std::int64_t>(next) * slow_);
  }
}

// ---- registers

std::uint64_t Machine::read_unit(void* opaque, std::uint64_t offset, unsigned) {
  Machine& self = instance();
  self.catch_up();
  const auto* unit = static_cast<const Unit*>(opaque);
  const std::uint32_t value =
      t31_model_read(self.model_, unit->base + static_cast<std::uint32_t>(offset));
  self.schedule();
  return value;
}

void Machine::write_unit(void* opaque, std::uint64_t offset, std::uint64_t value, unsigned) {
  Machine& self = instance();
  self.catch_up();
  const auto* unit = static_cast<const Unit*>(opaque);
  t31_model_write(self.model_, unit->base + static_cast<std::uint32_t>(offset),
                  static_cast<std::uint32_t>(value));
  self.schedule();
}

// ---- interrupts: the model's levels become one line of the PC-like interrupt controller, which
// sees edges only; so the guest says when it has looked.

void Machine::update_line() {
  qemu_set_irq(isa_, (levels_ & enabled_) != 0 ? 1 : 0);
}

void Machine::on_irq(void*, unsigned line, int level) {
  Machine& self = instance();
  const std::uint32_t bit =
      1u << (line == T31_MODEL_IRQ_ISP ? T31_MAILBOX_LINE_ISP : T31_MAILBOX_LINE_VIC);
  self.levels_ = level != 0 ? self.levels_ | bit : self.levels_ & ~bit;
  self.update_line();
}

// ---- memory

void* Machine::on_dma(void*, std::uint32_t address, std::uint32_t size) {
  std::uint64_t length = size;
  void* const view = address_space_map(&address_space_memory, address, &length, true, kUnspecified);
  if (view == nullptr) return nullptr;
  // Guest memory stays where it is; what is undone here is QEMU's book-keeping of the mapping.
  address_space_unmap(&address_space_memory, view, length, true, length);
  return length == size ? view : nullptr;
}

void Machine::on_log(void*, const char* line) {
  std::fprintf(stderr, "t31: %s\n", line);
}

// ---- mailbox

int Machine::transfer(std::uint32_t address) {
  t31_mailbox_transfer shared;
  if (address_space_rw(&address_space_memory, address, kUnspecified, &shared, sizeof shared,
                       false) != 0) {
    return -EFAULT;
  }
  if (shared.count == 0 || shared.count > T31_MAILBOX_MESSAGES) return -EINVAL;
  t31_model_i2c_msg messages[T31_MAILBOX_MESSAGES];
  for (unsigned i = 0; i < shared.count; ++i) {
    const auto& from = shared.message[i];
    if (from.offset + from.length > T31_MAILBOX_DATA) return -EINVAL;
    messages[i] = {from.address, from.flags, from.length, shared.data + from.offset};
  }
  const int result = t31_model_i2c_transfer(model_, 0, messages, static_cast<int>(shared.count));
  address_space_rw(&address_space_memory, address, kUnspecified, &shared, sizeof shared, true);
  return result;
}

int Machine::write_file(std::uint32_t address) {
  t31_mailbox_file file;
  if (address_space_rw(&address_space_memory, address, kUnspecified, &file, sizeof file, false) !=
      0) {
    return -EFAULT;
  }
  const char* const folder = std::getenv("T31_QEMU_OUT");
  const std::string name(file.name, strnlen(file.name, sizeof file.name));
  if (folder == nullptr) return -ENOENT;
  if (name.empty() || name.front() == '.' || name.find('/') != std::string::npos) return -EINVAL;
  std::vector<char> bytes(file.bytes);
  if (address_space_rw(&address_space_memory, file.address, kUnspecified, bytes.data(),
                       bytes.size(), false) != 0) {
    return -EFAULT;
  }
  std::ofstream out(std::string(folder) + "/" + name, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return out.good() ? 0 : -EIO;
}

int Machine::attach(std::uint32_t address) {
  t31_mailbox_text shared;
  if (address_space_rw(&address_space_memory, address, kUnspecified, &shared, sizeof shared,
                       false) != 0) {
    return -EFAULT;
  }
  shared.text[sizeof shared.text - 1] = '\0';
  const std::string json = shared.text;
  shared.text[0] = '\0';
  const int result =
      t31_model_attach_sensor(model_, 0, json.c_str(), shared.text, sizeof shared.text);
  address_space_rw(&address_space_memory, address, kUnspecified, &shared, sizeof shared, true);
  return result;
}

std::uint64_t Machine::read_mailbox(void*, std::uint64_t offset, unsigned) {
  Machine& self = instance();
  switch (offset) {
    case T31_MAILBOX_ID:
      return T31_MAILBOX_MAGIC;
    case T31_MAILBOX_PENDING:
      return self.levels_ & self.enabled_;
    case T31_MAILBOX_ENABLE:
      return self.enabled_;
    case T31_MAILBOX_RESULT:
      return static_cast<std::uint32_t>(self.result_);
    default:
      return 0;
  }
}

void Machine::write_mailbox(void*, std::uint64_t offset, std::uint64_t value, unsigned) {
  Machine& self = instance();
  switch (offset) {
    case T31_MAILBOX_ENABLE:
      self.enabled_ = static_cast<std::uint32_t>(value) & ((1u << T31_MAILBOX_LINES) - 1);
      self.update_line();
      break;
    case T31_MAILBOX_END:
      qemu_set_irq(self.isa_, 0);
      self.update_line();
      break;
    case T31_MAILBOX_I2C:
      self.catch_up();
      self.result_ = self.transfer(static_cast<std::uint32_t>(value));
      self.schedule();
      break;
    case T31_MAILBOX_FILE:
      self.result_ = self.write_file(static_cast<std::uint32_t>(value));
      break;
    case T31_MAILBOX_SENSOR:
      self.catch_up();
      self.result_ = self.attach(static_cast<std::uint32_t>(value));
      self.schedule();
      break;
    default:
      break;
  }
}

// ---- set-up

void Machine::add_region(const char* name, std::uint32_t base, std::uint32_t bytes,
                         const MemoryRegionOps& ops, void* opaque) {
  auto* storage = static_cast<std::uint8_t*>(std::calloc(1, kMemoryRegionBytes));
  if (storage == nullptr) fail("no memory");
  regions_.push_back(storage);
  auto* region = reinterpret_cast<MemoryRegion*>(storage);
  memory_region_init_io(region, nullptr, &ops, opaque, name, bytes);
  memory_region_add_subregion_overlap(get_system_memory(), base, region, kPriority);
}

constexpr MemoryRegionOps operations(std::uint64_t (*read)(void*, std::uint64_t, unsigned),
                                     void (*write)(void*, std::uint64_t, std::uint64_t, unsigned)) {
  MemoryRegionOps ops{};
  ops.read = read;
  ops.write = write;
  ops.endianness = kLittleEndian;
  ops.valid.min_access_size = 1;
  ops.valid.max_access_size = 4;
  ops.impl.min_access_size = 4;
  ops.impl.max_access_size = 4;
  return ops;
}

void Machine::plug_in() {
  static const MemoryRegionOps kUnitOps = operations(read_unit, write_unit);
  static const MemoryRegionOps kMailboxOps = operations(read_mailbox, write_mailbox);
  const bool verbose = std::getenv("T31_QEMU_VERBOSE") != nullptr;
  const t31_model_callbacks callbacks{nullptr, on_irq, on_dma, verbose ? on_log : nullptr};
  const t31_model_options options{};
  isa_ = isa_get_irq(nullptr, T31_MAILBOX_ISA_IRQ);
  model_ = t31_model_create(&callbacks, &options);
  if (model_ == nullptr) fail("the model can't be created");
  const char* sensor = std::getenv("T31_QEMU_SENSOR");
  char error[256] = "";
  if (t31_model_attach_sensor(model_, 0, sensor != nullptr ? sensor : kDefaultSensor, error,
                              sizeof error) != 0) {
    fail(error);
  }
  const char* const time = std::getenv("T31_QEMU_TIME");
  real_time_ = time != nullptr && std::string(time) == "real";
  if (const char* const slow = std::getenv("T31_QEMU_SLOW"); slow != nullptr) {
    slow_ = std::max(1, std::atoi(slow));
  }
  start_ns_ = qemu_clock_get_ns(kVirtualClock);
  timer_init_full(
      as_timer(timer_), nullptr, kVirtualClock, 1, 0,
      [](void*) {
        instance().catch_up();
        instance().schedule();
      },
      nullptr);
  for (const Unit& unit : kUnits) {
    add_region(unit.name, unit.base, unit.bytes, kUnitOps, const_cast<Unit*>(&unit));
  }
  add_region("t31-mailbox", T31_MAILBOX_BASE, T31_MAILBOX_BYTES, kMailboxOps, nullptr);
}

// The layouts in qemu_api.hpp are those of 7.2.
bool right_qemu() {
  return dlsym(RTLD_DEFAULT, "qemu_add_machine_init_done_notifier") != nullptr;
}

Notifier machine_ready{[](Notifier*, void*) { Machine::instance().plug_in(); }, {}};

__attribute__((constructor)) void on_load() {
  // Also loaded into helpers that QEMU or a shell starts: there is nothing to do in them.
  if (right_qemu()) qemu_add_machine_init_done_notifier(&machine_ready);
}

}  // namespace
}  // namespace t31::qemu
