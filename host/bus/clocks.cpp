// SPDX-License-Identifier: GPL-2.0-or-later
#include "host/bus/clocks.hpp"

#include <cstring>

#include "host/machine.hpp"
#include "host/strict/report.hpp"
#include "t31_host_kernel.h"

namespace t31::host {
namespace {

constexpr uint32_t kCpm = 0x10000000;
constexpr uint32_t kGateRegister = 0x20;   // CLKGR0
constexpr uint32_t kIspDivider = 0x80;     // ISPCDR
constexpr uint32_t kSensorDivider = 0x7c;  // CIMCDR
constexpr uint32_t kStop = 1u << 27;
constexpr uint32_t kBusy = 1u << 28;
constexpr uint32_t kChange = 1u << 29;
constexpr unsigned kSourceShift = 30;
constexpr const char* kSources[] = {"sclka", "mpll", "vpll"};
constexpr const char* kBootSource = "mpll";
constexpr int kMostBusyPolls = 1000;

uint32_t source_bits(const char* parent) {
  for (uint32_t i = 0; i < std::size(kSources); ++i) {
    if (strcmp(kSources[i], parent) == 0) return i << kSourceShift;
  }
  return ~0u;
}

}  // namespace

Clocks::Clocks(Bus& bus, Trace& trace)
    : bus_(bus),
      trace_(trace),
      clocks_{{
          {"sclka", Kind::kPll, 0, 0, "", 1'404'000'000},
          {"mpll", Kind::kPll, 0, 0, "", 1'200'000'000},
          {"vpll", Kind::kPll, 0, 0, "", 1'200'000'000},
          {"h0clk", Kind::kFixed, 0, 0, "", 300'000'000},
          {"pclk", Kind::kFixed, 0, 0, "", 150'000'000},
          {"cgu_isp", Kind::kDivider, kIspDivider, 0xf, kBootSource, 0},
          {"cgu_cim", Kind::kDivider, kSensorDivider, 0xff, kBootSource, 0},
          {"isp", Kind::kGate, kGateRegister, 1u << 23, "h0clk", 0},
          {"csi", Kind::kGate, kGateRegister, 1u << 25, "pclk", 0},
      }} {}

void Clocks::boot() {
  const std::scoped_lock lock(mutex_);
  for (Clock& clock : clocks_) {
    if (clock.kind == Kind::kDivider) {
      clock.divider = clock.mask;
      write(clock.reg, source_bits(clock.parent) | kStop | clock.divider);
    } else if (clock.kind == Kind::kGate) {
      write(clock.reg, read(clock.reg) | clock.mask);
    }
  }
}

// The kernel's own accesses: visible in the trace, but no accesses of the driver.
uint32_t Clocks::read(uint32_t offset) {
  return bus_.read(kCpm + offset);
}

void Clocks::write(uint32_t offset, uint32_t value) {
  trace_.mark("clock tree W,CPM,%05x,%08x", offset, value);
  bus_.write(kCpm + offset, value);
}

// Linux 4.4 calls the sensor's clock by its divider.
Clocks::Clock* Clocks::find(const char* name) {
  if (strcmp(name, "div_cim") == 0) name = "cgu_cim";
  for (Clock& clock : clocks_) {
    if (strcmp(clock.name, name) == 0) return &clock;
  }
  return nullptr;
}

Clocks::Clock& Clocks::parent_of(const Clock& clock) {
  return *find(clock.parent);
}

const char* Clocks::name(const Clock& clock) const {
  return clock.name;
}

const char* Clocks::parent_name(const Clock& clock) {
  const std::scoped_lock lock(mutex_);
  return clock.parent;
}

uint32_t Clocks::rate_locked(const Clock& clock) {
  switch (clock.kind) {
    case Kind::kFixed:
    case Kind::kPll:
      return clock.hertz;
    case Kind::kDivider:
      return rate_locked(parent_of(clock)) / (clock.divider + 1);
    case Kind::kGate:
      return rate_locked(parent_of(clock));
  }
  return 0;
}

uint32_t Clocks::rate(const Clock& clock) {
  const std::scoped_lock lock(mutex_);
  return rate_locked(clock);
}

// Writes divider and source with the change-enable bit, waits until the divider has taken them.
void Clocks::load_divider(Clock& clock, bool running) {
  uint32_t value = source_bits(clock.parent) | clock.divider | (running ? 0 : kStop);
  write(clock.reg, value | kChange);
  int polls = 0;
  while ((read(clock.reg) & kBusy) != 0) {
    if (++polls == kMostBusyPolls) fatal("clock '%s' stays busy", clock.name);
  }
  write(clock.reg, value);
}

int Clocks::set_rate(Clock& clock, uint32_t hertz) {
  const std::scoped_lock lock(mutex_);
  if (hertz == 0) return -T31_EINVAL;
  if (clock.kind == Kind::kPll) {
    clock.hertz = hertz;
    return 0;
  }
  if (clock.kind != Kind::kDivider) return -T31_EINVAL;
  // The smallest i >= 1 with parent / i <= hertz.
  const uint32_t parent = rate_locked(parent_of(clock));
  uint64_t i = parent / hertz;
  if (i == 0 || parent / i > hertz) ++i;
  clock.divider = i - 1 > clock.mask ? clock.mask : static_cast<uint32_t>(i - 1);
  if (clock.users > 0) load_divider(clock, true);
  return 0;
}

int Clocks::set_parent(Clock& clock, const Clock& parent) {
  const std::scoped_lock lock(mutex_);
  if (clock.kind != Kind::kDivider || parent.kind != Kind::kPll) return -T31_EINVAL;
  clock.parent = parent.name;
  load_divider(clock, clock.users > 0);
  return 0;
}

void Clocks::enable(Clock& clock) {
  const std::scoped_lock lock(mutex_);
  if (clock.users++ > 0) return;
  if (clock.kind == Kind::kDivider) load_divider(clock, true);
  if (clock.kind == Kind::kGate) write(clock.reg, read(clock.reg) & ~clock.mask);
}

void Clocks::disable(Clock& clock) {
  const std::scoped_lock lock(mutex_);
  if (--clock.users > 0) return;
  if (clock.kind == Kind::kDivider) write(clock.reg, read(clock.reg) | kStop);
  if (clock.kind == Kind::kGate) write(clock.reg, read(clock.reg) | clock.mask);
}

}  // namespace t31::host

using namespace t31::host;

namespace {

bool valid(Machine& host, t31_clk* clk, const char* call) {
  if (host.objects.contains(ObjectKind::kClock, clk)) return true;
  violation("%s of a clock that isn't held", call);
  return false;
}

}  // namespace

int t31_port_clk_get(const char* name, struct t31_clk** out) {
  auto& host = machine();
  might_sleep("t31_port_clk_get");
  if (host.faults.hit("t31_port_clk_get")) return -T31_ENOENT;
  Clocks::Clock* const clock = host.clocks.find(name);
  if (clock == nullptr) return -T31_ENOENT;
  *out = new t31_clk{clock, 0};
  host.objects.add(ObjectKind::kClock, *out, name, 0, __builtin_return_address(0));
  host.trace.mark("clk_get(%s)", name);
  return 0;
}

void t31_port_clk_put(struct t31_clk* clk) {
  auto& host = machine();
  might_sleep("t31_port_clk_put");
  if (!valid(host, clk, "t31_port_clk_put")) return;
  if (clk->enabled > 0) {
    violation("clock '%s' is put back while enabled", host.clocks.name(*clk->clock));
  }
  host.objects.remove(ObjectKind::kClock, clk);
  delete clk;
}

int t31_port_clk_set_rate(struct t31_clk* clk, u32 hertz) {
  auto& host = machine();
  might_sleep("t31_port_clk_set_rate");
  if (!valid(host, clk, "t31_port_clk_set_rate")) return -T31_EINVAL;
  host.trace.mark("clk_set_rate(%s,%u)", host.clocks.name(*clk->clock), hertz);
  if (host.faults.hit("t31_port_clk_set_rate")) return -T31_EINVAL;
  return host.clocks.set_rate(*clk->clock, hertz);
}

u32 t31_port_clk_get_rate(struct t31_clk* clk) {
  auto& host = machine();
  might_sleep("t31_port_clk_get_rate");
  if (!valid(host, clk, "t31_port_clk_get_rate")) return 0;
  host.trace.mark("clk_get_rate(%s)", host.clocks.name(*clk->clock));
  return host.clocks.rate(*clk->clock);
}

int t31_port_clk_enable(struct t31_clk* clk) {
  auto& host = machine();
  might_sleep("t31_port_clk_enable");
  if (!valid(host, clk, "t31_port_clk_enable")) return -T31_EINVAL;
  host.trace.mark("clk_enable(%s)", host.clocks.name(*clk->clock));
  if (host.faults.hit("t31_port_clk_enable")) return -T31_EIO;
  if (clk->enabled++ == 0) {
    host.objects.add(ObjectKind::kClockEnable, clk, host.clocks.name(*clk->clock), 0,
                     __builtin_return_address(0));
  }
  host.clocks.enable(*clk->clock);
  return 0;
}

void t31_port_clk_disable(struct t31_clk* clk) {
  auto& host = machine();
  might_sleep("t31_port_clk_disable");
  if (!valid(host, clk, "t31_port_clk_disable")) return;
  const char* const name = host.clocks.name(*clk->clock);
  if (clk->enabled == 0) return violation("clock '%s' is disabled more often than enabled", name);
  host.trace.mark("clk_disable(%s)", name);
  if (--clk->enabled == 0) host.objects.remove(ObjectKind::kClockEnable, clk);
  host.clocks.disable(*clk->clock);
}

int t31_host_clk_set_parent(struct t31_clk* clk, struct t31_clk* parent) {
  auto& host = machine();
  might_sleep("clk_set_parent");
  if (!valid(host, clk, "clk_set_parent") || !valid(host, parent, "clk_set_parent")) {
    return -T31_EINVAL;
  }
  return host.clocks.set_parent(*clk->clock, *parent->clock);
}

const char* t31_host_clk_parent_name(struct t31_clk* clk) {
  auto& host = machine();
  if (!valid(host, clk, "clk_get_parent")) return "";
  return host.clocks.parent_name(*clk->clock);
}
