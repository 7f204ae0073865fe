// SPDX-License-Identifier: GPL-2.0-or-later
// The fixed-point helpers against the definition in the sensor ABI and against real logarithms.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>

extern "C" {
std::uint32_t private_log2_int_to_fixed(std::uint32_t value, std::uint8_t precision,
                                        std::uint8_t shift);
std::uint32_t private_log2_fixed_to_fixed(std::uint32_t value, int in, std::uint8_t out);
std::uint32_t private_math_exp2(std::uint32_t value, std::uint8_t in, std::uint8_t out);
}

namespace {

TEST(GainMath, PowersOfTwoHaveExactLogarithms) {
  for (unsigned i = 0; i < 32; ++i) {
    EXPECT_EQ(private_log2_int_to_fixed(1u << i, 16, 0), i << 16);
    EXPECT_EQ(private_log2_fixed_to_fixed(1u << i, 16, 16), (i - 16) << 16);
  }
}

TEST(GainMath, LogarithmOfZeroIsZero) {
  EXPECT_EQ(private_log2_int_to_fixed(0, 16, 0), 0u);
}

// Worked out from the definition, bit for bit, with integers of any size.
TEST(GainMath, LogarithmsAreTheVendorsToTheLastBit) {
  EXPECT_EQ(private_log2_int_to_fixed(3, 16, 0), 0x195bfu);
  EXPECT_EQ(private_log2_int_to_fixed(1000, 16, 0), 0x9f73du);
  EXPECT_EQ(private_log2_int_to_fixed(0x12345678, 16, 0), 0x1c2fa8u);
  EXPECT_EQ(private_log2_int_to_fixed(0xffffffff, 16, 0), 0x1ffffeu);
  EXPECT_EQ(private_log2_int_to_fixed(3, 8, 7), 0xcad7u);
  EXPECT_EQ(private_log2_int_to_fixed(0x12345678, 8, 7), 0xe17cau);
  EXPECT_EQ(private_log2_fixed_to_fixed(66000, 16, 16), 0x299u);
  EXPECT_EQ(private_log2_fixed_to_fixed(1000, 16, 16), 0xfff9f73du);
}

TEST(GainMath, PowersAreTheVendorsToTheLastBit) {
  EXPECT_EQ(private_math_exp2(32768, 16, 16), 0x16a09u);
  EXPECT_EQ(private_math_exp2(2886, 16, 16), 0x107f3u);
  EXPECT_EQ(private_math_exp2(327679, 16, 16), 0x1fffeau);
  EXPECT_EQ(private_math_exp2(404346, 16, 10), 0x11fffu);
  EXPECT_EQ(private_math_exp2(65535, 16, 8), 0x1ffu);
  EXPECT_EQ(private_math_exp2(37, 5, 8), 0x23au);
  EXPECT_EQ(private_math_exp2(13, 3, 10), 0xc56u);
}

TEST(GainMath, WholePowersOfTwoAreExact) {
  for (unsigned n = 0; n <= 15; ++n) EXPECT_EQ(private_math_exp2(n << 16, 16, 16), 0x10000u << n);
}

TEST(GainMath, LogarithmIsWithinTheErrorOfFifteenBits) {
  for (std::uint32_t value = 0x10000; value < 0x400000; value += 997) {
    const double exact = std::log2(value / 65536.0) * 65536;
    EXPECT_NEAR(private_log2_fixed_to_fixed(value, 16, 16), exact, 10) << value;
  }
}

TEST(GainMath, PowerIsWithinTheErrorOfLinearSegments) {
  // A chord of 1/32 octave lies at most (ln 2 / 32)^2 / 8 above the curve.
  const double chord = std::pow(std::log(2.0) / 32, 2) / 8;
  for (std::uint32_t value = 0; value < 14 << 16; value += 331) {
    const double exact = std::exp2(value / 65536.0) * 65536;
    EXPECT_NEAR(private_math_exp2(value, 16, 16), exact, exact * chord + 1) << value;
  }
}

TEST(GainMath, WhatDoesNotFitSaturatesInsteadOfShiftingAtRandom) {
  EXPECT_EQ(private_math_exp2(16u << 16, 16, 16), 0xffffffffu);
  EXPECT_EQ(private_math_exp2(0xffffffff, 0, 0), 0xffffffffu);
  EXPECT_EQ(private_math_exp2(1, 200, 16), 0u);
  EXPECT_EQ(private_log2_int_to_fixed(5, 16, 99), 0u);
}

}  // namespace
