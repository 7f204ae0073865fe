// SPDX-License-Identifier: GPL-2.0-or-later
// lens_shading.hpp - lens shading correction: a mesh of gains. Base 0x13300000.
// Source: hw-blocks-raw-color 8.
#pragma once

#include "driver/regs/reg.hpp"

namespace t31::reg::lens_shading {

inline constexpr Register kCell{0x3800, "LSC_CELL", "size of a mesh cell"};
inline constexpr Field<u32> kCellWidth{0, 16, "WIDTH", "pixels"};
inline constexpr Field<u32> kCellHeight{16, 16, "HEIGHT", "lines"};
inline constexpr Register kMesh{0x3804, "LSC_MESH", ""};
inline constexpr Field<u32> kScale{0, 15, "SCALE", "1.0 is 2048 >> SCALE"};
inline constexpr Field<bool> kMean{15, 1, "MEAN", "meaning unknown"};
inline constexpr Field<u32> kStride{16, 16, "STRIDE", "words per mesh row and colour"};

// Mesh RAM: groups of 16 bytes, each a word for red, green and blue; a word holds two nodes. The
// fourth word of the first group takes the table over.
inline constexpr Register kRed{0x28000, "LSC_RAM_RED", "", Access::kReadWrite, 0, 682, 16};
inline constexpr Register kGreen{0x28004, "LSC_RAM_GREEN", "", Access::kReadWrite, 0, 682, 16};
inline constexpr Register kBlue{0x28008, "LSC_RAM_BLUE", "", Access::kReadWrite, 0, 682, 16};
inline constexpr Field<u32> kEvenNode{0, 12, "EVEN", "gain of the even column's node"};
inline constexpr Field<u32> kOddNode{12, 12, "ODD", "gain of the odd column's node"};
inline constexpr Register kLatch{0x2800c, "LSC_LATCH", "0 after the table", Access::kStrobe};

inline constexpr RegisterInfo kRegisters[] = {
    {kCell, {kCellWidth, kCellHeight}}, {kMesh, {kScale, kMean, kStride}},
    {kRed, {kEvenNode, kOddNode}},      {kGreen, {kEvenNode, kOddNode}},
    {kBlue, {kEvenNode, kOddNode}},     {kLatch, {}},
};

}  // namespace t31::reg::lens_shading
