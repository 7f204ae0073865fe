// SPDX-License-Identifier: GPL-2.0-or-later
// tone_fixture.hpp - local tone mapping and haze removal on a tuning file, without the other
// blocks.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "driver/blocks/adr.hpp"
#include "driver/blocks/defog.hpp"
#include "driver/tuning/tuning_store.hpp"
#include "tests/blocks/fake_home.hpp"
#include "tests/tone/statistics_buffer.hpp"

namespace t31::test {

// Files of the shared folder's tuning data that any test may rely on.
std::vector<std::string> tuning_files();

class ToneFixture : public testing::Test {
 protected:
  // Skips without the shared folder.
  void SetUp() override;

  void load(const std::string& file, bool night = false);
  blocks::BlockInputs inputs() { return {store_.active(), mode_, levels_, store_.night()}; }
  std::array<u16, 129> gamma();

  void init_adr() { adr_.init(registers_, inputs(), store_.live(), gamma()); }
  void init_defog() { defog_.init(registers_, inputs(), store_.live()); }
  void frame(const AdrCounts& counts);
  void frame(const DefogCounts& counts);

  std::string shared_;
  FakeHome home_;
  tuning::TuningStore store_;
  blocks::SensorMode mode_{.width = 1920, .height = 1080};
  blocks::Levels levels_;
  blocks::RegisterCache registers_{home_.window()};
  blocks::Adr adr_;
  blocks::Defog defog_;
};

}  // namespace t31::test
