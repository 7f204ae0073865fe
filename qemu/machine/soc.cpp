// SPDX-License-Identifier: GPL-2.0-or-later
#include "qemu/machine/soc.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

#include "qemu/camera.hpp"
#include "qemu/identity.hpp"
#include "qemu/machine/qemu_machine_api.hpp"
#include "qemu/mailbox.hpp"

namespace t31::qemu {
namespace {

constexpr std::uint32_t kIntcBase = 0x10001000;
constexpr std::uint32_t kWatchdogBase = 0x10002000;
constexpr std::uint32_t kRtcBase = 0x10003000;
constexpr std::uint32_t kSerialBase = 0x10030000;
constexpr std::uint32_t kI2cBase = 0x10050000;
constexpr std::uint32_t kOstBase = 0x12000000;
constexpr std::uint32_t kFlashBase = 0x13440000;
constexpr std::uint32_t kFlashBytes = 0x2000;
constexpr std::uint32_t kSlotBase = 0x13450000;
constexpr std::uint32_t kSlotStride = 0x10000;
constexpr std::uint32_t kPage = 0x1000;

constexpr int kSilent = -10;  // priority: behind everything
constexpr int kModelled = 0;

// Inputs of the CPU.
constexpr unsigned kIntcInput = 2;
constexpr unsigned kOstInput = 4;
// Sources of the interrupt controller.
constexpr unsigned kSerialSources[] = {51, 50, 49};
constexpr unsigned kI2cSources[] = {60, 59};
constexpr unsigned kFlashSource = 7;
constexpr unsigned kSlotSources[] = {37, 36};
constexpr int kConsolePort = 1;
constexpr int kSerialClock = 1'500'000;

// Where units lie that nobody models.
constexpr struct {
  const char* name;
  std::uint32_t base;
  std::uint32_t bytes;
} kSilence[] = {
    {"t31-apb", 0x10000000, 0x200000},    {"t31-avpu", 0x13200000, 0x100000},
    {"t31-ipu", 0x13000000, 0x100000},    {"t31-isp-rest", 0x13300000, 0x100000},
    {"t31-ahb2", 0x13400000, 0x200000},   {"t31-nemc", 0x14000000, 0x100000},
    {"t31-ahb-12", 0x12400000, 0x100000},
};

// Units that nobody models finish a reset at once, so that kernels don't wait for them: bits that
// read 0, and bits that read 1.
constexpr struct {
  std::uint32_t address;
  std::uint32_t clear;
  std::uint32_t set;
} kFinished[] = {
    {0x134b1000, 1u << 0, 0},      // Ethernet: reset
    {0x134b0010, 1u << 0, 0},      // Ethernet: transfer with the transceiver
    {0x13500010, 0x33, 1u << 31},  // USB: resets and flushes; idle
};

std::uint32_t seconds() {
  return static_cast<std::uint32_t>(qemu_clock_get_ns(kHostClock) / 1'000'000'000);
}

// Two functions become a region of registers. It lasts as long as QEMU does.
struct Registers {
  std::function<std::uint32_t(std::uint32_t)> read;
  std::function<void(std::uint32_t, std::uint32_t)> write;
};

void add(const char* name, std::uint32_t base, std::uint32_t bytes, int priority,
         Registers registers) {
  static const MemoryRegionOps kOps = word_registers(
      [](void* opaque, std::uint64_t offset, unsigned) -> std::uint64_t {
        return static_cast<Registers*>(opaque)->read(static_cast<std::uint32_t>(offset));
      },
      [](void* opaque, std::uint64_t offset, std::uint64_t value, unsigned) {
        static_cast<Registers*>(opaque)->write(static_cast<std::uint32_t>(offset),
                                               static_cast<std::uint32_t>(value));
      });
  add_region(name, base, bytes, kOps, new Registers(std::move(registers)), priority);
}

// The sensor hangs on bus 0.
int on_bus(unsigned bus, std::span<t31_model_i2c_msg> messages) {
  constexpr int kNobody = -6;
  return bus == 0 ? Camera::instance().transfer(messages) : kNobody;
}

}  // namespace

Soc::Soc(std::function<void(unsigned, bool)> interrupt)
    : interrupt_(std::move(interrupt)),
      intc_([this](bool high) { interrupt_(kIntcInput, high); }),
      ost_([this](bool high) { interrupt_(kOstInput, high); }),
      watchdog_([] { qemu_system_reset_request(kGuestReset); }),
      rtc_([] { qemu_system_shutdown_request(kGuestShutdown); },
           [] { qemu_system_reset_request(kGuestReset); }),
      buses_{I2cMaster([](auto messages) { return on_bus(0, messages); },
                       [this](bool high) { intc_.set_source(kI2cSources[0], high); }),
             I2cMaster([](auto messages) { return on_bus(1, messages); },
                       [this](bool high) { intc_.set_source(kI2cSources[1], high); })},
      slots_{CardSlot([this](bool high) { intc_.set_source(kSlotSources[0], high); }),
             CardSlot([this](bool high) { intc_.set_source(kSlotSources[1], high); })},
      flash_(
          [](std::uint32_t address, std::span<std::uint8_t> bytes, bool to_memory) {
            return address_space_rw(&address_space_memory, address, kUnspecified, bytes.data(),
                                    bytes.size(), to_memory) == 0;
          },
          [this](bool high) { intc_.set_source(kFlashSource, high); }) {}

void Soc::insert_flash(const char* file) {
  std::ifstream in(file, std::ios::binary);
  std::vector<std::uint8_t> contents{std::istreambuf_iterator<char>(in), {}};
  if (!in.good() && !in.eof()) fail(std::string(file) + " can't be read");
  if (!flash_.flash().insert(std::move(contents))) {
    fail(std::string(file) + " is no image of a flash of 4, 8, 16 or 32 MiB");
  }
}

std::int64_t Soc::now() {
  return qemu_clock_get_ns(kVirtualClock);
}

void Soc::schedule() {
  auto* const timer = reinterpret_cast<QEMUTimer*>(timer_.data());
  const std::int64_t next = std::min(ost_.next_event(), watchdog_.next_event());
  if (next == Ost::kNever) {
    timer_del(timer);
  } else {
    timer_mod(timer, next);
  }
}

// ---- map

std::uint32_t Soc::read_silence(std::uint32_t address) {
  const auto found = words_.find(address);
  const std::uint32_t value = found == words_.end() ? 0 : found->second;
  for (const auto& unit : kFinished)
    if (unit.address == address) return (value & ~unit.clear) | unit.set;
  return value;
}

void Soc::map_silence() {
  for (const auto& area : kSilence) {
    const std::uint32_t base = area.base;
    add(area.name, base, area.bytes, kSilent,
        {[this, base](std::uint32_t offset) { return read_silence(base + offset); },
         [this, base](std::uint32_t offset, std::uint32_t value) {
           words_[base + offset] = value;
         }});
  }
}

void Soc::map_serial_ports() {
  for (unsigned i = 0; i < std::size(kSerialSources); ++i) {
    IRQState* const irq = qemu_allocate_irq(
        [](void* intc, int number, int level) {
          static_cast<Intc*>(intc)->set_source(static_cast<unsigned>(number), level != 0);
        },
        &intc_, static_cast<int>(kSerialSources[i]));
    serial_mm_init(get_system_memory(), kSerialBase + i * kPage, 2, irq, kSerialClock,
                   i == kConsolePort ? serial_hd(0) : nullptr, kLittleEndian);
  }
}

void Soc::map() {
  timer_init_full(
      reinterpret_cast<QEMUTimer*>(timer_.data()), nullptr, kVirtualClock, 1, 0,
      [](void* opaque) {
        auto* const soc = static_cast<Soc*>(opaque);
        soc->ost_.advance(now());
        soc->watchdog_.advance(now());
        soc->schedule();
      },
      this);
  map_silence();
  add("t31-cpm", kClocksBase, kPage, kModelled,
      {[this](std::uint32_t offset) { return clocks_.read(offset); },
       [this](std::uint32_t offset, std::uint32_t value) { clocks_.write(offset, value); }});
  add("t31-intc", kIntcBase, kPage, kModelled,
      {[this](std::uint32_t offset) { return intc_.read(offset); },
       [this](std::uint32_t offset, std::uint32_t value) { intc_.write(offset, value); }});
  add("t31-ost", kOstBase, kPage, kModelled,
      {[this](std::uint32_t offset) {
         const std::uint32_t value = ost_.read(offset, now());
         schedule();
         return value;
       },
       [this](std::uint32_t offset, std::uint32_t value) {
         ost_.write(offset, value, now());
         schedule();
       }});
  add("t31-watchdog", kWatchdogBase, kPage, kModelled,
      {[this](std::uint32_t offset) { return watchdog_.read(offset, now()); },
       [this](std::uint32_t offset, std::uint32_t value) {
         watchdog_.write(offset, value, now());
         schedule();
       }});
  add("t31-rtc", kRtcBase, kPage, kModelled,
      {[this](std::uint32_t offset) { return rtc_.read(offset, seconds()); },
       [this](std::uint32_t offset, std::uint32_t value) {
         rtc_.write(offset, value, seconds());
       }});
  for (unsigned i = 0; i < kBuses; ++i) {
    I2cMaster& bus = buses_[i];
    add("t31-i2c", kI2cBase + i * kPage, kPage, kModelled,
        {[&bus](std::uint32_t offset) { return bus.read(offset); },
         [&bus](std::uint32_t offset, std::uint32_t value) { bus.write(offset, value); }});
  }
  for (unsigned i = 0; i < kSlots; ++i) {
    CardSlot& slot = slots_[i];
    add("t31-msc", kSlotBase + i * kSlotStride, kPage, kModelled,
        {[&slot](std::uint32_t offset) { return slot.read(offset); },
         [&slot](std::uint32_t offset, std::uint32_t value) { slot.write(offset, value); }});
  }
  add("t31-sfc", kFlashBase, kFlashBytes, kModelled,
      {[this](std::uint32_t offset) { return flash_.read(offset); },
       [this](std::uint32_t offset, std::uint32_t value) { flash_.write(offset, value); }});
  map_serial_ports();
  Camera::instance().map(kModelled, false);
  Mailbox::instance().map(kModelled);
}

void Soc::reset() {
  words_.clear();
  for (const auto& [address, value] : kIdentity) words_[address] = value;
  clocks_.reset();
  intc_.reset();
  ost_.reset(now());
  watchdog_.reset();
  rtc_.reset();
  for (I2cMaster& bus : buses_) bus.reset();
  for (CardSlot& slot : slots_) slot.reset();
  flash_.reset();
  Camera::instance().power_on([this](unsigned line, bool high) { intc_.set_source(line, high); });
  schedule();
}

}  // namespace t31::qemu
