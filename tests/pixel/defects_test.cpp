// SPDX-License-Identifier: GPL-2.0-or-later
// DPC: parameters act in their documented direction; with the registers of real tuning files
// injected defects are gone and edges stay sharp.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "detail_setup.hpp"
#include "golden_state.hpp"
#include "setup.hpp"
#include "tests/pictures/measure.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kSize = 24, kX = 10, kY = 12;

// Bayer samples come out as luma: no demosaic, no conversion.
IspRegisters raw_registers(std::uint32_t width, std::uint32_t height) {
  IspRegisters r = neutral_registers(width, height);
  disable(r, kBypassDmsc | kBypassCsc);
  return r;
}

void set_threshold(IspRegisters& r, std::uint32_t hard, std::uint32_t soft, std::uint32_t low_half,
                   std::uint32_t high_half) {
  r.word(hard) = r.word(soft) = high_half << 16 | low_half;
}

// Detectors off, thresholds that never trigger, whole replacement by the median.
IspRegisters quiet_registers() {
  IspRegisters r = raw_registers(kSize, kSize);
  enable(r, kBypassDpc);
  r.word(0x2810) = 16;
  for (std::uint32_t i = 0; i <= 0x18; i += 4) {
    set_threshold(r, 0x2838 + i, 0x281c + i, 0xfff, 0xfff);
  }
  return r;
}

enum Detector : std::uint32_t { kRanged = 1, kRanked = 1u << 8, kAveraged = 1u << 16 };

// One detector with its thresholds; for the ranked one `flat` is the distance to the near,
// `distance` that to the far extremes.
IspRegisters detector(Detector which, std::uint32_t flat, std::uint32_t distance) {
  IspRegisters r = quiet_registers();
  r.word(0x2808) = which;
  if (which == kRanged) set_threshold(r, 0x2838, 0x281c, flat, distance);
  if (which == kAveraged) set_threshold(r, 0x2850, 0x2834, flat, distance);
  if (which == kRanked) {
    r.word(0x280c) = 0x00010001;
    set_threshold(r, 0x283c, 0x2820, 0, 0);
    set_threshold(r, 0x2840, 0x2824, flat, 0xfff);
    set_threshold(r, 0x2848, 0x282c, distance, 0xfff);
  }
  return r;
}

// Grey 0x400 with one sample of another value.
BayerFrame with_pixel(std::uint32_t value) {
  return make_frame(kSize, kSize, 12, [=](std::uint32_t x, std::uint32_t y) {
    return x == kX && y == kY ? value : 0x400u;
  });
}

unsigned at_pixel(const IspRegisters& r, const BayerFrame& frame) {
  return run(r, frame).pictures[0].y(kX, kY);
}

TEST(DefectPixels, HotAndDeadPixelsAreReplacedByEachDetectorAlone) {
  for (const Detector which : {kRanged, kRanked, kAveraged}) {
    const IspRegisters r = detector(which, 0x80, 0x100);
    EXPECT_EQ(at_pixel(r, with_pixel(0xfff)), 0x40u) << which;
    EXPECT_EQ(at_pixel(r, with_pixel(0)), 0x40u) << which;
  }
}

TEST(DefectPixels, NothingChangesWhenBypassedOrWithoutDetectors) {
  IspRegisters r = detector(kRanged, 0x80, 0x100);
  disable(r, kBypassDpc);
  EXPECT_EQ(at_pixel(r, with_pixel(0xfff)), 0xffu);
  EXPECT_EQ(at_pixel(quiet_registers(), with_pixel(0xfff)), 0xffu);
}

TEST(DefectPixels, TheDistanceMustExceedItsThreshold) {
  for (const Detector which : {kRanged, kRanked, kAveraged}) {
    const IspRegisters r = detector(which, 0x100, 0x100);
    EXPECT_EQ(at_pixel(r, with_pixel(0x500)), 0x50u) << which;
    EXPECT_EQ(at_pixel(r, with_pixel(0x501)), 0x40u) << which;
    EXPECT_EQ(at_pixel(r, with_pixel(0x300)), 0x30u) << which;
    EXPECT_EQ(at_pixel(r, with_pixel(0x2ff)), 0x40u) << which;
  }
}

