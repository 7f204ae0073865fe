// SPDX-License-Identifier: GPL-2.0-or-later
// The order of a frame's events in time, the sensor's supply, its stream and its bus.
#include <gtest/gtest.h>

#include "tests/model/bench.hpp"

namespace t31::model::test {
namespace {

TEST(Frame, EventsComeInTheOrderOfTheSpecification) {
  Bench bench;
  bench.start();
  bench.run_to_frame_start();
  const std::uint64_t start = bench.chip.now();
  std::vector<std::uint32_t> order{bench.isp(0xb4)};
  std::vector<std::uint64_t> times{0};
  bench.isp(0xb8, 0xffffffff);
  while (bench.chip.next_event() < start + kPeriod) {
    bench.chip.advance(bench.chip.next_event());
    const std::uint32_t core = bench.isp(0xb4), input = bench.vic(0x1e0);
    if (input) order.push_back(0);
    if (core) order.push_back(core);
    if (input || core) times.push_back(bench.chip.now() - start);
    bench.isp(0xb8, core);
    bench.vic(0x1f0, input);
  }
  // Frame start, VIC done (0), exposure zones, histogram, white balance, ISP done, channel 0.
  EXPECT_EQ(order,
            (std::vector<std::uint32_t>{1u << 12, 0, 1u << 26, 1u << 27, 1u << 30, 1u << 13, 1}));
  EXPECT_EQ(times, (std::vector<std::uint64_t>{0, 32'000'000, 32'010'000, 32'020'000, 32'030'000,
                                               32'060'000, 32'080'000}));
}

TEST(Frame, StartsFollowTheSensorsPeriodExactly) {
  Bench bench;
  bench.start();
  bench.sensor->period = 66'666'666;
  std::vector<std::uint64_t> starts;
  for (unsigned n = 0; n < 4; ++n) {
    bench.run_to_frame_start();
    starts.push_back(bench.chip.now());
  }
  for (unsigned n = 1; n < 4; ++n) EXPECT_EQ(starts[n] - starts[n - 1], 66'666'666u);
}

TEST(Frame, FirstOneComesAPeriodAfterTheStreamIsOn) {
  Bench bench;
  bench.start();
  const std::uint64_t on = bench.chip.now();
  bench.run_to_frame_start();
  EXPECT_EQ(bench.chip.now() - on, kPeriod);
  EXPECT_EQ(bench.sensor->frames_begun, std::vector<std::uint64_t>{0});
}

TEST(Frame, NumbersStartAgainWithTheStream) {
  Bench bench;
  bench.start();
  bench.run_frames(3);
  bench.stream(false);
  bench.stream(true);
  bench.run_frames(2);
  EXPECT_EQ(bench.sensor->frames_begun, (std::vector<std::uint64_t>{0, 1, 2, 0, 1}));
}

TEST(Frame, OneOnItsWayIsSentToItsEndWhenTheStreamStops) {
  Bench bench;
  bench.start();
  bench.run_to_frame_start();
  bench.stream(false);
  bench.run_frames(3);
  EXPECT_EQ(bench.counter(T31_MODEL_FRAMES_OUTPUT), 1u);
  EXPECT_EQ(bench.chip.next_event(), Timeline::kNever);
}

TEST(Frame, IsCutOffWhenTheSensorLosesItsClock) {
  Bench bench;
  bench.start();
  bench.run_to_frame_start();
  bench.run(kMillisecond);
  bench.cpm(0x7c, 0x28000039);
  bench.run_frames(2);
  EXPECT_EQ(bench.counter(T31_MODEL_FRAMES_OUTPUT), 0u);
  EXPECT_EQ(bench.isp(0xb4) & 1u << 8, 1u << 8);
}

TEST(Frame, PixelsAreMadeOnlyWhenSomebodyWantsThem) {
  Bench bench;
  bench.start(0);
  bench.isp(0xa04c, 0);
  bench.isp(0xb04c, 0);
  bench.run_frames(3);
  EXPECT_EQ(bench.sensor->frames_rendered, 0u);
  EXPECT_EQ(bench.counter(T31_MODEL_FRAMES_STARTED), 3u);
}

TEST(Frame, SameInputGivesSameEventsTwice) {
  const auto run = [] {
    Bench bench;
    bench.start();
    std::vector<std::pair<std::uint64_t, std::uint32_t>> seen;
    while (bench.chip.now() < 5 * kPeriod) {
      bench.chip.advance(bench.chip.next_event());
      seen.emplace_back(bench.chip.now(), bench.isp(0xb4));
      bench.isp(0xb8, 0xffffffff);
    }
    return seen;
  };
  EXPECT_EQ(run(), run());
}

TEST(Sensor, AnswersOnlyWithClockAndOutOfReset) {
  Bench bench;
  EXPECT_EQ(bench.stream(), -6);
  bench.open_clocks();
  EXPECT_EQ(bench.stream(), -6) << "in reset";
  bench.release_sensor();
  EXPECT_EQ(bench.stream(), 1);
  bench.cpm(0x7c, 0x28000039);
  EXPECT_EQ(bench.stream(), -6) << "no clock";
}

TEST(Sensor, AnswersOnlyAtItsAddressAndOnItsBus) {
  Bench bench;
  bench.open_clocks();
  bench.release_sensor();
  std::uint8_t byte = 0;
  t31_model_i2c_msg message{0x36, 0, 1, &byte};
  EXPECT_EQ(bench.chip.i2c_transfer(0, {&message, 1}), -6);
  message.address = FakeSensor::kAddress;
  EXPECT_EQ(bench.chip.i2c_transfer(1, {&message, 1}), -6);
  EXPECT_EQ(bench.chip.i2c_transfer(0, {&message, 1}), 1);
}

TEST(Sensor, ReadsFollowWritesInOneTransfer) {
  Bench bench;
  bench.open_clocks();
  bench.release_sensor();
  std::uint8_t reg = 0x10, value = 0;
  t31_model_i2c_msg messages[] = {{FakeSensor::kAddress, 0, 1, &reg},
                                  {FakeSensor::kAddress, 1, 1, &value}};
  EXPECT_EQ(bench.chip.i2c_transfer(0, messages), 2);
  EXPECT_EQ(value, 0x5a);
}

TEST(Sensor, RefusedWriteIsNoDevice) {
  Bench bench;
  bench.open_clocks();
  bench.release_sensor();
  std::uint8_t bytes[4] = {};
  t31_model_i2c_msg message{FakeSensor::kAddress, 0, 4, bytes};
  EXPECT_EQ(bench.chip.i2c_transfer(0, {&message, 1}), -6);
}

TEST(Sensor, DetachedWithinAFrameEndsItCleanly) {
  Bench bench;
  bench.start();
  bench.run_to_frame_start();
  bench.run(kMillisecond);
  bench.chip.detach();
  bench.run_frames(2);
  EXPECT_EQ(bench.counter(T31_MODEL_FRAMES_OUTPUT), 0u);
  EXPECT_EQ(bench.stream(), -6);
}

TEST(Sensor, ReplacedOneGetsTheSupplyThatIsOn) {
  Bench bench;
  bench.open_clocks();
  bench.release_sensor();
  auto second = std::make_unique<FakeSensor>(bench.sensor->link_format);
  FakeSensor* pointer = second.get();
  bench.chip.attach(std::move(second), 0);
  EXPECT_EQ(pointer->master_clock, 24'000'000u);
  EXPECT_TRUE(pointer->reset_high);
}

}  // namespace
}  // namespace t31::model::test
