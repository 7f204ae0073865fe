// SPDX-License-Identifier: GPL-2.0-or-later
// What the detail blocks do to pictures as tuning files program them, unmodified, all blocks that
// the files have on: 1920x1080, noise of a sensor at a gain of 16.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "detail_setup.hpp"
#include "tests/pictures/measure.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kWidth = 1920, kHeight = 1080;
constexpr std::uint32_t kNoiseBlocks = 1u << 5 | kBypassYdns | kBypassSdns;  // and MDNS

// Signal of 10 bits above black, as a share of full scale: four flat patches above, a slanted edge
// below, and to its right a bar that moves.
struct Scene {
  std::uint32_t bar = 0;  // its left column; 0: none
  double at(std::uint32_t x, std::uint32_t y) const {
    constexpr double kPatches[] = {0.03, 0.08, 0.18, 0.4};
    if (y < 300) return kPatches[x / 480];
    if (x < 900) {
      const double distance = (x - 450.0 - (y - 700.0) * 0.09) / 0.35;
      return 0.06 + 0.18 / (1 + std::exp(-distance));
    }
    return bar != 0 && x >= bar && x < bar + 40 ? 0.5 : 0.1;
  }
};

// Photons and read-out of a small sensor: 10000 electrons at full scale without gain, 3 electrons
// of read noise.
BayerFrame expose(const IspRegisters& r, const Scene& scene, double gain, unsigned seed) {
  constexpr double kFullWell = 10000, kReadNoise = 3;
  const double electrons_per_code = kFullWell / 1023 / gain;
  const double black = (r[0x1060] & 0xfff) / 4.0;
  std::mt19937 random(seed);
  // A table of normal deviates is enough, and quick.
  static const std::vector<float> deviates = [] {
    std::mt19937 engine(1);
    std::normal_distribution<float> normal;
    std::vector<float> made(1 << 16);
    for (float& v : made) v = normal(engine);
    return made;
  }();
  return make_frame(kWidth, kHeight, 10, [&](std::uint32_t x, std::uint32_t y) {
    const double signal = scene.at(x, y) * 700;
    const double sigma =
        gain == 0
            ? 0
            : std::sqrt(signal * electrons_per_code + kReadNoise * kReadNoise) / electrons_per_code;
    const double code = black + signal + sigma * deviates[random() & 0xffff] + 0.5;
    return static_cast<std::uint32_t>(std::clamp(code, 0.0, 1023.0));
  });
}

// Recorded registers with the picture on channel 0 and MDNS's buffers set; white balance, which no
// file fixes, neutral.
std::optional<IspRegisters> recorded(const char* name, const char* phase) {
  auto r = recorded_registers(name, phase);
  if (!r) return r;
  set_window(*r, 0, 0, kWidth, kHeight);
  set_channel(*r, 0, kWidth, kHeight);
  r->word(0x1804) = 1024u << 16 | 1024;
  r->word(0x1808) = 1024u << 16 | 1024;
  set_temporal_buffers(*r, TestMemory::kBase);
  return r;
}

IspRegisters without_noise_blocks(IspRegisters r) {
  r.word(0x000c) |= kNoiseBlocks;
  r.word(0x7810) = 0x00000101;
  return r;
}

struct Camera {
  explicit Camera(const IspRegisters& r) : registers(r), memory(8 << 20) {}
  Picture take(const BayerFrame& frame) {
    return run(pipeline, registers, frame, &memory).pictures[0];
  }
  IspRegisters registers;
  TestMemory memory;
  Pipeline pipeline{Pipeline::Path::kFast, 2};
};

measure::View luma_of(const Picture& p) {
  return {p.luma.data(), p.width, p.height, p.luma_stride};
}
// In tiles, so that shading does not count.
double patch_noise(const Picture& p, std::uint32_t patch) {
  constexpr std::uint32_t kTile = 20;
  double squares = 0, tiles = 0;
  for (std::uint32_t y = 40; y < 260; y += kTile) {
    for (std::uint32_t x = 480 * patch + 40; x < 480 * patch + 440; x += kTile, ++tiles) {
      const double d = measure::noise(luma_of(p).part(x, y, kTile, kTile)).deviation;
      squares += d * d;
    }
  }
  return std::sqrt(squares / tiles);
}
measure::Edge edge_of(const Picture& p) {
  return measure::slanted_edge(luma_of(p).part(350, 500, 200, 400));
}

