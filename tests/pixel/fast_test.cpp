// SPDX-License-Identifier: GPL-2.0-or-later
// The fast path against the reference, byte by byte: random registers, frames, sizes, Bayer orders,
// instruction sets and thread counts.
#include <gtest/gtest.h>

#include <random>

#include "hwy/targets.h"
#include "setup.hpp"
#include "tone_setup.hpp"

namespace t31::model {
namespace {

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  std::uint32_t below(std::uint32_t end) { return engine_() % end; }
  std::uint32_t between(std::uint32_t low, std::uint32_t high) {
    return low + below(high - low + 1);
  }
  bool chance(std::uint32_t percent) { return below(100) < percent; }
  std::uint32_t word() { return engine_(); }

 private:
  std::mt19937 engine_;
};

// Thresholds of defect pixels and raw noise: none up to many pixels change.
void roll_defects(IspRegisters& r, Dice& dice) {
  r.word(0x2808) = dice.below(2) | dice.below(2) << 8 | dice.below(2) << 16;
  constexpr std::uint32_t kPairs[] = {0, 0x00010001, 0x00130013, 0x01370137, 0x137f137f};
  r.word(0x280c) = dice.chance(90) ? kPairs[dice.below(5)] : dice.word();
  r.word(0x2810) = (dice.chance(95) ? 16 : dice.below(20)) | (dice.chance(50) ? 16u << 24 : 0);
  for (std::uint32_t i = 0; i <= 0x18; i += 4) {
    r.word(0x2838 + i) = dice.below(500) << 16 | dice.below(500);
    r.word(0x281c + i) = r[0x2838 + i];
  }
  if (dice.chance(5)) r.word(0x281c) -= 30u << 16;
  if (dice.chance(5)) r.word(0x2854) = dice.below(300) << 16;
  r.word(0x2858) = dice.below(300) << 16;
  r.word(0x2860) = 0x0fff0000;
  r.word(0x3008) = (dice.chance(50) ? 25 : dice.below(25)) << 16;
  r.word(0x3018) = dice.below(300);
  r.word(0x301c) = (dice.chance(50) ? 0xfffu : dice.below(4096)) << 16 |
                   (dice.chance(50) ? 0xfffu : dice.below(4096));
  r.word(0x3020) = dice.below(300) << 16 | dice.below(300);
  r.word(0x3024) = dice.below(300) << 16 | dice.below(300);
}

// Plausible values of the Bayer-domain blocks.
void roll_raw(IspRegisters& r, Dice& dice) {
  r.word(0x1060) = dice.below(400);
  r.word(0x1064) = dice.below(400) << 16 | dice.below(400);
  r.word(0x1068) = dice.below(400) << 16 | dice.below(400);
  for (const std::uint32_t gain : {0x1030u, 0x1034u, 0x1804u, 0x1808u}) {
    r.word(gain) = dice.between(512, 4096) << 16 | dice.between(512, 4096);
  }
  const std::uint32_t width = r[0x0004] >> 16;
  const std::uint32_t cell = dice.between(5, 70);
  r.word(0x3800) = dice.between(5, 70) << 16 | cell;
  r.word(0x3804) = (width / cell + 3) / 2 << 16 | dice.below(5);
  for (std::uint32_t mesh = 0x28000; mesh < 0x2b000; mesh += 4) {
    r.word(mesh) = dice.between(500, 4095) << 12 | dice.between(500, 4095);
  }
  r.word(0x4808) = dice.below(40) << 16;
  r.word(0x4814) = dice.chance(10) ? 0xffff : dice.below(400);
  for (const std::uint32_t strength : {0x4848u, 0x4860u}) {
    r.word(strength) = dice.below(200) << 16 | dice.below(200);
    r.word(strength + 4) = dice.below(2000) << 16 | dice.below(2000);
  }
  for (std::uint32_t word = 0x48f4; word <= 0x4940; word += 4) r.word(word) = dice.word();
  if (dice.chance(60)) {  // the usual: the same weights for black and white
    for (std::uint32_t word = 0x48f4; word < 0x4908; word += 4) r.word(word + 0x14) = r[word];
    for (std::uint32_t word = 0x491c; word < 0x4930; word += 4) r.word(word + 0x14) = r[word];
  }
  if (dice.chance(60)) {
    r.word(0x4880) = dice.below(128) << 14 | dice.below(128) << 7;
    r.word(0x4884) = dice.below(100);
    r.word(0x489c) = dice.between(150, 2000) << 16 | dice.between(50, 150);
    r.word(0x4894) = dice.below(128);
    r.word(0x48a0) = dice.between(1500, 4095);
  }
  if (dice.chance(40)) {
    r.word(0x4878) = dice.below(600) << 16 | 100;
    r.word(0x487c) = dice.below(32) << 5;
    r.word(0x4980) = dice.below(3000) << 16 | dice.below(140);
  }
}

void roll_colour(IspRegisters& r, Dice& dice) {
  for (std::uint32_t i = 0x5004; i <= 0x5014; i += 4) {
    r.word(i) = (dice.between(0, 2400) - 700) << 16 | ((dice.between(0, 2400) - 700) & 0xffff);
  }
  set_gamma(r, [&](unsigned node) { return std::min(4095u, 32 * node + dice.below(300)); });
  for (const std::uint32_t row : {0x6010u, 0x6014u, 0x6018u}) r.word(row) = dice.word();
  if (dice.chance(50)) {
    r.word(0x6020) = 128 << 8 | 16;
    r.word(0x6030) = 0xeb10f010;
  }
  for (std::uint32_t clip = 0x8000; clip <= 0x8014; clip += 4) {
    r.word(clip) = dice.below(80) << 16 | dice.between(900, 1023);
  }
  for (const std::uint32_t offset : {0x8018u, 0x801cu, 0x8020u}) {
    r.word(offset) = dice.between(900, 1200) << 16 | dice.between(900, 1200);
  }
  for (std::uint32_t i = 0x8024; i <= 0x8038; i += 4) {
    r.word(i) = dice.below(2000) << 16 | ((dice.below(2000) - 1000) & 0x3fff);
  }
  for (const std::uint32_t ramp : {0x803cu, 0x8044u, 0x804cu}) {
    const std::uint32_t low = dice.below(300), high = low + dice.below(300);
    r.word(ramp) = (high > low ? 1024 / (high - low) : 0) << 16 | dice.below(2);
    r.word(ramp + 4) = high << 16 | low;
  }
  r.word(0x8054) = dice.below(3000) << 16 | dice.below(2);
  r.word(0x8058) = dice.below(3000) << 16 | dice.below(3000);
  r.word(0x805c) = dice.below(1024) << 16 | dice.below(1024);
  r.word(0x8060) = dice.below(1024) << 16 | dice.below(1024);
  r.word(0x8064) = dice.below(200) << 3 | dice.below(2);
  r.word(0x8068) = dice.below(200) << 16 | dice.below(100);
  r.word(0x806c) = dice.between(300, 2000) << 16 | dice.between(300, 2000);
}

// Curves that rise, with details and colours changed as well.
void roll_tone_mapping(IspRegisters& r, Dice& dice) {
  set_tone_mapping(r);
  const std::uint32_t steepness = dice.between(1, 900);
  for (unsigned block = 0; block < 24; ++block) {
    std::uint32_t node = 0;
    set_tone_curve(r, block / 4, block % 4, [&](std::uint32_t) {
      node = std::min(node + dice.below(steepness), 4095u);
      return node;
    });
  }
  const std::uint32_t share = dice.below(400);
  set_minimum_curve(r, [&](std::uint32_t x) { return x * share / 256; });
  if (dice.chance(50)) r.word(0x4378) += 3 << 16 | 5;  // knees that are not the curves'
  set_contrast(r, 1024, dice.below(50), dice.below(500));
  if (dice.chance(70)) {
    for (std::uint32_t i = 0x4354; i <= 0x4364; i += 4) r.word(i) = dice.word() & 0x0fff0fff;
  }
  set_compensation(r, dice.chance(50) ? 1024 : dice.between(500, 1600));
  if (dice.chance(20)) r.word(0x443c) = dice.between(500, 1600) << 16 | dice.between(500, 1600);
  for (std::uint32_t i = 0x4294; i < 0x4334; i += 4) {
    if (dice.chance(20)) r.word(i) = dice.word() & 0x1f1f1f1f;
  }
}

void roll_defog(IspRegisters& r, Dice& dice) {
  set_defog(r);
  const std::uint32_t least = dice.below(250);
  for (unsigned block = 0; block < 180; ++block) {
    set_haze(r, block / 10, block % 10,
             {dice.between(least, 255), dice.below(256), dice.below(256), dice.below(256)});
  }
  if (dice.chance(70)) {
    r.word(0x5a00) = dice.between(150, 255) << 8 | dice.below(100);
    r.word(0x5a20) = 0x03030303;
    r.word(0x5a24) = 24 << 16 | 16 << 8 | 8;
    r.word(0x5a30) = 0x07060505;
    r.word(0x5a34) = 128 << 16 | 64 << 8 | 32;
    r.word(0x5a60) = 0x00060505;
    r.word(0x5a64) = 128 << 16 | 64 << 8 | 32;
    for (const std::uint32_t weights : {0x5a28u, 0x5a38u, 0x5a68u}) {
      r.word(weights) = dice.word() & 0x3f3f3f3f;
    }
  }
  r.word(0x5b10) = dice.below(256) << 16 | dice.below(256);
}

void roll_statistics(IspRegisters& r, Dice& dice) {
  const std::uint32_t width = r[0x0004] >> 17, height = (r[0x0004] & 0xffff) >> 1;
  for (const std::uint32_t engine : {0xa000u, 0xb000u}) {
    const std::uint32_t columns = dice.between(1, 15), rows = dice.between(1, 15);
    set_grid(r, engine, columns, rows, dice.below(3), dice.below(3),
             width / columns + dice.below(2), height / rows + dice.below(2));
    for (std::uint32_t i = 0x08; i <= 0x24; i += 4)
      r.word(engine + i) ^= dice.below(4) * 0x01000100;
  }
  r.word(0xa028) = dice.between(100, 255) << 8 | dice.below(120);
  r.word(0xa04c) = dice.chance(90) ? 0x33 : 0;
  r.word(0xb028) = dice.between(256, 800) << 16 | dice.below(256);
  r.word(0xb02c) = dice.between(256, 800) << 16 | dice.below(256);
  r.word(0xb030) = dice.below(256) << 16 | dice.below(257);
  r.word(0xb034) = dice.between(200, 600) << 16 | dice.below(257);
  r.word(0xb038) = dice.between(100, 255) << 8 | dice.below(100);
  r.word(0xb04c) = dice.chance(90) ? 3 : 0;
}

// Filters of any kind, zones anywhere.
void roll_focus(IspRegisters& r, Dice& dice) {
  const std::uint32_t width = r[0x0004] >> 16, height = r[0x0004] & 0xffff;
  const std::uint32_t columns = dice.between(1, 15), rows = dice.between(1, 15);
  set_grid(r, 0xb800, columns, rows, dice.below(5), dice.below(5),
           std::min(width / columns + dice.below(3), 255u), height / rows + dice.below(3));
  r.word(0xb828) = dice.below(256) << 8 | (dice.chance(70) ? 0xf0 : dice.below(16) << 4);
  r.word(0xb82c) = dice.chance(50) ? 0 : dice.word() & 0x11111111;
  for (std::uint32_t i = 0xb830; i <= 0xb864; i += 4) r.word(i) = dice.word() & 0x07ff07ff;
  if (dice.chance(50)) {  // filters that settle
    r.word(0xb848) = 0x02000026, r.word(0xb84c) = 0x00d60100;
    r.word(0xb850) = 0x01000793, r.word(0xb854) = 0x00560053;
  }
  for (std::uint32_t i = 0xb868; i <= 0xb884; i += 4) r.word(i) = dice.word();
  for (std::uint32_t i = 0xb888; i <= 0xb8a4; i += 8) {
    r.word(i) = dice.below(300) << 16 | dice.below(60);
    r.word(i + 4) = dice.below(300) << 16 | dice.below(100);
  }
  r.word(0xb8b8) = dice.chance(90) ? 3 : 0;
}

void roll_channel(IspRegisters& r, unsigned channel, Dice& dice) {
  const std::uint32_t base = 0x9900 + 0x100 * channel;
  const std::uint32_t width = r[0x9864] >> 16, height = r[0x9864] & 0xffff;
  const bool whole = dice.chance(30);
  const std::uint32_t w = whole ? width : dice.between(1, width);
  const std::uint32_t h = whole ? height : dice.between(1, height);
  set_channel(r, channel, w, h);
  if (dice.chance(50)) {
    const std::uint32_t cw = dice.between(1, w), ch = dice.between(1, h);
    set_crop(r, channel, dice.below(w - cw + 1), dice.below(h - ch + 1), cw, ch);
    r.word(base + 0x80) += dice.below(40);
    r.word(base + 0x98) += dice.below(40);
  }
  if (dice.chance(40)) {
    r.word(0x9804) |= 0x900u << channel;
    for (std::uint32_t tap = 0xc0; tap <= 0xcc; tap += 4) {
      r.word(base + tap) = dice.chance(50) ? 0x40080 : dice.word();
    }
  }
  if (dice.chance(5)) r.word(base + 0x04) = dice.word();
  if (dice.chance(30)) r.word(0x9804) |= 8u << channel;
  for (std::uint32_t mask = 0x38; mask < 0x68; mask += 12) {
    r.word(base + mask) = dice.below(w + 9) << 16 | dice.below(h + 9);
    r.word(base + mask + 4) = dice.below(w) << 16 | dice.below(h);
    r.word(base + mask + 8) = dice.word();
  }
}

IspRegisters roll_registers(std::uint32_t width, std::uint32_t height, Dice& dice) {
  IspRegisters r =
      neutral_registers(width, height, dice.chance(15) ? dice.below(32) : dice.below(4));
  roll_raw(r, dice);
  roll_defects(r, dice);
  roll_colour(r, dice);
  roll_tone_mapping(r, dice);
  roll_defog(r, dice);
  roll_statistics(r, dice);
  roll_focus(r, dice);
  if (dice.chance(40)) {
    const std::uint32_t w = dice.between(1, width), h = dice.between(1, height);
    set_window(r, dice.below(width - w + 1), dice.below(height - h + 1), w, h);
  }
  r.word(0x9804) = 0;
  for (unsigned channel = 0; channel < kChannels; ++channel) roll_channel(r, channel, dice);
  r.word(0x9818) = dice.word() & 0x3ff;
  r.word(0x000c) = 0;
  for (const unsigned bit : {1u, 2u, 4u, 5u, 6u, 7u, 8u, 9u, 10u, 11u, 12u, 16u}) {
    if (dice.chance(20)) r.word(0x000c) |= 1u << bit;
  }
  return r;
}

// Anything at all in the registers that only carry numbers.
void scramble(IspRegisters& r, Dice& dice) {
  constexpr struct {
    std::uint32_t first, last;
  } kRanges[] = {{0x1030, 0x1068},  {0x1804, 0x1808}, {0x2804, 0x2860},   {0x3000, 0x30a8},
                 {0x3804, 0x3804},  {0x4000, 0x4488}, {0x5800, 0x5b10},   {0x58000, 0x582cc},
                 {0x4808, 0x4940},  {0x5004, 0x5014}, {0x6010, 0x6030},   {0x8000, 0x8070},
                 {0xa004, 0xa028},  {0xb004, 0xb038}, {0x28000, 0x28200}, {0x40000, 0x401fc},
                 {0x48000, 0x481fc}};
  for (const auto& range : kRanges) {
    for (std::uint32_t i = range.first; i <= range.last; i += 4) r.word(i) = dice.word();
  }
}

// Smooth with a few edges and a little noise, as pictures are: random frames have no direction.
BayerFrame roll_frame(std::uint32_t width, std::uint32_t height, Dice& dice) {
  constexpr unsigned kBits[] = {8, 10, 12};
  const unsigned bits = kBits[dice.below(3)];
  if (dice.chance(30)) return random_frame(width, height, bits, dice.word());
  const std::uint32_t a = dice.below(40), b = dice.below(40), edge = dice.between(3, 50);
  const std::uint32_t most = (1u << bits) - 1;
  return make_frame(width, height, bits, [&](std::uint32_t x, std::uint32_t y) {
    const std::uint32_t step = (x / edge + y / (edge + 2)) % 3 * most / 3;
    const std::uint32_t colour = (x % 2 + 2 * (y % 2)) * most / 16;
    return std::min(most,
                    (step + colour + (a * x + b * y) / 32 + dice.below(most / 32)) % (most + 1));
  });
}

void expect_equal(const Result& fast, const Result& reference, const std::string& what) {
  for (unsigned i = 0; i < kChannels; ++i) {
    EXPECT_EQ(fast.pictures[i].luma, reference.pictures[i].luma) << what << " channel " << i;
    EXPECT_EQ(fast.pictures[i].chroma, reference.pictures[i].chroma) << what << " channel " << i;
  }
  EXPECT_EQ(fast.statistics.ae_zones, reference.statistics.ae_zones) << what;
  EXPECT_EQ(fast.statistics.ae_histogram, reference.statistics.ae_histogram) << what;
  EXPECT_EQ(fast.statistics.awb_zones, reference.statistics.awb_zones) << what;
  EXPECT_EQ(fast.statistics.focus_zones, reference.statistics.focus_zones) << what;
  EXPECT_EQ(fast.statistics.adr, reference.statistics.adr) << what;
  EXPECT_EQ(fast.statistics.defog, reference.statistics.defog) << what;
}

void compare(unsigned seeds, unsigned first_seed, bool scrambled, unsigned threads) {
  Pipeline fast(Pipeline::Path::kFast, threads);
  for (unsigned seed = first_seed; seed < first_seed + seeds; ++seed) {
    Dice dice(seed);
    const std::uint32_t width = dice.between(1, 400), height = dice.between(1, 200);
    IspRegisters r = roll_registers(width, height, dice);
    if (scrambled) scramble(r, dice);
    const BayerFrame frame = roll_frame(width, height, dice);
    const Result reference = run(r, frame);
    expect_equal(run(fast, r, frame), reference,
                 "seed " + std::to_string(seed) + ", " + std::to_string(width) + "x" +
                     std::to_string(height));
    if (testing::Test::HasFailure()) return;
  }
}

TEST(FastPath, EqualsTheReferenceForRandomRegisters) {
  compare(250, 1, false, 1);
}

TEST(FastPath, EqualsTheReferenceForMeaninglessRegisters) {
  compare(120, 5000, true, 1);
}

TEST(FastPath, EqualsTheReferenceOnSeveralThreads) {
  compare(40, 9000, false, 2);
  compare(40, 9100, false, 5);
}

TEST(FastPath, EqualsTheReferenceOnEveryInstructionSet) {
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    SCOPED_TRACE(hwy::TargetName(target));
    hwy::SetSupportedTargetsForTest(target);
    compare(30, 20000, false, 1);
  }
  hwy::SetSupportedTargetsForTest(0);
}

