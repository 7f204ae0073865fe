// SPDX-License-Identifier: GPL-2.0-or-later
// The replay driver: everything it says comes from the film's registers.
#include <cerrno>

#include "tests/sensors/sensor_fixture.hpp"

namespace {

struct Film {
  std::uint32_t width = 2304, height = 1296, bits = 12, order = 2;
  std::uint32_t line_length = 2584, frame_length = 1360, pixel_clock = 2584 * 1360 * 25, lanes = 2;
};

class Replay : public SensorTest {
 protected:
  static void set(std::uint16_t address, unsigned bytes, std::uint32_t value) {
    for (unsigned i = 0; i < bytes; ++i) {
      fake::world().chip.registers[static_cast<std::uint16_t>(address + i)] =
          static_cast<std::uint8_t>(value >> 8 * (bytes - 1 - i));
    }
  }
  static void insert(const Film& film) {
    fake::world().chip.address = 0x3d;
    set(0x0000, 2, 0x5250);
    set(0x0002, 2, film.width);
    set(0x0004, 2, film.height);
    set(0x0006, 1, film.bits);
    set(0x0007, 1, film.order);
    set(0x0008, 2, film.line_length);
    set(0x000a, 2, film.frame_length);
    set(0x000c, 4, film.pixel_clock);
    set(0x0010, 1, film.lanes);
    set(0x0200, 2, 680);
  }
  int fit(const Film& film) {
    insert(film);
    if (loaded_.empty() && load(REPLAY_DRIVER) != 0) return -ENOEXEC;
    return add(description("replay", 0x3d));
  }
  t31_sensor_info info() {
    t31_sensor_info values{};
    EXPECT_EQ(t31_sensor_read_info(sensor_, &values), 0);
    return values;
  }
};

TEST_F(Replay, GeometryComesFromTheFilm) {
  ASSERT_EQ(fit({}), 0);
  const t31_sensor_info i = info();
  EXPECT_EQ(i.mbus_width, 2304u);
  EXPECT_EQ(i.mbus_height, 1296u);
  EXPECT_EQ(i.mbus_code, 0x3011u);  // 12 bits, GRBG
  EXPECT_EQ(i.mipi.csi_format, 2u);
  EXPECT_EQ(i.mipi.data_type_value, 0x2cu);
  EXPECT_EQ(i.mipi.image_twidth, 2304u);
  EXPECT_EQ(i.mipi.lanes, 2u);
  EXPECT_EQ(i.mipi.mbps, (2584u * 1360 * 25 / 2 * 12 + 999999) / 1000000);
  EXPECT_EQ(i.total_width, 2584u);
  EXPECT_EQ(i.total_height, 1360u);
  EXPECT_EQ(i.fps, 25u << 16 | 1);
  EXPECT_EQ(i.max_integration_time, 1356u);
  EXPECT_EQ(i.max_again, 5u << 16);
  EXPECT_EQ(i.integration_time, 680u);
}

TEST_F(Replay, EveryBayerOrderAndDepthHasItsCode) {
  const std::uint32_t codes[3][4] = {{0x3014, 0x3001, 0x3002, 0x3013},
                                     {0x300f, 0x3007, 0x300a, 0x300e},
                                     {0x3012, 0x3008, 0x3011, 0x3010}};
  for (std::uint32_t depth = 0; depth < 3; ++depth) {
    for (std::uint32_t order = 0; order < 4; ++order) {
      ASSERT_EQ(fit({.bits = 8 + 2 * depth, .order = order}), 0);
      EXPECT_EQ(info().mbus_code, codes[depth][order]);
      EXPECT_EQ(info().mipi.csi_format, depth);
      t31_sensor_unregister(sensor_);
      sensor_ = nullptr;
    }
  }
}

TEST_F(Replay, AFilmThatCannotBeIsRefused) {
  const Film films[] = {{.width = 0},
                        {.height = 0},
                        {.bits = 9},
                        {.bits = 14},
                        {.order = 4},
                        {.line_length = 2000},
                        {.frame_length = 1296},
                        {.pixel_clock = 0},
                        {.lanes = 0},
                        {.lanes = 4}};
  for (const Film& film : films) {
    EXPECT_EQ(fit(film), -EINVAL);
    EXPECT_EQ(why_, T31_SENSOR_NOT_IDENTIFIED);
  }
}

TEST_F(Replay, FrameRateIsMadeByTheFrameLength) {
  ASSERT_EQ(fit({}), 0);
  ASSERT_EQ(t31_sensor_init(sensor_, 1), 0);
  EXPECT_EQ(traffic_of([&] { EXPECT_EQ(send(kFps, 10 << 16 | 1), 0); }),
            "r0008(0a) r0009(18) 000a=0d 000b=48");
  EXPECT_EQ(info().total_height, 3400u);  // 1360 * 25 / 10
  EXPECT_EQ(info().fps, 10u << 16 | 1);
  EXPECT_EQ(send(kFps, 30 << 16 | 1), -EINVAL) << "shorter than the picture";
  EXPECT_EQ(send(kFps, 1 << 16 | 2), -EINVAL) << "longer than the register";
  EXPECT_EQ(info().total_height, 3400u);
}

TEST_F(Replay, ARateThatIsNotWholeIsGivenInThousandths) {
  ASSERT_EQ(fit({.pixel_clock = 100'000'000}), 0);
  // 100 MHz / (2584 * 1360) = 28.4556
  EXPECT_EQ(info().fps, 28456u << 16 | 1000);
}

TEST_F(Replay, StartStopsTheFilmAndRestoresTheFrameLength) {
  ASSERT_EQ(fit({}), 0);
  EXPECT_EQ(traffic_of([&] { EXPECT_EQ(t31_sensor_init(sensor_, 1), 0); }),
            "0100=00 000a=05 000b=50");
  EXPECT_EQ(traffic_of([&] { EXPECT_EQ(t31_sensor_stream(sensor_, 1), 0); }), "0100=01");
  EXPECT_EQ(traffic_of([&] { EXPECT_EQ(t31_sensor_stream(sensor_, 0), 0); }), "0100=00");
}

TEST_F(Replay, ExposureAndGainAreWritten) {
  ASSERT_EQ(fit({}), 0);
  EXPECT_EQ(traffic_of([&] { EXPECT_EQ(send(kExpo, 0x02400123), 0); }),
            "0200=01 0201=23 0202=02 0203=40");
}

TEST_F(Replay, GainCodesAreQ8) {
  ASSERT_EQ(fit({}), 0);
  u32 code = 0;
  EXPECT_EQ(t31_sensor_alloc_again(sensor_, 0, &code), 0u);
  EXPECT_EQ(code, 0x100u);
  EXPECT_EQ(t31_sensor_alloc_again(sensor_, 3 << 16, &code), 3u << 16);
  EXPECT_EQ(code, 0x800u);
  EXPECT_EQ(t31_sensor_alloc_again(sensor_, 0x7fffffff, &code), 5u << 16);
  EXPECT_EQ(code, 0x2000u);
}

}  // namespace
