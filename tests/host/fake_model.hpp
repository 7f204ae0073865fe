// SPDX-License-Identifier: GPL-2.0-or-later
// fake_model.hpp - a virtual T31 of nothing but plain registers, commanded events and an I2C
// device.
#pragma once

#include <cstdint>
#include <functional>

namespace t31::test {

// Registers remember what was written, but for these.
inline constexpr uint32_t kRaiseIsp = 0x13300f00;  // value written: level of the ISP's line
inline constexpr uint32_t kRaiseVic = 0x133e0f00;  // value written: level of the VIC's line

inline constexpr uint16_t kDevice = 0x30;  // acknowledges; reads return what was written last

// Calls `event` at a virtual time, from t31_model_advance. It may use the functions below.
void at(uint64_t time_ns, std::function<void()> event);
// From an event, as hardware does.
void set_line(unsigned line, int level);
void* dma(uint32_t bus_address, uint32_t size);

}  // namespace t31::test
