// SPDX-License-Identifier: GPL-2.0-or-later
// bcsh.hpp - brightness, contrast, saturation, hue, and the colour matrix in YUV; 10-bit Y, U, V
// with chroma around 512. Base 0x13300000. Source: hw-blocks-raw-color 7.6.
#pragma once

#include "driver/regs/reg.hpp"

namespace t31::reg::bcsh {

// Clips of the input, after the matrix and at the end; luma, then chroma.
inline constexpr Register kLumaClip{0x8000, "BCSH_LUMA_CLIP", "", Access::kReadWrite, 0, 3, 4};
inline constexpr Register kChromaClip{0x800c, "BCSH_CHROMA_CLIP", "", Access::kReadWrite, 0, 3, 4};
inline constexpr Field<u32> kMaximum{0, 16, "MAX"};
inline constexpr Field<u32> kMinimum{16, 16, "MIN"};
// Y, U, V; 1024 = 0.
inline constexpr Register kOffset{0x8018, "BCSH_OFFSET", "", Access::kReadWrite, 0, 3, 4};
inline constexpr Field<u32> kOffsetBefore{0, 16, "BEFORE", "biased by 1024"};
inline constexpr Field<u32> kOffsetAfter{16, 16, "AFTER", "biased by 1024"};
// Matrix: three rows of two registers.
inline constexpr Register kMatrix{
    0x8024, "BCSH_MATRIX01", "elements 0 and 1 of a row", Access::kReadWrite, 0, 3, 8};
inline constexpr Field<s32> kElement0{0, 14, "E0", "Q10"};
inline constexpr Field<s32> kElement1{16, 14, "E1", "Q10"};
inline constexpr Register kMatrix2{
    0x8028, "BCSH_MATRIX2", "element 2 of a row", Access::kReadWrite, 0, 3, 8};
inline constexpr Field<s32> kElement2{0, 14, "E2", "Q10"};
// Ramps that fade the matrix: dark, bright, low saturation.
inline constexpr Register kRamp{
    0x803c, "BCSH_RAMP", "dark, bright, low saturation", Access::kReadWrite, 0, 3, 8};
inline constexpr Field<u32> kRampEnable{0, 16, "ENABLE"};
inline constexpr Field<u32> kRampSlope{16, 16, "SLOPE", "1024 / (HIGH - LOW)"};
inline constexpr Register kRampRange{0x8040, "BCSH_RAMP_RANGE", "", Access::kReadWrite, 0, 3, 8};
inline constexpr Field<u32> kLow{0, 16, "LOW"};
inline constexpr Field<u32> kHigh{16, 16, "HIGH"};
// Contrast: three line segments.
inline constexpr Register kContrast{0x8054, "BCSH_CONTRAST", ""};
inline constexpr Field<u32> kContrastEnable{0, 16, "ENABLE"};
inline constexpr Field<u32> kSlope0{16, 16, "SLOPE0", "Q10"};
inline constexpr Register kContrastSlopes{0x8058, "BCSH_CONTRAST_SLOPES", ""};
inline constexpr Field<u32> kSlope1{0, 16, "SLOPE1", "Q10"};
inline constexpr Field<u32> kSlope2{16, 16, "SLOPE2", "Q10"};
inline constexpr Register kContrastX{0x805c, "BCSH_CONTRAST_X", "input knots"};
inline constexpr Register kContrastY{0x8060, "BCSH_CONTRAST_Y", "output knots"};
inline constexpr Field<u32> kKnot1{0, 16, "KNOT1"};
inline constexpr Field<u32> kKnot2{16, 16, "KNOT2"};
// Saturation: gains ramping with chroma.
inline constexpr Register kSaturation{0x8064, "BCSH_SATURATION", ""};
inline constexpr Field<u32> kSaturationEnable{0, 3, "ENABLE"};
inline constexpr Field<u32> kSaturationStep0{3, 13, "STEP0"};
inline constexpr Field<u32> kSaturationStep1{16, 16, "STEP1"};
inline constexpr Register kSaturationRange{0x8068, "BCSH_SATURATION_RANGE", "chroma magnitudes"};
inline constexpr Register kSaturationGains{
    0x806c, "BCSH_SATURATION_GAINS", "Q10, two pairs", Access::kReadWrite, 0, 2, 4};
inline constexpr Field<u32> kGainMaximum{0, 16, "MAX", "Q10"};
inline constexpr Field<u32> kGainMinimum{16, 16, "MIN", "Q10"};

inline constexpr RegisterInfo kRegisters[] = {
    {kLumaClip, {kMaximum, kMinimum}},
    {kChromaClip, {kMaximum, kMinimum}},
    {kOffset, {kOffsetBefore, kOffsetAfter}},
    {kMatrix, {kElement0, kElement1}},
    {kMatrix2, {kElement2}},
    {kRamp, {kRampEnable, kRampSlope}},
    {kRampRange, {kLow, kHigh}},
    {kContrast, {kContrastEnable, kSlope0}},
    {kContrastSlopes, {kSlope1, kSlope2}},
    {kContrastX, {kKnot1, kKnot2}},
    {kContrastY, {kKnot1, kKnot2}},
    {kSaturation, {kSaturationEnable, kSaturationStep0, kSaturationStep1}},
    {kSaturationRange, {kLow, kHigh}},
    {kSaturationGains, {kGainMaximum, kGainMinimum}},
};

}  // namespace t31::reg::bcsh
