// SPDX-License-Identifier: GPL-2.0-or-later
// Focus statistics: pictures of known luma, records read back by a bit reader of the test's own.
// The filters are those of every published tuning file.
#include <gtest/gtest.h>

#include <cmath>

#include "detail_setup.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kAf = 0xb800, kSetup = 0xb828, kSwitches = 0xb82c;
constexpr std::uint32_t kWidth = 200, kHeight = 120;
enum Filter { kVertical0, kVertical1, kHorizontal0, kHorizontal1 };

std::uint32_t bits(const std::uint8_t* record, unsigned first, unsigned count) {
  std::uint32_t value = 0;
  for (unsigned i = count; i-- > 0;) {
    value = value << 1 | ((record[(first + i) / 8] >> ((first + i) % 8)) & 1u);
  }
  return value;
}

struct Record {
  std::uint32_t detail[4], luma, highlights, number;
  Record(const Statistics& s, unsigned zone) {
    const std::uint8_t* r = s.focus_zones.data() + 16 * zone;
    for (unsigned i = 0; i < 4; ++i) detail[i] = bits(r, 22 * i, 22);
    luma = bits(r, 88, 23), highlights = bits(r, 111, 15), number = bits(r, 126, 2);
  }
};

// As recorded of the vendor's driver (data/golden/blocks_*.csv), one zone around the middle.
IspRegisters focus_registers() {
  IspRegisters r = plain_registers(kWidth, kHeight);
  set_grid(r, kAf, 1, 1, 10, 10, 180, 100);
  constexpr std::uint32_t kRecorded[] = {
      0x0000c8f1, 0x00000000, 0x008007ea, 0x0080012c, 0x000007ea, 0x078a07eb, 0x078a013d,
      0x000007eb, 0x02000026, 0x00d60100, 0x01000793, 0x00560053, 0x060000ee, 0x01da0100,
      0x07000722, 0x00ef00de, 0xff000800, 0x23b0ffeb, 0xff002400, 0x23a0f0dc, 0xff001e00,
      0x0ff0f5e6, 0xff001900, 0x0f80fadc, 0x01fe00ff, 0x00ff0010, 0x01fe00ff, 0x00ff0010,
      0x01fe00ff, 0x00ff0010, 0x01fe00ff, 0x00ff0010};
  for (std::uint32_t i = 0; i < std::size(kRecorded); ++i) r.word(kSetup + 4 * i) = kRecorded[i];
  r.word(0xb8b8) = 3;
  return r;
}

// 8-bit luma as a picture.
BayerFrame picture(const std::function<double(std::uint32_t, std::uint32_t)>& luma) {
  return luma_frame(kWidth, kHeight, luma);
}

class Focus : public testing::TestWithParam<Pipeline::Path> {
 protected:
  Statistics measure(const IspRegisters& r, const BayerFrame& frame) const {
    return run(r, frame, GetParam(), 2).statistics;
  }
  Record zone(const IspRegisters& r, const BayerFrame& frame) const {
    return Record(measure(r, frame), 0);
  }
};
INSTANTIATE_TEST_SUITE_P(Statistics, Focus,
                         testing::Values(Pipeline::Path::kReference, Pipeline::Path::kFast),
                         [](const auto& path) {
                           return path.param == Pipeline::Path::kFast ? "fast" : "reference";
                         });

TEST_P(Focus, FlatLumaIsSummedAndHasNoDetail) {
  IspRegisters r = focus_registers();
  set_grid(r, kAf, 3, 2, 1, 3, 0, 0);
  r.word(0xb808) = 30u << 16 | 20 << 8 | 10;
  r.word(0xb818) = 7 << 8 | 5;
  const Statistics s = measure(r, picture([](auto, auto) { return 200; }));
  EXPECT_EQ(Record(s, 0).luma, 200u * 10 * 5);
  EXPECT_EQ(Record(s, 2).luma, 200u * 30 * 5);
  EXPECT_EQ(Record(s, 4).luma, 200u * 20 * 7);
  EXPECT_EQ(Record(s, 0).highlights, 10u * 5) << "at the threshold of 200";
  EXPECT_EQ(Record(measure(r, picture([](auto, auto) { return 199; })), 0).highlights, 0u);
  for (const std::uint32_t detail : Record(s, 5).detail) EXPECT_EQ(detail, 0u);
  EXPECT_EQ(Record(s, 6).luma, 0u) << "no zone beyond the grid";
  EXPECT_EQ(Record(s, 0).number, 0u) << "the number is the DMA's";
}

