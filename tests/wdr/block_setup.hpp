// SPDX-License-Identifier: GPL-2.0-or-later
// block_setup.hpp - the two-exposure block on a fake home with a tuning file of the shared folder.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "driver/blocks/wdr.hpp"
#include "tests/blocks/golden.hpp"

namespace t31::test {

// Pseudo-random numbers of the golden vectors (hw-blocks-detail-tone 9.2).
class Draws {
 public:
  explicit Draws(u32 seed) : state_(seed) {}
  u32 next() {
    state_ = state_ * 1664525u + 1013904223u;
    return state_ >> 8;
  }

 private:
  u32 state_;
};

class WdrBlock : public testing::Test {
 protected:
  // Reads a tuning file's day bank; false (and the test is skipped) without the shared folder.
  bool load(const std::string& name);
  void init(u32 width = 1920, u32 height = 1080);
  void commit() { block_.commit(registers_, inputs()); }
  blocks::BlockInputs inputs() const { return {tuning::Bank(bank_.data()), mode_, levels_, false}; }
  void set(tuning::Parameter parameter, u32 element, u32 value) {
    tuning::BankWriter(bank_.data()).set(parameter, element, value);
  }

  FakeHome home_;
  std::vector<u8> bank_ = std::vector<u8>(tuning::kBankBytes);
  blocks::SensorMode mode_{1920, 1080, 0, true, false, 25 << 16 | 1, 1350};
  blocks::Levels levels_;
  blocks::RegisterCache registers_{home_.window()};
  blocks::Wdr block_;
  std::array<u32, blocks::kWdrBlockMeans> means_{};
};

}  // namespace t31::test
