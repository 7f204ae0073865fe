// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/core/platform.hpp"

#include "driver/regs/cpm.hpp"

namespace t31::core {

namespace cpm = reg::cpm;

namespace {

// Rate given at load, as the vendor's (hw-pipeline 1.4); the parameter isp_clk sets it at open.
constexpr u32 kLoadRate = 85000000;

constexpr u32 kCpmSize = 0x1000;
constexpr u32 kIspSize = 0x90000;  // up to the last look-up RAM
constexpr u32 kVicSize = 0x10000;
constexpr u32 kCsiSize = 0x1000;

constexpr u32 kStopPolls = 500;
constexpr u32 kStopPollMs = 2;

}  // namespace

Status Clock::get(const char* name) {
  const Status status = Status::from(t31_port_clk_get(name, &clk_));
  if (!status.ok()) {
    clk_ = nullptr;
    t31_port_log(T31_LOG_ERROR, "clock %s is missing (error %d)", name, -status.code());
  }
  return status;
}

void Clock::put() {
  disable();
  if (clk_ != nullptr) t31_port_clk_put(clk_);
  clk_ = nullptr;
}

Status Clock::set_rate(u32 hertz) {
  return Status::from(t31_port_clk_set_rate(clk_, hertz));
}

u32 Clock::rate() const {
  return clk_ == nullptr ? 0 : t31_port_clk_get_rate(clk_);
}

Status Clock::enable() {
  const Status status = Status::from(t31_port_clk_enable(clk_));
  enabled_ = status.ok();
  return status;
}

void Clock::disable() {
  if (enabled_) t31_port_clk_disable(clk_);
  enabled_ = false;
}

Status Platform::acquire() {
  Status status = map_all();
  if (status.ok()) status = get_clocks();
  if (!status.ok()) release();
  return status;
}

Status Platform::map_all() {
  struct Unit {
    MappedWindow* window;
    u32 base;
    u32 size;
    const char* name;
  };
  const Unit units[] = {
      {&cpm_, reg::kCpmBase, kCpmSize, "cpm"},      {&isp_, reg::kIspBase, kIspSize, "isp-m0"},
      {&vic_, reg::kVicBase, kVicSize, "isp-w02"},  {&csi_, reg::kCsiBase, kCsiSize, "isp-w01"},
      {&phy_, reg::kPhyBase, kCsiSize, "mipi-phy"},
  };
  for (const Unit& unit : units) {
    if (unit.window->map(unit.base, unit.size, unit.name)) continue;
    t31_port_log(T31_LOG_ERROR,
                 "registers of %s at 0x%x can't be mapped: is another ISP driver loaded?",
                 unit.name, unit.base);
    return Status::error(T31_ENOMEM);
  }
  return kOk;
}

Status Platform::get_clocks() {
  Status status = isp_clock_.get("cgu_isp");
  if (status.ok()) status = isp_clock_.set_rate(kLoadRate);
  if (status.ok()) status = isp_gate_.get("isp");
  if (status.ok()) status = csi_gate_.get("csi");
  return status;
}

void Platform::release() {
  csi_gate_.put();
  isp_gate_.put();
  isp_clock_.put();
  phy_.unmap();
  csi_.unmap();
  vic_.unmap();
  isp_.unmap();
  cpm_.unmap();
}

Status Platform::power_on(u32 isp_hertz) {
  isp_rate_asked_ = isp_hertz;
  Status status = isp_clock_.set_rate(isp_hertz);
  if (status.ok()) status = isp_clock_.enable();
  if (status.ok()) status = isp_gate_.enable();
  if (status.ok()) status = csi_gate_.enable();
  if (!status.ok()) {
    t31_port_log(T31_LOG_ERROR, "clocks can't be started (isp_clk=%u, error %d)", isp_hertz,
                 -status.code());
    power_off();
  }
  return status;
}

void Platform::power_off() {
  csi_gate_.disable();
  isp_gate_.disable();
  isp_clock_.disable();
}

Status Platform::reset_isp() {
  const Window window = cpm();
  const u32 offset = cpm::kSoftReset.offset;
  window.write(offset, cpm::kIspStopRequest.set(window.read(offset), true));
  for (u32 i = 0; i < kStopPolls; ++i) {
    if (cpm::kIspStopAcknowledge.get(window.read(offset))) {
      const u32 value = cpm::kIspStopRequest.set(window.read(offset), false);
      window.write(offset, cpm::kIspReset.set(value, true));
      window.write(offset, cpm::kIspReset.set(window.read(offset), false));
      return kOk;
    }
    t31_port_msleep(kStopPollMs);
  }
  window.write(offset, cpm::kIspStopRequest.set(window.read(offset), false));
  t31_port_log(T31_LOG_ERROR, "the ISP does not stop its bus traffic: reset failed");
  return Status::error(T31_EINVAL);
}

}  // namespace t31::core
