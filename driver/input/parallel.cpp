// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/input/parallel.hpp"

#include "driver/input/bayer.hpp"
#include "driver/port/port.h"
#include "driver/regs/vic.hpp"

namespace t31::input {

namespace vic = reg::vic;
using Type = vic::ParallelType;

namespace {

constexpr u32 kBtSerial = 0;  // sensor_bt_mode: 8 lines
constexpr u32 kBtWide = 1;    // 16 lines, BT.601 only

// Media bus codes of one data type.
struct CodeRange {
  u32 first, last;
  Type type;
};
constexpr CodeRange kDvpTypes[] = {
    {kCodeBgr565, kCodeBgr565, Type::kBgr565},
    {kCodeRgb565, kCodeRgb565, Type::kRgb565},
    {kFirstCodeYuv8, kLastCodeYuv8, Type::kYuv422},
    {kCodeYuyv16, kCodeYuyv16, Type::kYuv422},
    {0x3001, 0x3002, Type::kRaw8},
    {0x3007, 0x3007, Type::kRaw10},
    {0x3008, 0x3008, Type::kRaw12},
    {0x300a, 0x300a, Type::kRaw10},
    {0x300e, 0x300f, Type::kRaw10},
    {0x3010, 0x3012, Type::kRaw12},
    {0x3013, 0x3014, Type::kRaw8},
    {0x3100, 0x310f, Type::kRaw8},
    {0x3200, 0x320f, Type::kRaw10},
    {0x3300, 0x330f, Type::kRaw12},
};

const CodeRange* dvp_type(u32 code) {
  for (const CodeRange& range : kDvpTypes) {
    if (code >= range.first && code <= range.last) return &range;
  }
  return nullptr;
}

bool pins_carry(u32 pins, Type type) {
  if (type == Type::kRaw8) return pins == kLow8 || pins == kHigh8;
  if (type == Type::kRaw10) return pins == kLow10 || pins == kHigh10;
  return true;  // the register has no alignment for the other types
}

Status refuse() {
  return Status::error(T31_EINVAL);
}

Status check_dvp_pins(const t31_sensor_info& sensor, Type type) {
  const u32 pins = sensor.dvp.pins;
  if (pins > kHigh8) {
    t31_port_log(T31_LOG_ERROR,
                 "sensor %s: DVP pin mode %u is unknown: 0 low 10 bits, 1 high 10, 2 all 12, "
                 "3 low 8, 4 high 8",
                 sensor.name, pins);
    return refuse();
  }
  if (!pins_carry(pins, type)) {
    const bool raw8 = type == Type::kRaw8;
    t31_port_log(T31_LOG_ERROR, "sensor %s: %u-bit data on DVP pin mode %u (%s): use %s",
                 sensor.name, raw8 ? 8u : 10u, pins, dvp_pins_name(pins),
                 raw8 ? "3 or 4" : "0 or 1");
    return refuse();
  }
  if (type == Type::kRaw12 && pins != kAll12) {
    t31_port_log(T31_LOG_WARNING, "sensor %s: 12-bit data, but DVP pin mode %u (%s)", sensor.name,
                 pins, dvp_pins_name(pins));
  }
  return kOk;
}

Status check_dvp(const t31_sensor_info& sensor) {
  const CodeRange* range = dvp_type(sensor.mbus_code);
  if (range == nullptr) {
    t31_port_log(T31_LOG_ERROR, "sensor %s: DVP has no data type for pixel format 0x%x",
                 sensor.name, sensor.mbus_code);
    return refuse();
  }
  if (Status status = check_dvp_pins(sensor, range->type); !status.ok()) return status;
  const auto& dvp = sensor.dvp;
  if (dvp.timing > kSonyTiming || dvp.hsync_polarity > kPolarityLow ||
      dvp.vsync_polarity > kPolarityLow) {
    t31_port_log(T31_LOG_WARNING,
                 "sensor %s: DVP timing %u, HSYNC polarity %u, VSYNC polarity %u: above 2 counts "
                 "as default",
                 sensor.name, dvp.timing, dvp.hsync_polarity, dvp.vsync_polarity);
  }
  return kOk;
}

Status check_bt(const t31_sensor_info& sensor) {
  const bool wide_allowed = sensor.bus == T31_BUS_BT601;
  if (sensor.bt_bits != kBtSerial && !(wide_allowed && sensor.bt_bits == kBtWide)) {
    t31_port_log(T31_LOG_ERROR, "sensor %s: %s in mode %u: it takes %s", sensor.name,
                 bus_name(sensor.bus), sensor.bt_bits,
                 wide_allowed ? "0 (8 bits) or 1 (16 bits)" : "0 (8 bits) alone");
    return refuse();
  }
  const CodeRange* range = dvp_type(sensor.mbus_code);
  if (range == nullptr || range->type != Type::kYuv422) {
    t31_port_log(T31_LOG_ERROR, "sensor %s: %s carries YUV 4:2:2, not pixel format 0x%x",
                 sensor.name, bus_name(sensor.bus), sensor.mbus_code);
    return refuse();
  }
  return kOk;
}

}  // namespace

Status check_parallel(const t31_sensor_info& sensor) {
  if (sensor.bus < T31_BUS_DVP || sensor.bus > T31_BUS_BT1120) {
    t31_port_log(T31_LOG_ERROR,
                 "sensor %s: data bus type %u is unknown: 1 MIPI, 2 DVP, 3 BT.601, 4 BT.656, "
                 "5 BT.1120",
                 sensor.name, sensor.bus);
    return refuse();
  }
  if (sensor.data_type != 0) {
    t31_port_log(T31_LOG_ERROR, "sensor %s: two exposures on %s: only MIPI tells them apart",
                 sensor.name, bus_name(sensor.bus));
    return refuse();
  }
  const Status status = sensor.bus == T31_BUS_DVP ? check_dvp(sensor) : check_bt(sensor);
  if (!status.ok()) return status;
  if (dvp_type(sensor.mbus_code)->type == Type::kYuv422 && sensor.mbus_width % 2 != 0) {
    t31_port_log(T31_LOG_ERROR, "sensor %s: YUV 4:2:2 of %u pixels a line: must be even",
                 sensor.name, sensor.mbus_width);
    return refuse();
  }
  return kOk;
}

u32 parallel_config(const t31_sensor_info& sensor) {
  if (sensor.bus == T31_BUS_BT601) {
    return sensor.bt_bits == kBtWide ? vic::kParallelBt601Wide : vic::kParallelBt601;
  }
  if (sensor.bus != T31_BUS_DVP) return vic::kParallelBtSerial;
  const CodeRange* range = dvp_type(sensor.mbus_code);
  const Type type = range == nullptr ? Type::kRaw8 : range->type;
  const auto& dvp = sensor.dvp;
  const bool high =
      (type == Type::kRaw8 && dvp.pins == kHigh8) || (type == Type::kRaw10 && dvp.pins == kHigh10);
  // The vendor's driver leaves the timing out with 8 bits and with YUV.
  const bool timed = type == Type::kRaw10 || type == Type::kRaw12;
  return vic::kParallelHcomp(dvp.hcomp_en != 0) | vic::kParallelType(type) | vic::kHighLines(high) |
         vic::kSonyTiming(timed && dvp.timing == kSonyTiming) |
         vic::kHsyncLow(dvp.hsync_polarity == kPolarityLow) |
         vic::kVsyncLow(dvp.vsync_polarity == kPolarityLow);
}

const char* bus_name(u32 bus) {
  constexpr const char* kNames[] = {"unknown", "MIPI", "DVP", "BT.601", "BT.656", "BT.1120"};
  return kNames[bus <= T31_BUS_BT1120 ? bus : 0];
}

const char* dvp_pins_name(u32 pins) {
  constexpr const char* kNames[] = {"low 10 bits", "high 10 bits", "12 bits", "low 8 bits",
                                    "high 8 bits"};
  return pins <= kHigh8 ? kNames[pins] : "unknown";
}

const char* dvp_timing_name(u32 timing) {
  return timing == kSonyTiming ? "Sony" : timing == kHsyncTiming ? "HSYNC" : "HREF";
}

}  // namespace t31::input