TEST_P(Focus, AVerticalFilterAnswersALineByItsCoefficients) {
  // A line 100 above its surroundings: 22, 128 and 212 of 512 times 100, rounded; two coefficients
  // of -22 count twice, and the line itself sees its four neighbours.
  const Record wide =
      zone(focus_registers(), picture([](auto, std::uint32_t y) { return y == 60 ? 150 : 50; }));
  EXPECT_EQ(wide.detail[kVertical0], 180u * (4 + 25 + 41 + 25 + 4));
  // -21, -118 of 512; the line itself: -278.
  EXPECT_EQ(wide.detail[kVertical1], 180u * (4 + 23 + 54 + 23 + 4));
  EXPECT_EQ(wide.detail[kHorizontal0] + wide.detail[kHorizontal1], 0u) << "rows are flat";
}

// The difference equation of the two sections in real numbers, less its answer to a constant.
double horizontal_answer(const std::vector<double>& luma, bool high_pass, std::uint32_t from,
                         std::uint32_t end) {
  struct Section {
    double gain, b1, b2, a1, a2;
  };
  const Section first =
      high_pass ? Section{238, -512, 256, 474, -222} : Section{38, 512, 256, 214, -109};
  const Section second = high_pass ? Section{239, -256, 0, 222, 0} : Section{86, 256, 0, 83, 0};
  const auto filtered = [](const Section& s, const std::vector<double>& in) {
    std::vector<double> out(in.size());
    for (std::size_t n = 0; n < in.size(); ++n) {
      const auto before = [n](const std::vector<double>& v, std::size_t k) {
        return n >= k ? v[n - k] : 0.0;
      };
      out[n] = s.gain / 256 * (in[n] + s.b1 / 256 * before(in, 1) + s.b2 / 256 * before(in, 2)) +
               s.a1 / 256 * before(out, 1) + s.a2 / 256 * before(out, 2);
    }
    return out;
  };
  std::vector<double> from_start = luma;
  for (double& x : from_start) x -= luma[0];
  const std::vector<double> answer = filtered(second, filtered(first, from_start));
  double sum = 0;
  for (std::uint32_t x = from; x < end; ++x) {
    sum += std::abs(answer[x] - (high_pass ? 0 : from_start[x]));
  }
  return sum;
}

TEST_P(Focus, HorizontalFiltersAnswerAsTheirDifferenceEquationSays) {
  for (const double period : {3.0, 8.0, 40.0}) {
    std::vector<double> row(kWidth);
    for (std::uint32_t x = 0; x < kWidth; ++x) {
      row[x] = std::round(120 + 80 * std::sin(2 * M_PI * x / period));
    }
    const Record seen =
        zone(focus_registers(), picture([&](std::uint32_t x, auto) { return row[x]; }));
    // Rounding of each answer, and the low pass's gain of 1 from coefficients of 8 bits.
    constexpr double kAPixel = 0.6;
    const double tolerance = 180 * kAPixel;
    EXPECT_NEAR(seen.detail[kHorizontal0] / 100.0, horizontal_answer(row, false, 10, 190),
                tolerance)
        << period;
    EXPECT_NEAR(seen.detail[kHorizontal1] / 100.0, horizontal_answer(row, true, 10, 190), tolerance)
        << period;
    EXPECT_EQ(seen.detail[kVertical0] + seen.detail[kVertical1], 0u) << "columns are flat";
  }
}

TEST_P(Focus, EveryFilterCountsLessTheMoreThePictureIsBlurred) {
  // Bars with soft edges, in both directions.
  const auto bars = [](double softness) {
    const auto wave = [softness](double t) { return std::tanh(std::sin(t / 4) * 8 / softness); };
    return picture([=](std::uint32_t x, std::uint32_t y) {
      return std::round(120 + 50 * wave(x) + 50 * wave(y));
    });
  };
  Record sharper = zone(focus_registers(), bars(1));
  for (const double softness : {2.0, 4.0, 8.0, 16.0}) {
    const Record softer = zone(focus_registers(), bars(softness));
    for (unsigned i = 0; i < 4; ++i) {
      EXPECT_LT(softer.detail[i], sharper.detail[i]) << "filter " << i << ", " << softness;
    }
    sharper = softer;
  }
}

TEST_P(Focus, AFilterThatIsOffCountsNothing) {
  const BayerFrame frame =
      picture([](std::uint32_t x, std::uint32_t y) { return 60 + 100 * ((x / 3 + y / 3) % 2); });
  const Record all = zone(focus_registers(), frame);
  for (unsigned off = 0; off < 4; ++off) {
    IspRegisters r = focus_registers();
    r.word(kSetup) &= ~(0x10u << off);
    const Record seen = zone(r, frame);
    for (unsigned i = 0; i < 4; ++i) {
      EXPECT_EQ(seen.detail[i], i == off ? 0 : all.detail[i]) << off << ' ' << i;
    }
    EXPECT_EQ(seen.luma, all.luma);
  }
}

