// SPDX-License-Identifier: GPL-2.0-or-later
// Sharpen, and YDNS behind the temporal denoise.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "detail_setup.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kWidth = 96, kHeight = 64;

// Weights of 1.0 in every class of activity, one strength for all luma, no core.
IspRegisters sharpen_registers(std::uint32_t white, std::uint32_t black) {
  IspRegisters r = plain_registers(kWidth, kHeight);
  enable(r, kBypassSharpen);
  for (std::uint32_t i = 0x7048; i < 0x7068; i += 4) r.word(i) = 0x20202020;
  r.word(0x7030) = 0;  // half the local range
  r.word(0x7034) = 63 << 16 | 63;
  r.word(0x7068) = r.word(0x706c) = white << 16 | white;
  r.word(0x7070) = r.word(0x7074) = black << 16 | black;
  return r;
}

// A soft vertical edge between two levels.
BayerFrame edge(double low, double high) {
  return luma_frame(kWidth, kHeight, [=](std::uint32_t x, std::uint32_t) {
    return low + (high - low) / (1 + std::exp(-(x + 0.5 - kWidth / 2.0) / 0.5));
  });
}

Picture picture(const IspRegisters& r, const BayerFrame& frame) {
  return run(r, frame).pictures[0];
}

// Rise from one column to the next across the middle.
int steepness(const Picture& p) {
  return p.y(kWidth / 2, 32) - p.y(kWidth / 2 - 1, 32);
}
int highest(const Picture& p) {
  return *std::max_element(p.luma.begin(), p.luma.begin() + kWidth * kHeight);
}
int lowest(const Picture& p) {
  return *std::min_element(p.luma.begin(), p.luma.begin() + kWidth * kHeight);
}

TEST(Sharpen, WithoutStrengthChangesNothing) {
  const BayerFrame frame = random_frame(kWidth, kHeight, 12, 3);
  EXPECT_EQ(picture(sharpen_registers(0, 0), frame),
            picture(plain_registers(kWidth, kHeight), frame));
}

TEST(Sharpen, SteepensEdgesMoreWithMoreStrength) {
  const BayerFrame frame = edge(60, 160);
  int last = steepness(picture(plain_registers(kWidth, kHeight), frame));
  for (const std::uint32_t strength : {10u, 30u, 90u}) {
    const int now = steepness(picture(sharpen_registers(strength, strength), frame));
    EXPECT_GT(now, last) << strength;
    last = now;
  }
}

TEST(Sharpen, OvershootsByAtMostTheShareOfTheLocalRangeThatTheRegisterGives) {
  const BayerFrame frame = edge(60, 160);
  IspRegisters eighth = sharpen_registers(255, 255);
  eighth.word(0x7030) = 2 << 16;
  const Picture strong = picture(eighth, frame);
  EXPECT_GT(highest(strong), 162);
  EXPECT_LE(highest(strong), 160 + 13);
  EXPECT_LT(lowest(strong), 58);
  EXPECT_GE(lowest(strong), 60 - 13);
  IspRegisters none = sharpen_registers(255, 255);
  none.word(0x7034) = 0;
  EXPECT_LE(highest(picture(none, frame)), 160);
  EXPECT_GE(lowest(picture(none, frame)), 60);
}

TEST(Sharpen, WhiteAndBlackStrengthsActOnTheirSideOfAnEdge) {
  const BayerFrame frame = edge(60, 160);
  const Picture white = picture(sharpen_registers(255, 0), frame);
  EXPECT_GT(highest(white), 162);
  EXPECT_GE(lowest(white), 59);
  const Picture black = picture(sharpen_registers(0, 255), frame);
  EXPECT_LE(highest(black), 161);
  EXPECT_LT(lowest(black), 58);
}

TEST(Sharpen, TheStrengthOfAQuarterOfLumaActsThere) {
  IspRegisters r = sharpen_registers(0, 0);
  r.word(0x706c) = 255;  // from 128 on
  EXPECT_GT(highest(picture(r, edge(140, 180))), 182);
  EXPECT_LE(highest(picture(r, edge(70, 110))), 111);
}

TEST(Sharpen, DetailsBelowTheCoreAreLeftAlone) {
  const auto ripple = luma_frame(kWidth, kHeight, [](std::uint32_t x, std::uint32_t) {
    return 100 + (x % 2 == 0 ? 2.0 : 0.0);
  });
  IspRegisters r = sharpen_registers(60, 60);
  EXPECT_NE(picture(r, ripple), picture(plain_registers(kWidth, kHeight), ripple));
  r.word(0x700c) = 8 << 8;
  EXPECT_EQ(picture(r, ripple), picture(plain_registers(kWidth, kHeight), ripple));
}

