// SPDX-License-Identifier: GPL-2.0-or-later
// Sensors on the parallel port: their descriptions, and what those send that make YUV or RGB.
#include "model/sensor/wiring.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <stdexcept>

#include "probe.hpp"

namespace t31::model::testing {
namespace {

TEST(Wiring, AnEmptyPortIsDvpOnTheLowLines) {
  const LinkFormat link = make_sensor(R"({"port":{}})")->link();
  EXPECT_EQ(link.bus, DataBus::kDvp);
  EXPECT_EQ(link.bits, 10U);
  EXPECT_EQ(link.parallel.first_line, 0U);
  EXPECT_FALSE(link.parallel.hsync_low || link.parallel.vsync_low || link.parallel.sony_timing);
  EXPECT_EQ(link.parallel.samples, Samples::kBayer);
  EXPECT_EQ(make_sensor("{}")->link().bus, DataBus::kMipi);
}

TEST(Wiring, TakesEveryKey) {
  const LinkFormat link =
      make_sensor(R"({"port":{"bus":"dvp","first_line":2,"hsync":"low","vsync":"low",)"
                  R"("timing":"sony","blanking":17,"samples":"rgb565"}})")
          ->link();
  EXPECT_EQ(link.parallel.first_line, 2U);
  EXPECT_TRUE(link.parallel.hsync_low && link.parallel.vsync_low && link.parallel.sony_timing);
  EXPECT_EQ(link.parallel.blanking, 17U);
  EXPECT_EQ(link.parallel.samples, Samples::kRgb565);
  EXPECT_TRUE(make_sensor(R"({"port":{"bus":"bt601","wide":true}})")->link().parallel.wide);
}

TEST(Wiring, RefusalsNameTheKeyAndWhatItMayBe) {
  struct {
    const char* json;
    const char* words;
  } const cases[] = {
      {R"({"port":7})", "port: must be a JSON object"},
      {R"({"port":{"bus":"spi"}})", "\"bus\" must be one of dvp, bt601, bt656, bt1120, mipi"},
      {R"({"port":{"bus":"mipi","samples":"rgb565"}})", "\"samples\" must be yuv422 on a BT"},
      {R"({"port":{"bus":"mipi","hsync":"low"}})", "\"hsync\" must be absent: MIPI has no"},
      {R"({"port":{"pins":3}})", "unknown key \"pins\""},
      {R"({"port":{"first_line":5}})", "\"first_line\" must be a whole number from 0 to 4"},
      {R"({"port":{"hsync":"up"}})", "\"hsync\" must be one of high, low"},
      {R"({"port":{"timing":1}})", "\"timing\" must be a string"},
      {R"({"port":{"blanking":-1}})", "\"blanking\" must be a whole number"},
      {R"({"port":{"bus":"bt656","samples":"bayer"}})", "\"samples\" must be yuv422 on a BT"},
      {R"({"port":{"bus":"bt656","wide":true}})", "\"wide\" must be false"},
  };
  for (const auto& refused : cases) {
    try {
      make_sensor(refused.json);
      ADD_FAILURE() << refused.json << " is accepted";
    } catch (const std::invalid_argument& error) {
      EXPECT_NE(std::string(error.what()).find(refused.words), std::string::npos) << error.what();
    }
  }
}

// One colour in every cell: red 200, green 100 (96 and 104), blue 40.
BayerFrame developed(const std::string& port) {
  const t31::test::TemporaryFolder folder;
  const std::string file = folder / "film.raw";
  std::string bytes;
  for (int y = 0; y < 16; ++y)
    for (int x = 0; x < 16; ++x)
      bytes.push_back(
          static_cast<char>(y % 2 == 0 ? (x % 2 == 0 ? 200 : 96) : (x % 2 == 0 ? 104 : 40)));
  std::ofstream(file, std::ios::binary) << bytes;
  const auto sensor =
      powered(R"({"sensor":"replay","raw":{"file":")" + file +
              R"(","width":16,"height":16,"order":"rggb","bits":8},"port":)" + port + "}");
  return take(*sensor, 0);
}

TEST(Wiring, YuvIsThatOfBt601InFullRange) {
  const BayerFrame frame = developed(R"({"bus":"bt656"})");
  EXPECT_EQ(frame.samples, Samples::kYuv422);
  // Y = 0.299 200 + 0.587 100 + 0.114 40 = 123.06; Cb = 128 - 33.8 - 33.1 + 20 = 81.1;
  // Cr = 128 + 100 - 41.9 - 3.24 = 182.86.
  for (std::size_t i = 0; i < frame.codes.size(); ++i)
    ASSERT_EQ(frame.codes[i], (i % 2 == 0 ? 81 : 183) << 8 | 123) << i;
}

TEST(Wiring, OnMipiTheSensorKeepsItsLinkAndSendsYuv) {
  const LinkFormat raw = make_sensor("{}")->link();
  const LinkFormat link = make_sensor(R"({"port":{"bus":"mipi"}})")->link();
  EXPECT_EQ(link.bus, DataBus::kMipi);
  EXPECT_EQ(link.lanes, raw.lanes);
  EXPECT_EQ(link.mbps, raw.mbps);
  EXPECT_EQ(link.bits, 16U);
  const BayerFrame frame = developed(R"({"bus":"mipi","samples":"yuv422"})");
  EXPECT_EQ(frame.samples, Samples::kYuv422);
  EXPECT_EQ(frame.codes[0], 81 << 8 | 123);
}

TEST(Wiring, RgbHasFiveSixAndFiveBits) {
  const BayerFrame frame = developed(R"({"samples":"rgb565"})");
  EXPECT_EQ(frame.samples, Samples::kRgb565);
  for (const std::uint16_t code : frame.codes) ASSERT_EQ(code, 25 << 11 | 25 << 5 | 5);
}

}  // namespace
}  // namespace t31::model::testing
