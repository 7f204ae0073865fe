// SPDX-License-Identifier: GPL-2.0-or-later
// isp_top.hpp - ISP core: size, Bayer order, bypass, interrupts, stop, and the reference buffers of
// temporal denoise. Base 0x13300000. Source: hw-pipeline 4.1, 4.3, 4.4, 4.5.
#pragma once

#include "driver/regs/reg.hpp"

namespace t31::reg::isp {

inline constexpr Register kId{0x00, "ID", "chip id", Access::kReadOnly, 0x54560031};
inline constexpr Register kSize{0x04, "SIZE", "input picture"};
inline constexpr Field<u32> kHeight{0, 16, "HEIGHT", "lines"};
inline constexpr Field<u32> kWidth{16, 16, "WIDTH", "pixels"};
inline constexpr Register kBayer{0x08, "BAYER", "colour of the pixel slots"};
inline constexpr Field<u32> kBayerCode{0, 5, "CODE",
                                       "0 RGGB, 1 BGGR, 2 GRBG, 3 GBRG, 8..23 RGB-IR"};
inline constexpr Register kBypass{0x0c, "BYPASS", "1 = block bypassed"};
inline constexpr Register kStatisticsEnable{0x10, "STATISTICS_ENABLE",
                                            "engines in use (meaning inferred)"};
inline constexpr u32 kStatisticsLinear = 0x133;
inline constexpr u32 kStatisticsWdr = 0x33f;
inline constexpr Register kSetup{0x1c, "SETUP", "0x3f00 during set-up, 8 afterwards"};
inline constexpr u32 kSetupBegin = 0x3f00;
inline constexpr u32 kSetupBeginInfrared = 0x10003f00;
inline constexpr u32 kSetupEnd = 8;
inline constexpr Register kReset{0x20, "RESET", ""};
inline constexpr Field<bool> kCoreReset{2, 1, "CORE_RESET", "pulse: resets the pipeline's state"};
inline constexpr Register kStop{0x24, "STOP", ""};
inline constexpr Field<bool> kStopRequest{0, 1, "REQUEST", "stop after the current frame"};
inline constexpr Register kIdle{0x28, "IDLE", "", Access::kReadOnly};
inline constexpr Field<bool> kIdleAcknowledge{0, 1, "ACKNOWLEDGE", "the pipeline is idle"};
inline constexpr Register kSubInterrupts{0x30, "SUB_INTERRUPTS",
                                         "all ones at set-up (meaning inferred)"};
inline constexpr Register kInterruptEnable{0xb0, "INT_ENABLE", "1 = enabled"};
inline constexpr Register kInterruptStatus{0xb4, "INT_STATUS", "", Access::kReadOnly};
inline constexpr Register kInterruptClear{0xb8, "INT_CLEAR", "", Access::kWriteClear};
inline constexpr Register kGo{0x800, "GO", "1 = start the line buffers", Access::kStrobe};
inline constexpr Register kInputMode{0x804, "INPUT_MODE",
                                     "0x1c linear, 0x10 WDR; bit 1: YUV input"};
inline constexpr u32 kInputModeLinear = 0x1c;
inline constexpr u32 kInputModeLinearYuv = 0x1e;
inline constexpr u32 kInputModeWdr = 0x10;
inline constexpr u32 kInputModeWdrYuv = 0x12;
inline constexpr Register kErrorDetail{0x84c, "ERROR_DETAIL", "additional error status",
                                       Access::kReadOnly};

// Bits of INT_STATUS, INT_ENABLE and INT_CLEAR (hw-pipeline 4.4).
namespace interrupt {
inline constexpr u32 kChannelDone0 = 1u << 0;  // channels 1 and 2: the next two bits
inline constexpr u32 kErrors = 0x3f8;
inline constexpr u32 kBrokenFrame = 1u << 8;
inline constexpr u32 kOverflow = 1u << 9;
inline constexpr u32 kWdrStatistics = 1u << 11;
inline constexpr u32 kToneStatistics = 1u << 18;
inline constexpr u32 kDefogStatistics = 1u << 20;
inline constexpr u32 kFrameStart = 1u << 12;
inline constexpr u32 kIpDone = 1u << 13;
inline constexpr u32 kAeZones = 1u << 26;
inline constexpr u32 kAeHistogram = 1u << 27;
inline constexpr u32 kAe1Zones = 1u << 28;
inline constexpr u32 kAe1Histogram = 1u << 29;
inline constexpr u32 kAwbZones = 1u << 30;
inline constexpr u32 kAfZones = 1u << 31;
inline constexpr u32 kAll = 0xffffffff;
}  // namespace interrupt

// Temporal denoise: what has to be off while its memory is borrowed (hw-pipeline 3.8).
inline constexpr Register kMdnsTrigger{0x7804, "MDNS_TRIGGER", "1: take the settings over",
                                       Access::kStrobe};
inline constexpr Register kMdnsEnable{0x7810, "MDNS_ENABLE", "switches of its parts"};
inline constexpr u32 kMdnsEnableIdle = 0x11110111;
inline constexpr u32 kMdnsEnableAll = 0x11111111;
inline constexpr Register kMdnsMode{0x7814, "MDNS_MODE", ""};

// Temporal denoise, frame store given by user space (hw-pipeline 4.5).
inline constexpr Register kMdnsLuma{0x7820, "MDNS_LUMA", "luma reference, address"};
inline constexpr Register kMdnsLumaStride{0x7824, "MDNS_LUMA_STRIDE", ""};
inline constexpr Register kMdnsChroma{0x7828, "MDNS_CHROMA", "chroma reference, address"};
inline constexpr Register kMdnsChromaStride{0x782c, "MDNS_CHROMA_STRIDE", ""};
inline constexpr Register kMdnsBlock0{0x7830, "MDNS_BLOCK0", "block state 0, address"};
inline constexpr Register kMdnsBlock0Stride{0x7834, "MDNS_BLOCK0_STRIDE", ""};
inline constexpr Register kMdnsControl0{0x7838, "MDNS_STORE0", "0"};
inline constexpr Register kMdnsControl1{0x783c, "MDNS_STORE1", "1"};
// Block states 1..3: {address, stride} pairs.
inline constexpr Register kMdnsBlock1{0x7840, "MDNS_BLOCK1", "address", Access::kReadWrite, 0, 3,
                                      8};
inline constexpr Register kMdnsBlock1Stride{
    0x7844, "MDNS_BLOCK1_STRIDE", "", Access::kReadWrite, 0, 3, 8};
inline constexpr Register kMdnsBackgroundLuma{0x7858, "MDNS_BG_LUMA", "background luma, address"};
inline constexpr Register kMdnsBackgroundLumaStride{0x785c, "MDNS_BG_LUMA_STRIDE", ""};
inline constexpr Register kMdnsBackgroundChroma{0x7860, "MDNS_BG_CHROMA",
                                                "background chroma, address"};
inline constexpr Register kMdnsBackgroundChromaStride{0x7864, "MDNS_BG_CHROMA_STRIDE", ""};
inline constexpr Register kMdnsBackgroundMap{0x7868, "MDNS_BG_MAP", "background map, address"};
inline constexpr Register kMdnsBackgroundMapStride{0x786c, "MDNS_BG_MAP_STRIDE", ""};

inline constexpr RegisterInfo kRegisters[] = {
    {kId, {}},
    {kSize, {kHeight, kWidth}},
    {kBayer, {kBayerCode}},
    {kBypass, {}},
    {kStatisticsEnable, {}},
    {kSetup, {}},
    {kReset, {kCoreReset}},
    {kStop, {kStopRequest}},
    {kIdle, {kIdleAcknowledge}},
    {kSubInterrupts, {}},
    {kInterruptEnable, {}},
    {kInterruptStatus, {}},
    {kInterruptClear, {}},
    {kGo, {}},
    {kInputMode, {}},
    {kErrorDetail, {}},
    {kMdnsTrigger, {}},
    {kMdnsEnable, {}},
    {kMdnsMode, {}},
    {kMdnsLuma, {}},
    {kMdnsLumaStride, {}},
    {kMdnsChroma, {}},
    {kMdnsChromaStride, {}},
    {kMdnsBlock0, {}},
    {kMdnsBlock0Stride, {}},
    {kMdnsControl0, {}},
    {kMdnsControl1, {}},
    {kMdnsBlock1, {}},
    {kMdnsBlock1Stride, {}},
    {kMdnsBackgroundLuma, {}},
    {kMdnsBackgroundLumaStride, {}},
    {kMdnsBackgroundChroma, {}},
    {kMdnsBackgroundChromaStride, {}},
    {kMdnsBackgroundMap, {}},
    {kMdnsBackgroundMapStride, {}},
};

}  // namespace t31::reg::isp