// Grey with same-colour neighbours that alternate by a step, and a hot pixel among them.
BayerFrame textured(std::uint32_t step) {
  return make_frame(kSize, kSize, 12, [=](std::uint32_t x, std::uint32_t y) {
    if (x == kX && y == kY) return 0xc00u;
    return (x / 2 + y / 2) % 2 != 0 ? 0x400 + step : 0x400u;
  });
}

TEST(DefectPixels, ANeighbourhoodThatIsNotFlatIsLeftToTheRanks) {
  // Of the eight neighbours four are brighter: the range without extremes is the step, the mean
  // distance to the median half of it.
  EXPECT_NE(at_pixel(detector(kRanged, 0x101, 0x100), textured(0x100)), 0xc0u);
  EXPECT_EQ(at_pixel(detector(kRanged, 0x100, 0x100), textured(0x100)), 0xc0u);
  EXPECT_NE(at_pixel(detector(kAveraged, 0x81, 0x100), textured(0x100)), 0xc0u);
  EXPECT_EQ(at_pixel(detector(kAveraged, 0x80, 0x100), textured(0x100)), 0xc0u);
  EXPECT_NE(at_pixel(detector(kRanked, 0x100, 0x100), textured(0x100)), 0xc0u);
}

TEST(DefectPixels, AnotherDefectOfTheSameColourDoesNotHideAPixel) {
  constexpr int kSteps[][2] = {{2, 0}, {0, 2}, {2, 2}, {-2, 2}};
  for (const Detector which : {kRanged, kRanked, kAveraged}) {
    const IspRegisters r = detector(which, 0x80, 0x100);
    for (const auto& step : kSteps) {
      for (const std::uint32_t value : {0xfffu, 0u}) {
        const BayerFrame frame =
            make_frame(kSize, kSize, 12, [=](std::uint32_t x, std::uint32_t y) {
              const bool one = x == kX && y == kY;
              const bool two = static_cast<int>(x) == static_cast<int>(kX) + step[0] &&
                               static_cast<int>(y) == static_cast<int>(kY) + step[1];
              return one || two ? value : 0x400u;
            });
        EXPECT_EQ(at_pixel(r, frame), 0x40u) << which;
      }
    }
  }
}

TEST(DefectPixels, MoreRanksAreSetAsideAtAHigherLevel) {
  // Three defects of one colour in a row: level 1 sees one beside the pixel, level 2 both.
  const BayerFrame frame = make_frame(kSize, kSize, 12, [](std::uint32_t x, std::uint32_t y) {
    return y == kY && (x == kX || x == kX - 2 || x == kX + 2) ? 0xfffu : 0x400u;
  });
  IspRegisters r = detector(kRanked, 0x80, 0x80);
  set_threshold(r, 0x2840, 0x2824, 0x80, 0x80);
  set_threshold(r, 0x2848, 0x282c, 0x80, 0x80);
  EXPECT_EQ(at_pixel(r, frame), 0xffu);
  r.word(0x280c) = 0x00130013;
  EXPECT_EQ(at_pixel(r, frame), 0x40u);
  r.word(0x280c) = 0x00130000;
  EXPECT_EQ(at_pixel(r, frame), 0xffu) << "the lower half is for bright pixels";
}

TEST(DefectPixels, BrightAndDarkPixelsHaveThresholdsOfTheirOwn) {
  IspRegisters r = detector(kRanked, 0x80, 0x80);
  set_threshold(r, 0x283c, 0x2820, 0x100, 0x200);
  EXPECT_EQ(at_pixel(r, with_pixel(0x600)), 0x60u);
  EXPECT_EQ(at_pixel(r, with_pixel(0x601)), 0x40u);
  EXPECT_EQ(at_pixel(r, with_pixel(0x300)), 0x30u);
  EXPECT_EQ(at_pixel(r, with_pixel(0x2ff)), 0x40u);
}

TEST(DefectPixels, ThinLinesOfTheMosaicStay) {
  // A line of one colour's samples, in the four directions of the grid.
  constexpr int kSteps[][2] = {{1, 0}, {0, 1}, {1, 1}, {-1, 1}};
  for (const Detector which : {kRanged, kRanked, kAveraged}) {
    // Even where a line counts as flat the third detector leaves it.
    const IspRegisters r = detector(which, which == kAveraged ? 0x400 : 0x80, 0x100);
    for (const auto& step : kSteps) {
      const BayerFrame frame = make_frame(kSize, kSize, 12, [=](std::uint32_t x, std::uint32_t y) {
        const int dx = static_cast<int>(x) - static_cast<int>(kX);
        const int dy = static_cast<int>(y) - static_cast<int>(kY);
        return dx * step[1] == dy * step[0] ? 0xc00u : 0x400u;
      });
      EXPECT_EQ(run(r, frame).pictures[0].y(kX, kY), 0xc0) << which;
    }
  }
}

