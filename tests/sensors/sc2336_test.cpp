// SPDX-License-Identifier: GPL-2.0-or-later
// Our SC2336 driver against what the vendor's driver sends and reports.
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/sensors/sensor_fixture.hpp"

namespace {

std::filesystem::path shared() {
  const char* given = std::getenv("T31_SHARED");
  return given != nullptr ? given : T31_SHARED_DIR;
}

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
  return cells;
}

// Rows of a specification table that begin with "sc2336,". Empty when the table isn't there.
std::vector<std::vector<std::string>> rows_of(const char* table) {
  std::vector<std::vector<std::string>> rows;
  std::ifstream file(shared() / "spec" / table);
  for (std::string line; std::getline(file, line);) {
    if (line.ends_with('\r')) line.pop_back();
    if (line.starts_with("sc2336,")) rows.push_back(split(line));
  }
  return rows;
}

class Sc2336 : public SensorTest {
 protected:
  void SetUp() override {
    SensorTest::SetUp();
    fake::world().chip.registers[0x3107] = 0xcb;
    fake::world().chip.registers[0x3108] = 0x3a;
  }
  void fit(const char* parameters = "") {
    ASSERT_EQ(load(SC2336_DRIVER, parameters), 0);
    ASSERT_EQ(add(description("sc2336", 0x30)), 0);
  }
  t31_sensor_info info() {
    t31_sensor_info values{};
    EXPECT_EQ(t31_sensor_read_info(sensor_, &values), 0);
    return values;
  }
};

TEST_F(Sc2336, IsIdentifiedByItsChipIdAfterAResetPulse) {
  EXPECT_EQ(traffic_of([&] { fit(); }), "r3107(cb) r3108(3a)");
  EXPECT_EQ(fake::world().pin_history, "18:1 18:0 18:1 ");
  EXPECT_EQ(fake::world().clock_hertz, 24000000u);
  EXPECT_EQ(report_.master_clock_hertz, 24000000u);
}

TEST_F(Sc2336, AnotherChipAtItsAddressIsRefused) {
  fake::world().chip.registers[0x3108] = 0x3b;
  ASSERT_EQ(load(SC2336_DRIVER), 0);
  EXPECT_EQ(add(description("sc2336", 0x30)), -EINVAL);
  EXPECT_EQ(why_, T31_SENSOR_NOT_IDENTIFIED);
  EXPECT_EQ(report_.failed_transfers, 0u);
  EXPECT_EQ(report_.read_count, 2u);
}

TEST_F(Sc2336, PinsCanBeOtherOnesOrNone) {
  ASSERT_EQ(load(SC2336_DRIVER, "reset_gpio=-1 pwdn_gpio=53"), 0);
  ASSERT_EQ(add(description("sc2336", 0x30)), 0);
  EXPECT_EQ(fake::world().pin_history, "53:0 53:1 53:0 ");
}

// Row sc2336 of the table of sensors.
TEST_F(Sc2336, ReportsTheGeometryAndLimitsOfTheVendorsDriver) {
  fit();
  const t31_sensor_info i = info();
  EXPECT_STREQ(i.name, "sc2336");
  EXPECT_EQ(i.chip_id, 0xcb3au);
  EXPECT_EQ(i.mbus_width, 1920u);
  EXPECT_EQ(i.mbus_height, 1080u);
  EXPECT_EQ(i.mbus_code, 0x3007u);
  EXPECT_EQ(i.mbus_field, 1u);
  EXPECT_EQ(i.mbus_colorspace, 8u);
  EXPECT_EQ(i.max_width, 1920u);
  EXPECT_EQ(i.max_height, 1080u);
  EXPECT_EQ(i.fps, 25u << 16 | 1);
  EXPECT_EQ(i.flips_in_sensor, 0u);
  EXPECT_EQ(i.data_type, 0u);
  EXPECT_EQ(i.total_width, 2250u);
  EXPECT_EQ(i.total_height, 1440u);
  EXPECT_EQ(i.min_integration_time, 2u);
  EXPECT_EQ(i.min_integration_time_native, 2u);
  EXPECT_EQ(i.max_integration_time, 1436u);
  EXPECT_EQ(i.max_integration_time_native, 1436u);
  EXPECT_EQ(i.integration_time_limit, 1436u);
  EXPECT_EQ(i.max_again, 327680u);
  EXPECT_EQ(i.max_dgain, 0u);
  EXPECT_EQ(i.integration_time_apply_delay, 2u);
  EXPECT_EQ(i.again_apply_delay, 2u);
  EXPECT_EQ(i.dgain_apply_delay, 0u);
  EXPECT_EQ(i.expo_fs, 0u);
  EXPECT_EQ(i.wdr_cache, 0u);
}