constexpr const char* kSc2336 = "sc2336_1920x1080_bayer0_linear";
constexpr const char* kJxf37 = "jxf37_1920x1080_bayer1_linear";
constexpr const char* k16 = "gain log2_q16=262144";

class OfTuningFile : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    registers_ = recorded(GetParam(), k16);
    if (!registers_) GTEST_SKIP() << "no shared data";
  }
  std::optional<IspRegisters> registers_;
};

// A scene at rest, seen for eight pictures.
TEST_P(OfTuningFile, LumaNoiseAtGain16IsHalvedAndFourFifthsOfTheSharpnessKept) {
  Camera on(*registers_), off(without_noise_blocks(*registers_));
  Picture clean, noisy;
  for (unsigned i = 0; i < 8; ++i) {
    const BayerFrame frame = expose(*registers_, {}, 16, i);
    clean = on.take(frame);
    noisy = off.take(frame);
  }
  for (std::uint32_t patch = 0; patch < 4; ++patch) {
    EXPECT_LT(patch_noise(clean, patch), 0.5 * patch_noise(noisy, patch)) << "patch " << patch;
  }
  EXPECT_GT(edge_of(clean).mtf50, 0.8 * edge_of(noisy).mtf50);
}

TEST_P(OfTuningFile, TemporalNoiseFallsToAThirdIn16Pictures) {
  Camera on(*registers_), off(without_noise_blocks(*registers_));
  Picture last[2], now[2];
  double change[2] = {};
  for (unsigned i = 0; i < 20; ++i) {
    const BayerFrame frame = expose(*registers_, {}, 16, i);
    now[0] = on.take(frame), now[1] = off.take(frame);
    for (unsigned k = 0; i > 16 && k < 2; ++k) {
      change[k] += measure::difference(luma_of(now[k]).part(0, 0, kWidth, 300),
                                       luma_of(last[k]).part(0, 0, kWidth, 300));
    }
    for (unsigned k = 0; k < 2; ++k) last[k] = now[k];
  }
  EXPECT_LT(change[0], change[1] / 3);
}

TEST_P(OfTuningFile, AMovingPatternLeavesNoGhost) {
  Camera camera(*registers_), still(*registers_);
  Picture p, ground;
  for (unsigned i = 0; i < 16; ++i) {
    const std::uint32_t bar = 1000 + (i < 12 ? 0 : 30 * (i - 11));
    p = camera.take(expose(*registers_, {bar}, 16, i));
    ground = still.take(expose(*registers_, {}, 16, i));
  }
  const auto rise = [&](std::uint32_t left, std::uint32_t width) {
    return measure::noise(luma_of(p).part(left, 400, width, 600)).mean -
           measure::noise(luma_of(ground).part(left, 400, width, 600)).mean;
  };
  const double contrast = rise(1130, 20);
  EXPECT_GT(contrast, 50);
  // Where the bar was one picture ago, the files keep 20/256 of it.
  for (std::uint32_t x = 1000; x < 1115; x += 10) {
    EXPECT_LT(std::abs(rise(x, 10)), (x < 1090 ? 0.03 : 0.1) * contrast) << "column " << x;
  }
}

TEST_P(OfTuningFile, SharpenRaisesMtf50WithoutHalosAboveATenth) {
  for (const char* phase : {"gain log2_q16=0", "gain log2_q16=131072"}) {
    const auto r = recorded(GetParam(), phase);
    IspRegisters off = *r;
    off.word(0x000c) |= kBypassSharpen;
    const BayerFrame frame = expose(*r, {}, 0, 1);
    const auto with = edge_of(Camera(*r).take(frame));
    const auto without = edge_of(Camera(off).take(frame));
    EXPECT_GT(with.mtf50, 1.1 * without.mtf50) << phase;
    EXPECT_LT(with.overshoot, 0.1) << phase;
    EXPECT_LT(with.undershoot, 0.1) << phase;
  }
}

INSTANTIATE_TEST_SUITE_P(Recorded, OfTuningFile, testing::Values(kSc2336, kJxf37),
                         [](const auto& file) { return std::string(file.param).substr(0, 5); });

}  // namespace
}  // namespace t31::model
