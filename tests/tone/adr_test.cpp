// SPDX-License-Identifier: GPL-2.0-or-later
// Local tone mapping: the driver's quick arithmetic against the plain formulas, and what it does
// when tuning, gamma, strength or size change.
#include <algorithm>
#include <cmath>
#include <random>

#include "driver/blocks/adr_arithmetic.hpp"
#include "driver/tuning/strength.hpp"
#include "tests/tone/adr_formulas.hpp"
#include "tests/tone/tone_fixture.hpp"

namespace t31::test {
namespace {

using tuning::Parameter;

TEST(AdrArithmetic, QuotientsOf32BitsEqualTheDocumentedOnesOf64) {
  std::mt19937 random(7);
  for (int i = 0; i < 2'000'000; ++i) {
    const u32 rise = static_cast<u32>(random()) >> random() % 32;
    const u32 run = std::max<u32>(1, static_cast<u32>(random()) >> (10 + random() % 22));
    const u64 wide = (static_cast<u64>(rise << 10) << 10) / (run << 10);
    ASSERT_EQ(blocks::slope_q10(rise, run), static_cast<u32>(wide)) << rise << "/" << run;
    const u32 narrow = run & 0xffff;
    if (narrow == 0) continue;
    const u64 wide16 = (static_cast<u64>(rise << 16) << 16) / (narrow << 16);
    ASSERT_EQ(blocks::slope_q16(rise, narrow), static_cast<u32>(wide16));
  }
}

class AdrBlock : public ToneFixture {
 protected:
  void set(Parameter parameter, u32 index, s32 value) {
    ASSERT_TRUE(store_.set_user_word(parameter, index, static_cast<u32>(value)).ok());
  }

