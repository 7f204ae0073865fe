// SPDX-License-Identifier: GPL-2.0-or-later
// Chips that are given as data (model/sensor/chips), against the chips' documented registers.
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "model/sensor/chip_description.hpp"
#include "tests/sensor_model/probe.hpp"

namespace t31::model::testing {
namespace {

using Json = nlohmann::json;

Json chip(const std::string& name) {
  for (unsigned i = 0; i < kChipTextCount; ++i) {
    if (name == kChipTexts[i].name) return Json::parse(kChipTexts[i].json);
  }
  throw std::invalid_argument("no chip " + name);
}

std::unique_ptr<Sensor> described(const std::string& name, bool noise = false) {
  return powered(Json{{"chip", chip(name)},
                      {"noise", noise},
                      {"shading", false},
                      {"scene", {{"type", "flat"}, {"level", 0.05}}}}
                     .dump());
}

void write8(Sensor& sensor, unsigned address, unsigned value) {
  const std::uint8_t bytes[] = {static_cast<std::uint8_t>(address),
                                static_cast<std::uint8_t>(value)};
  ASSERT_TRUE(sensor.i2c_write(bytes)) << std::hex << address;
}

unsigned read8(Sensor& sensor, unsigned address) {
  const auto byte = static_cast<std::uint8_t>(address);
  std::uint8_t value = 0;
  EXPECT_TRUE(sensor.i2c_write({&byte, 1}));
  EXPECT_TRUE(sensor.i2c_read({&value, 1}));
  return value;
}

// Mean code above black of a frame taken with what the registers say now.
double level(Sensor& sensor, double black) {
  const BayerFrame frame = take(sensor, 0);
  double sum = 0;
  for (const std::uint16_t code : frame.codes) sum += code - black;
  return sum / static_cast<double>(frame.codes.size());
}

std::vector<std::vector<std::string>> table(const char* name) {
  const char* given = std::getenv("T31_SHARED");
  const std::string shared = given != nullptr ? given : T31_SHARED_DIR;
  std::ifstream file(shared + "/spec/" + name);
  std::vector<std::vector<std::string>> rows;
  std::string line, cell;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    rows.emplace_back();
    while (std::getline(cells, cell, ',')) rows.back().push_back(cell);
  }
  return rows;
}

TEST(DescribedChip, TheSc2336OfTheDescriptionIsTheOneOfTheProgramBitForBit) {
  const Json own = {{"sensor", "sc2336"}, {"scene", {{"type", "resolution"}}}};
  Json data = own;
  data.erase("sensor");
  data["chip"] = chip("sc2336");
  const auto program = powered(own.dump());
  const auto description = powered(data.dump());
  EXPECT_EQ(program->frame_period_ns(), description->frame_period_ns());
  for (const auto& [address, value] : std::initializer_list<std::pair<unsigned, unsigned>>{
           {0x3e01, 0x20}, {0x3e02, 0x70}, {0x3e09, 0x0b}, {0x3e07, 0xa4}, {0x3221, 0x66}}) {
    write(*program, address, value);
    write(*description, address, value);
  }
  for (std::uint64_t number = 0; number < 2; ++number) {
    EXPECT_EQ(take(*program, number).codes, take(*description, number).codes) << number;
  }
}

TEST(DescribedChip, FramePeriodsAreThoseOfTheDriversDefaultModes) {
  const std::map<std::string, double> rates = {{"sc3335", 25}, {"sc4336", 30},  {"gc2053", 25},
                                               {"gc4653", 30}, {"os02k10", 15}, {"jxf23", 25},
                                               {"jxf37", 25},  {"imx307", 30}};
  for (const auto& [name, rate] : rates) {
    EXPECT_NEAR(1e9 / static_cast<double>(described(name)->frame_period_ns()), rate, 0.02) << name;
  }
}

TEST(DescribedChip, GainCodesOfTheGc2053AreThoseOfItsTable) {
  const auto rows = table("gain-gc2053.csv");
  if (rows.empty()) GTEST_SKIP() << "no gain-gc2053.csv: set T31_SHARED";
  const auto sensor = described("gc2053");
  write8(*sensor, 0xfe, 0);
  write8(*sensor, 0x03, 1);
  write8(*sensor, 0x04, 0x90);  // 400 lines
  const double unity = level(*sensor, 64);
  for (const auto& row : {rows[4], rows[8], rows[13], rows[18]}) {
    write8(*sensor, 0xb4, static_cast<unsigned>(std::stoul(row[1], nullptr, 16)));
    write8(*sensor, 0xb3, static_cast<unsigned>(std::stoul(row[2], nullptr, 16)));
    EXPECT_NEAR(level(*sensor, 64) / unity, std::stod(row[6]), 0.05 * std::stod(row[6])) << row[0];
  }
}

TEST(DescribedChip, GainsOfTheOthersFollowTheirFormulas) {
  const auto os = described("os02k10");
  write(*os, 0x3501, 0x03);
  write(*os, 0x3502, 0xe8);
  const double one = level(*os, 64);
  write(*os, 0x3508, 0x03);
  write(*os, 0x3509, 0x80);
  EXPECT_NEAR(level(*os, 64) / one, 3.5, 0.1);
  const auto jx = described("jxf23");
  write8(*jx, 0x01, 0x90);
  write8(*jx, 0x02, 0x01);
  const double unity = level(*jx, 16);
  write8(*jx, 0x00, 0x28);  // 2^2 (1 + 8/16)
  EXPECT_NEAR(level(*jx, 16) / unity, 6.0, 0.2);
}

TEST(DescribedChip, TheShutterOfTheImx307CountsFromTheEndOfTheFrame) {
  const auto sensor = described("imx307");
  const auto shutter = [&](unsigned value) {
    write(*sensor, 0x3020, value & 0xff);
    write(*sensor, 0x3021, value >> 8);
    return level(*sensor, 240);
  };
  // 1125 lines: 1125 - 624 - 1 = 500, and 1125 - 874 - 1 = 250.
  EXPECT_NEAR(shutter(624) / shutter(874), 2.0, 0.03);
  write(*sensor, 0x3014, 20);  // 20 steps of 0.3 dB
  const double gained = level(*sensor, 240);
  write(*sensor, 0x3014, 0);
  EXPECT_NEAR(gained / level(*sensor, 240), std::pow(10, 0.3), 0.05);
}

TEST(DescribedChip, PagesHoldRegistersOfTheirOwn) {
  const auto sensor = described("gc2053");
  write8(*sensor, 0xfe, 1);
  write8(*sensor, 0x04, 0x77);
  write8(*sensor, 0xfe, 0);
  EXPECT_NE(read8(*sensor, 0x04), 0x77U);
  write8(*sensor, 0xfe, 1);
  EXPECT_EQ(read8(*sensor, 0x04), 0x77U);
  write8(*sensor, 0xfe, 0x80);  // reset
  EXPECT_EQ(read8(*sensor, 0xf0), 0x20U);
}

TEST(DescribedChip, AGroupOfTheJxf37IsWrittenWhenLaunched) {
  const auto sensor = described("jxf37");
  write8(*sensor, 0xc0, 0x00);
  write8(*sensor, 0xc1, 0x35);
  write8(*sensor, 0xc2, 0x12);
  write8(*sensor, 0xc3, 0x10);
  write8(*sensor, 0xc4, 0x12);
  write8(*sensor, 0xc5, 0x10);
  EXPECT_EQ(read8(*sensor, 0x00), 0U);
  write8(*sensor, 0x1f, 0x80);
  EXPECT_EQ(read8(*sensor, 0x00), 0x35U);
  EXPECT_EQ(read8(*sensor, 0x12), 0x10U);
  EXPECT_EQ(read8(*sensor, 0x1f) & 0x80, 0U);
}

// The drivers of the GC2053 write no register that starts it when it is on the parallel port.
TEST(DescribedChip, AChipMayStreamOnThePortWithoutItsStreamBit) {
  const Json on_port = {{"sensor", "gc2053"}, {"port", {{"bus", "dvp"}}}};
  EXPECT_TRUE(powered(on_port.dump())->streaming());
  const auto on_mipi = powered(R"({"sensor":"gc2053"})");
  EXPECT_FALSE(on_mipi->streaming());
  write8(*on_mipi, 0x3e, 0x91);
  EXPECT_TRUE(on_mipi->streaming());
  const Json yuv = {{"sensor", "gc2053"}, {"port", {{"bus", "mipi"}}}};
  EXPECT_FALSE(powered(yuv.dump())->streaming());
}

TEST(DescribedChip, AFlipTurnsTheBayerOrderOnlyWhereTheWindowStays) {
  Json turning = chip("sc2336");
  turning["picture"]["turns_order"] = true;
  const auto colours = [](const Json& given, unsigned readout) {
    const auto sensor = powered(
        Json{{"chip", given}, {"noise", false}, {"light", 2850}, {"scene", {{"type", "flat"}}}}
            .dump());
    write(*sensor, 0x3221, readout);
    const BayerFrame frame = take(*sensor, 0);
    // Blue under a lamp is dark, red is bright: what the first pixels of two lines see.
    return std::pair(frame.codes[0] > frame.codes[std::size_t{frame.width} + 1],
                     frame.codes[frame.width] > frame.codes[1]);
  };
  EXPECT_EQ(colours(chip("sc2336"), 0x66), colours(chip("sc2336"), 0));
  EXPECT_FALSE(colours(turning, 0).first);
  EXPECT_TRUE(colours(turning, 0x66).first);
}

TEST(DescribedChip, WrongDescriptionsAreRefusedByTheNameOfTheKey) {
  const auto message = [](const char* path, const Json& value) {
    Json given = chip("sc2336");
    given[Json::json_pointer(path)] = value;
    try {
      parse_chip(given);
    } catch (const std::invalid_argument& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  EXPECT_NE(message("/address", "0x80").find("address"), std::string::npos);
  EXPECT_NE(message("/exposure/field", "0x3e00[9:0]").find("field"), std::string::npos);
  EXPECT_NE(message("/exposure/field", 12).find("field"), std::string::npos);
  EXPECT_NE(message("/timing/clock", 0).find("clock"), std::string::npos);
  EXPECT_NE(message("/picture/bits", 9).find("bits"), std::string::npos);
  EXPECT_NE(message("/picture/order", "rgbg").find("order"), std::string::npos);
  EXPECT_NE(message("/gain/0", {{"field", "0x10"}}).find("gain"), std::string::npos);
  EXPECT_NE(message("/surplus", 1).find("surplus"), std::string::npos);
}

}  // namespace
}  // namespace t31::model::testing
