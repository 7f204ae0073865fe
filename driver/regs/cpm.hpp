// SPDX-License-Identifier: GPL-2.0-or-later
// cpm.hpp - clock and reset registers that the camera uses. Base 0x10000000. Source:
// hw-pipeline 1.4, 1.5.
#pragma once

#include "driver/regs/reg.hpp"

namespace t31::reg::cpm {

inline constexpr Register kClockGate0{0x20, "CLKGR0", "clock gates, 1 = stopped"};
inline constexpr Field<bool> kGateI2c0{7, 1, "I2C0", "I2C controller 0"};
inline constexpr Field<bool> kGateI2c1{8, 1, "I2C1", "I2C controller 1"};
inline constexpr Field<bool> kGateIsp{23, 1, "ISP", "ISP core, VIC"};
inline constexpr Field<bool> kGateCsi{25, 1, "CSI", "MIPI receiver"};

inline constexpr Register kClockGate1{0x28, "CLKGR1", "clock gates, 1 = stopped"};

inline constexpr Register kSensorClock{0x7c, "CIMCDR", "sensor master clock divider"};
inline constexpr Field<u32> kSensorDivider{0, 8, "DIV", "rate = source / (DIV + 1)"};
inline constexpr Register kIspClock{0x80, "ISPCDR", "ISP clock divider"};
inline constexpr Field<u32> kIspDivider{0, 4, "DIV", "rate = source / (DIV + 1)"};
inline constexpr Field<bool> kStop{27, 1, "STOP", "divider stopped"};
inline constexpr Field<bool> kBusy{28, 1, "BUSY", "change in progress"};
inline constexpr Field<bool> kChangeEnable{29, 1, "CE", "take over a new divider"};
inline constexpr Field<u32> kSource{30, 2, "SRC", "0 APLL, 1 MPLL, 2 VPLL"};

inline constexpr Register kSoftReset{0xc4, "SRBC", "bus stop and soft reset"};
inline constexpr Field<bool> kIspStopAcknowledge{20, 1, "ISP_STOP_ACK",
                                                 "ISP bus traffic has stopped"};
inline constexpr Field<bool> kIspStopRequest{21, 1, "ISP_STOP_TRG",
                                             "ask the ISP to stop bus traffic"};
inline constexpr Field<bool> kIspReset{22, 1, "ISP_SR", "hold ISP and VIC in reset"};

inline constexpr RegisterInfo kRegisters[] = {
    {kClockGate0, {kGateI2c0, kGateI2c1, kGateIsp, kGateCsi}},
    {kClockGate1, {}},
    {kSensorClock, {kSensorDivider, kStop, kBusy, kChangeEnable, kSource}},
    {kIspClock, {kIspDivider, kStop, kBusy, kChangeEnable, kSource}},
    {kSoftReset, {kIspStopAcknowledge, kIspStopRequest, kIspReset}},
};

}  // namespace t31::reg::cpm
