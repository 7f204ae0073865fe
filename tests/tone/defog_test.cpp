// SPDX-License-Identifier: GPL-2.0-or-later
// Haze removal: the driver's quick arithmetic against the plain formulas, and what it does when
// tuning, strength or size change.
#include <algorithm>
#include <random>

#include "driver/blocks/defog_weights.hpp"
#include "tests/tone/defog_formulas.hpp"
#include "tests/tone/tone_fixture.hpp"

namespace t31::test {
namespace {

using tuning::Parameter;

// 2^36 over the areas of blocks that are larger by one row and column, row, column, or neither.
std::array<uint64_t, 4> reciprocals(uint32_t width, uint32_t height) {
  std::array<uint64_t, 4> div;
  for (uint32_t i = 0; i < 4; ++i) {
    const uint64_t area = (height / 10 + (i < 2 ? 1 : 0)) * (width / 18 + (i % 2 == 0 ? 1 : 0));
    div[i] = (uint64_t{1} << 36) / area;
  }
  return div;
}

constexpr std::array<uint64_t, 4> kFullHd = {0x59e7fd, 0x5ac11e, 0x5abd19, 0x5b983e};

class DefogBlock : public ToneFixture {
 protected:
  void set(Parameter parameter, u32 index, s32 value) {
    ASSERT_TRUE(store_.set_user_word(parameter, index, static_cast<u32>(value)).ok());
  }
  std::array<uint32_t, 180> written() {
    std::array<uint32_t, 180> words{};
    for (u32 i = 0; i < 180; ++i) words[i] = home_.state[0x58000 + 4 * i];
    return words;
  }
};

// Frames of one scene in which something moves.
class Scene {
 public:
  Scene(std::mt19937& random, uint32_t width, uint32_t height)
      : random_(random), area_((width / 18) * (height / 10)) {
    for (auto& block : colour_) {
      for (uint32_t& value : block) value = below(256);
    }
  }
  DefogCounts next() {
    const uint32_t moving = below(4) * 60;
    for (uint32_t i = 0; i < moving; ++i) {
      for (uint32_t& value : colour_[below(180)]) value = below(256);
    }
    DefogCounts counts;
    for (size_t i = 0; i < 180; ++i) {
      counts.red[i] = sum(colour_[i][0]);
      counts.green[i] = sum(colour_[i][1]);
      counts.blue[i] = sum(colour_[i][2]);
      for (uint16_t& bin : counts.histogram[i]) {
        bin = static_cast<uint16_t>(below(std::min(area_, 65535u)));
      }
    }
    return counts;
  }

 private:
  uint32_t below(uint32_t end) { return static_cast<uint32_t>(random_() % end); }
  uint32_t sum(uint32_t value) { return std::min(255 * area_, value * area_ + below(4 * area_)); }

  std::mt19937& random_;
  uint32_t area_;
  std::array<std::array<uint32_t, 3>, 180> colour_{};
};

TEST_F(DefogBlock, MapsEqualThePlainFormulasForEveryFileAndBank) {
  std::mt19937 random(17);
  for (const std::string& file : tuning_files()) {
    for (const bool night : {false, true}) {
      SCOPED_TRACE(file + (night ? " night" : " day"));
      load(file, night);
      mode_.wdr = file.find("wdr") != std::string::npos;
      init_defog();
      DefogFormulas formulas(1920, 1080, kFullHd);
      formulas.load(store_.active(), mode_.wdr);
      Scene scene(random, 1920, 1080);
      for (int i = 0; i < 10; ++i) {
        const DefogCounts counts = scene.next();
        const u32 ev = static_cast<u32>(random()) >> (8 + random() % 20);
        defog_.set_exposure(ev);
        frame(counts);
        formulas.event(counts, ev);
        ASSERT_EQ(written(), formulas.words) << "frame " << i;
      }
    }
  }
}

TEST_F(DefogBlock, MapsEqualThePlainFormulasInEveryModeAndSize) {
  std::mt19937 random(19);
  const auto below = [&](u32 end) { return static_cast<s32>(random() % end); };
  for (int round = 0; round < 100; ++round) {
    SCOPED_TRACE(round);
    load(tuning_files()[static_cast<size_t>(round) % 9], random() % 2 != 0);
    for (const u32 i : {2u, 6u, 8u}) set(Parameter::kDefogRgbraList, i, below(2));
    set(Parameter::kDefogManualCtrl, 0, below(2));
    set(Parameter::kDefogManualCtrl, 1, below(5000));
    for (u32 i = 1; i < 8; ++i) set(Parameter::kDefogFpgaPara, i, below(256));
    // Sizes without tables of their own, of which 2^36 / area is rounded down.
    mode_.width = static_cast<u32>(642 + 16 * below(100));
    mode_.height = static_cast<u32>(482 + 2 * below(400));
    init_defog();
    DefogFormulas formulas(mode_.width, mode_.height, reciprocals(mode_.width, mode_.height));
    formulas.load(store_.active(), false);
    Scene scene(random, mode_.width, mode_.height);
    for (int i = 0; i < 5; ++i) {
      const DefogCounts counts = scene.next();
      const u32 ev = static_cast<u32>(random()) >> (8 + random() % 20);
      defog_.set_exposure(ev);
      frame(counts);
      formulas.event(counts, ev);
      ASSERT_EQ(written(), formulas.words) << "frame " << i;
      for (u32 k = 0; k < 7; ++k) {
        ASSERT_EQ(store_.active().get(Parameter::kDefogManualCtrl, k), formulas.manual[k]) << k;
      }
    }
  }
}

}  // namespace
}  // namespace t31::test
