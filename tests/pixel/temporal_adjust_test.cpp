// SPDX-License-Identifier: GPL-2.0-or-later
// MDNS beside the mixing: smoothing of moving places, factors of the weight, corners, chroma.
#include <gtest/gtest.h>

#include <cmath>

#include "detail_setup.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kWidth = 128, kHeight = 96;

struct Camera {
  explicit Camera(const IspRegisters& r) : registers(r), memory(1 << 16) {}
  Picture take(const BayerFrame& frame) {
    return run(pipeline, registers, frame, &memory).pictures[0];
  }
  IspRegisters registers;
  TestMemory memory;
  Pipeline pipeline{Pipeline::Path::kReference, 1};
};

IspRegisters temporal_registers() {
  IspRegisters r = plain_registers(kWidth, kHeight);
  set_temporal_denoise(r);
  return r;
}

void set_bytes(IspRegisters& r, std::uint32_t first, const std::array<std::uint8_t, 16>& bytes) {
  for (std::uint32_t i = 0; i < 16; ++i) {
    std::uint32_t& word = r.word(first + i / 4 * 4);
    word = (word & ~(0xffu << (8 * (i % 4)))) | std::uint32_t{bytes[i]} << (8 * (i % 4));
  }
}

// All of it up to a weight of 176, as tuning files have it at high gain, nothing of it above.
constexpr std::array<std::uint8_t, 16> kMovingOnly = {255, 255, 255, 255, 255, 255, 255, 255,
                                                      255, 255, 255, 0,   0,   0,   0,   0};

IspRegisters smoothing_registers(std::uint32_t threshold = 24) {
  IspRegisters r = temporal_registers();
  r.word(0x79a4) = threshold;
  r.word(0x79a8) = 0;
  r.word(0x79b4) = 0;
  set_bytes(r, 0x79b8, kMovingOnly);
  return r;
}

BayerFrame noisy(double luma, double sigma, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> noise(luma, sigma);
  return luma_frame(kWidth, kHeight, [&](auto, auto) { return noise(random); });
}

// Of one picture, without its edges.
double deviation(const Picture& p, std::uint32_t x0 = 16, std::uint32_t x1 = kWidth - 16) {
  double sum = 0, squares = 0, n = 0;
  for (std::uint32_t y = 16; y < kHeight - 16; ++y) {
    for (std::uint32_t x = x0; x < x1; ++x, ++n) {
      sum += p.y(x, y), squares += p.y(x, y) * p.y(x, y);
    }
  }
  return std::sqrt((squares - sum * sum / n) / (n - 1));
}

// Light that jumps from picture to picture: nothing is at rest.
Picture restless(const IspRegisters& r, double sigma) {
  Camera camera(r);
  Picture p;
  for (unsigned i = 0; i < 6; ++i) p = camera.take(noisy(i % 2 == 0 ? 60 : 180, sigma, i));
  return p;
}

TEST(TemporalSmoothing, HalvesTheNoiseOfWhatMoves) {
  const double without = deviation(restless(temporal_registers(), 5));
  const double with = deviation(restless(smoothing_registers(), 5));
  EXPECT_GT(without, 4);
  EXPECT_LT(with, 0.5 * without);
}

TEST(TemporalSmoothing, LeavesWhatIsAtRestAlone) {
  Camera with(smoothing_registers()), without(temporal_registers());
  Picture a, b;
  for (unsigned i = 0; i < 4; ++i) {
    a = with.take(noisy(100, 0, i));
    b = without.take(noisy(100, 0, i));
  }
  const auto pattern = [](unsigned i) {
    return luma_frame(kWidth, kHeight, [=](std::uint32_t x, std::uint32_t y) {
      return 100.0 + 3 * ((x + y) % 2) + i % 2;
    });
  };
  for (unsigned i = 0; i < 20; ++i) a = with.take(pattern(i)), b = without.take(pattern(i));
  EXPECT_EQ(a.luma, b.luma);
}

TEST(TemporalSmoothing, KeepsEdgesBeyondItsThreshold) {
  const auto step = [](bool lit) {
    return luma_frame(kWidth, kHeight, [=](std::uint32_t x, std::uint32_t) {
      return (x < 64 ? 40.0 : 80.0) + (lit ? 100 : 0);
    });
  };
  Camera camera(smoothing_registers());
  Picture p;
  for (unsigned i = 0; i < 6; ++i) p = camera.take(step(i % 2 == 1));
  EXPECT_NEAR(p.y(64, 48) - p.y(63, 48), 40, 2);
  camera.registers.word(0x79a4) = 60;  // above the step
  for (unsigned i = 0; i < 6; ++i) p = camera.take(step(i % 2 == 1));
  EXPECT_LT(p.y(64, 48) - p.y(63, 48), 20);
}

TEST(TemporalSmoothing, ALargerWindowSmoothsMoreAndTheKeptShareLess) {
  IspRegisters larger = smoothing_registers(), kept = smoothing_registers();
  larger.word(0x79b4) = 1;
  kept.word(0x79a8) = 8;
  const double usual = deviation(restless(smoothing_registers(), 5));
  EXPECT_LT(deviation(restless(larger, 5)), 0.8 * usual);
  EXPECT_GT(deviation(restless(kept, 5)), 1.3 * usual);
}

