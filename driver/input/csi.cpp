// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/input/csi.hpp"

#include "driver/input/mipi_format.hpp"
#include "driver/input/parallel.hpp"
#include "driver/regs/csi.hpp"

namespace t31::input {

namespace csi = reg::csi;
namespace phy = reg::phy;

namespace {

struct SettleRow {
  u32 below_mbps;
  u32 code;
};

constexpr u32 kSlowestMbps = 80;
constexpr u32 kSettleOtherwise = 11;  // below 80 and from 1000 on
constexpr SettleRow kSettleTable[] = {{110, 0}, {150, 1}, {200, 2}, {250, 3}, {300, 4},  {400, 5},
                                      {500, 6}, {600, 7}, {700, 8}, {800, 9}, {1000, 10}};

constexpr u32 kResetHoldMs = 1;
constexpr u32 kLockTimeMs = 10;

void clear_released(Window window, const reg::Register& reg) {
  window.write(reg.offset, csi::kReleased.set(window.read(reg.offset), false));
}

}  // namespace

u32 settle_code(u32 mbps) {
  if (mbps < kSlowestMbps) return kSettleOtherwise;
  for (const SettleRow& row : kSettleTable) {
    if (mbps < row.below_mbps) return row.code;
  }
  return kSettleOtherwise;
}

Status Csi::init(const t31_sensor_info& sensor) {
  if (sensor.bus == T31_BUS_MIPI) {
    if (sensor.mipi.lanes == 0 || sensor.mipi.lanes > kMaxLanes) {
      t31_port_log(T31_LOG_ERROR,
                   "sensor %s wants %u MIPI lanes, the chip has %u: use a mode with fewer",
                   sensor.name, sensor.mipi.lanes, kMaxLanes);
      return Status::error(T31_EINVAL);
    }
    if (Status status = check_mipi_format(sensor); !status.ok()) return status;
    init_mipi(sensor);
  } else {
    if (Status status = check_parallel(sensor); !status.ok()) return status;
    if (sensor.bus == T31_BUS_DVP) init_parallel();
  }
  state_ = graph::State::kInitialised;
  return kOk;
}

void Csi::init_mipi(const t31_sensor_info& sensor) {
  host_.write(csi::kLanes.offset, csi::kLanesMinus1(sensor.mipi.lanes - 1));
  clear_released(host_, csi::kPhyShutdown);
  host_.write(csi::kPhyReset.offset, csi::kReleased(false));
  t31_port_msleep(kResetHoldMs);
  clear_released(host_, csi::kReset);
  t31_port_msleep(kResetHoldMs);
  host_.write(csi::kPhyReset.offset, csi::kReleased(true));
  t31_port_msleep(kResetHoldMs);
  if (sensor.mipi.settle_time_adaptive == 0) {
    fix_settle(settle_code(sensor.mipi.mbps));
  } else {
    give_settle_back();
  }
  phy_.write(phy::kControl0.offset, phy::kControl0Enable);
  phy_.write(phy::kClockLane.offset, phy::kClockLaneMipi);
  host_.write(csi::kReset.offset, csi::kReleased(true));
  t31_port_msleep(kLockTimeMs);
}

void Csi::fix_settle(u32 code) {
  const u32 before = phy_.read(phy::kSettle[0].offset);
  if (!settle_fixed_) settle_before_ = before;
  settle_fixed_ = true;
  write_settle(phy::kSettleCode.set(before, code));
}

// The next sensor may count on what the receiver had before.
void Csi::give_settle_back() {
  if (settle_fixed_) write_settle(settle_before_);
  settle_fixed_ = false;
}

void Csi::write_settle(u32 value) {
  for (const reg::Register& lane : phy::kSettle) phy_.write(lane.offset, value);
}

void Csi::init_parallel() {
  host_.write(csi::kPhyReset.offset, csi::kReleased(false));
  host_.write(csi::kPhyReset.offset, csi::kReleased(true));
  phy_.write(phy::kControl0.offset, phy::kControl0Enable);
  phy_.write(phy::kControl1.offset, phy::kControl1Parallel);
  phy_.write(phy::kMode.offset, 1);
  parallel_ = true;
}

void Csi::off() {
  if (state_ <= graph::State::kActivated) return;
  // What the next sensor must not inherit, while the PHY is not in reset yet.
  give_settle_back();
  if (parallel_) phy_.write(phy::kMode.offset, 0);
  parallel_ = false;
  clear_released(host_, csi::kPhyShutdown);
  clear_released(host_, csi::kPhyReset);
  clear_released(host_, csi::kReset);
  state_ = graph::State::kActivated;
}

Csi::Errors Csi::errors() const {
  return {host_.read(csi::kError1.offset), host_.read(csi::kError2.offset),
          host_.read(csi::kPhyState.offset)};
}

}  // namespace t31::input
