// SPDX-License-Identifier: GPL-2.0-or-later
// MDNS: what it keeps in memory, where it mixes, what it leaves alone.
#include <gtest/gtest.h>

#include <cmath>

#include "detail_setup.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kWidth = 128, kHeight = 96;

struct Camera {
  explicit Camera(const IspRegisters& r, std::uint8_t fill = 0)
      : registers(r), memory(1 << 16, fill) {}
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

BayerFrame flat(double luma) {
  return luma_frame(kWidth, kHeight, [&](auto, auto) { return luma; });
}

BayerFrame noisy(double luma, double sigma, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> noise(luma, sigma);
  return luma_frame(kWidth, kHeight, [&](auto, auto) { return noise(random); });
}

// Deviation over time, mean over pixels.
double temporal_noise(const std::vector<Picture>& pictures) {
  double total = 0;
  for (std::uint32_t i = 0; i < kWidth * kHeight; ++i) {
    double sum = 0, squares = 0;
    for (const Picture& p : pictures) sum += p.luma[i], squares += p.luma[i] * p.luma[i];
    const double n = static_cast<double>(pictures.size());
    total += (squares - sum * sum / n) / (n - 1);
  }
  return std::sqrt(total / (kWidth * kHeight));
}

double noise_after_16_frames(const IspRegisters& r, double sigma) {
  Camera camera(r);
  std::vector<Picture> pictures;
  for (unsigned i = 0; i < 32; ++i) {
    const Picture p = camera.take(noisy(100, sigma, i));
    if (i >= 16) pictures.push_back(p);
  }
  return temporal_noise(pictures);
}

TEST(TemporalDenoise, StaysOffWithoutMemory) {
  const BayerFrame frame = noisy(100, 5, 1);
  const Picture plain = run(plain_registers(kWidth, kHeight), frame).pictures[0];
  EXPECT_EQ(run(temporal_registers(), frame).pictures[0], plain);
}

TEST(TemporalDenoise, StaysOffWhileItsBuffersAreNotProgrammed) {
  const BayerFrame frame = noisy(100, 5, 1);
  const Picture plain = run(plain_registers(kWidth, kHeight), frame).pictures[0];
  IspRegisters r = temporal_registers();
  r.word(0x783c) = 0;
  Camera camera(r, 0x77);
  EXPECT_EQ(camera.take(frame), plain);
  EXPECT_EQ(camera.memory.bytes(), std::vector<std::uint8_t>(1 << 16, 0x77));
}

TEST(TemporalDenoise, StaysOffWhenABufferIsNotMemory) {
  const BayerFrame frame = noisy(100, 5, 1);
  const Picture plain = run(plain_registers(kWidth, kHeight), frame).pictures[0];
  for (const std::uint32_t address : {0x7820u, 0x7828u, 0x7830u}) {
    IspRegisters r = temporal_registers();
    r.word(address) = 0x01000000;
    Camera camera(r, 0x77);
    EXPECT_EQ(camera.take(frame), plain);
    EXPECT_EQ(camera.memory.refused, 1u);
    EXPECT_EQ(camera.memory.bytes(), std::vector<std::uint8_t>(1 << 16, 0x77));
  }
}

TEST(TemporalDenoise, ARowThatIsShorterThanThePictureKeepsItOff) {
  IspRegisters r = temporal_registers();
  r.word(0x7824) = kWidth - 8;
  Camera camera(r, 0x77);
  camera.take(flat(50));
  EXPECT_EQ(camera.memory.bytes(), std::vector<std::uint8_t>(1 << 16, 0x77));
}

// The buffer may be lent out then.
TEST(TemporalDenoise, DoesNotTouchItsBuffersWithTheLumaFilterOff) {
  for (const std::uint32_t top : {0x00000101u, 0x11110111u}) {
    IspRegisters r = temporal_registers();
    r.word(0x7810) = top;
    Camera camera(r, 0x77);
    const BayerFrame frame = noisy(100, 5, 1);
    EXPECT_EQ(camera.take(frame), run(plain_registers(kWidth, kHeight), frame).pictures[0]);
    EXPECT_EQ(camera.memory.bytes(), std::vector<std::uint8_t>(1 << 16, 0x77));
  }
}

TEST(TemporalDenoise, KeepsLumaAndPairsOfChromaRowByRowAtTheStridesProgrammed) {
  IspRegisters r = temporal_registers();
  r.word(0x7824) = 136;  // luma
  r.word(0x7828) = TestMemory::kBase + 0x4000;
  r.word(0x782c) = 144;
  r.word(0x7830) = TestMemory::kBase + 0x8000;
  Camera camera(r);
  // 10-bit samples of plain registers are luma and chroma alike.
  const auto luma = [](std::uint32_t x, std::uint32_t y) { return 20.0 + x / 2 * 2 % 64 + y / 2; };
  for (int i = 0; i < 40; ++i) camera.take(luma_frame(kWidth, kHeight, luma));
  const auto& bytes = camera.memory.bytes();
  for (std::uint32_t y = 0; y < kHeight; ++y) {
    for (std::uint32_t x = 0; x < kWidth; ++x) {
      ASSERT_NEAR(bytes[y * 136 + x], luma(x, y), 4) << x << ' ' << y;
    }
  }
  for (std::uint32_t y = 0; y < kHeight / 2; ++y) {
    for (std::uint32_t x = 0; x < kWidth; ++x) {
      ASSERT_NEAR(bytes[0x4000 + y * 144 + x], luma(x, 2 * y), 4) << x << ' ' << y;
    }
  }
}

TEST(TemporalDenoise, BlocksCountTheFramesThatTheyAreAtRestFourBitsEach) {
  Camera camera(temporal_registers());
  const std::uint32_t state = camera.registers[0x7830] - TestMemory::kBase;
  camera.take(flat(100));  // nothing stored yet: everything moves
  EXPECT_EQ(camera.memory.bytes()[state], 0x00);
  for (int i = 0; i < 40; ++i) camera.take(flat(100));
  EXPECT_EQ(camera.memory.bytes()[state], 0xff);
  // The second block moves.
  camera.take(luma_frame(kWidth, kHeight, [](std::uint32_t x, std::uint32_t y) {
    return x >= 20 && x < 30 && y < 12 ? 200.0 : 100.0;
  }));
  EXPECT_EQ(camera.memory.bytes()[state], 0x0f);
}

TEST(TemporalDenoise, TheFirstPictureIsNotMixedWithEmptyMemory) {
  const BayerFrame frame = noisy(100, 5, 1);
  Camera camera(temporal_registers());
  EXPECT_EQ(camera.take(frame), run(plain_registers(kWidth, kHeight), frame).pictures[0]);
  // The next one is.
  const BayerFrame next = noisy(100, 5, 2);
  EXPECT_NE(camera.take(next), run(plain_registers(kWidth, kHeight), next).pictures[0]);
}

TEST(TemporalDenoise, AFaintTintIsTakenOverInTheEnd) {
  Camera camera(temporal_registers());
  for (int i = 0; i < 30; ++i) camera.take(flat(100));
  Picture p;
  for (int i = 0; i < 60; ++i) p = camera.take(flat(104));
  EXPECT_NEAR(p.u(30, 30), 104, 1);
  EXPECT_NEAR(p.v(30, 30), 104, 1);
}

TEST(TemporalDenoise, NoiseOfARestingSceneFallsToAThirdIn16Frames) {
  for (const double sigma : {2.0, 4.0, 8.0}) {
    EXPECT_LT(noise_after_16_frames(temporal_registers(), sigma), sigma / 3) << sigma;
  }
}

TEST(TemporalDenoise, AMovingBarLeavesNoGhost) {
  Camera camera(temporal_registers());
  const auto scene = [](std::uint32_t bar) {
    return luma_frame(kWidth, kHeight, [=](std::uint32_t x, std::uint32_t) {
      return x >= bar && x < bar + 16 ? 180.0 : 60.0;
    });
  };
  for (int i = 0; i < 20; ++i) camera.take(scene(8));
  for (std::uint32_t bar = 8; bar < 100; bar += 6) {
    const Picture p = camera.take(scene(bar));
    for (std::uint32_t x = 0; x < kWidth; ++x) {
      const double expected = x >= bar && x < bar + 16 ? 180 : 60;
      // A tenth of the bar's contrast.
      ASSERT_NEAR(p.y(x, 48), expected, 12) << "column " << x << ", bar at " << bar;
    }
  }
}

// Below every threshold, so that only the way the stored picture converges counts.
TEST(TemporalDenoise, AFaintChangeIsTakenOverInTheEnd) {
  Camera camera(temporal_registers());
  for (int i = 0; i < 30; ++i) camera.take(flat(100));
  Picture p;
  for (int i = 0; i < 60; ++i) p = camera.take(flat(107));
  EXPECT_NEAR(p.y(60, 60), 107, 4);
}

TEST(TemporalDenoise, HigherThresholdsOfMotionDenoiseMore) {
  IspRegisters low = temporal_registers(), high = temporal_registers();
  low.word(0x7944) = 0xff080000u | 3 << 12 | 4 << 3 | 4;
  high.word(0x7944) = 0xff080000u | 3 << 12 | 30 << 3 | 4;
  EXPECT_LT(1.2 * noise_after_16_frames(high, 9), noise_after_16_frames(low, 9));
}

TEST(TemporalDenoise, TheLargestWeightLimitsHowMuchIsMixed) {
  IspRegisters weak = temporal_registers();
  weak.word(0x799c) = 0x008000ff;  // half
  EXPECT_LT(1.5 * noise_after_16_frames(temporal_registers(), 5), noise_after_16_frames(weak, 5));
}

TEST(TemporalDenoise, ChromaIsMixedOnlyWithItsFilterOn) {
  IspRegisters r = temporal_registers();
  r.word(0x7810) &= ~(1u << 28);
  Camera with(temporal_registers(), 0x60), without(r, 0x60);
  Picture a, b;
  for (unsigned i = 0; i < 20; ++i)
    a = with.take(noisy(100, 6, i)), b = without.take(noisy(100, 6, i));
  EXPECT_EQ(a.luma, b.luma);
  const auto deviation = [](const Picture& p) {
    double sum = 0;
    for (std::uint32_t i = 0; i < kWidth * kHeight / 2; ++i) sum += std::pow(p.chroma[i] - 100, 2);
    return std::sqrt(sum / (kWidth * kHeight / 2));
  };
  EXPECT_LT(1.5 * deviation(a), deviation(b));
}

}  // namespace
}  // namespace t31::model