TEST(TemporalSmoothing, NeedsItsSwitch) {
  IspRegisters r = smoothing_registers();
  r.word(0x7810) &= ~(1u << 4);
  EXPECT_EQ(restless(r, 5).luma, restless(temporal_registers(), 5).luma);
}

TEST(TemporalSmoothing, TheFinalStageSmoothsWhatMovesToo) {
  IspRegisters r = temporal_registers();
  set_bytes(r, 0x79f0, kMovingOnly);
  EXPECT_LT(deviation(restless(r, 5)), 0.55 * deviation(restless(temporal_registers(), 5)));
}

TEST(TemporalSmoothing, SharesBelongToSixteenthsOfTheWeight) {
  // At rest with a weight of 100, which lies in the sixteenth from 96 on.
  const auto left = [](std::uint32_t table, unsigned node) {
    IspRegisters r = smoothing_registers();
    std::array<std::uint8_t, 16> weights, shares{};
    weights.fill(100);
    set_bytes(r, 0x7948, weights);
    set_bytes(r, 0x79b8, {});
    shares[node] = 255;
    set_bytes(r, table, shares);
    Camera camera(r);
    Picture p;
    for (unsigned i = 0; i < 4; ++i) p = camera.take(noisy(100, 5, 1));
    return deviation(p);
  };
  for (const std::uint32_t table : {0x79b8u, 0x79f0u}) {
    EXPECT_LT(left(table, 6), 0.7 * left(table, 7)) << table;
    EXPECT_NEAR(left(table, 5), left(table, 7), 0.01) << table;
  }
}

TEST(TemporalSmoothing, TheFinalStageLeavesWhatStandsOutBeyondItsLimits) {
  // Rows of 40 levels of contrast that nothing keeps at rest.
  const auto rows = [](bool lit) {
    return luma_frame(kWidth, kHeight, [=](auto, std::uint32_t y) {
      return (y / 4 % 2 == 0 ? 60.0 : 100.0) + (lit ? 90 : 0);
    });
  };
  const auto contrast = [&](const IspRegisters& r) {
    Camera camera(r);
    Picture p;
    for (unsigned i = 0; i < 6; ++i) p = camera.take(rows(i % 2 == 1));
    return p.y(60, 52) - p.y(60, 51);
  };
  IspRegisters r = temporal_registers();
  set_bytes(r, 0x79f0, kMovingOnly);
  r.word(0x79e4) = 40 << 16 | 30 << 8 | 20;
  r.word(0x79e8) = 220;  // the whole share near the sample, nothing beyond, as files have it
  const int soft = contrast(r);
  EXPECT_LT(std::abs(soft), 30);
  r.word(0x79e4) = 12 << 16 | 9 << 8 | 6;
  EXPECT_NEAR(std::abs(contrast(r)), 40, 2);
}

TEST(TemporalSmoothing, ContrastIsGivenBackByItsStrength) {
  const auto rows = luma_frame(kWidth, kHeight,
                               [](auto, std::uint32_t y) { return y / 4 % 2 == 0 ? 80.0 : 120.0; });
  const auto step = [&](std::uint32_t strength, std::uint32_t from) {
    IspRegisters r = temporal_registers();
    r.word(0x7a00) = strength << 8;
    r.word(0x7814) |= from;
    Camera camera(r);
    Picture p;
    for (unsigned i = 0; i < 3; ++i) p = camera.take(rows);
    return std::abs(p.y(60, 52) - p.y(60, 51));
  };
  // Beside an edge a sample is a quarter of the step off the mean: 10, of which half is added.
  EXPECT_EQ(step(64, 1), 40);
  EXPECT_NEAR(step(96, 1), 50, 1);
  EXPECT_EQ(step(96, 15), 40) << "too faint for its limit";
}

TEST(TemporalWeight, FactorsOfLargeDifferencesTakeAwayWhatMotionLeaves) {
  // A fifth of the stored picture stays where all moves: 50 of 256.
  IspRegisters kept = temporal_registers();
  kept.word(0x7998) = 50 << 16;
  kept.word(0x7948) |= 0xff;
  IspRegisters none = kept;
  none.word(0x7938) = 1;
  none.word(0x793c) = 0x80808080;  // as one file has them: nothing from the fifth step on
  none.word(0x7940) = 0;
  EXPECT_GT(deviation(restless(kept, 0)) + std::abs(restless(kept, 0).y(60, 50) - 180), 15);
  EXPECT_NEAR(restless(none, 0).y(60, 50), 180, 1);
}

