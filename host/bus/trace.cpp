// SPDX-License-Identifier: GPL-2.0-or-later
#include "host/bus/trace.hpp"

#include <cerrno>

namespace t31::host {
namespace {

struct Unit {
  const char* name;
  uint32_t base;
  uint32_t size;
};

// hw-pipeline 1.1. The ISP's window reaches up to its alias of the VIC.
constexpr Unit kUnits[] = {
    {"ISP", 0x13300000, 0xe0000}, {"VIC", 0x133e0000, 0x10000}, {"CSI", 0x10023000, 0x1000},
    {"PHY", 0x10022000, 0x1000},  {"CPM", 0x10000000, 0x1000},  {"GPIO", 0x10010000, 0x8000},
};
constexpr Unit kElsewhere = {"BUS", 0, 0};

const Unit& unit_of(uint32_t address) {
  for (const Unit& unit : kUnits) {
    if (address - unit.base < unit.size) return unit;
  }
  return kElsewhere;
}

}  // namespace

int Trace::open(const char* path) {
  file_.reset(fopen(path, "w"));
  return file_ != nullptr ? 0 : -errno;
}

void Trace::access(char kind, uint32_t address, uint32_t value) {
  if (!on()) return;
  const Unit& unit = unit_of(address);
  const std::scoped_lock lock(mutex_);
  fprintf(file_.get(), "%c,%s,%05x,%08x\n", kind, unit.name, address - unit.base, value);
}

void Trace::mark(const char* format, ...) {
  if (!on()) return;
  va_list arguments;
  va_start(arguments, format);
  mark(format, arguments);
  va_end(arguments);
}

void Trace::mark(const char* format, va_list arguments) {
  if (!on()) return;
  const std::scoped_lock lock(mutex_);
  fputs("# ", file_.get());
  vfprintf(file_.get(), format, arguments);
  fputc('\n', file_.get());
}

void Trace::mark_file(const char* path) {
  if (!on()) return;
  {
    const std::scoped_lock lock(mutex_);
    if (last_file_ == path) return;
    last_file_ = path;
  }
  mark("open %s", path);
}

}  // namespace t31::host