TEST(DefectPixels, ASoftZoneFadesIn) {
  IspRegisters r = detector(kRanged, 0x200, 0x300);
  r.word(0x281c) = 0x100u << 16 | 0x200;  // distances from 0x100 on count in part
  EXPECT_EQ(at_pixel(r, with_pixel(0x500)), 0x50u);
  EXPECT_EQ(at_pixel(r, with_pixel(0x600)), 0x50u) << "half the way between the thresholds";
  EXPECT_EQ(at_pixel(r, with_pixel(0x700)), 0x40u);
}

TEST(DefectPixels, TheReplacementHasAStrengthAndAShareOfTheMean) {
  IspRegisters r = detector(kRanged, 0x300, 0x300);
  r.word(0x2810) = 8;
  EXPECT_EQ(at_pixel(r, with_pixel(0xc00)), 0x80u);
  // Middle neighbours 0x400, 0x400, 0x480, 0x500: median 0x440, mean 0x460.
  const BayerFrame frame = make_frame(kSize, kSize, 12, [](std::uint32_t x, std::uint32_t y) {
    if (x == kX && y == kY) return 0xf00u;
    if (y == kY - 2) return 0x500u;
    return y == kY && x == kX + 2 ? 0x480u : 0x400u;
  });
  r.word(0x2810) = 16;
  EXPECT_EQ(at_pixel(r, frame), 0x44u);
  r.word(0x2810) = 16u << 24 | 16;
  EXPECT_EQ(at_pixel(r, frame), 0x46u);
}

TEST(GreenBalance, EvensOutADifferenceOfTheGreensButNotDetail) {
  IspRegisters r = quiet_registers();
  r.word(0x2854) = 256u << 16;
  r.word(0x2858) = 0x80u << 16;
  r.word(0x2860) = 0xfffu << 16;
  const auto frame = [](std::uint32_t step) {
    return make_frame(kSize, kSize, 12, [=](std::uint32_t x, std::uint32_t y) {
      return 0x400 + (x % 2 == 1 && y % 2 == 0 ? step : 0);
    });
  };
  const auto greens = [&](std::uint32_t step) {
    const Result result = run(r, frame(step));
    return result.pictures[0].y(kX + 1, kY) - result.pictures[0].y(kX, kY + 1);
  };
  EXPECT_EQ(greens(0x70), 0);
  EXPECT_EQ(greens(0x80), 8) << "from the threshold on it is detail";
  r.word(0x2854) = 0;
  EXPECT_EQ(greens(0x70), 7);
}

// A grey scene for real registers: soft waves, noise as of the sensor model, edges tilted by five
// degrees. Values are behind the white balance, 12 bit.
class RealScene {
 public:
  static constexpr std::uint32_t kWidth = 640, kHeight = 480;
  static constexpr std::uint32_t kEdges = 5, kFaintEdge = 2, kEdgeWidth = 120, kEdgeTop = 240;

  RealScene(const IspRegisters& r, double gain, unsigned seed) {
    const double balance[3] = {(r[0x1804] & 0xffff) / 1024.0, 1, (r[0x1808] & 0xffff) / 1024.0};
    const std::uint32_t order = r[0x0008] & 3;
    const double black = (r[0x1060] & 0xfff) / 4.0, codes = gain * (1023 - black) / 6000;
    std::mt19937 random(seed);
    std::normal_distribution<double> normal;
    frame = make_frame(kWidth, kHeight, 10, [&](std::uint32_t x, std::uint32_t y) {
      const unsigned slot = 2 * (y % 2) + x % 2;
      const unsigned colour = slot == (order == 0 ? 0 : 3)   ? 0
                              : slot == (order == 0 ? 3 : 0) ? 2
                                                             : 1;
      const double level = value(x, y) / 4 / balance[colour];
      const double spread = std::sqrt(level * codes + 4 * codes * codes + 0.25);
      const double code = black + level + spread * normal(random);
      return static_cast<std::uint32_t>(std::clamp(std::round(code), 0.0, 1023.0));
    });
  }

