// SPDX-License-Identifier: GPL-2.0-or-later
// temporal_control.hpp - temporal noise reduction (MDNS): update, enables, block grids. Its
// parameters: temporal_denoise.hpp; its buffers: isp_top.hpp. Base 0x13300000. Source:
// hw-blocks-detail-tone 3.2, 3.4.
#pragma once

#include "driver/regs/reg.hpp"

namespace t31::reg::temporal_control {

inline constexpr Register kUpdate{0x7804, "UPDATE", "open before, take over after a group",
                                  Access::kStrobe};
inline constexpr u32 kUpdateOpen = 0x110;
inline constexpr u32 kUpdateTakeOver = 0x111;

inline constexpr Register kDebug{0x7808, "DEBUG", "debug outputs"};
inline constexpr Field<u32> kLumaDebug{0, 5, "LUMA"};
inline constexpr Field<u32> kChromaDebug{5, 27, "CHROMA"};

inline constexpr Register kEnables{0x7810, "ENABLES", ""};
inline constexpr Field<bool> kLumaOn{0, 1, "LUMA_ON"};
inline constexpr Field<u32> kLumaCurrent{4, 4, "LUMA_SPATIAL_CURRENT"};
inline constexpr Field<u32> kLumaReference{8, 4, "LUMA_SPATIAL_REFERENCE"};
inline constexpr Field<u32> kLumaFilter{12, 4, "LUMA_FILTER"};
inline constexpr Field<bool> kChromaOn{16, 1, "CHROMA_ON"};
inline constexpr Field<u32> kChromaCurrent{20, 4, "CHROMA_SPATIAL_CURRENT"};
inline constexpr Field<u32> kChromaReference{24, 4, "CHROMA_SPATIAL_REFERENCE"};
inline constexpr Field<u32> kChromaFilter{28, 4, "CHROMA_FILTER"};

inline constexpr Register kMode{0x7814, "MODE", ""};
inline constexpr Field<u32> kContrastThreshold{0, 4, "CONTRAST_THRESHOLD", "at the last refresh"};
inline constexpr Field<u32> kBackground{4, 4, "BACKGROUND", "background model"};
inline constexpr Field<u32> kWeightBypass{8, 4, "WEIGHT_BYPASS"};
inline constexpr Field<u32> kGroups{12, 4, "STATE_GROUPS", "block grids in use"};
inline constexpr Field<u32> kPerPixel{16, 4, "PER_PIXEL", "counter of still frames per pixel"};
inline constexpr Field<u32> kPerPixelMost{20, 12, "PER_PIXEL_MOST"};

inline constexpr Register kTopLatch{0x7818, "TOP_LATCH", "1: take over DEBUG, ENABLES, MODE",
                                    Access::kStrobe};

// Four grids of square blocks: aligned, moved half a block down, right, both.
struct Grid {
  Register cut, blocks, origin, size;
};
inline constexpr Register kGrid0Cut{0x7870, "GRID0_CUT", "blocks that the border cuts"};
inline constexpr Register kGrid0Blocks{0x7874, "GRID0_BLOCKS", ""};
inline constexpr Register kGrid1Origin{0x7880, "GRID1_ORIGIN", ""};
inline constexpr Register kGrid1Size{0x7884, "GRID1_SIZE", ""};
inline constexpr Register kGrid1Cut{0x7888, "GRID1_CUT", ""};
inline constexpr Register kGrid1Blocks{0x788c, "GRID1_BLOCKS", ""};
inline constexpr Register kGrid2Origin{0x7898, "GRID2_ORIGIN", ""};
inline constexpr Register kGrid2Size{0x789c, "GRID2_SIZE", ""};
inline constexpr Register kGrid2Cut{0x78a0, "GRID2_CUT", ""};
inline constexpr Register kGrid2Blocks{0x78a4, "GRID2_BLOCKS", ""};
inline constexpr Register kGrid3Origin{0x78b0, "GRID3_ORIGIN", ""};
inline constexpr Register kGrid3Size{0x78b4, "GRID3_SIZE", ""};
inline constexpr Register kGrid3Cut{0x78b8, "GRID3_CUT", ""};
inline constexpr Register kGrid3Blocks{0x78bc, "GRID3_BLOCKS", ""};
inline constexpr Field<bool> kCutColumn{0, 1, "COLUMN"};
inline constexpr Field<bool> kCutRow{1, 1, "ROW"};
inline constexpr Field<u32> kBlockWidth{0, 8, "BLOCK_WIDTH"};
inline constexpr Field<u32> kBlockHeight{8, 8, "BLOCK_HEIGHT"};
inline constexpr Field<u32> kRows{16, 8, "ROWS"};
inline constexpr Field<u32> kColumns{24, 8, "COLUMNS"};

// The part of the chroma plane that whole 16 pixel blocks cover.
inline constexpr Register kChromaOrigin{0x7a84, "CHROMA_ORIGIN", ""};
inline constexpr Register kChromaSize{0x7a88, "CHROMA_SIZE", ""};
inline constexpr Field<u32> kX{0, 16, "X"};
inline constexpr Field<u32> kY{16, 16, "Y"};

inline constexpr RegisterInfo kRegisters[] = {
    {kUpdate, {}},
    {kDebug, {kLumaDebug, kChromaDebug}},
    {kEnables,
     {kLumaOn, kLumaCurrent, kLumaReference, kLumaFilter, kChromaOn, kChromaCurrent,
      kChromaReference, kChromaFilter}},
    {kMode, {kContrastThreshold, kBackground, kWeightBypass, kGroups, kPerPixel, kPerPixelMost}},
    {kTopLatch, {}},
    {kGrid0Cut, {kCutColumn, kCutRow}},
    {kGrid0Blocks, {kBlockWidth, kBlockHeight, kRows, kColumns}},
    {kGrid1Origin, {kX, kY}},
    {kGrid1Size, {kX, kY}},
    {kGrid1Cut, {kCutColumn, kCutRow}},
    {kGrid1Blocks, {kBlockWidth, kBlockHeight, kRows, kColumns}},
    {kGrid2Origin, {kX, kY}},
    {kGrid2Size, {kX, kY}},
    {kGrid2Cut, {kCutColumn, kCutRow}},
    {kGrid2Blocks, {kBlockWidth, kBlockHeight, kRows, kColumns}},
    {kGrid3Origin, {kX, kY}},
    {kGrid3Size, {kX, kY}},
    {kGrid3Cut, {kCutColumn, kCutRow}},
    {kGrid3Blocks, {kBlockWidth, kBlockHeight, kRows, kColumns}},
    {kChromaOrigin, {kX, kY}},
    {kChromaSize, {kX, kY}},
};

}  // namespace t31::reg::temporal_control