// The receiver registers of the recorded session follow from the attributes by the formulas of the
// sensor ABI (3.7): CSI lanes 1, no settle code, VIC 0x100 258, 0x14 1, 0x04 7800438, 0x10c 2b000,
// 0x110 7800000, 0x114..0x11c 0, 0x1a8 4440, 0x1a0 0, 0x104 0, 0x108 0, 0x1a4 a000a.
TEST_F(Sc2336, AttributesGiveTheReceiverRegistersOfTheRecordedSession) {
  fit();
  const t31_sensor_info i = info();
  EXPECT_EQ(i.bus, static_cast<unsigned>(T31_BUS_MIPI));
  EXPECT_EQ(i.mipi.lanes - 1, 1u);
  EXPECT_NE(i.mipi.settle_time_adaptive, 0u);
  EXPECT_EQ(i.mipi.mbps, 405u);
  EXPECT_EQ(i.mipi.mode, 0u);
  EXPECT_EQ(i.mipi.csi_format, 1u);
  EXPECT_EQ((10 * i.mipi.image_twidth + 31) / 32, 0x258u);
  EXPECT_EQ(i.mbus_width << 16 | i.mbus_height, 0x07800438u);
  const u32 control = i.mipi.hcrop_diff_en << 25 | i.mipi.vcomp_en << 24 | i.mipi.hcomp_en << 23 |
                      i.mipi.line_sync_mode << 22 | i.mipi.work_start_flag << 20 |
                      i.mipi.data_type_en << 18 | i.mipi.data_type_value << 12 |
                      i.mipi.del_start << 8 | i.mipi.frame_mode << 4 | i.mipi.fid_mode << 2 |
                      i.mipi.sensor_mode;
  EXPECT_EQ(control, 0x0002b000u);
  EXPECT_EQ(i.mipi.image_twidth << 16 | i.mipi.crop_x[0], 0x07800000u);
  for (int n = 0; n < 4; ++n) EXPECT_EQ(i.mipi.crop_x[n] | i.mipi.crop_y[n], 0u);
}

