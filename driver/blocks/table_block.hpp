// SPDX-License-Identifier: GPL-2.0-or-later
// table_block.hpp - blocks that are nothing but a table: their registers follow the bank and the
// gain, and take effect through a latch.
#pragma once

#include <span>

#include "driver/blocks/gain_follower.hpp"
#include "driver/blocks/group_writer.hpp"
#include "driver/blocks/levels.hpp"
#include "driver/tuning/engine.hpp"

namespace t31::blocks {

struct ConstantRegister {
  u16 offset;
  u32 value;
};

struct TableBlockInfo {
  u16 base;   // of its unit
  u16 latch;  // written after a group; 0: none
  u8 latch_value = 1;
  u8 initial_latches = 1;
  // What is added to the gain for a reload, and for a changed parameter (for that refresh only).
  u16 reload_shift = 0;
  u16 parameter_shift = 0;
  tuning::TableView first;
  // Between the two tables, written in full refreshes.
  std::span<const ConstantRegister> constants = {};
  tuning::TableView second = {};
};

class TableBlock {
 public:
  constexpr explicit TableBlock(const TableBlockInfo& info) : info_(info) {}

  void set_gain(tuning::GainCode gain) { gain_.set(gain); }
  // Arrays of the active bank have changed: everything is computed anew at the next commit.
  void parameters_changed() { parameters_dirty_ = true; }

  void init(RegisterCache& registers, const BlockInputs& inputs);
  void reload(RegisterCache& registers, const BlockInputs& inputs);
  // A full refresh once more, as for a changed parameter.
  void repeat(RegisterCache& registers, const BlockInputs& inputs);
  void commit(RegisterCache& registers, const BlockInputs& inputs);
  bool dirty() const { return parameters_dirty_ || gain_.moved(); }

 private:
  void refresh(GroupWriter& writer, const BlockInputs& inputs, tuning::GainCode gain);
  void latch(RegisterCache& registers) const;

  const TableBlockInfo& info_;
  GainFollower gain_;
  tuning::MovingRegisters moving_[2];
  bool parameters_dirty_ = false;
};

// Each in the file of its name. Constants of the program, though not of the compiler.
// NOLINTBEGIN(readability-identifier-naming)
extern const TableBlockInfo kDefectPixels;
extern const TableBlockInfo kRawDenoise;
extern const TableBlockInfo kDemosaic;
extern const TableBlockInfo kSharpen;
extern const TableBlockInfo kLumaDenoise;
extern const TableBlockInfo kSpatialDenoise;
extern const TableBlockInfo kLensDistortion;
// NOLINTEND(readability-identifier-naming)

}  // namespace t31::blocks
