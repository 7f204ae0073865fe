// SPDX-License-Identifier: GPL-2.0-or-later
// vic.hpp - video input controller. Base 0x133e0000. Source: hw-pipeline 3.1, 3.3, 3.6, 3.8.
#pragma once

#include "driver/regs/reg.hpp"

namespace t31::reg::vic {

inline constexpr Register kControl{0x00, "CONTROL", "start, reset"};
inline constexpr Field<bool> kStart{0, 1, "START", "run"};
inline constexpr Field<bool> kRegisterEnable{1, 1, "REG_ENABLE", "load shadow registers"};
inline constexpr Field<bool> kGlobalReset{2, 1, "GLB_RST", "reset; the register reads 0 when done"};
inline constexpr Field<bool> kSafeReset{3, 1, "GLB_SAFE_RST", "reset at the end of the frame"};
inline constexpr Field<bool> kStop{4, 1, "VIC_RESET", "stop for a change of mode"};

inline constexpr Register kResolution{0x04, "RESOLUTION", "size of the picture handed to the ISP"};
inline constexpr Field<u32> kHeight{0, 16, "HEIGHT", "lines"};
inline constexpr Field<u32> kWidth{16, 16, "WIDTH", "pixels"};

inline constexpr Register kInterface{0x0c, "INTF_TYPE", "kind of input"};
enum class Interface : u8 { kBt656 = 0, kBt601 = 1, kMipi = 2, kDvp = 3, kBt1120 = 4 };
inline constexpr Field<Interface> kInterfaceType{0, 3, "TYPE",
                                                 "0 BT656, 1 BT601, 2 MIPI, 3 DVP, 4 BT1120"};
inline constexpr Register kParallel{0x10, "DB_CFG", "DVP and BT configuration"};
inline constexpr Field<bool> kVsyncLow{0, 1, "VSYNC_LOW", "vertical sync is active low"};
inline constexpr Field<bool> kHsyncLow{1, 1, "HSYNC_LOW", "horizontal sync is active low"};
inline constexpr Field<bool> kInterlace{2, 1, "INTERLACE", "two fields a frame"};
inline constexpr Field<bool> kFirstField{3, 1, "FIRST_FIELD", ""};
inline constexpr Field<u32> kYuvOrder{4, 2, "YUV_ORDER", "order of luma and chroma"};
inline constexpr Field<bool> kBt16{11, 1, "BT_16BIT", "luma and chroma at once"};
inline constexpr Field<bool> kHsyncTiming{15, 1, "HSYNC_MODE", "syncs are pulses"};
inline constexpr Field<bool> kSonyTiming{16, 1, "SONY_MODE", "timing of Sony sensors"};
enum class ParallelType : u8 {
  kRaw8 = 0,
  kRaw10 = 1,
  kRaw12 = 2,
  kRgb565 = 4,
  kBgr565 = 5,
  kYuv422 = 6
};
inline constexpr Field<ParallelType> kParallelType{
    17, 3, "TYPE", "0 RAW8, 1 RAW10, 2 RAW12, 4 RGB565, 5 BGR565, 6 YUV422"};
inline constexpr Field<bool> kHighLines{20, 1, "HIGH_LINES", "raw data on the upper data lines"};
inline constexpr Field<bool> kParallelHcomp{31, 1, "HCOMP", "complete short lines"};
inline constexpr u32 kParallelSonyMipi = 0x20000;      // written for sensors in Sony MIPI mode
inline constexpr u32 kParallelBtSerial = 0x800c0000;   // BT.656, BT.1120: YUV422, lines completed
inline constexpr u32 kParallelBt601 = 0x800c8000;      // the same with sync pulses
inline constexpr u32 kParallelBt601Wide = 0x88060820;  // 16 bits: as the vendor programs it
inline constexpr Register kMipiFormat{0x14, "IDI_TYPE", "0 RAW8, 1 RAW10, 2 RAW12, 7 YUV422-8"};
inline constexpr Register kActive{0x18, "AB_VALUE",
                                  "parallel: blanking and active clocks of a line"};
inline constexpr Field<u32> kActiveClocks{0, 16, "ACTIVE", "DVP: pixels, BT: twice the pixels"};
inline constexpr Field<u32> kHorizontalBlanking{16, 16, "BLANKING", "DVP: pixel clocks"};
inline constexpr u32 kActiveBt601 = 0x100000;
inline constexpr Register kSyncWindow0{0x1c, "SYNC_WINDOW0", "BT.601"};
inline constexpr Register kSyncWindow1{0x30, "SYNC_WINDOW1", "BT.601"};
inline constexpr Register kSyncWindow2{0x34, "SYNC_WINDOW2", "BT.601"};
inline constexpr Register kSyncWindow3{0x38, "SYNC_WINDOW3", "BT.601"};
// What the vendor writes for every picture size; their meaning is not known.
inline constexpr u32 kSyncWindowValues[] = {0x1b8, 0x1402d0, 0x50014, 0x2d00014};
inline constexpr Register kVerticalBlanking{0x3c, "VBLANK", "parallel: lines between frames"};
inline constexpr u32 kVerticalBlankingBt601 = 0x30;

inline constexpr Register kMipiWords{0x100, "MIPI_WORDS", "32-bit words per line"};
inline constexpr Register kMipiCropY01{0x104, "CROP_Y01", "first lines of channels 0 and 1"};
inline constexpr Register kMipiCropY23{0x108, "CROP_Y23", "first lines of channels 2 and 3"};
inline constexpr Field<u32> kLow{0, 16, "LOW", "channel 0 or 2"};
inline constexpr Field<u32> kHigh{16, 16, "HIGH", "channel 1 or 3"};

inline constexpr Register kMipiControl{0x10c, "MIPI_CONTROL", "how lines are taken from the link"};
inline constexpr Field<u32> kSensorMode{0, 2, "SENSOR_MODE", "virtual channel handling"};
inline constexpr Field<u32> kFidMode{2, 2, "FID_MODE", "frame id"};
inline constexpr Field<u32> kFrameMode{4, 2, "FRAME_MODE", "exposures per frame - 1"};
inline constexpr Field<u32> kDelayStart{8, 4, "DEL_START", ""};
inline constexpr Field<u32> kDataType{12, 6, "DATA_TYPE", "CSI-2 data type"};
inline constexpr Field<bool> kDataTypeEnable{18, 1, "DATA_TYPE_EN", "filter by data type"};
inline constexpr Field<bool> kWorkStart{20, 1, "WORK_START", ""};
inline constexpr Field<bool> kLineSync{22, 1, "LINE_SYNC", ""};
inline constexpr Field<bool> kHcomp{23, 1, "HCOMP", "complete short lines"};
inline constexpr Field<bool> kVcomp{24, 1, "VCOMP", "complete short frames"};
inline constexpr Field<bool> kHcropDifferent{25, 1, "HCROP_DIFF", "first pixel differs by channel"};

inline constexpr Register kMipiWidth0{0x110, "MIPI_WIDTH0", "channel 0: line width, first pixel"};
inline constexpr Field<u32> kFirstPixel{0, 16, "FIRST_PIXEL", ""};
inline constexpr Field<u32> kLineWidth{16, 16, "LINE_WIDTH", "pixels sent per line"};
inline constexpr Register kMipiWidth1{0x114, "MIPI_WIDTH1", "channel 1: first pixel"};
inline constexpr Register kMipiWidth2{0x118, "MIPI_WIDTH2", "channel 2: first pixel"};
inline constexpr Register kMipiWidth3{0x11c, "MIPI_WIDTH3", "channel 3: first pixel"};

inline constexpr Register kModes{0x1a0, "MODES", "frame mode << 4 | sensor mode"};
inline constexpr Register kThreshold{0x1a4, "FIFO_THRESHOLD", "arbiter thresholds"};
inline constexpr u32 kThresholdMipi = 0x000a000a;
inline constexpr u32 kThresholdWide = 0x00100010;  // Sony MIPI mode and parallel inputs
inline constexpr Register kRoute0{0x1a8, "ROUTE0", "exposures to ISP inputs"};
inline constexpr Register kRoute1{0x1ac, "ROUTE1", "exposures to ISP inputs"};
inline constexpr u32 kRouteByFrameMode[] = {0x4440, 0x4140, 0x4240};
inline constexpr Register kOutput{0x1b0, "OUTPUT", "0x10 for MIPI and DVP"};
inline constexpr u32 kOutputValue = 0x10;
inline constexpr u32 kRouteDvp = 0x4210;  // ROUTE1 alone
inline constexpr Register kOutput1{0x1b4, "OUTPUT1", "0 for DVP"};
inline constexpr Register kBt656Window0{0x1d0, "BT656_0", "0x200"};
inline constexpr Register kBt656Window1{0x1d4, "BT656_1", "0x200"};
inline constexpr u32 kBt656WindowValue = 0x200;

inline constexpr Register kStatus1{0x1e0, "INT_STATUS1", "", Access::kReadOnly};
inline constexpr Field<bool> kFrameDone{0, 1, "FRAME_DONE", "a frame has passed"};
inline constexpr Register kStatus2{0x1e4, "INT_STATUS2", "", Access::kReadOnly};
inline constexpr Field<bool> kDmaDone0{0, 1, "DMA0_DONE", "raw capture, channel 0"};
inline constexpr Field<bool> kDmaDone1{1, 1, "DMA1_DONE", "raw capture, channel 1"};
inline constexpr Field<bool> kDmaArbiterOverflow{2, 1, "DMA_ARBITER", ""};
inline constexpr Field<bool> kDmaChannelOverflow{3, 1, "DMA_CHANNEL_ID", ""};
inline constexpr Register kMask1{0x1e8, "INT_MASK1", "1 = masked"};
inline constexpr Register kMask2{0x1ec, "INT_MASK2", "1 = masked"};
inline constexpr Register kClear1{0x1f0, "INT_CLEAR1", "", Access::kWriteClear};
inline constexpr Register kClear2{0x1f4, "INT_CLEAR2", "", Access::kWriteClear};

inline constexpr Register kDmaControl{0x300, "DMA_CONTROL", "raw capture"};
inline constexpr Field<u32> kDmaFormat{0, 3, "FORMAT", "0 raw 16 bit, 7 NV12"};
inline constexpr Field<bool> kDmaAlways{5, 1, "ALWAYS", "always written 1"};
inline constexpr Field<u32> kDmaBanks{16, 4, "BANKS", "frames armed"};
inline constexpr Field<bool> kDmaEnable{31, 1, "ENABLE", ""};
inline constexpr Register kDmaResolution{0x304, "DMA_RESOLUTION", "width << 16 | height"};
inline constexpr Register kDmaOn{0x308, "DMA_ON", "1 = on"};
inline constexpr Register kDmaStride0{0x310, "DMA_STRIDE0", "bytes per line, plane 0"};
inline constexpr Register kDmaStride1{0x314, "DMA_STRIDE1", "bytes per line, plane 1"};
inline constexpr Register kDmaBank0{
    0x318, "DMA_BANK", "addresses, channel 0", Access::kReadWrite, 0, 5, 4};
inline constexpr Register kDmaChroma0{
    0x32c, "DMA_CHROMA", "chroma addresses", Access::kReadWrite, 0, 5, 4};
inline constexpr Register kDmaBank1{
    0x340, "DMA_BANK1", "addresses, channel 1", Access::kReadWrite, 0, 5, 4};
inline constexpr Register kDmaCurrent{0x380, "DMA_CURRENT", "bank just completed",
                                      Access::kReadOnly};
inline constexpr Register kHorizontalError{0x3a8, "HOR_ERROR", "detail of a horizontal error",
                                           Access::kReadOnly};

inline constexpr RegisterInfo kRegisters[] = {
    {kControl, {kStart, kRegisterEnable, kGlobalReset, kSafeReset, kStop}},
    {kResolution, {kHeight, kWidth}},
    {kInterface, {kInterfaceType}},
    {kParallel,
     {kVsyncLow, kHsyncLow, kInterlace, kFirstField, kYuvOrder, kBt16, kHsyncTiming, kSonyTiming,
      kParallelType, kHighLines, kParallelHcomp}},
    {kMipiFormat, {}},
    {kActive, {kActiveClocks, kHorizontalBlanking}},
    {kSyncWindow0, {}},
    {kSyncWindow1, {}},
    {kSyncWindow2, {}},
    {kSyncWindow3, {}},
    {kVerticalBlanking, {}},
    {kMipiWords, {}},
    {kMipiCropY01, {kLow, kHigh}},
    {kMipiCropY23, {kLow, kHigh}},
    {kMipiControl,
     {kSensorMode, kFidMode, kFrameMode, kDelayStart, kDataType, kDataTypeEnable, kWorkStart,
      kLineSync, kHcomp, kVcomp, kHcropDifferent}},
    {kMipiWidth0, {kFirstPixel, kLineWidth}},
    {kMipiWidth1, {}},
    {kMipiWidth2, {}},
    {kMipiWidth3, {}},
    {kModes, {}},
    {kThreshold, {kLow, kHigh}},
    {kRoute0, {}},
    {kRoute1, {}},
    {kOutput, {}},
    {kOutput1, {}},
    {kBt656Window0, {}},
    {kBt656Window1, {}},
    {kStatus1, {kFrameDone}},
    {kStatus2, {kDmaDone0, kDmaDone1, kDmaArbiterOverflow, kDmaChannelOverflow}},
    {kMask1, {}},
    {kMask2, {}},
    {kClear1, {}},
    {kClear2, {}},
    {kDmaControl, {kDmaFormat, kDmaAlways, kDmaBanks, kDmaEnable}},
    {kDmaResolution, {kHeight, kWidth}},
    {kDmaOn, {}},
    {kDmaStride0, {}},
    {kDmaStride1, {}},
    {kDmaBank0, {}},
    {kDmaChroma0, {}},
    {kDmaBank1, {}},
    {kDmaCurrent, {}},
    {kHorizontalError, {}},
};

}  // namespace t31::reg::vic