TEST(Sharpen, FlatPlacesLoseTheirOwnCoreToo) {
  const auto ripple = luma_frame(kWidth, kHeight, [](std::uint32_t x, std::uint32_t) {
    return 100 + (x % 2 == 0 ? 4.0 : 0.0);
  });
  IspRegisters r = sharpen_registers(60, 60);
  r.word(0x7018) = 8 << 16;
  r.word(0x7014) = 4;  // a range of 4 is not flat
  EXPECT_NE(picture(r, ripple), picture(plain_registers(kWidth, kHeight), ripple));
  r.word(0x7014) = 5;
  EXPECT_EQ(picture(r, ripple), picture(plain_registers(kWidth, kHeight), ripple));
}

double deviation(const std::vector<std::uint8_t>& samples, std::size_t count) {
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < count; ++i) sum += samples[i], squares += samples[i] * samples[i];
  const double n = static_cast<double>(count);
  return std::sqrt((squares - sum * sum / n) / n);
}

IspRegisters luma_denoise_registers(std::uint32_t shares) {
  IspRegisters r = plain_registers(kWidth, kHeight);
  enable(r, kBypassYdns);
  r.word(0x7af0) = 195 << 16 | 175 << 8 | 155;
  r.word(0x7af4) = 100 << 8 | 100;
  r.word(0x7af8) = shares;
  r.word(0x7afc) = 60 << 8;
  return r;
}

BayerFrame noisy(double low, double high, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> noise(0, 5);
  return luma_frame(kWidth, kHeight, [&](std::uint32_t x, std::uint32_t) {
    return (x < kWidth / 2 ? low : high) + noise(random);
  });
}

TEST(LumaDenoise, WithoutSharesChangesNothing) {
  const BayerFrame frame = noisy(100, 180, 1);
  EXPECT_EQ(picture(luma_denoise_registers(0), frame),
            picture(plain_registers(kWidth, kHeight), frame));
}

TEST(LumaDenoise, SmoothsMoreWithALargerShare) {
  const BayerFrame frame = noisy(100, 100, 1);
  const auto left = [&](std::uint32_t share) {
    return deviation(picture(luma_denoise_registers(share), frame).luma, kWidth * kHeight);
  };
  EXPECT_LT(left(4), 0.9 * left(0));
  EXPECT_LT(left(12), 0.8 * left(4));
}

TEST(LumaDenoise, TheChromaShareSmoothsChromaOnly) {
  const BayerFrame frame = noisy(100, 100, 1);
  const Picture plain = picture(plain_registers(kWidth, kHeight), frame);
  const Picture smooth = picture(luma_denoise_registers(12 << 16), frame);
  EXPECT_EQ(smooth.luma, plain.luma);
  EXPECT_LT(deviation(smooth.chroma, kWidth * kHeight / 2),
            0.8 * deviation(plain.chroma, kWidth * kHeight / 2));
}

TEST(LumaDenoise, EdgesHaveAShareOfTheirOwn) {
  const BayerFrame frame = edge(40, 220);
  const Picture plain = picture(plain_registers(kWidth, kHeight), frame);
  EXPECT_EQ(steepness(picture(luma_denoise_registers(15), frame)), steepness(plain));
  EXPECT_LT(steepness(picture(luma_denoise_registers(15 << 4), frame)), steepness(plain));
}

TEST(LumaDenoise, MovingAreasHaveSharesOfTheirOwn) {
  IspRegisters r = luma_denoise_registers(15 << 8);
  set_temporal_denoise(r);
  IspRegisters without = r;
  disable(without, kBypassYdns);
  Pipeline pipeline(Pipeline::Path::kReference, 1), other(Pipeline::Path::kReference, 1);
  TestMemory memory(1 << 16), other_memory(1 << 16);
  for (unsigned i = 0; i < 20; ++i) {
    const BayerFrame frame = noisy(100, 100, i);
    const Picture a = run(pipeline, r, frame, &memory).pictures[0];
    const Picture b = run(other, without, frame, &other_memory).pictures[0];
    if (i == 19) {
      EXPECT_EQ(a, b) << "a scene at rest";
    }
  }
  const BayerFrame frame = noisy(160, 160, 30);
  EXPECT_LT(deviation(run(pipeline, r, frame, &memory).pictures[0].luma, kWidth * kHeight),
            0.7 * deviation(run(other, without, frame, &other_memory).pictures[0].luma,
                            kWidth * kHeight));
}

TEST(LumaDenoise, ChangesBeyondTheLimitAreNotMade) {
  IspRegisters r = luma_denoise_registers(15);
  r.word(0x7afc) = 255 << 8;
  r.word(0x7af4) = 0;
  const BayerFrame frame = edge(40, 220);
  EXPECT_EQ(steepness(picture(r, frame)),
            steepness(picture(plain_registers(kWidth, kHeight), frame)));
}

}  // namespace
}  // namespace t31::model
