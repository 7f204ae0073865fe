// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "driver/blocks/lens_shading.hpp"
#include "tests/blocks/fake_home.hpp"

namespace t31::test {
namespace {

using tuning::Parameter;

constexpr u32 kWords = 6;  // 3 columns, 1 row: stride 2
constexpr u32 kOne = 0x800;

u32 pair(u32 even, u32 odd) {
  return even | odd << 12;
}

// Meshes of constant gain: warm 1.0, middle 1.25, daylight 1.5; strength 1.0 at gain 1, 0.5 at
// gain 2.
class LensShading : public testing::Test {
 protected:
  LensShading() {
    writer_.set(Parameter::kLscLutNum, 0, kWords);
    writer_.set(Parameter::kLscLutStride, 0, 2);
    writer_.write(Parameter::kLscMeshSize, std::span<const u32>(kCell));
    writer_.write(Parameter::kLscCtPoints, std::span<const u32>(kPoints));
    writer_.fill(Parameter::kLscALinear, pair(kOne, kOne));
    writer_.fill(Parameter::kLscTLinear, pair(kOne * 5 / 4, kOne * 5 / 4));
    writer_.fill(Parameter::kLscDLinear, pair(kOne * 3 / 2, kOne * 3 / 2));
    writer_.fill(Parameter::kLscMeshStr, 2048);
    writer_.set(Parameter::kLscMeshStr, 0, 4096);
  }
  blocks::BlockInputs inputs() { return {writer_.bank(), mode_, levels_, false}; }
  void done() { shading_.done(registers_, inputs()); }
  u32 gain() { return home_.state[0x28000] & 0xfff; }

  static constexpr u32 kCell[2] = {64, 48};
  static constexpr u32 kPoints[4] = {3000, 4000, 4500, 5000};
  FakeHome home_;
  std::vector<u8> bytes_ = std::vector<u8>(tuning::kBankBytes, 0);
  tuning::BankWriter writer_{bytes_.data()};
  blocks::SensorMode mode_{128, 48, 0};
  blocks::Levels levels_;
  blocks::RegisterCache registers_{home_.window()};
  blocks::LensShading shading_;
};

TEST_F(LensShading, InitWritesGeometryThenMeshThenLatch) {
  shading_.init(registers_, inputs());
  const u32 word = pair(kOne * 3 / 2, kOne * 3 / 2);  // it starts at 5000 K: daylight
  const std::vector<Write> expected = {{0x3800, 48 << 16 | 64}, {0x3804, 2 << 16}, {0x28000, word},
                                       {0x28004, word},         {0x28008, word},   {0x28010, word},
                                       {0x28014, word},         {0x28018, word},   {0x2800c, 0}};
  EXPECT_EQ(home_.take_writes(), expected);
}

TEST_F(LensShading, MeshFollowsTheColourTemperature) {
  shading_.init(registers_, inputs());
  const std::pair<u32, u32> kCases[] = {
      {2500, kOne},         {3000, kOne},          {3500, kOne * 9 / 8}, {4000, kOne * 5 / 4},
      {4200, kOne * 5 / 4}, {4750, kOne * 11 / 8}, {6000, kOne * 3 / 2}};
  for (const auto& [kelvin, expected] : kCases) {
    shading_.set_kelvin(kelvin);
    done();
    EXPECT_EQ(gain(), expected) << kelvin;
  }
}

TEST_F(LensShading, SmallChangesOfTemperatureAreIgnoredInABlend) {
  shading_.init(registers_, inputs());
  shading_.set_kelvin(3500);
  done();
  home_.take_writes();
  shading_.set_kelvin(3529);
  done();
  EXPECT_TRUE(home_.take_writes().empty());
  shading_.set_kelvin(3530);
  done();
  EXPECT_FALSE(home_.take_writes().empty());
}

TEST_F(LensShading, StrengthFollowsTheGain) {
  shading_.init(registers_, inputs());
  shading_.set_gain(0x10000);
  done();
  EXPECT_EQ(gain(), kOne * 5 / 4);  // half of 1.5's excess over 1
  shading_.set_gain(0x8000);
  done();
  EXPECT_EQ(gain(), kOne * 11 / 8);
}

TEST_F(LensShading, WithoutAChangeNothingIsWritten) {
  shading_.init(registers_, inputs());
  home_.take_writes();
  done();
  done();
  EXPECT_TRUE(home_.take_writes().empty());
}

TEST_F(LensShading, ANewBankRewritesOnlyWhatDiffersAndLatches) {
  shading_.init(registers_, inputs());
  home_.take_writes();
  writer_.set(Parameter::kLscDLinear, 4, pair(1, 2));
  shading_.reload();
  done();
  const std::vector<Write> writes = home_.take_writes();
  ASSERT_EQ(writes.size(), 2u);
  EXPECT_EQ(writes[0].offset, 0x28014u);
  EXPECT_EQ(writes[1], (Write{0x2800c, 0}));
}

TEST_F(LensShading, ABankWithAnotherGeometryProgramsIt) {
  shading_.init(registers_, inputs());
  home_.take_writes();
  writer_.set(Parameter::kLscMeshSize, 0, 32);
  shading_.reload();
  done();
  EXPECT_EQ(home_.state[0x3800], 48u << 16 | 32);
}

TEST_F(LensShading, WordsThatOnlyALargerMeshHasAreWritten) {
  shading_.init(registers_, inputs());
  writer_.fill(Parameter::kLscDLinear, 0);
  writer_.set(Parameter::kLscLutNum, 0, 9);
  shading_.reload();
  done();
  for (const u32 offset : {0x28020u, 0x28024u, 0x28028u}) {
    EXPECT_TRUE(home_.state.contains(offset)) << std::hex << offset;
  }
}

TEST_F(LensShading, AnOversizedWordCountStaysInsideTheTable) {
  writer_.set(Parameter::kLscLutNum, 0, 0xffffffff);
  shading_.init(registers_, inputs());
  u32 mesh_words = 0;
  for (const auto& [offset, value] : home_.state) {
    mesh_words += offset >= 0x28000 && offset < 0x30000 ? 1 : 0;
  }
  EXPECT_EQ(mesh_words, 2047u + 1);  // and the latch
}

}  // namespace
}  // namespace t31::test