TEST(FastPath, EqualsTheReferenceForEveryBayerOrderAndParityOfSize) {
  Pipeline fast(Pipeline::Path::kFast, 1);
  for (std::uint32_t order = 0; order < 4; ++order) {
    for (std::uint32_t size = 0; size < 4; ++size) {
      Dice dice(order * 4 + size);
      IspRegisters r = roll_registers(96 + size % 2, 64 + size / 2, dice);
      r.word(0x0008) = order;
      r.word(0x000c) = 0;
      const BayerFrame frame = roll_frame(96 + size % 2, 64 + size / 2, dice);
      expect_equal(run(fast, r, frame), run(r, frame), "order " + std::to_string(order));
    }
  }
}

TEST(FastPath, FollowsChangesOfSizeGammaAndMeshBetweenFrames) {
  Pipeline fast(Pipeline::Path::kFast, 2);
  Dice dice(77);
  for (const std::uint32_t width : {64u, 200u, 64u, 33u}) {
    for (int i = 0; i < 3; ++i) {
      IspRegisters r = roll_registers(width, 48, dice);
      r.word(0x000c) = 0;
      const BayerFrame frame = roll_frame(width, 48, dice);
      expect_equal(run(fast, r, frame), run(r, frame), "width " + std::to_string(width));
    }
  }
}

TEST(Pipeline, AFrameOfAnotherSizeThanTheRegistersSayChangesNothing) {
  for (const auto path : {Pipeline::Path::kReference, Pipeline::Path::kFast}) {
    const Result result = run(neutral_registers(64, 48), random_frame(64, 46, 10, 1), path);
    for (const std::uint8_t byte : result.pictures[0].luma) ASSERT_EQ(byte, Picture::kUntouched);
    for (const std::uint8_t byte : result.statistics.ae_zones) ASSERT_EQ(byte, 0);
  }
}

TEST(Pipeline, MissingMemoryAndStatisticsAreSkipped) {
  for (const auto path : {Pipeline::Path::kReference, Pipeline::Path::kFast}) {
    Pipeline pipeline(path, 2);
    const std::array<ChannelImage, kChannels> none{};
    pipeline.process(neutral_registers(64, 48), random_frame(64, 48, 10, 1), none, nullptr);
  }
}

}  // namespace
}  // namespace t31::model