TEST(TemporalWeight, CornersAreDenoisedMoreThanTheMiddle) {
  IspRegisters r = temporal_registers();
  set_bytes(r, 0x7948,
            {0, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100});
  r.word(0x78e0) = 0x02020202;  // two blocks of 16
  r.word(0x78e4) = 128 << 8 | 255;
  Camera camera(r);
  std::vector<Picture> pictures;
  for (unsigned i = 0; i < 24; ++i) {
    const Picture p = camera.take(noisy(100, 5, i));
    if (i >= 8) pictures.push_back(p);
  }
  const auto over_time = [&](std::uint32_t x0, std::uint32_t y0) {
    double total = 0;
    for (std::uint32_t y = y0; y < y0 + 16; ++y) {
      for (std::uint32_t x = x0; x < x0 + 16; ++x) {
        double sum = 0, squares = 0;
        for (const Picture& p : pictures) sum += p.y(x, y), squares += p.y(x, y) * p.y(x, y);
        total += squares / 16 - sum * sum / 256;
      }
    }
    return std::sqrt(total / 256);
  };
  for (const std::uint32_t x : {8u, kWidth - 24}) {
    for (const std::uint32_t y : {8u, kHeight - 24}) {
      EXPECT_LT(over_time(x, y), 0.7 * over_time(56, 40)) << x << ',' << y;
    }
  }
  EXPECT_NEAR(over_time(8, 40), over_time(56, 40), 0.5) << "the middle of a side";
}

TEST(TemporalWeight, ARaisedThresholdLetsCornersRestInMoreNoise) {
  // Noise beyond the threshold: the middle hardly mixes.
  IspRegisters r = temporal_registers();
  r.word(0x7944) = 0xff080000u | 5 << 12 | 3 << 3 | 4;
  const auto left = [](const IspRegisters& registers) {
    Camera camera(registers);
    Picture p;
    for (unsigned i = 0; i < 20; ++i) p = camera.take(noisy(100, 6, i));
    return deviation(p, 0, 32);
  };
  IspRegisters raised = r;
  raised.word(0x78e0) = 0x10101010;  // all of this picture
  raised.word(0x78e4) = 255 << 8 | 128;
  EXPECT_LT(left(raised), 0.8 * left(r));
}

TEST(TemporalChroma, IsSmoothedWhereTheStoredPictureCountsLittle) {
  IspRegisters r = temporal_registers();
  r.word(0x7a74) = 24 << 8;
  set_bytes(r, 0x7a90, kMovingOnly);
  const auto noise = [](const Picture& p) {
    double sum = 0, squares = 0, n = 0;
    for (std::uint32_t y = 8; y < kHeight / 2 - 8; ++y) {
      for (std::uint32_t x = 8; x < kWidth / 2 - 8; ++x, ++n) {
        sum += p.u(x, y), squares += p.u(x, y) * p.u(x, y);
      }
    }
    return std::sqrt((squares - sum * sum / n) / (n - 1));
  };
  const double without = noise(restless(temporal_registers(), 10));
  EXPECT_GT(without, 3);
  EXPECT_LT(noise(restless(r, 10)), 0.5 * without);
  EXPECT_EQ(restless(r, 10).luma, restless(temporal_registers(), 10).luma);
  r.word(0x7810) &= ~(1u << 20);
  EXPECT_EQ(noise(restless(r, 10)), without);
}

TEST(TemporalChroma, ItsFinalStageSmoothsToo) {
  IspRegisters r = temporal_registers();
  set_bytes(r, 0x7ac8, kMovingOnly);
  const auto noise = [](const Picture& p) {
    double sum = 0, squares = 0, n = 0;
    for (std::uint32_t y = 8; y < kHeight / 2 - 8; ++y) {
      for (std::uint32_t x = 8; x < kWidth / 2 - 8; ++x, ++n) {
        sum += p.v(x, y), squares += p.v(x, y) * p.v(x, y);
      }
    }
    return std::sqrt((squares - sum * sum / n) / (n - 1));
  };
  const double without = noise(restless(temporal_registers(), 10));
  EXPECT_LT(noise(restless(r, 10)), 0.6 * without);
  r.word(0x7810) &= ~(1u << 28);  // chroma's filter off, and its stage with it
  IspRegisters off = temporal_registers();
  off.word(0x7810) &= ~(1u << 28);
  EXPECT_EQ(noise(restless(r, 10)), noise(restless(off, 10)));
}

TEST(TemporalChroma, ItsStrengthScalesColourAndWeakColoursHaveTheirOwn) {
  const BayerFrame frame = luma_frame(kWidth, kHeight, [](std::uint32_t x, std::uint32_t) {
    return x < 64 ? 128.0 + 40 : 128.0 + 6;  // all components alike: luma and both chroma
  });
  IspRegisters r = temporal_registers();
  r.word(0x7aec) = 32u << 16 | 10 << 8 | 96;
  Camera camera(r);
  const Picture p = camera.take(frame);
  EXPECT_EQ(p.u(10, 10), 128 + 60);
  EXPECT_EQ(p.v(10, 10), 128 + 60);
  EXPECT_EQ(p.u(50, 10), 128 + 3);
  EXPECT_EQ(p.y(20, 20), 168) << "luma is none of it";
  camera.registers.word(0x7aec) = 64;
  EXPECT_EQ(Camera(camera.registers).take(frame).u(10, 10), 128 + 40);
}

}  // namespace
}  // namespace t31::model
