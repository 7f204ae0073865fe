// SPDX-License-Identifier: GPL-2.0-or-later
// What the parallel port can't take is refused, with a line that names it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <random>

#include "driver/input/parallel.hpp"
#include "tests/camera/film.hpp"

namespace t31::test {
namespace {

std::string taken_log() {
  char* log = t31_host_take_log();
  std::string text = log;
  std::free(log);
  return text;
}

struct Refused {
  const char* name;
  unsigned bits;
  const char* parameters;
  const char* words;
};

class Refusals : public testing::TestWithParam<Refused> {};

TEST_P(Refusals, AnswerSelectionWithEinvalAndOneLine) {
  const Film film(256, 128, GetParam().bits);
  Camera camera(film.machine({}, GetParam().parameters));
  Session session;
  ASSERT_EQ(session.open(), 0);
  (void)taken_log();
  EXPECT_EQ(session.add_sensor("replay", sensor_address("replay")), -EINVAL);
  const std::string log = taken_log();
  EXPECT_NE(log.find(GetParam().words), std::string::npos) << log;
  EXPECT_NE(read_proc("status").find("session: open, no sensor selected"), std::string::npos);
  EXPECT_EQ(session.close(), 0);
  EXPECT_TRUE(camera.unload());
}

INSTANTIATE_TEST_SUITE_P(
    Parallel, Refusals,
    testing::Values(Refused{"UnknownBus", 8, "data_interface=7", "data bus type 7 is unknown"},
                    Refused{"TenBitsOnLowEight", 10, "data_interface=2 sensor_gpio_func=3",
                            "10-bit data on DVP pin mode 3 (low 8 bits): use 0 or 1"},
                    Refused{"TenBitsOnTwelve", 10, "data_interface=2 sensor_gpio_func=2",
                            "10-bit data on DVP pin mode 2"},
                    Refused{"EightBitsOnLowTen", 8, "data_interface=2 sensor_gpio_func=0",
                            "8-bit data on DVP pin mode 0 (low 10 bits): use 3 or 4"},
                    Refused{"NoDataType", 8, "data_interface=2 mbus_code=0x3009",
                            "DVP has no data type for pixel format 0x3009"},
                    Refused{"NoPixelFormat", 8, "data_interface=2 mbus_code=0x2006",
                            "the ISP has no pixel format 0x2006"},
                    Refused{"EightBitYuvOnMipi", 8, "mbus_code=0x2002",
                            "the ISP has no pixel format 0x2002"},
                    Refused{"BayerOnBt656", 8, "data_interface=4", "BT.656 carries YUV 4:2:2, not"},
                    Refused{"SixteenBitsOnBt656", 8, "data_interface=4 mbus_code=0x2011 bt_mode=1",
                            "BT.656 in mode 1: it takes 0 (8 bits) alone"},
                    Refused{"SixteenBitsOnBt1120", 8, "data_interface=5 mbus_code=0x2011 bt_mode=1",
                            "BT.1120 in mode 1: it takes 0 (8 bits) alone"},
                    Refused{"UnknownModeOfBt601", 8, "data_interface=3 mbus_code=0x2011 bt_mode=2",
                            "BT.601 in mode 2: it takes 0 (8 bits) or 1 (16 bits)"}),
    [](const auto& p) { return p.param.name; });

t31_sensor_info dvp_info() {
  t31_sensor_info info{};
  info.name[0] = 'x';
  info.bus = T31_BUS_DVP;
  info.mbus_code = 0x300f;
  info.mbus_width = 640;
  info.mbus_height = 480;
  return info;
}

struct ParallelCheck : testing::Test {
  void SetUp() override {
    const t31_host_config config{};
    ASSERT_EQ(t31_host_reset(&config), 0);
  }
  void TearDown() override { t31_host_shutdown(); }
  std::string refusal(const t31_sensor_info& info) {
    (void)taken_log();
    EXPECT_EQ(input::check_parallel(info).code(), -EINVAL);
    return taken_log();
  }
};

TEST_F(ParallelCheck, PinModesBeyondTheLastAreRefused) {
  t31_sensor_info info = dvp_info();
  info.dvp.pins = 5;
  EXPECT_NE(refusal(info).find("DVP pin mode 5 is unknown"), std::string::npos);
}

TEST_F(ParallelCheck, TwoExposuresAreRefused) {
  t31_sensor_info info = dvp_info();
  info.data_type = 2;
  EXPECT_NE(refusal(info).find("two exposures on DVP"), std::string::npos);
}

TEST_F(ParallelCheck, YuvOfAnOddWidthIsRefused) {
  t31_sensor_info info = dvp_info();
  info.bus = T31_BUS_BT656;
  info.mbus_code = 0x2011;
  info.mbus_width = 641;
  EXPECT_NE(refusal(info).find("641 pixels a line: must be even"), std::string::npos);
}

TEST_F(ParallelCheck, UnknownTimingAndPolarityCountAsTheDefault) {
  t31_sensor_info info = dvp_info();
  info.dvp.timing = 648;  // where a MIPI sensor has its lane rate
  info.dvp.hsync_polarity = 3;
  (void)taken_log();
  EXPECT_TRUE(input::check_parallel(info).ok());
  EXPECT_NE(taken_log().find("DVP timing 648"), std::string::npos);
  EXPECT_EQ(input::parallel_config(info), 0x20000u);
}

TEST_F(ParallelCheck, TwelveBitsOnOtherPinsAreWarnedOf) {
  t31_sensor_info info = dvp_info();
  info.mbus_code = 0x3008;
  (void)taken_log();
  EXPECT_TRUE(input::check_parallel(info).ok());
  EXPECT_NE(taken_log().find("12-bit data, but DVP pin mode 0"), std::string::npos);
  EXPECT_EQ(input::parallel_config(info), 0x40000u);
}

// Whatever a sensor claims: refused with one line, or programmed with documented bits alone.
TEST_F(ParallelCheck, NoClaimOfASensorReachesUndocumentedBits) {
  constexpr std::uint32_t kDocumented = 0x801f0003 | 0x80000000;
  std::mt19937 engine(1);
  const auto random = [&engine] { return static_cast<std::uint32_t>(engine()); };
  const std::uint32_t codes[] = {0x3001, 0x3007, 0x3008, 0x300f, 0x2011, 0x2003,
                                 0x1008, 0x3009, 0x3105, 0x3310, 0x0,    0xffffffff};
  unsigned accepted = 0;
  for (int i = 0; i < 4000; ++i) {
    t31_sensor_info info = dvp_info();
    info.bus = random() % 8;
    info.mbus_code = codes[random() % std::size(codes)];
    info.data_type = random() % 8 == 0 ? random() : 0;
    info.dvp = {random() % 6,    random(),        random() & 0xffff, random() & 0xffff,
                random() & 0xff, random() & 0xff, random()};
    info.bt_bits = random() % 3;
    (void)taken_log();
    const Status status = input::check_parallel(info);
    const std::string log = taken_log();
    if (!status.ok()) {
      ASSERT_EQ(status.code(), -EINVAL);
      ASSERT_EQ(std::count(log.begin(), log.end(), '\n'), 1) << log;
      continue;
    }
    ++accepted;
    const std::uint32_t config = input::parallel_config(info);
    const bool serial = info.bus == T31_BUS_BT656 || info.bus == T31_BUS_BT1120;
    ASSERT_TRUE(info.bus != T31_BUS_DVP || (config & ~kDocumented) == 0) << config;
    ASSERT_TRUE(!serial || config == 0x800c0000) << config;
  }
  EXPECT_GT(accepted, 100u);
}

}  // namespace
}  // namespace t31::test
