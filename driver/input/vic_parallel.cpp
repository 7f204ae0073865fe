// SPDX-License-Identifier: GPL-2.0-or-later
// vic_parallel.cpp - the video input on the parallel port (hw-pipeline 3.4, 3.5). The order of the
// writes is the vendor's.
#include "driver/input/parallel.hpp"
#include "driver/input/vic.hpp"
#include "driver/regs/vic.hpp"

namespace t31::input {

namespace vic = reg::vic;

namespace {

vic::Interface interface_of(u32 bus) {
  switch (bus) {
    case T31_BUS_BT601:
      return vic::Interface::kBt601;
    case T31_BUS_BT656:
      return vic::Interface::kBt656;
    case T31_BUS_BT1120:
      return vic::Interface::kBt1120;
    default:
      return vic::Interface::kDvp;
  }
}

u32 resolution(const t31_sensor_info& sensor) {
  return vic::kWidth(sensor.mbus_width) | vic::kHeight(sensor.mbus_height);
}

}  // namespace

Status Vic::start_parallel(const t31_sensor_info& sensor) {
  if (Status status = check_parallel(sensor); !status.ok()) return status;
  const u32 config = parallel_config(sensor);
  if (sensor.bus == T31_BUS_DVP) return start_dvp(sensor, config);
  start_bt(sensor, config);
  return kOk;
}

Status Vic::start_dvp(const t31_sensor_info& sensor, u32 config) {
  const auto& dvp = sensor.dvp;
  const u32 line =
      vic::kHorizontalBlanking(dvp.horizontal_blanking) | vic::kActiveClocks(sensor.mbus_width);
  vic_.write(vic::kInterface.offset, vic::kInterfaceType(vic::Interface::kDvp));
  if (dvp.horizontal_blanking != 0) vic_.write(vic::kActive.offset, line);
  if (dvp.vertical_blanking != 0) {
    vic_.write(vic::kVerticalBlanking.offset, dvp.vertical_blanking);
  }
  vic_.write(vic::kActive.offset, line);
  vic_.write(vic::kParallel.offset, config);
  vic_.write(vic::kResolution.offset, resolution(sensor));
  vic_.write(vic::kControl.offset, vic::kRegisterEnable(true));
  vic_.write(vic::kControl.offset, vic::kGlobalReset(true));
  if (Status status = reset_and_wait(); !status.ok()) return status;
  vic_.write(vic::kControl.offset, vic::kStart(true));
  vic_.write(vic::kThreshold.offset, vic::kThresholdWide);
  vic_.write(vic::kRoute1.offset, vic::kRouteDvp);
  vic_.write(vic::kOutput.offset, vic::kOutputValue);
  vic_.write(vic::kOutput1.offset, 0);
  return kOk;
}

void Vic::start_bt(const t31_sensor_info& sensor, u32 config) {
  const bool bt601 = sensor.bus == T31_BUS_BT601;
  const u32 type = vic::kInterfaceType(interface_of(sensor.bus));
  vic_.write(vic::kInterface.offset, type);
  vic_.write(vic::kResolution.offset, resolution(sensor));
  if (sensor.bus != T31_BUS_BT1120) vic_.write(vic::kInterface.offset, type);
  vic_.write(vic::kParallel.offset, config);
  vic_.write(vic::kActive.offset,
             vic::kActiveClocks(2 * sensor.mbus_width) | (bt601 ? vic::kActiveBt601 : 0));
  if (bt601) {
    vic_.write(vic::kVerticalBlanking.offset, vic::kVerticalBlankingBt601);
    vic_.write(vic::kSyncWindow0.offset, vic::kSyncWindowValues[0]);
    vic_.write(vic::kSyncWindow1.offset, vic::kSyncWindowValues[1]);
    vic_.write(vic::kSyncWindow2.offset, vic::kSyncWindowValues[2]);
    vic_.write(vic::kSyncWindow3.offset, vic::kSyncWindowValues[3]);
    vic_.write(vic::kModes.offset, 0);
  }
  vic_.write(vic::kThreshold.offset, vic::kThresholdWide);
  vic_.write(vic::kRoute1.offset, vic::kRouteByFrameMode[0]);
  if (sensor.bus == T31_BUS_BT656) {
    vic_.write(vic::kBt656Window0.offset, vic::kBt656WindowValue);
    vic_.write(vic::kBt656Window1.offset, vic::kBt656WindowValue);
  }
  vic_.write(vic::kControl.offset, vic::kRegisterEnable(true));
  vic_.write(vic::kControl.offset, vic::kStart(true));
}

}  // namespace t31::input