  static double value(std::uint32_t x, std::uint32_t y) {
    if (y >= kEdgeTop) {
      // Edges of several contrasts, blurred by half a pixel as a good lens does.
      constexpr double kDark[] = {500, 900, 1200, 800, 1500},
                       kBright[] = {2400, 1500, 1500, 1400, 700};
      const std::uint32_t i = std::min(x / kEdgeWidth, kEdges - 1);
      const double position = x - kEdgeWidth * (i + 0.5) + (y - kEdgeTop - 120.0) * 0.0875;
      const double step = 0.5 + 0.5 * std::erf(position / (0.5 * std::sqrt(2)));
      return kDark[i] + (kBright[i] - kDark[i]) * step;
    }
    return 1300 + 500 * std::sin(x / 40.0) + 200 * std::sin((x + 2 * y) / 3.0) +
           100 * std::sin((3 * y - x) / 2.0);
  }

  BayerFrame frame;
};

struct Injected {
  std::vector<std::array<std::uint32_t, 2>> positions;
  BayerFrame frame;
};

// 0.1 % of the pixels: singles and clusters of two, saturated or without any signal.
Injected inject(const BayerFrame& clean, unsigned seed) {
  constexpr std::uint32_t kSteps[][2] = {{0, 0}, {0, 0}, {1, 0}, {0, 1}, {1, 1}, {2, 0}, {0, 2}};
  Injected out{{}, clean};
  std::mt19937 random(seed);
  const std::size_t wanted = std::size_t{clean.width} * clean.height / 1000;
  while (out.positions.size() < wanted) {
    const auto x = static_cast<std::uint32_t>(6 + random() % (clean.width - 12));
    const auto y = static_cast<std::uint32_t>(6 + random() % (clean.height - 12));
    // Apart, so that there are singles and clusters of two and nothing larger.
    const auto close = [&](const auto& other) {
      return x < other[0] + 6 && other[0] < x + 6 && y < other[1] + 6 && other[1] < y + 6;
    };
    if (std::any_of(out.positions.begin(), out.positions.end(), close)) continue;
    const auto& step = kSteps[random() % std::size(kSteps)];
    const std::uint16_t value = random() % 2 ? 1023 : 0;
    const bool single = step[0] + step[1] == 0;
    for (unsigned i = 0; i < (single ? 1u : 2u); ++i) {
      const std::uint32_t px = x + i * step[0], py = y + i * step[1];
      out.frame.codes[std::size_t{py} * clean.width + px] = value;
      out.positions.push_back({px, py});
    }
  }
  return out;
}

struct RealCase {
  const char* name;
  const char* phase;
  double gain;
};

class RealDefects : public testing::TestWithParam<RealCase> {
 protected:
  void SetUp() override {
    const auto state = recorded_registers(GetParam().name, GetParam().phase);
    if (!state) GTEST_SKIP() << "no shared data";
    registers = *state;
    cut_to(registers, RealScene::kWidth, RealScene::kHeight);
  }
  // The mosaic itself as luma, behind defect pixels.
  IspRegisters mosaic() const {
    IspRegisters r = registers;
    disable(r, ~std::uint32_t{kBypassGib | kBypassAwb | kBypassDpc});
    return r;
  }
  IspRegisters registers;
};

// How far a sample stands out of the scene around it.
double outstanding(double sample, std::uint32_t x, std::uint32_t y) {
  double least = 4095, most = 0;
  for (std::uint32_t j = y - 2; j <= y + 2; ++j) {
    for (std::uint32_t i = x - 2; i <= x + 2; ++i) {
      least = std::min(least, RealScene::value(i, j));
      most = std::max(most, RealScene::value(i, j));
    }
  }
  return std::max(sample - most, least - sample);
}

