// SPDX-License-Identifier: GPL-2.0-or-later
// The detail blocks of the fast path against the reference, byte by byte over sequences of
// pictures, what they keep in memory included.
#include <gtest/gtest.h>

#include "detail_setup.hpp"
#include "hwy/targets.h"

namespace t31::model {
namespace {

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  std::uint32_t between(std::uint32_t low, std::uint32_t high) {
    return low + engine_() % (high - low + 1);
  }
  bool chance(std::uint32_t percent) { return engine_() % 100 < percent; }
  std::uint32_t word() { return engine_(); }

 private:
  std::mt19937 engine_;
};

// A picture with flat parts, edges and noise, of which a part moves from frame to frame.
BayerFrame moving_frame(std::uint32_t width, std::uint32_t height, unsigned number, Dice& dice,
                        double sigma) {
  std::mt19937 random(dice.word());
  std::normal_distribution<double> noise(0, sigma);
  return luma_frame(width, height, [&](std::uint32_t x, std::uint32_t y) {
    const bool bar = (x + width - 5 * number % width) % width < 12 && y > height / 3;
    const double base = bar ? 210 : 40 + 60 * ((x / 24 + y / 20) % 3) + x % 24;
    return base + noise(random);
  });
}

void roll_temporal(IspRegisters& r, Dice& dice) {
  set_temporal_denoise(r);
  const std::uint32_t edges[] = {8, 12, 16, 32};
  if (dice.chance(70)) set_temporal_blocks(r, edges[dice.between(0, 3)]);
  r.word(0x7814) = dice.between(0, 5) << 12;
  r.word(0x7878) = dice.between(0, 60) << 8 | dice.between(0, 15) << 4 | dice.between(0, 1);
  r.word(0x787c) = dice.between(0, 30) << 16 | dice.between(0, 30) << 4;
  for (const std::uint32_t motion : {0x7944u, 0x7a64u}) {
    r.word(motion) = dice.between(0, 30) << 16 | dice.between(0, 15) << 12 |
                     dice.between(0, 40) << 3 | dice.between(0, 7);
  }
  for (std::uint32_t i = 0x7948; i < 0x7958; i += 4) r.word(i) = dice.word();
  for (const std::uint32_t weight : {0x799cu, 0x7a6cu}) r.word(weight) = dice.word();
  for (const std::uint32_t moving : {0x7998u, 0x7a68u}) r.word(moving) = dice.between(0, 300) << 16;
  if (dice.chance(20)) r.word(0x7810) &= ~(1u << 28);
}

// What MDNS does beside mixing.
void roll_adjustments(IspRegisters& r, Dice& dice) {
  if (dice.chance(70)) {
    r.word(0x79a4) = dice.between(0, 60);
    r.word(0x79a8) = dice.between(0, 15);
    r.word(0x79b4) = dice.between(0, 1);
    for (std::uint32_t i = 0x79b8; i < 0x79c8; i += 4) r.word(i) = dice.word();
  }
  if (dice.chance(60)) {
    r.word(0x7a74) = dice.between(0, 60) << 8;
    for (std::uint32_t i = 0x7a90; i < 0x7aa0; i += 4) r.word(i) = dice.word();
  }
  if (dice.chance(60)) {
    for (std::uint32_t i = 0x79f0; i < 0x7a00; i += 4) r.word(i) = dice.word();
    for (std::uint32_t i = 0x7ac8; i < 0x7ad8; i += 4) r.word(i) = dice.word();
    for (const std::uint32_t limits : {0x79e4u, 0x7abcu}) {
      r.word(limits) = dice.between(0, 90) << 16 | dice.between(0, 60) << 8 | dice.between(0, 30);
      r.word(limits + 4) = dice.chance(70) ? dice.word() : 0;
    }
  }
  if (dice.chance(40)) {
    r.word(0x7a00) = dice.between(0, 200) << 8;
    r.word(0x7814) |= dice.between(0, 15);
  }
  for (const std::uint32_t segment : {0x7938u, 0x7a58u}) {
    if (dice.chance(50)) continue;
    r.word(segment) = dice.between(0, 3);
    r.word(segment + 4) = dice.word();
    r.word(segment + 8) = dice.word();
  }
  if (dice.chance(60)) {
    r.word(0x78e0) = dice.chance(50) ? 0x02010102 : dice.word();
    r.word(0x78e4) = dice.word() & 0xffff;
  }
  if (dice.chance(60)) {
    r.word(0x7aec) = dice.between(0, 300) << 16 | dice.between(0, 60) << 8 | dice.between(0, 255);
  }
}

void roll_sharpen(IspRegisters& r, Dice& dice) {
  enable(r, kBypassSharpen);
  for (std::uint32_t i = 0x7000; i < 0x7080; i += 4) r.word(i) = dice.word();
  r.word(0x700c) = dice.between(0, 30) << 8;
  r.word(0x7014) = dice.between(0, 12);
  r.word(0x7018) = dice.between(0, 10) << 16;
  r.word(0x7030) = dice.between(0, 5) << 16;
  if (dice.chance(70)) {
    r.word(0x7034) = dice.between(0, 80) << 16 | dice.between(0, 80);
    for (std::uint32_t i = 0x7068; i < 0x7078; i += 4) {
      r.word(i) = dice.between(0, 60) << 16 | dice.between(0, 60);
    }
  }
  if (dice.chance(70)) {
    for (std::uint32_t i = 0x7038; i < 0x7048; i += 4) r.word(i) = 0;
  }
}

void roll_luma_denoise(IspRegisters& r, Dice& dice) {
  enable(r, kBypassYdns);
  r.word(0x7af0) = dice.between(100, 300) << 16 | (dice.word() & 0xffff);
  r.word(0x7af4) = dice.between(0, 60) << 8 | dice.between(0, 30);
  r.word(0x7af8) = dice.chance(50) ? dice.word() : (dice.word() & 0xf0000);
  r.word(0x7afc) = dice.between(0, 60) << 8 | dice.between(0, 3) << 4;
}

void roll_spatial(IspRegisters& r, Dice& dice) {
  set_spatial_denoise(r, dice.between(0, 16), dice.between(0, 16));
  if (dice.chance(70)) {
    std::array<std::uint8_t, 16> strengths;
    for (const std::uint32_t table : {0x885cu, 0x886cu}) {
      for (auto& s : strengths) s = static_cast<std::uint8_t>(dice.between(0, 18));
      set_strengths(r, table, strengths);
    }
  }
  if (dice.chance(50)) {
    for (std::uint32_t i = 0x883c; i < 0x885c; i += 4) {
      r.word(i) = dice.between(0, 300) << 16 | dice.between(0, 300);
    }
  }
  if (dice.chance(50)) {
    r.word(0x887c) = 16 << 16 | dice.between(100, 255) << 8 | dice.between(0, 90);
  }
  r.word(0x880c) = dice.word();
  r.word(0x8814) = dice.chance(50) ? dice.word() : 0x08040201;
  if (dice.chance(30)) r.word(0x88bc) = 32 << 8 | 32;  // nothing is cut off
  if (dice.chance(10)) r.word(0x88b8) = 20 << 8 | 32;  // not for the fast path
  for (std::uint32_t i = 0x88c4; i < 0x8a50 && dice.chance(20); i += 4) r.word(i) = dice.word();
}

void expect_equal(const Result& fast, const Result& reference, const std::string& what) {
  ASSERT_EQ(fast.pictures[0].luma, reference.pictures[0].luma) << what;
  ASSERT_EQ(fast.pictures[0].chroma, reference.pictures[0].chroma) << what;
}

// Both paths see the same pictures and each has a memory of its own.
void compare_sequence(const IspRegisters& r, std::uint32_t width, std::uint32_t height,
                      unsigned frames, unsigned threads, Dice& dice, const std::string& what) {
  Pipeline fast(Pipeline::Path::kFast, threads), reference(Pipeline::Path::kReference, 1);
  TestMemory fast_memory(1 << 19), reference_memory(1 << 19);
  const double sigma = dice.between(0, 9);
  for (unsigned i = 0; i < frames; ++i) {
    const BayerFrame frame = moving_frame(width, height, i, dice, sigma);
    expect_equal(run(fast, r, frame, &fast_memory), run(reference, r, frame, &reference_memory),
                 what + ", frame " + std::to_string(i));
    ASSERT_EQ(fast_memory.bytes(), reference_memory.bytes()) << what;
  }
}

void compare(unsigned seeds, unsigned first_seed, unsigned threads) {
  for (unsigned seed = first_seed; seed < first_seed + seeds; ++seed) {
    Dice dice(seed);
    const std::uint32_t width = dice.between(16, 170), height = dice.between(16, 80);
    IspRegisters r = plain_registers(width, height);
    if (dice.chance(80)) roll_temporal(r, dice);
    if (dice.chance(70)) roll_adjustments(r, dice);
    if (dice.chance(80)) roll_spatial(r, dice);
    if (dice.chance(70)) roll_sharpen(r, dice);
    if (dice.chance(70)) roll_luma_denoise(r, dice);
    compare_sequence(r, width, height, 4, threads, dice,
                     "seed " + std::to_string(seed) + ", " + std::to_string(width) + "x" +
                         std::to_string(height));
    if (testing::Test::HasFatalFailure()) return;
  }
}

TEST(FastDetail, EqualsTheReferenceForRandomRegisters) {
  compare(60, 1, 1);
}

TEST(FastDetail, EqualsTheReferenceOnSeveralThreads) {
  compare(15, 1000, 2);
  compare(15, 1100, 5);
}

TEST(FastDetail, EqualsTheReferenceOnEveryInstructionSet) {
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    SCOPED_TRACE(hwy::TargetName(target));
    hwy::SetSupportedTargetsForTest(target);
    compare(5, 2000, 1);
  }
  hwy::SetSupportedTargetsForTest(0);
}

TEST(FastDetail, EqualsTheReferenceAsTuningFilesProgramIt) {
  for (const char* file : {"sc2336_1920x1080_bayer0_linear", "jxf37_1920x1080_bayer1_linear",
                           "gc2053_1920x1080_bayer0_linear", "imx327-wdr_1920x1080_bayer0_wdr"}) {
    for (const char* phase : {"init", "gain log2_q16=262144", "gain log2_q16=524288"}) {
      auto r = recorded_registers(file, phase);
      if (!r) GTEST_SKIP() << "no shared data";
      Dice dice(5);
      resize(*r, 146, 90);
      compare_sequence(*r, 146, 90, 4, 2, dice, std::string(file) + ", " + phase);
      if (HasFatalFailure()) return;
    }
  }
}

}  // namespace
}  // namespace t31::model
