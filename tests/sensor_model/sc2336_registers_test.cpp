// SPDX-License-Identifier: GPL-2.0-or-later
// The SC2336 as its driver sees it: I2C, supply, registers, frame period.
#include <fstream>
#include <sstream>

#include "probe.hpp"

namespace t31::model::testing {
namespace {

constexpr char kFlat[] =
    R"({"sensor":"sc2336","scene":{"type":"flat","level":0.18},"noise":false})";

TEST(Sc2336Bus, AnswersAtAddress30WithItsId) {
  auto sensor = powered(kFlat);
  EXPECT_EQ(sensor->i2c_address(), 0x30);
  EXPECT_EQ(read(*sensor, 0x3107), 0xcbU);
  EXPECT_EQ(read(*sensor, 0x3108), 0x3aU);
}

TEST(Sc2336Bus, DoesNotAnswerWithoutMasterClock) {
  auto sensor = make_sensor(kFlat);
  const std::uint8_t message[] = {0x31, 0x07, 0x00};
  std::uint8_t value = 0;
  EXPECT_FALSE(sensor->i2c_write(message));
  EXPECT_FALSE(sensor->i2c_read({&value, 1}));
  sensor->set_master_clock(24'000'000);
  EXPECT_TRUE(sensor->i2c_write(message));
  sensor->set_master_clock(0);
  EXPECT_FALSE(sensor->i2c_write(message));
}

TEST(Sc2336Bus, DoesNotAnswerInReset) {
  auto sensor = powered(kFlat);
  sensor->set_reset(false);
  const std::uint8_t address[] = {0x31, 0x07};
  EXPECT_FALSE(sensor->i2c_write(address));
  sensor->set_reset(true);
  EXPECT_TRUE(sensor->i2c_write(address));
}

TEST(Sc2336Bus, RefusesMessagesThatAreNotAnAddressAndOneByte) {
  auto sensor = powered(kFlat);
  const std::uint8_t bytes[] = {0x32, 0x0c, 0x11, 0x22};
  EXPECT_FALSE(sensor->i2c_write({bytes, 1}));
  EXPECT_FALSE(sensor->i2c_write({bytes, 4}));
  EXPECT_EQ(read16(*sensor, 0x320c), 2250U);
}

TEST(Sc2336Bus, ReadsTheSameRegisterAgainWithoutAutoIncrement) {
  auto sensor = powered(kFlat);
  EXPECT_EQ(read(*sensor, 0x3107), 0xcbU);
  std::uint8_t bytes[2] = {};
  EXPECT_TRUE(sensor->i2c_read(bytes));
  EXPECT_EQ(bytes[0], 0xcb);
  EXPECT_EQ(bytes[1], 0xcb);
}

TEST(Sc2336Registers, KeepWhatIsWrittenExceptTheId) {
  auto sensor = powered(kFlat);
  write(*sensor, 0x36e9, 0x80);
  write(*sensor, 0xffff, 0x5a);
  write(*sensor, 0x3107, 0x00);
  EXPECT_EQ(read(*sensor, 0x36e9), 0x80U);
  EXPECT_EQ(read(*sensor, 0xffff), 0x5aU);
  EXPECT_EQ(read(*sensor, 0x3107), 0xcbU);
}

TEST(Sc2336Registers, ReturnToDefaultsOnSoftResetAndOnTheResetPin) {
  auto sensor = powered(kFlat);
  const auto disturb = [&] {
    write(*sensor, 0x320c, 0x10);
    write(*sensor, 0x0100, 0x01);
    EXPECT_TRUE(sensor->streaming());
  };
  disturb();
  write(*sensor, 0x0103, 0x01);
  EXPECT_EQ(read16(*sensor, 0x320c), 2250U);
  EXPECT_EQ(read(*sensor, 0x0103), 0U);
  EXPECT_FALSE(sensor->streaming());
  disturb();
  sensor->set_reset(false);
  sensor->set_reset(true);
  EXPECT_EQ(read16(*sensor, 0x320c), 2250U);
  EXPECT_FALSE(sensor->streaming());
}

TEST(Sc2336Registers, StreamOnlyWithBitClockAndReset) {
  auto sensor = powered(kFlat);
  EXPECT_FALSE(sensor->streaming());
  write(*sensor, 0x0100, 1);
  EXPECT_TRUE(sensor->streaming());
  sensor->set_master_clock(0);
  EXPECT_FALSE(sensor->streaming());
  sensor->set_master_clock(24'000'000);
  EXPECT_TRUE(sensor->streaming());
  write(*sensor, 0x0100, 0);
  EXPECT_FALSE(sensor->streaming());
}

TEST(Sc2336Timing, FramePeriodIsLineLengthTimesFrameLengthAt81Megahertz) {
  auto sensor = powered(kFlat);
  write(*sensor, 0x320c, 0x08);  // 2250
  write(*sensor, 0x320d, 0xca);
  write(*sensor, 0x320e, 0x05);  // 1440: 25 frames per second
  write(*sensor, 0x320f, 0xa0);
  EXPECT_EQ(sensor->frame_period_ns(), 40'000'000U);
  write(*sensor, 0x320e, 0x09);  // 2400: 15 frames per second
  write(*sensor, 0x320f, 0x60);
  EXPECT_EQ(sensor->frame_period_ns(), 66'666'666U);
}

TEST(Sc2336Timing, FrameStaysLongEnoughToBeReadOutWhateverIsWritten) {
  auto sensor = powered(kFlat);
  for (const unsigned address : {0x320c, 0x320d, 0x320e, 0x320f}) {
    write(*sensor, address, 0);
  }
  EXPECT_GT(sensor->frame_period_ns(), 10'000'000U);
}

TEST(Sc2336Link, IsTwoLanesOfRaw10FullHd) {
  const LinkFormat link = powered(kFlat)->link();
  EXPECT_EQ(link.lanes, 2U);
  EXPECT_EQ(link.mbps, 405U);
  EXPECT_EQ(link.bits, 10U);
  EXPECT_EQ(link.width, 1920U);
  EXPECT_EQ(link.height, 1080U);
}

// Every sensor access of the vendor's recorded session is acknowledged; reads give the recorded
// values.
TEST(Sc2336Session, RecordedAccessesAreAnsweredAsRecorded) {
  const auto trace = shared_file("data/golden/sessions/sc2336_1080p.trace.gz");
  if (!std::filesystem::exists(trace)) {
    GTEST_SKIP() << "no " << trace;
  }
  const std::string command = "gzip -dc '" + trace.string() + "'";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  ASSERT_NE(pipe, nullptr);
  auto sensor = powered(kFlat);
  unsigned accesses = 0;
  bool streamed = false;
  char line[512];
  while (fgets(line, sizeof line, pipe.get()) != nullptr) {
    char direction = 0;
    unsigned device = 0, address = 0, value = 0;
    if (sscanf(line, "%*u # t=%*u i2c0 %c %x %x %x", &direction, &device, &address, &value) != 4) {
      continue;
    }
    ++accesses;
    ASSERT_EQ(device, sensor->i2c_address());
    if (direction == 'W') {
      write(*sensor, address, value);
    } else {
      EXPECT_EQ(read(*sensor, address), value) << std::hex << address;
    }
    if (sensor->streaming() && !streamed) {
      streamed = true;
      EXPECT_EQ(sensor->frame_period_ns(), 40'000'000U);
    }
  }
  EXPECT_EQ(accesses, 173U);
  EXPECT_TRUE(streamed);
  EXPECT_FALSE(sensor->streaming());
}

// Mean level above black, over that of gain 1, for every gain code of the driver's table.
TEST(Sc2336Gain, FollowsTheDriversTableWithinATenthOfAPercent) {
  std::ifstream table(shared_file("spec/gain-sc2336.csv"));
  if (!table) {
    GTEST_SKIP() << "no gain-sc2336.csv";
  }
  auto sensor = powered(
      R"({"sensor":"sc2336","scene":{"type":"flat","level":0.02},"noise":false,"shading":false,)"
      R"("response":"identity"})");
  write(*sensor, 0x3e01, 0x4a);
  write(*sensor, 0x3e02, 0xb0);
  std::string row;
  std::getline(table, row);  // headings
  unsigned rows = 0;
  for (; std::getline(table, row); ++rows) {
    unsigned code = 0, coarse = 0, fine = 0;
    double log2 = 0, gain = 0;
    ASSERT_EQ(sscanf(row.c_str(), "%x,%x,%x,%lf,%lf", &code, &coarse, &fine, &log2, &gain), 5)
        << row;
    write(*sensor, 0x3e09, coarse);
    write(*sensor, 0x3e07, fine);
    const double expected = 65 + 958 * 0.02 * gain;
    EXPECT_NEAR(take(*sensor, 0).codes[0], std::min(expected, 1023.0), 0.5 + expected * 0.001)
        << row;
  }
  EXPECT_EQ(rows, 161U);
}

}  // namespace
}  // namespace t31::model::testing
