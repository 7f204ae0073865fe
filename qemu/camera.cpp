// SPDX-License-Identifier: GPL-2.0-or-later
#include "qemu/camera.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

namespace t31::qemu {
namespace {

struct Unit {
  const char* name;
  std::uint32_t base;
  std::uint32_t bytes;
};
constexpr Unit kClocks{"t31-cpm", 0x10000000, 0x1000};
// GPIO ports, receiver, ISP with the video input behind it.
constexpr Unit kUnits[] = {
    {"t31-gpio", 0x10010000, 0x8000},
    {"t31-phy", 0x10022000, 0x1000},
    {"t31-csi", 0x10023000, 0x1000},
    {"t31-isp", 0x13300000, 0xf0000},
};
constexpr char kDefaultSensor[] = R"({"sensor":"sc2336","scene":{"type":"colorchecker"}})";

std::uint64_t read_unit(void* opaque, std::uint64_t offset, unsigned) {
  return Camera::instance().read(static_cast<const Unit*>(opaque)->base +
                                 static_cast<std::uint32_t>(offset));
}

void write_unit(void* opaque, std::uint64_t offset, std::uint64_t value, unsigned) {
  Camera::instance().write(
      static_cast<const Unit*>(opaque)->base + static_cast<std::uint32_t>(offset),
      static_cast<std::uint32_t>(value));
}

void on_log(void*, const char* line) {
  std::fprintf(stderr, "t31: %s\n", line);
}

}  // namespace

void fail(const std::string& what) {
  std::fprintf(stderr, "libt31-qemu: %s\n", what.c_str());
  std::exit(1);
}

void add_region(const char* name, std::uint32_t base, std::uint32_t bytes,
                const MemoryRegionOps& ops, void* opaque, int priority) {
  // Never freed: QEMU holds on to it to the end.
  auto* region = static_cast<MemoryRegion*>(std::calloc(1, kMemoryRegionBytes));
  if (region == nullptr) fail("no memory");
  memory_region_init_io(region, nullptr, &ops, opaque, name, bytes);
  memory_region_add_subregion_overlap(get_system_memory(), base, region, priority);
}

MemoryRegionOps word_registers(ReadRegister read, WriteRegister write) {
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

// ---- time

// Where an event gives the guest something to do, time goes on with that: see chip_clock.hpp.
void Camera::catch_up() {
  const std::int64_t now = clock_.now();
  std::int64_t reached = now;
  for (std::uint64_t next = t31_model_next_event(model_); next <= static_cast<std::uint64_t>(now);
       next = t31_model_next_event(model_)) {
    t31_model_advance(model_, next);
    if (clock_.real_time() || all_cpu_threads_idle()) continue;
    reached = static_cast<std::int64_t>(next);
    break;
  }
  t31_model_advance(model_, static_cast<std::uint64_t>(reached));
  clock_.skip(reached);
}

void Camera::schedule() {
  auto* timer = reinterpret_cast<QEMUTimer*>(timer_.data());
  const std::uint64_t next = t31_model_next_event(model_);
  if (next == UINT64_MAX) {
    timer_del(timer);
  } else {
    timer_mod(timer, clock_.when_to_look(static_cast<std::int64_t>(next)));
  }
}

void Camera::start_timer() {
  if (timer_started_) return;
  timer_started_ = true;
  timer_init_full(
      reinterpret_cast<QEMUTimer*>(timer_.data()), nullptr, kVirtualClock, 1, 0,
      [](void*) {
        instance().catch_up();
        instance().schedule();
      },
      nullptr);
}

// ---- the chip

std::uint32_t Camera::read(std::uint32_t address) {
  clock_.in_processor();
  catch_up();
  const std::uint32_t value = t31_model_read(model_, address);
  schedule();
  return value;
}

void Camera::write(std::uint32_t address, std::uint32_t value) {
  clock_.in_processor();
  catch_up();
  t31_model_write(model_, address, value);
  schedule();
}

int Camera::transfer(std::span<t31_model_i2c_msg> messages) {
  catch_up();
  const int result =
      t31_model_i2c_transfer(model_, 0, messages.data(), static_cast<int>(messages.size()));
  schedule();
  return result;
}

int Camera::attach(const char* json, std::span<char> error) {
  catch_up();
  const int result = t31_model_attach_sensor(model_, 0, json, error.data(),
                                             static_cast<std::uint32_t>(error.size()));
  schedule();
  return result;
}

void Camera::on_irq(void*, unsigned line, int level) {
  instance().line_(line, level != 0);
}

void* Camera::on_dma(void*, std::uint32_t address, std::uint32_t size) {
  std::uint64_t length = size;
  void* const view = address_space_map(&address_space_memory, address, &length, true, kUnspecified);
  if (view == nullptr) return nullptr;
  // Guest memory stays where it is; what is undone here is QEMU's book-keeping of the mapping.
  address_space_unmap(&address_space_memory, view, length, true, length);
  return length == size ? view : nullptr;
}

// ---- set-up

void Camera::power_on(Line line) {
  line_ = std::move(line);
  t31_model_destroy(model_);
  const bool verbose = std::getenv("T31_QEMU_VERBOSE") != nullptr;
  const t31_model_callbacks callbacks{nullptr, on_irq, on_dma, verbose ? on_log : nullptr};
  const t31_model_options options{};
  model_ = t31_model_create(&callbacks, &options);
  if (model_ == nullptr) fail("the model can't be created");
  const char* sensor = std::getenv("T31_QEMU_SENSOR");
  char error[256] = "";
  if (t31_model_attach_sensor(model_, 0, sensor != nullptr ? sensor : kDefaultSensor, error,
                              sizeof error) != 0) {
    fail(error);
  }
  const char* const time = std::getenv("T31_QEMU_TIME");
  const char* const slow = std::getenv("T31_QEMU_SLOW");
  clock_.start(time != nullptr && std::string(time) == "real",
               slow != nullptr ? std::max(1, std::atoi(slow)) : 1);
  start_timer();
  schedule();
}

void Camera::map(int priority, bool with_clocks) {
  static const MemoryRegionOps kOps = word_registers(read_unit, write_unit);
  const auto add = [&](const Unit& unit) {
    add_region(unit.name, unit.base, unit.bytes, kOps, const_cast<Unit*>(&unit), priority);
  };
  if (with_clocks) add(kClocks);
  for (const Unit& unit : kUnits) add(unit);
}

}  // namespace t31::qemu
