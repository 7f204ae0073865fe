// SPDX-License-Identifier: GPL-2.0-or-later
// csi.hpp - MIPI CSI-2 host (base 0x10023000) and D-PHY (base 0x10022000). Source:
// hw-pipeline 2.1, 2.2.
#pragma once

#include "driver/regs/reg.hpp"

namespace t31::reg::csi {

inline constexpr Register kVersion{0x00, "VERSION", "controller version, ASCII", Access::kReadOnly,
                                   0x3130322a};
inline constexpr Register kLanes{0x04, "N_LANES", "data lanes in use"};
inline constexpr Field<u32> kLanesMinus1{0, 2, "LANES_MINUS_1", "data lanes - 1; the chip has two"};
inline constexpr Register kPhyShutdown{0x08, "PHY_SHUTDOWNZ", "PHY power, active low"};
inline constexpr Register kPhyReset{0x0c, "DPHY_RSTZ", "PHY reset, active low"};
inline constexpr Register kReset{0x10, "CSI2_RESETN", "controller reset, active low"};
inline constexpr Field<bool> kReleased{0, 1, "RELEASED", "1: out of reset or shutdown"};
inline constexpr Register kPhyState{0x14, "PHY_STATE", "lane states", Access::kReadOnly};
inline constexpr Register kError1{0x20, "ERR1", "errors of the link", Access::kReadOnly};
inline constexpr Field<u32> kErrorSotSync{0, 4, "SOT_SYNC",
                                          "start of transmission not in sync, per lane"};
inline constexpr Field<u32> kErrorFrameBoundary{4, 4, "FRAME_BOUNDARY",
                                                "frame start without end, per channel"};
inline constexpr Field<u32> kErrorFrameSequence{8, 4, "FRAME_SEQUENCE",
                                                "frame number jumped, per channel"};
inline constexpr Field<u32> kErrorFrameCrc{12, 4, "FRAME_CRC", "checksum wrong, per channel"};
inline constexpr Register kError2{0x24, "ERR2", "errors of the packets", Access::kReadOnly};
inline constexpr Field<u32> kErrorEscape{0, 4, "ESCAPE", "escape entry, per lane"};
inline constexpr Field<u32> kErrorSotSoft{4, 4, "SOT_SOFT",
                                          "start of transmission corrected, per lane"};
inline constexpr Field<u32> kErrorEcc{8, 4, "ECC", "header error corrected, per channel"};
inline constexpr Field<u32> kErrorDataId{12, 4, "DATA_ID", "data type not recognised, per channel"};

inline constexpr RegisterInfo kRegisters[] = {
    {kVersion, {}},
    {kLanes, {kLanesMinus1}},
    {kPhyShutdown, {kReleased}},
    {kPhyReset, {kReleased}},
    {kReset, {kReleased}},
    {kPhyState, {}},
    {kError1, {kErrorSotSync, kErrorFrameBoundary, kErrorFrameSequence, kErrorFrameCrc}},
    {kError2, {kErrorEscape, kErrorSotSoft, kErrorEcc, kErrorDataId}},
};

}  // namespace t31::reg::csi

namespace t31::reg::phy {

inline constexpr Register kControl0{0x000, "CTRL0", "lane enables"};
inline constexpr u32 kControl0Enable = 0x7d;  // both modes, hw-pipeline 2.2
inline constexpr Register kControl1{0x080, "CTRL1", "pad mode"};
inline constexpr u32 kControl1Parallel = 0x3e;  // DVP: MIPI pads in TTL mode
inline constexpr Register kClockLane{0x128, "CLOCK_LANE", "clock lane configuration"};
inline constexpr u32 kClockLaneMipi = 0x3f;
inline constexpr Register kSettle[] = {
    {0x160, "SETTLE0", "settle time of lane group 0"},
    {0x1e0, "SETTLE1", "settle time of lane group 1"},
    {0x260, "SETTLE2", "settle time of lane group 2"},
};
inline constexpr Field<u32> kSettleCode{0, 4, "CODE", "settle code by lane rate"};
inline constexpr Register kMode{0x2cc, "MODE", "1: parallel input"};

inline constexpr RegisterInfo kRegisters[] = {
    {kControl0, {}},
    {kControl1, {}},
    {kClockLane, {}},
    {kSettle[0], {kSettleCode}},
    {kSettle[1], {kSettleCode}},
    {kSettle[2], {kSettleCode}},
    {kMode, {}},
};

}  // namespace t31::reg::phy