TEST_F(Sc2336, StartSendsTheListThatTheVendorsDriverSent) {
  const auto path = shared() / "data/golden/sessions/sc2336_1080p.trace.gz";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no recorded session";
  // The writes of the session up to the first that starts streaming.
  const std::string command =
      "zcat '" + path.string() +
      "' | sed -n 's/.* i2c0 W 30 \\(....\\) \\(..\\)$/\\1=\\2/p' | head -149";
  std::string expected;
  FILE* pipe = popen(command.c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  char line[32];
  while (std::fgets(line, sizeof line, pipe) != nullptr) {
    line[std::strcspn(line, "\n")] = '\0';
    expected += expected.empty() ? line : std::string(" ") + line;
  }
  pclose(pipe);
  fit();
  EXPECT_EQ(traffic_of([&] { EXPECT_EQ(t31_sensor_init(sensor_, 1), 0); }), expected);
  EXPECT_EQ(syncs_, 1);
  EXPECT_EQ(traffic_of([&] { EXPECT_EQ(t31_sensor_init(sensor_, 0), 0); }), "");
}

TEST_F(Sc2336, EveryEventSendsWhatTheVendorsDriverSends) {
  const auto rows = rows_of("sensor-event-writes.csv");
  if (rows.empty()) GTEST_SKIP() << "no table of recorded events";
  const std::map<std::string, std::uint32_t> numbers = {{"INT_TIME", kIntegrationTime},
                                                        {"AGAIN", kAgain},
                                                        {"DGAIN", kDgain},
                                                        {"EXPO", kExpo},
                                                        {"FPS", kFps},
                                                        {"VFLIP", kVflip},
                                                        {"PREPARE_CHANGE", kPrepareChange},
                                                        {"FINISH_CHANGE", kFinishChange},
                                                        {"RESIZE", kResize},
                                                        {"LOGIC", kLogic}};
  fit();
  fake::world().chip.registers[0x320c] = 0x08;
  fake::world().chip.registers[0x320d] = 0xca;
  for (const auto& row : rows) {
    const std::string& name = row[1];
    const auto value = static_cast<std::int32_t>(std::stoul(row[2], nullptr, 0));
    const int before = syncs_;
    int result = 0;
    const std::string traffic = traffic_of([&] {
      result =
          name == "s_stream" ? t31_sensor_stream(sensor_, value) : send(numbers.at(name), value);
    });
    EXPECT_EQ(traffic, row.size() > 5 ? row[5] : "") << name << " " << row[2];
    // The vendor's driver flips and says -1 by mistake; ours says what happened.
    EXPECT_EQ(result, 0) << name << " " << row[2];
    EXPECT_EQ(syncs_ - before, row[4].empty() ? 0 : std::stoi(row[4])) << name << " " << row[2];
  }
}

TEST_F(Sc2336, GainCodesAndGainsAreThoseOfTheVendorsDriver) {
  const auto rows = rows_of("gain-codes.csv");
  if (rows.empty()) GTEST_SKIP() << "no table of gain codes";
  ASSERT_EQ(rows.size(), 161u);
  fit();
  // Its table was rounded to three decimals: 0.05 % of a gain is 47 in 16.16 log2.
  constexpr std::uint32_t kTolerance = 48;
  for (const auto& row : rows) {
    const auto log2 = static_cast<std::uint32_t>(std::stoul(row[2]));
    u32 code = 0;
    const u32 achieved = t31_sensor_alloc_again(sensor_, log2 + kTolerance, &code);
    EXPECT_EQ(code, std::stoul(row[1], nullptr, 0)) << row[3];
    EXPECT_NEAR(achieved, log2, kTolerance) << row[3];
  }
}

TEST_F(Sc2336, AnAchievedGainIsNeverAboveTheOneAskedForAndReproducesItsCode) {
  fit();
  u32 last = 0;
  for (u32 gain = 0; gain <= 327680; gain += 101) {
    u32 code = 0, again = 0;
    const u32 achieved = t31_sensor_alloc_again(sensor_, gain, &code);
    EXPECT_LE(achieved, gain);
    EXPECT_GE(achieved, last);
    EXPECT_EQ(t31_sensor_alloc_again(sensor_, achieved, &again), achieved);
    EXPECT_EQ(again, code);
    last = achieved;
  }
}

TEST_F(Sc2336, FrameRateSetsLengthAndLimits) {
  fit();
  ASSERT_EQ(t31_sensor_init(sensor_, 1), 0);
  ASSERT_EQ(send(kFps, 15 << 16 | 1), 0);
  t31_sensor_info i = info();
  EXPECT_EQ(i.fps, 15u << 16 | 1);
  EXPECT_EQ(i.total_height, 2400u);  // 81 MHz / 2250 / 15
  EXPECT_EQ(i.max_integration_time, 2396u);
  EXPECT_EQ(i.integration_time_limit, 2396u);
  // A new start returns to the start list's rate.
  ASSERT_EQ(t31_sensor_init(sensor_, 1), 0);
  i = info();
  EXPECT_EQ(i.fps, 25u << 16 | 1);
  EXPECT_EQ(i.total_height, 1440u);
}

TEST_F(Sc2336, FrameRatesOutsideItsRangeChangeNothing) {
  fit();
  ASSERT_EQ(t31_sensor_init(sensor_, 1), 0);
  for (const std::uint32_t fps :
       {31u << 16 | 1, 4u << 16 | 1, 61u << 16 | 2, 0xffffu << 16 | 1, 1u << 16 | 0xffff}) {
    EXPECT_EQ(traffic_of([&] { EXPECT_EQ(send(kFps, static_cast<s32>(fps)), -EINVAL); }), "");
    EXPECT_EQ(info().fps, 25u << 16 | 1);
    EXPECT_EQ(info().total_height, 1440u);
  }
  EXPECT_EQ(send(kFps, 30000 << 16 | 1000), 0);
  EXPECT_EQ(info().total_height, 1200u);
}

TEST_F(Sc2336, ALineLengthOfZeroReadBackIsAnErrorNotADivision) {
  fit();
  fake::world().chip.registers[0x320c] = 0;
  fake::world().chip.registers[0x320d] = 0;
  EXPECT_EQ(send(kFps, 15 << 16 | 1), -EIO);
}

TEST_F(Sc2336, ALostTransferIsTheResult) {
  fit();
  for (int n = 1; n <= 5; ++n) {
    fake::world().chip.fail_nth = n;
    EXPECT_EQ(send(kExpo, 0x00800100), -EIO);
  }
  fake::world().chip.fail_nth = 100;
  EXPECT_EQ(t31_sensor_init(sensor_, 1), -EIO);
}

TEST_F(Sc2336, RegistersCanBeReadAndWrittenByName) {
  fit();
  u64 value = 0;
  u32 size = 0;
  EXPECT_EQ(t31_sensor_write_register(sensor_, "sc2336", 0x4501, 0x1cc), 0);
  EXPECT_EQ(t31_sensor_read_register(sensor_, "sc2336", 0x4501, &value, &size), 0);
  EXPECT_EQ(value, 0xccu);
  EXPECT_EQ(t31_sensor_read_register(sensor_, "jxf37", 0x4501, &value, &size), -EINVAL);
}

TEST_F(Sc2336, SaysThatItFlipsWhenToldToDoIt) {
  fit("shvflip=1");
  EXPECT_EQ(info().flips_in_sensor, 1u);
}

}  // namespace