  // Registers as the formulas want them.
  std::array<u32, 143> expected(const AdrFormulas& formulas) const {
    std::array<u32, 143> words{};
    size_t at = 0;
    const auto add = [&](const auto& values) {
      for (size_t i = 0; i < values.size(); i += 2) {
        const i64 second = i + 1 < values.size() ? values[i + 1] : 0;
        words[at++] = static_cast<u32>((values[i] & 0xffff) | (second & 0xffff) << 16);
      }
    };
    add(formulas.min_y);
    add(formulas.ctc_y);
    add(formulas.blocks);
    return words;
  }
  std::array<u32, 143> written() {
    std::array<u32, 143> words{};
    size_t at = 0;
    for (u32 i = 0; i < 6; ++i) words[at++] = home_.state[0x4390 + 4 * i];
    for (u32 i = 0; i < 5; ++i) words[at++] = home_.state[0x4354 + 4 * i];
    for (u32 i = 0; i < 132; ++i) words[at++] = home_.state[0x4084 + 4 * i];
    return words;
  }
  using i64 = int64_t;
};

// A scene of its own kind each time: flat, sparse, dark, bright, with gaps.
AdrCounts make_scene(std::mt19937& random, u32 samples) {
  AdrCounts counts;
  const u32 first = random() % 512;
  const u32 last = first + random() % (512 - first);
  const u32 sparse = 1 + random() % 40;
  double total = 0;
  std::array<double, 512> weights{};
  for (u32 i = first; i <= last; ++i) {
    if (random() % sparse == 0) weights[i] = std::pow(1 + random() % 1000, 1 + random() % 3);
    total += weights[i];
  }
  double mean = 0;
  for (u32 i = 0; i < 512 && total > 0; ++i) {
    counts.histogram[i] = static_cast<u32>(samples * (weights[i] / total));
    mean += 8 * i * weights[i] / total;
  }
  for (auto& column : counts.sum) {
    for (u32& cell : column) {
      const double spread = 0.1 + static_cast<double>(random() % 1000) / 600;
      cell = static_cast<u32>(std::min(4095.0, mean * spread) * samples / 48);
    }
  }
  return counts;
}

TEST_F(AdrBlock, CurvesEqualThePlainFormulasForEveryFileAndBank) {
  std::mt19937 random(11);
  for (const std::string& file : tuning_files()) {
    for (const bool night : {false, true}) {
      SCOPED_TRACE(file + (night ? " night" : " day"));
      load(file, night);
      mode_.wdr = file.find("wdr") != std::string::npos;
      init_adr();
      AdrFormulas formulas;
      formulas.load(store_.active(), mode_.wdr, gamma());
      for (int i = 0; i < 12; ++i) {
        const AdrCounts counts = make_scene(random, 1920 * 1080 / 4);
        const u32 ev = static_cast<u32>(random()) >> (8 + random() % 20);
        adr_.set_exposure(ev);
        frame(counts);
        formulas.event(counts, 1920, 1080, ev);
        ASSERT_EQ(written(), expected(formulas)) << "frame " << i;
        const Parameter array =
            mode_.wdr ? Parameter::kAdrSoftLightEndWdrArray : Parameter::kAdrSoftLightEndArray;
        const auto report = formulas.report();
        for (u32 k = 0; k < 7; ++k) EXPECT_EQ(store_.active().get(array, 11 + k), report[k]) << k;
      }
    }
  }
}

TEST_F(AdrBlock, CurvesEqualThePlainFormulasInEveryMode) {
  std::mt19937 random(13);
  const auto below = [&](u32 end) { return static_cast<s32>(random() % end); };
  for (int round = 0; round < 150; ++round) {
    SCOPED_TRACE(round);
    load(tuning_files()[static_cast<size_t>(round) % 9], random() % 2 != 0);
    set(Parameter::kAdrSoftBlockLightArray, 0, below(4));
    set(Parameter::kAdrSoftBlockLightArray, 1, below(4));
    set(Parameter::kAdrSoftBlockLightArray, 6, below(101));
    set(Parameter::kAdrSoftBlockLightArray, 7, below(101));
    set(Parameter::kAdrSoftBlockLightArray, 14, below(2));
    for (const u32 i : {14u, 18u, 25u, 26u}) set(Parameter::kAdrSoftLightEndArray, i, below(2));
    for (const u32 i : {19u, 21u, 23u}) {
      set(Parameter::kAdrSoftLightEndArray, i, 20 + below(300));
      set(Parameter::kAdrSoftLightEndArray, i + 1, 320 + below(500));
    }
    for (u32 i = 0; i < 11; ++i) set(Parameter::kAdrSoftLightEndArray, i, 40000 + below(900000));
    set(Parameter::kAdrSoftMapModeArray, 1, below(257));
    set(Parameter::kAdrSoftMapModeArray, 3, below(257));
    set(Parameter::kAdrSoftMapModeArray, 4, below(4));
    set(Parameter::kAdrSoftMapModeArray, 6, below(257));
    set(Parameter::kAdrSoftMapModeArray, 7, below(2));
    set(Parameter::kAdrSoftMapModeArray, 8, 2000 + below(4000));
    set(Parameter::kAdrSoftMapModeArray, 9, 6000 + below(4000));
    set(Parameter::kAdrSoftMapModeArray, 10, below(512));
    set(Parameter::kAdrToolControlArray, 3, below(2));
    set(Parameter::kAdrToolControlArray, 11, random() % 2 != 0 ? 9 : 0);
    set(Parameter::kAdrToolControlArray, 12, below(2));
    set(Parameter::kAdrToolControlArray, 13, random() % 4 == 0 ? 0 : below(600));
    mode_.width = static_cast<u32>(640 + 16 * below(100));
    mode_.height = static_cast<u32>(480 + 2 * below(500));
    const u32 samples = blocks::adr_samples(mode_.width, mode_.height);
    init_adr();
    AdrFormulas formulas;
    formulas.load(store_.active(), false, gamma());
    for (int i = 0; i < 6; ++i) {
      const AdrCounts counts = make_scene(random, samples);
      const u32 ev = static_cast<u32>(random()) >> (8 + random() % 20);
      adr_.set_exposure(ev);
      frame(counts);
      formulas.event(counts, mode_.width, mode_.height, ev);
      ASSERT_EQ(written(), expected(formulas)) << "frame " << i;
    }
  }
}

}  // namespace
}  // namespace t31::test