// Lines of 40 on `level`, whose answers 9, 21 (of |filter 1|: 2, 9, 22) do not depend on it.
BayerFrame lines_on(double level) {
  return picture([=](auto, std::uint32_t y) { return y % 8 == 4 ? level + 40 : level; });
}

TEST_P(Focus, LumaGainTakesDetailFromTheBrightWhenItIsSwitchedOn) {
  IspRegisters r = focus_registers();
  const std::uint32_t middle = zone(r, lines_on(100)).detail[kVertical1];
  EXPECT_EQ(zone(r, lines_on(215)).detail[kVertical1], middle) << "off in every file";
  r.word(kSwitches) = 0x10;
  EXPECT_EQ(zone(r, lines_on(100)).detail[kVertical1], middle);
  // From 220 on it falls by 10 a level, from 240 on it is 35 of 255.
  const std::uint32_t bright = zone(r, lines_on(215)).detail[kVertical1];
  EXPECT_LT(bright, middle * 3 / 4);
  const std::uint32_t glaring =
      zone(r, picture([](auto, std::uint32_t y) { return y % 8 == 4 ? 255.0 : 241.0; }))
          .detail[kVertical1];
  r.word(kSwitches) = 0;
  const std::uint32_t ungained =
      zone(r, picture([](auto, std::uint32_t y) { return y % 8 == 4 ? 255.0 : 241.0; }))
          .detail[kVertical1];
  EXPECT_NEAR(glaring, ungained * 35 / 255.0, 0.35 * ungained / 10 + 180 * 65);
  EXPECT_LT(glaring, ungained / 4);
}

TEST_P(Focus, LumaGainTakesDetailFromTheDark) {
  IspRegisters r = focus_registers();
  // 51 of 255 up to luma 20, then 1 a level (16 / 16): 204 levels further it is whole.
  r.word(0xb868) = 51u << 24 | 16 << 16 | 224 << 8 | 20;
  r.word(kSwitches) = 0x1;
  const auto line = [](double level) {
    return picture([=](auto, std::uint32_t y) { return y == 60 ? level : level + 100; });
  };
  // The answers 4, 25, 41, 25, 4 to a line on its neighbours at level + 100 and on itself.
  const auto expected = [](double beside, double itself) {
    const auto gained = [](double answer, double gain) { return std::round(answer * gain / 256); };
    return 180 * (2 * gained(4, beside) + 2 * gained(25, beside) + gained(41, itself));
  };
  EXPECT_EQ(zone(r, line(0)).detail[kVertical0], expected(51 + 80, 51));
  EXPECT_EQ(zone(r, line(20)).detail[kVertical0], expected(51 + 100 + 1, 51));
  EXPECT_EQ(zone(r, line(124)).detail[kVertical0], expected(256, 51 + 104 + 1));
}

TEST_P(Focus, CoringDropsFaintDetailAndLimitsStrongDetail) {
  IspRegisters r = focus_registers();
  const BayerFrame line =
      picture([](auto, std::uint32_t y) { return y == 60 ? 150 : 50; });  // 4, 25, 41, 25, 4
  r.word(0xb888) = 40u << 16 | 10;  // from 10 on, whole from 40 on
  r.word(0xb88c) = 60u << 16 | 32;  // slope 2.0, at most 60
  EXPECT_EQ(zone(r, line).detail[kVertical0], 180u * 99) << "off in every file";
  r.word(kSwitches) = 1u << 16;
  EXPECT_EQ(zone(r, line).detail[kVertical0], 180u * (0 + 30 + 60 + 30 + 0));
}

TEST_P(Focus, SumsSaturateInsteadOfWrapping) {
  IspRegisters r = plain_registers(256, 256);
  set_grid(r, kAf, 1, 1, 0, 0, 255, 255);
  r.word(kSetup) = 0xf0;
  r.word(0xb838) = 0x400;  // one coefficient of -2
  r.word(0xb8b8) = 3;
  const Record seen(
      measure(r, luma_frame(256, 256, [](auto, std::uint32_t y) { return y / 2 % 2 ? 255 : 0; })),
      0);
  EXPECT_EQ(seen.detail[kVertical0], 0x3fffffu);
  EXPECT_EQ(seen.highlights, 0x7fffu);
  EXPECT_EQ(seen.luma, 255u * 255 * 127) << "below 2^23: of 255 rows 127 are bright";
}

TEST_P(Focus, AnEngineWithoutDmaLeavesNothing) {
  IspRegisters r = focus_registers();
  r.word(0xb8b8) = 0;
  for (const std::uint8_t byte : measure(r, lines_on(100)).focus_zones) ASSERT_EQ(byte, 0);
}

}  // namespace
}  // namespace t31::model
