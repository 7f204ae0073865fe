// SPDX-License-Identifier: GPL-2.0-or-later
// scaler.hpp - output stage of the ISP: three channels of crop, scaler, masks, flip and NV12 DMA.
// Base 0x13300000. Source: hw-pipeline 5.1, 5.2; public-documents 1 (rows 4, 6, 7).
//
// Geometry, flip and enable bits are staged: they act at the next frame start after an update
// request (UPDATE of ENABLE), which clears itself (inferred).
#pragma once

#include "driver/regs/reg.hpp"

namespace t31::reg::scaler {

inline constexpr u32 kChannels = 3;
inline constexpr u16 kChannelStride = 0x100;

inline constexpr Register kEnable{0x9804, "ENABLE", "channels on, masks, filters, update request"};
inline constexpr Field<u32> kChannelEnable{0, 3, "CHANNEL", "bit n: channel n on"};
inline constexpr Field<u32> kMaskEnable{3, 3, "MASK", "bit n: privacy masks of channel n"};
inline constexpr Field<u32> kFilterA{8, 3, "FILTER_A", "bit n: resize filter of channel n"};
inline constexpr Field<u32> kFilterB{11, 3, "FILTER_B", "as FILTER_A; both equal"};
inline constexpr Field<u32> kUpdate{16, 4, "UPDATE", "15: take over staged values"};
inline constexpr u32 kUpdateAll = 0xf;
inline constexpr u32 kUpdateMasks = 0xe;

inline constexpr Register kBusy{0x9808, "BUSY", "channel works on a frame", Access::kReadOnly};
inline constexpr Field<u32> kBusyChannels{0, 3, "CHANNEL", "bit n: channel n"};

inline constexpr Register kArbiter{0x9818, "ARBITER", "DMA arbiter and flip"};
inline constexpr Field<u32> kArbiterBase{0, 4, "BASE", "14 while in use"};
inline constexpr u32 kArbiterInUse = 0xe;
inline constexpr Field<u32> kFlip{4, 3, "FLIP", "bit n: channel n upside down"};
inline constexpr Field<u32> kMirror{7, 3, "MIRROR", "bit n: channel n left to right"};

inline constexpr Register kInputPosition{0x9860, "INPUT_POS", "front crop: first pixel"};
inline constexpr Register kInputSize{0x9864, "INPUT_SIZE", "front crop: size; all of it when off"};
inline constexpr Register kLineCounter{0x9888, "LINES", "progress of channel 0", Access::kReadOnly};
inline constexpr Field<u32> kLinesWritten{16, 16, "WRITTEN", "lines of the current frame"};

// Fields of all position and size registers.
inline constexpr Field<u32> kLow{0, 16, "LOW", "y or height"};
inline constexpr Field<u32> kHigh{16, 16, "HIGH", "x or width"};

// Channel n: .at(n).
inline constexpr Register kScaledSize{0x9900, "SCALED_SIZE", "scaler output", Access::kReadWrite,
                                      0,      kChannels,     kChannelStride};
inline constexpr Register kStep{
    0x9904,    "STEP",        "input * 512 / output; high: horizontal", Access::kReadWrite, 0,
    kChannels, kChannelStride};
inline constexpr u32 kStepUnit = 512;
inline constexpr Register kCropPosition{
    0x9928,    "CROP_POS",    "crop behind the scaler: first pixel", Access::kReadWrite, 0,
    kChannels, kChannelStride};
inline constexpr Register kCropSize{
    0x992c,    "CROP_SIZE",   "crop behind the scaler: picture size", Access::kReadWrite, 0,
    kChannels, kChannelStride};
inline constexpr Register kDropLength{
    0x9930,    "DROP_LENGTH", "frame drop: frames in a cycle - 1", Access::kReadWrite, 0,
    kChannels, kChannelStride};
inline constexpr Register kDropMark{
    0x9934,    "DROP_MARK",   "frame drop: bit i: frame i is output", Access::kReadWrite, 0,
    kChannels, kChannelStride};
inline constexpr u32 kDropLengthMax = 31;

// Privacy mask k of channel n: .at(n) + k * kMaskStride.
inline constexpr u32 kMasks = 4;
inline constexpr u32 kMaskStride = 12;
inline constexpr Register kMaskPosition{0x9938, "MASK0_POS", "x, y",        Access::kReadWrite,
                                        0,      kChannels,   kChannelStride};
inline constexpr Register kMaskSize{0x993c, "MASK0_SIZE", "width, height", Access::kReadWrite,
                                    0,      kChannels,    kChannelStride};
inline constexpr Register kMaskValue{0x9940, "MASK0_VALUE", "colour",      Access::kReadWrite,
                                     0,      kChannels,     kChannelStride};
inline constexpr Field<u32> kMaskU{0, 8, "U", "for NV12"};
inline constexpr Field<u32> kMaskV{8, 8, "V", "for NV12"};
inline constexpr Field<u32> kMaskY{16, 8, "Y", ""};

inline constexpr Register kOutputFormat{0x9968, "OUT_FORMAT", "0 NV12, 1 NV21", Access::kReadWrite,
                                        0,      kChannels,    kChannelStride};

// Frame addresses: two FIFOs towards the DMA, two back. Writing an address pushes it, reading a
// last address pops it.
inline constexpr Register kLumaAddress{
    0x996c,    "Y_ADDR",      "push: address of a picture's luma", Access::kStrobe, 0,
    kChannels, kChannelStride};
inline constexpr Register kLumaFifo{
    0x9970, "Y_FIFO", "luma addresses waiting", Access::kReadOnly, 0, kChannels, kChannelStride};
inline constexpr Register kLumaDone{
    0x9974,    "Y_LAST_ADDR", "pop: luma address of a done picture", Access::kReadPop, 0,
    kChannels, kChannelStride};
inline constexpr Register kLumaDoneNumber{0x9978, "Y_LAST_NUM", "its number",  Access::kReadOnly,
                                          0,      kChannels,    kChannelStride};
inline constexpr Register kLumaDoneFifo{
    0x997c, "Y_LAST_FIFO", "done luma addresses", Access::kReadOnly, 0, kChannels, kChannelStride};
inline constexpr Register kLumaStride{0x9980, "Y_STRIDE", "bytes per luma line", Access::kReadWrite,
                                      0,      kChannels,  kChannelStride};
inline constexpr Register kChromaAddress{
    0x9984,    "UV_ADDR",     "push: address of a picture's chroma", Access::kStrobe, 0,
    kChannels, kChannelStride};
inline constexpr Register kChromaFifo{
    0x9988, "UV_FIFO", "chroma addresses waiting", Access::kReadOnly, 0, kChannels, kChannelStride};
inline constexpr Register kChromaDone{
    0x998c,    "UV_LAST_ADDR", "pop: chroma address of it", Access::kReadPop, 0,
    kChannels, kChannelStride};
inline constexpr Register kChromaDoneNumber{0x9990, "UV_LAST_NUM", "its number",  Access::kReadOnly,
                                            0,      kChannels,     kChannelStride};
inline constexpr Register kChromaDoneFifo{
    0x9994, "UV_LAST_FIFO", "done chroma addresses", Access::kReadOnly,
    0,      kChannels,      kChannelStride};
inline constexpr Register kChromaStride{
    0x9998, "UV_STRIDE", "bytes per chroma line", Access::kReadWrite, 0, kChannels, kChannelStride};
// Fields of the four FIFO states.
inline constexpr Field<bool> kFifoEmpty{0, 1, "EMPTY", ""};
inline constexpr Field<bool> kFifoFull{1, 1, "FULL", ""};
inline constexpr Field<u32> kFifoEntries{2, 3, "ENTRIES", ""};

// Writing 1 empties a FIFO. Never while the channel is busy.
inline constexpr Register kLumaClear{0x999c, "Y_CLEAR", "1: empty Y_ADDR", Access::kStrobe,
                                     0,      kChannels, kChannelStride};
inline constexpr Register kChromaClear{0x99a0, "UV_CLEAR", "1: empty UV_ADDR", Access::kStrobe,
                                       0,      kChannels,  kChannelStride};
inline constexpr Register kLumaDoneClear{
    0x99a4, "Y_LAST_CLEAR", "1: empty Y_LAST_ADDR", Access::kStrobe, 0, kChannels, kChannelStride};
inline constexpr Register kChromaDoneClear{
    0x99a8, "UV_LAST_CLEAR", "1: empty UV_LAST_ADDR", Access::kStrobe,
    0,      kChannels,       kChannelStride};

// Filter taps: four weights, sum 512, in two registers; a second set follows.
inline constexpr Register kTaps0{
    0x99c0,    "TAPS0",       "weights 0 and 1, first set", Access::kReadWrite, 0,
    kChannels, kChannelStride};
inline constexpr Register kTaps1{
    0x99c4,    "TAPS1",       "weights 3 and 2, first set", Access::kReadWrite, 0,
    kChannels, kChannelStride};
inline constexpr Register kTaps2{
    0x99c8,    "TAPS2",       "weights 0 and 1, second set", Access::kReadWrite, 0,
    kChannels, kChannelStride};
inline constexpr Register kTaps3{
    0x99cc,    "TAPS3",       "weights 3 and 2, second set", Access::kReadWrite, 0,
    kChannels, kChannelStride};
inline constexpr Field<u32> kTapLow{0, 11, "LOW", "weight"};
inline constexpr Field<u32> kTapHigh{11, 11, "HIGH", "weight"};

inline constexpr RegisterInfo kRegisters[] = {
    {kEnable, {kChannelEnable, kMaskEnable, kFilterA, kFilterB, kUpdate}},
    {kBusy, {kBusyChannels}},
    {kArbiter, {kArbiterBase, kFlip, kMirror}},
    {kInputPosition, {kLow, kHigh}},
    {kInputSize, {kLow, kHigh}},
    {kLineCounter, {kLinesWritten}},
    {kScaledSize, {kLow, kHigh}},
    {kStep, {kLow, kHigh}},
    {kCropPosition, {kLow, kHigh}},
    {kCropSize, {kLow, kHigh}},
    {kDropLength, {}},
    {kDropMark, {}},
    {kMaskPosition, {kLow, kHigh}},
    {kMaskSize, {kLow, kHigh}},
    {kMaskValue, {kMaskU, kMaskV, kMaskY}},
    {kOutputFormat, {}},
    {kLumaAddress, {}},
    {kLumaFifo, {kFifoEmpty, kFifoFull, kFifoEntries}},
    {kLumaDone, {}},
    {kLumaDoneNumber, {}},
    {kLumaDoneFifo, {kFifoEmpty, kFifoFull, kFifoEntries}},
    {kLumaStride, {}},
    {kChromaAddress, {}},
    {kChromaFifo, {kFifoEmpty, kFifoFull, kFifoEntries}},
    {kChromaDone, {}},
    {kChromaDoneNumber, {}},
    {kChromaDoneFifo, {kFifoEmpty, kFifoFull, kFifoEntries}},
    {kChromaStride, {}},
    {kLumaClear, {}},
    {kChromaClear, {}},
    {kLumaDoneClear, {}},
    {kChromaDoneClear, {}},
    {kTaps0, {kTapLow, kTapHigh}},
    {kTaps1, {kTapLow, kTapHigh}},
    {kTaps2, {kTapLow, kTapHigh}},
    {kTaps3, {kTapLow, kTapHigh}},
};

}  // namespace t31::reg::scaler
