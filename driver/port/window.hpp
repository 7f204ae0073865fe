// SPDX-License-Identifier: GPL-2.0-or-later
// window.hpp - a mapped range of registers.
#pragma once

#include "driver/port/port.h"

namespace t31 {

// A view of one unit's registers; offsets are bytes from the unit's base. Copyable, owns nothing.
class Window {
 public:
  constexpr Window() = default;
  constexpr explicit Window(t31_mmio* mapping) : mapping_(mapping) {}
  u32 read(u32 offset) const { return t31_port_read32(mapping_, offset); }
  void write(u32 offset, u32 value) const { t31_port_write32(mapping_, offset, value); }
  constexpr bool mapped() const { return mapping_ != nullptr; }

 private:
  t31_mmio* mapping_ = nullptr;
};

// Owns a mapping.
class MappedWindow {
 public:
  MappedWindow() = default;
  MappedWindow(const MappedWindow&) = delete;
  MappedWindow& operator=(const MappedWindow&) = delete;
  ~MappedWindow() { unmap(); }

  bool map(u32 base, u32 size, const char* name) {
    mapping_ = t31_port_ioremap(base, size, name);
    return mapping_ != nullptr;
  }
  void unmap() {
    if (mapping_ != nullptr) t31_port_iounmap(mapping_);
    mapping_ = nullptr;
  }
  Window window() const { return Window(mapping_); }

 private:
  t31_mmio* mapping_ = nullptr;
};

}  // namespace t31