TEST_P(RealDefects, OneInAThousandOfTheInjectedIsLeftAtMost) {
  const IspRegisters on = mosaic();
  IspRegisters off = on;
  disable(off, kBypassDpc);
  std::size_t injected = 0, visible = 0, left = 0;
  for (unsigned seed = 1; seed <= 12; ++seed) {
    const Injected frame = inject(RealScene(registers, GetParam().gain, seed).frame, seed);
    const Result before = run(off, frame.frame, Pipeline::Path::kFast);
    const Result after = run(on, frame.frame, Pipeline::Path::kFast);
    for (const auto& [x, y] : frame.positions) {
      // What counts stands out by a tenth of full scale and by five times the noise.
      const double electron = 4095 * GetParam().gain / 6000;
      const double noise =
          2 * std::sqrt(RealScene::value(x, y) * electron + 4 * electron * electron);
      const double limit = std::max(409.5, 5 * noise);
      ++injected;
      visible += outstanding(before.pictures[0].y(x, y) * 16.0, x, y) > limit;
      left += outstanding(after.pictures[0].y(x, y) * 16.0, x, y) > limit;
    }
  }
  EXPECT_GT(visible, injected / 2);
  EXPECT_LE(left * 1000, injected) << left << " of " << injected;
  RecordProperty("left", static_cast<int>(left));
}

// The mean luma around each edge of frames that differ in their noise; gain 0 is without.
std::vector<measure::Rows> mean_edges(const IspRegisters& r, double gain, unsigned frames) {
  constexpr std::uint32_t kMargin = 10, kWidth = RealScene::kEdgeWidth - 2 * kMargin, kHeight = 232;
  Pipeline pipeline(Pipeline::Path::kFast, 1);
  std::vector<measure::Rows> edges(RealScene::kEdges,
                                   measure::Rows(kHeight, std::vector<double>(kWidth)));
  for (unsigned seed = 1; seed <= frames; ++seed) {
    const Result result = run(pipeline, r, RealScene(r, gain, seed).frame);
    for (std::uint32_t i = 0; i < RealScene::kEdges; ++i) {
      for (std::uint32_t y = 0; y < kHeight; ++y) {
        for (std::uint32_t x = 0; x < kWidth; ++x) {
          edges[i][y][x] += result.pictures[0].y(i * RealScene::kEdgeWidth + kMargin + x,
                                                 RealScene::kEdgeTop + 4 + y) /
                            static_cast<double>(frames);
        }
      }
    }
  }
  return edges;
}

TEST_P(RealDefects, EdgesInNoiseStayAsSharpAsTheyWere) {
  constexpr unsigned kFrames = 24;
  const IspRegisters on = mosaic();
  IspRegisters off = on;
  disable(off, kBypassDpc);
  const auto with = mean_edges(on, GetParam().gain, kFrames);
  const auto without = mean_edges(off, GetParam().gain, kFrames);
  for (std::uint32_t i = 0; i < RealScene::kEdges; ++i) {
    const double before = measure::slanted_edge(without[i]).mtf50;
    const double after = measure::slanted_edge(with[i]).mtf50;
    EXPECT_GT(after, 0.97 * before) << "edge " << i;
  }
}

// The whole path, with noise and without. In the noise of 16x, 125 units here, the step of 300 is
// lost on the denoisers behind, with and without defect pixels: four of the edges remain.
TEST_P(RealDefects, EdgesOfThePictureStayAsSharpAsTheyWere) {
  IspRegisters off = registers;
  disable(off, kBypassDpc);
  for (const double gain : {0.0, GetParam().gain}) {
    const unsigned frames = gain > 0 ? 24 : 1;
    const auto with = mean_edges(registers, gain, frames), without = mean_edges(off, gain, frames);
    for (std::uint32_t i = 0; i < RealScene::kEdges; ++i) {
      if (gain > 1 && i == RealScene::kFaintEdge) continue;
      EXPECT_GT(measure::slanted_edge(with[i]).mtf50,
                0.97 * measure::slanted_edge(without[i]).mtf50)
          << "edge " << i << " gain " << gain;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    TuningFiles, RealDefects,
    testing::Values(RealCase{"sc2336_1920x1080_bayer0_linear", "gain log2_q16=0", 1},
                    RealCase{"sc2336_1920x1080_bayer0_linear", "gain log2_q16=262144", 16},
                    RealCase{"jxf37_1920x1080_bayer1_linear", "gain log2_q16=0", 1},
                    RealCase{"jxf37_1920x1080_bayer1_linear", "gain log2_q16=262144", 16}),
    [](const auto& info) {
      return std::string(info.param.name, 5) + (info.param.gain > 1 ? "At16x" : "At1x");
    });

}  // namespace
}  // namespace t31::model
