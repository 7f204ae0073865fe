// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/base/math.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "driver/tuning/interpolate.hpp"

namespace t31::test {
namespace {

TEST(Math, LongDivisionEqualsTheProcessorsOwn) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 100000; ++i) {
    const u64 value = random() >> (random() % 64);
    const u32 divisor = static_cast<u32>(random() >> (32 + random() % 32)) | 1u;
    ASSERT_EQ(divide(value, divisor), value / divisor) << value << " / " << divisor;
  }
}

TEST(Math, LongDivisionIsRightWhereTheFirstGuessOfADigitIsTooLarge) {
  for (const u32 upper : {0x8000u, 0x8001u, 0xfffeu, 0xffffu}) {
    for (const u32 lower : {0u, 1u, 0x8000u, 0xffffu}) {
      const u32 divisor = upper << 16 | lower;
      for (const u64 quotient : {0xfffful, 0x10000ul, 0xfffffffful, 0xffff0000ul, 0x80000001ul}) {
        EXPECT_EQ(divide(quotient * divisor, divisor), quotient) << divisor;
        EXPECT_EQ(divide(quotient * divisor + divisor - 1, divisor), quotient) << divisor;
      }
    }
  }
}

TEST(Math, MultiplyDivideKeepsTheWholeProduct) {
  EXPECT_EQ(multiply_divide(0xffffffffu, 0xffffffffu, 0xffffffffu), 0xffffffffu);
  EXPECT_EQ(multiply_divide(1000000, 1000000, 1000), 1000000000u);
}

TEST(Math, Log2GivesTheDocumentedSamples) {  // hw-blocks-raw-color 2.2
  EXPECT_EQ(log2_q(0x10000, 16, 16), 0);
  EXPECT_EQ(log2_q(0x18000, 16, 16), 0x095bf);
  EXPECT_EQ(log2_q(0x20000, 16, 16), 0x10000);
  EXPECT_EQ(log2_q(0x40000, 16, 16), 0x20000);
  EXPECT_EQ(log2_q(0x123456, 16, 16), 0x42fa8);
  EXPECT_EQ(log2_q(0, 16, 16), -0x100000);
}

// The algorithm cuts at every squaring, so it lies below the true value by some units of the last
// place.
TEST(Math, Log2LiesJustBelowTheTrueLogarithm) {
  std::mt19937 random(2);
  for (int i = 0; i < 10000; ++i) {
    const u32 value = random() >> (random() % 24) | 1;
    const double exact = (std::log2(static_cast<double>(value)) - 16) * 65536;
    const double ours = log2_q(value, 16, 16);
    ASSERT_LE(ours, exact + 1) << value;
    ASSERT_GT(ours, exact - 8) << value;
  }
}

TEST(Math, Exp2TableIsRoundedPowersOfTwo) {
  for (int i = 0; i <= 32; ++i) {
    EXPECT_EQ(detail::kExp2[i], std::llround(std::ldexp(std::exp2(i / 32.0L), 30))) << i;
  }
}

TEST(Math, Exp2FollowsThePowerWithinTheTablesChord) {
  for (u32 value = 0; value < 15u << 16; value += 97) {
    const double exact = std::exp2(value / 65536.0) * 65536;
    const double ours = exp2_q(value, 16, 16);
    // A chord over 1/32 octave lies above the curve by at most (ln 2 / 32)^2 / 8.
    ASSERT_LE(ours, exact * (1 + 6e-5) + 1) << value;
    ASSERT_GE(ours, exact - 1) << value;
  }
}

TEST(Math, Exp2OfCoarseFractionsReadsTheTable) {
  EXPECT_EQ(exp2_q(1, 5, 30), detail::kExp2[1]);
  EXPECT_EQ(exp2_q(1, 1, 16), 92681u);  // 2^16 * sqrt(2), cut
}

TEST(Math, Exp2SaturatesInsteadOfWrapping) {
  EXPECT_EQ(exp2_q(32u << 16, 16, 0), 0xffffffffu);
  EXPECT_EQ(exp2_q(31u << 16, 16, 0), 0x80000000u);
}

TEST(Interpolation, RoundsHalfUpOnBothSlopes) {  // tuning-blob 2.1
  EXPECT_EQ(tuning::interpolate(100, 101, 0x7fff), 100u);
  EXPECT_EQ(tuning::interpolate(100, 101, 0x8000), 101u);
  EXPECT_EQ(tuning::interpolate(101, 100, 0x8000), 100u);
  EXPECT_EQ(tuning::interpolate(0, 1000, 0x4000), 250u);
}

TEST(Interpolation, GainBelowOneCountsAsOneAndBeyondTheLastPointStays) {
  const tuning::GainPosition below(static_cast<u32>(-2));
  EXPECT_EQ(below.index, 0u);
  EXPECT_EQ(below.fraction, 0u);
  const tuning::GainPosition beyond(0x9ffff);
  EXPECT_EQ(beyond.index, 8u);
  EXPECT_EQ(beyond.fraction, 0u);
}

TEST(Interpolation, ExposureListsSurviveEqualAndDescendingKnots) {
  const u32 values[9] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  const u32 equal[9] = {10, 10, 10, 10, 10, 10, 10, 10, 10};
  EXPECT_EQ(tuning::at_exposure(equal, values, 10), 1u);
  EXPECT_EQ(tuning::at_exposure(equal, values, 11), 9u);
  const u32 descending[9] = {10, 90, 50, 40, 30, 20, 20, 20, 20};
  for (const u32 ev : {0u, 10u, 60u, 95u, 0xffffffffu}) {
    const u32 value = tuning::at_exposure(descending, values, ev);
    EXPECT_GE(value, 1u);
    EXPECT_LE(value, 9u);
  }
}

}  // namespace
}  // namespace t31::test
