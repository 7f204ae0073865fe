// SPDX-License-Identifier: GPL-2.0-or-later
// Sensors on the parallel port, through the device nodes: registers against the specification's
// lists (hw-pipeline 2.2, 3.2, 3.4, 3.5, annex A), pictures against those of the MIPI link, errors
// in words.
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <utility>

#include "tests/camera/film.hpp"
#include "tests/camera/last_picture.hpp"

namespace t31::test {
namespace {

using Writes = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

constexpr std::uint32_t kFullHd = 0x07800438;

// What a unit was written while streaming was started; the acknowledgements of interrupts left out.
Writes writes_to(const std::string& trace, const std::string& unit) {
  std::ifstream file(trace);
  Writes writes;
  for (std::string line; std::getline(file, line);) {
    unsigned offset = 0, value = 0;
    if (line.rfind("W," + unit + ",", 0) != 0) continue;
    if (std::sscanf(line.c_str() + 3 + unit.size(), "%x,%x", &offset, &value) != 2) continue;
    if (unit == "VIC" && (offset == 0x1f0 || offset == 0x1f4)) continue;
    writes.emplace_back(offset, value);
  }
  return writes;
}

// Everything up to streaming, by a sensor of 1920x1080 in whose name nothing is ever sent.
struct Started {
  Writes vic, csi, phy;
  std::uint32_t pins = 0;  // of port A with the camera function
};

std::uint32_t camera_pins() {
  constexpr std::uint32_t kPort = 0x10010000;
  return ~t31_host_peek(kPort + 0x10) & ~t31_host_peek(kPort + 0x20) &
         ~t31_host_peek(kPort + 0x30) & t31_host_peek(kPort + 0x40);
}

Started start(unsigned bits, const std::string& parameters) {
  const TemporaryFolder folder;
  const Film film(1920, 1080, bits);
  Machine machine = film.machine({}, parameters);
  machine.trace = folder / "trace";
  Started started;
  {
    Camera camera(machine);
    Session session;
    EXPECT_EQ(session.open(), 0);
    EXPECT_EQ(session.add_sensor("replay", sensor_address("replay")), 0);
    EXPECT_EQ(session.enable_sensor(), 0);
    started.pins = camera_pins();
    // A crash of the machine: only what was written so far counts.
    EXPECT_EQ(session.disable_sensor(), 0);
  }
  started.vic = writes_to(machine.trace, "VIC");
  if (!started.vic.empty()) started.vic.pop_back();  // the stop
  started.csi = writes_to(machine.trace, "CSI");
  started.phy = writes_to(machine.trace, "PHY");
  return started;
}

Writes dvp_writes(std::uint32_t config) {
  return {{0x0c, 3}, {0x18, 1920},      {0x10, config},  {0x04, kFullHd}, {0x00, 2}, {0x00, 4},
          {0x00, 1}, {0x1a4, 0x100010}, {0x1ac, 0x4210}, {0x1b0, 0x10},   {0x1b4, 0}};
}

struct DvpVector {
  const char* name;
  unsigned bits;
  const char* parameters;
  std::uint32_t config, pins;
};

class DvpVectors : public testing::TestWithParam<DvpVector> {};

TEST_P(DvpVectors, AreWrittenInTheSpecifiedOrder) {
  const DvpVector& vector = GetParam();
  const Started seen = start(vector.bits, std::string("data_interface=2 ") + vector.parameters);
  EXPECT_EQ(seen.vic, dvp_writes(vector.config));
  EXPECT_EQ(seen.pins & 0x3ffff, vector.pins);
  const Writes csi{{0x0c, 0}, {0x0c, 1}}, phy{{0x000, 0x7d}, {0x080, 0x3e}, {0x2cc, 1}};
  ASSERT_GE(seen.csi.size(), csi.size());
  EXPECT_EQ(Writes(seen.csi.begin(), seen.csi.begin() + 2), csi);
  ASSERT_GE(seen.phy.size(), phy.size());
  EXPECT_EQ(Writes(seen.phy.begin(), seen.phy.begin() + 3), phy);
}

// hw-pipeline 3.4 and A.3; pins of sensor-abi 1.3. Codes: 3.4's column.
INSTANTIATE_TEST_SUITE_P(
    Parallel, DvpVectors,
    testing::Values(
        DvpVector{"Raw8Low", 8, "sensor_gpio_func=3", 0x000000, 0x340ff},
        DvpVector{"Raw8High", 8, "sensor_gpio_func=4", 0x100000, 0x34ff0},
        DvpVector{"Raw10Low", 10, "sensor_gpio_func=0", 0x020000, 0x343ff},
        DvpVector{"Raw10LowHsyncTiming", 10, "sensor_gpio_func=0 dvp_mode=1", 0x020000, 0x343ff},
        DvpVector{"Raw10LowSony", 10, "sensor_gpio_func=0 dvp_mode=2", 0x030000, 0x343ff},
        DvpVector{"Raw10High", 10, "sensor_gpio_func=1", 0x120000, 0x34ffc},
        DvpVector{"Raw10HighSony", 10, "sensor_gpio_func=1 dvp_mode=2", 0x130000, 0x34ffc},
        DvpVector{"Raw12", 12, "sensor_gpio_func=2", 0x040000, 0x34fff},
        DvpVector{"Raw12Sony", 12, "sensor_gpio_func=2 dvp_mode=2", 0x050000, 0x34fff},
        DvpVector{"Infrared8", 8, "sensor_gpio_func=4 mbus_code=0x310f", 0x100000, 0x34ff0},
        DvpVector{"Infrared10", 10, "sensor_gpio_func=0 mbus_code=0x3200", 0x020000, 0x343ff},
        DvpVector{"Infrared12", 12, "mbus_code=0x3307", 0x040000, 0x34fff},
        DvpVector{"Yuyv16", 8, "sensor_gpio_func=3 mbus_code=0x2011", 0x0c0000, 0x340ff},
        DvpVector{"Yuv8First", 8, "sensor_gpio_func=3 mbus_code=0x2002", 0x0c0000, 0x340ff},
        DvpVector{"Yuv8Last", 8, "sensor_gpio_func=3 mbus_code=0x2005", 0x0c0000, 0x340ff},
        DvpVector{"Rgb565", 8, "sensor_gpio_func=3 mbus_code=0x1008", 0x080000, 0x340ff},
        DvpVector{"Bgr565", 8, "sensor_gpio_func=3 mbus_code=0x1006", 0x0a0000, 0x340ff},
        DvpVector{"HsyncLow", 10, "sensor_gpio_func=0 hsync_polar=2", 0x20002, 0x343ff},
        DvpVector{"VsyncLow", 10, "sensor_gpio_func=0 vsync_polar=2", 0x20001, 0x343ff},
        DvpVector{"BothLowCompleted", 10,
                  "sensor_gpio_func=0 hsync_polar=2 vsync_polar=2 dvp_hcomp_en=1", 0x80020003,
                  0x343ff},
        DvpVector{"BothHigh", 10, "sensor_gpio_func=0 hsync_polar=1 vsync_polar=1", 0x20000,
                  0x343ff}),
    [](const auto& p) { return p.param.name; });

TEST(Parallel, BlankingOfDvpIsWrittenAsAnnexA3Says) {
  const Started seen =
      start(10, "data_interface=2 sensor_gpio_func=0 vblanking=0x10 hblanking=0x20");
  ASSERT_GE(seen.vic.size(), 4u);
  const Writes first(seen.vic.begin(), seen.vic.begin() + 4);
  EXPECT_EQ(first, (Writes{{0x0c, 3}, {0x18, 0x00200780}, {0x3c, 0x10}, {0x18, 0x00200780}}));
}

// hw-pipeline 3.5.
TEST(Parallel, Bt656IsProgrammedAsSpecified) {
  const Started seen = start(8, "data_interface=4 mbus_code=0x2011");
  EXPECT_EQ(seen.vic, (Writes{{0x0c, 0},
                              {0x04, kFullHd},
                              {0x0c, 0},
                              {0x10, 0x800c0000},
                              {0x18, 3840},
                              {0x1a4, 0x100010},
                              {0x1ac, 0x4440},
                              {0x1d0, 0x200},
                              {0x1d4, 0x200},
                              {0x00, 2},
                              {0x00, 1}}));
  EXPECT_TRUE(seen.phy.empty());
}

Writes bt601_writes(std::uint32_t config) {
  return {
      {0x0c, 1},    {0x04, kFullHd},   {0x0c, 1},        {0x10, config},  {0x18, 3840 | 0x100000},
      {0x3c, 0x30}, {0x1c, 0x1b8},     {0x30, 0x1402d0}, {0x34, 0x50014}, {0x38, 0x2d00014},
      {0x1a0, 0},   {0x1a4, 0x100010}, {0x1ac, 0x4440},  {0x00, 2},       {0x00, 1}};
}

TEST(Parallel, Bt601IsProgrammedAsSpecified) {
  EXPECT_EQ(start(8, "data_interface=3 mbus_code=0x2011").vic, bt601_writes(0x800c8000));
  EXPECT_EQ(start(8, "data_interface=3 mbus_code=0x2011 bt_mode=1").vic, bt601_writes(0x88060820));
}

TEST(Parallel, Bt1120IsProgrammedAsSpecified) {
  EXPECT_EQ(start(8, "data_interface=5 mbus_code=0x2011").vic, (Writes{{0x0c, 4},
                                                                       {0x04, kFullHd},
                                                                       {0x10, 0x800c0000},
                                                                       {0x18, 3840},
                                                                       {0x1a4, 0x100010},
                                                                       {0x1ac, 0x4440},
                                                                       {0x00, 2},
                                                                       {0x00, 1}}));
}

std::uint32_t written(const Writes& writes, std::uint32_t offset) {
  for (const auto& [at, value] : writes)
    if (at == offset) return value;
  return ~0u;
}

// hw-pipeline A.1 and A.2 on the same road: the MIPI link.
TEST(Parallel, WordsOfAMipiLineAreThoseOfAnnexA1) {
  EXPECT_EQ(written(start(8, "").vic, 0x100), 0x1e0u);
  EXPECT_EQ(written(start(10, "").vic, 0x100), 0x258u);
  EXPECT_EQ(written(start(12, "").vic, 0x100), 0x2d0u);
  EXPECT_EQ(written(start(8, "mbus_code=0x2011").vic, 0x100), 0x3c0u);
}

TEST(Parallel, SonysMipiModeIsThatOfAnnexA2) {
  const Writes vic = start(10, "mipi_mode=1").vic;
  ASSERT_GE(vic.size(), 2u);
  EXPECT_EQ(vic[0], (std::pair<std::uint32_t, std::uint32_t>{0x10, 0x20000}));
  EXPECT_EQ(vic[1], (std::pair<std::uint32_t, std::uint32_t>{0x1a4, 0x100010}));
}

// ---- Pictures

constexpr std::uint32_t kWidth = 256, kHeight = 128;

// Colours and structure, one for each 2x2 cell: red, green, blue of 8 bits.
std::array<unsigned, 3> cell(std::uint32_t x, std::uint32_t y) {
  return {40 + (x / 2 * 3) % 160, 30 + (y / 2 * 5 + x / 8) % 180, 50 + (x / 2 + y / 2) % 140};
}

unsigned mosaic(std::uint32_t x, std::uint32_t y) {
  const auto [red, green, blue] = cell(x, y);
  return x % 2 != y % 2 ? green : x % 2 != 0 ? blue : red;
}

// The fourth picture. Exposure has no effect on a film, so all cameras go the same way.
std::vector<std::uint8_t> picture(const Film& film, const std::string& port,
                                  const std::string& parameters) {
  Camera camera(film.machine(port, parameters));
  Session session;
  EXPECT_EQ(session.start("replay"), 0);
  Channel channel(0, kWidth, kHeight, t31_host_rmem_base());
  EXPECT_EQ(channel.start(2), 0);
  const auto bytes = last_picture(channel, kWidth * kHeight, 4, 200'000'000);
  if (bytes.empty()) return {};
  EXPECT_NE(read_proc("status").find("verdict: ok: frames come"), std::string::npos);
  EXPECT_EQ(channel.close(), 0);
  EXPECT_EQ(session.stop(), 0);
  return bytes;
}

struct DvpWiring {
  const char* name;
  unsigned bits;
  const char* port;
  const char* parameters;
};

class DvpPictures : public testing::TestWithParam<DvpWiring> {};

TEST_P(DvpPictures, AreThoseOfTheMipiLink) {
  const DvpWiring& wiring = GetParam();
  const Film film(kWidth, kHeight, wiring.bits, [&](std::uint32_t x, std::uint32_t y) {
    return mosaic(x, y) << (wiring.bits - 8);
  });
  const auto expected = picture(film, {}, {});
  ASSERT_FALSE(expected.empty());
  EXPECT_NE(expected.front(), expected[kWidth * kHeight / 2 + 77])
      << "a picture with nothing on it";
  EXPECT_EQ(picture(film, wiring.port, std::string("data_interface=2 ") + wiring.parameters),
            expected);
}

INSTANTIATE_TEST_SUITE_P(
    Parallel, DvpPictures,
    testing::Values(DvpWiring{"Raw8High", 8, R"({"first_line":4})", "sensor_gpio_func=4"},
                    DvpWiring{"Raw10Low", 10, "{}", "sensor_gpio_func=0"},
                    DvpWiring{"Raw12LowSyncs", 12, R"({"hsync":"low","vsync":"low"})",
                              "sensor_gpio_func=2 hsync_polar=2 vsync_polar=2"}),
    [](const auto& p) { return p.param.name; });

// BT.601, full range, of the colour of a cell: exact thousandths, rounded.
std::array<unsigned, 3> yuv(std::uint32_t x, std::uint32_t y) {
  const auto [r, g, b] = cell(x, y);
  return {(299 * r + 587 * g + 114 * b + 500) / 1000,
          (128'500 + 500 * b - 169 * r - 331 * g) / 1000,
          (128'500 + 500 * r - 419 * g - 81 * b) / 1000};
}

struct YuvWiring {
  const char* name;
  const char* port;
  const char* parameters;
};

class YuvPictures : public testing::TestWithParam<YuvWiring> {};

TEST_P(YuvPictures, ComeAsTheCameraBehindThePortMadeThem) {
  const Film film(kWidth, kHeight, 8, mosaic);
  const auto seen =
      picture(film, GetParam().port,
              std::string("sensor_gpio_func=3 mbus_code=0x2011 ") + GetParam().parameters);
  ASSERT_EQ(seen.size(), kWidth * kHeight * 3 / 2);
  for (std::uint32_t y = 0; y < kHeight; y += 3) {
    for (std::uint32_t x = 0; x < kWidth; ++x) {
      const auto [luma, cb, cr] = yuv(x, y);
      ASSERT_EQ(seen[y * kWidth + x], luma) << x << ", " << y;
      const std::uint8_t* pair = &seen[kWidth * kHeight + y / 2 * kWidth + x / 2 * 2];
      ASSERT_EQ(pair[0], cb) << x << ", " << y;
      ASSERT_EQ(pair[1], cr) << x << ", " << y;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Parallel, YuvPictures,
    testing::Values(YuvWiring{"Bt656", R"({"bus":"bt656"})", "data_interface=4"},
                    YuvWiring{"Bt601", R"({"bus":"bt601"})", "data_interface=3"},
                    YuvWiring{"Bt601Wide", R"({"bus":"bt601","wide":true})",
                              "data_interface=3 bt_mode=1 sensor_gpio_func=2"},
                    YuvWiring{"Bt1120", R"({"bus":"bt1120"})", "data_interface=5"},
                    YuvWiring{"Dvp", R"({"bus":"dvp","samples":"yuv422"})", "data_interface=2"}),
    [](const auto& p) { return p.param.name; });

// ---- Errors

struct Wrong {
  const char* name;
  const char* port;
  const char* parameters;
  const char* verdict;
  const char* last_error;
};

class WrongWiring : public testing::TestWithParam<Wrong> {};

TEST_P(WrongWiring, IsToldInWords) {
  const Film film(kWidth, kHeight, 10, [](std::uint32_t, std::uint32_t) { return 300u; });
  Camera camera(film.machine(GetParam().port, GetParam().parameters));
  Session session;
  ASSERT_EQ(session.start("replay"), 0);
  t31_host_sleep_ns(400'000'000);
  const std::string status = read_proc("status");
  EXPECT_NE(status.find(std::string("verdict: ") + GetParam().verdict), std::string::npos)
      << status;
  EXPECT_NE(status.find(std::string("input_last_error: ") + GetParam().last_error),
            std::string::npos)
      << status;
  EXPECT_EQ(session.stop(), 0);
  EXPECT_TRUE(camera.unload());
}

INSTANTIATE_TEST_SUITE_P(
    Parallel, WrongWiring,
    testing::Values(Wrong{"Hsync", R"({"hsync":"low"})", "data_interface=2 sensor_gpio_func=0",
                          "no frames: the parallel port has errors", "horizontal error"},
                    Wrong{"Vsync", R"({"vsync":"low"})", "data_interface=2 sensor_gpio_func=0",
                          "no frames: the parallel port has errors", "vertical error"},
                    Wrong{"Timing", R"({"timing":"sony"})", "data_interface=2 sensor_gpio_func=0",
                          "no frames: the parallel port has errors", "frame sync error"},
                    Wrong{"EmbeddedSyncs", R"({"bus":"bt656"})",
                          "data_interface=2 sensor_gpio_func=0",
                          "no frames: nothing comes on the parallel port", "none"},
                    Wrong{"OnMipi", "{}", "", "no frames: nothing comes from the sensor", "none"},
                    Wrong{"OtherInterface", R"({"bus":"bt1120"})",
                          "data_interface=4 sensor_gpio_func=3 mbus_code=0x2011",
                          "no frames: the parallel port has errors", "frame sync error"}),
    [](const auto& p) { return p.param.name; });

TEST(Parallel, AWrongLineLengthIsCountedAndThePortRunsAgainAfterwards) {
  constexpr std::uint32_t kActive = 0x133e0018, kControl = 0x133e0000, kLoadAndRun = 3;
  const Film film(kWidth, kHeight, 10, [](std::uint32_t, std::uint32_t) { return 300u; });
  Camera camera(film.machine("{}", "data_interface=2 sensor_gpio_func=0"));
  Session session;
  ASSERT_EQ(session.start("replay"), 0);
  Channel channel(0, kWidth, kHeight, t31_host_rmem_base());
  ASSERT_EQ(channel.start(2), 0);
  t31_host_poke(kActive, kWidth - 8);
  t31_host_poke(kControl, kLoadAndRun);
  t31_host_sleep_ns(200'000'000);
  unsigned frames = 0, sum = 0;
  ASSERT_EQ(std::sscanf(read_proc("isp-w02").c_str(), "%u, %u", &frames, &sum), 2);
  EXPECT_GT(sum, 2u);
  const std::string status = read_proc("status");
  EXPECT_EQ(status.find("input_recoveries: 0\n"), std::string::npos) << status;
  EXPECT_NE(status.find("input_last_error: horizontal error"), std::string::npos) << status;
  EXPECT_EQ(t31_host_peek(kControl) & 1, 1u) << "the input was left stopped";
  t31_host_poke(kActive, kWidth);
  t31_host_poke(kControl, kLoadAndRun);
  Frame frame;
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(channel.dequeue(frame), 0);
    ASSERT_EQ(channel.queue(frame.index), 0);
  }
  EXPECT_EQ(channel.close(), 0);
  EXPECT_EQ(session.stop(), 0);
}

TEST(Parallel, TheSensorFileSaysHowItIsWired) {
  const Film film(kWidth, kHeight, 10, [](std::uint32_t, std::uint32_t) { return 300u; });
  Camera camera(film.machine("{}",
                             "data_interface=2 sensor_gpio_func=1 dvp_mode=2 hsync_polar=2 "
                             "hblanking=7 vblanking=9"));
  Session session;
  ASSERT_EQ(session.start("replay"), 0);
  EXPECT_NE(read_proc("sensor").find("interface: DVP\ndata_pins: high 10 bits\ntiming: Sony\n"
                                     "hsync: active low\nvsync: active high\n"
                                     "blanking: 7 pixel clocks 9 lines\n"),
            std::string::npos)
      << read_proc("sensor");
}

TEST(Parallel, AMipiSensorWorksAfterOneOnThePort) {
  const Film film(kWidth, kHeight, 10, [](std::uint32_t, std::uint32_t) { return 300u; });
  Camera camera(film.machine("{}", "data_interface=2 sensor_gpio_func=0"));
  Session session;
  ASSERT_EQ(session.start("replay"), 0);
  constexpr std::uint32_t kPadMode = 0x100222cc;
  EXPECT_EQ(t31_host_peek(kPadMode), 1u);
  ASSERT_EQ(session.disable_sensor(), 0);
  ASSERT_EQ(session.remove_sensor(), 0);
  EXPECT_EQ(t31_host_peek(kPadMode), 0u);
}

// ---- Past the ISP

int queue_raw(const Channel& channel, std::uint32_t index) {
  User<t31_buffer> buffer;
  buffer->index = index;
  buffer->type = T31_BUF_TYPE_VIDEO_CAPTURE;
  buffer->memory = T31_MEMORY_USERPTR;
  buffer->userptr = channel.buffer_address(index);
  buffer->length = 2 * kWidth * kHeight;
  return t31_host_ioctl(channel.descriptor(), T31_FRAMECHAN_QBUF, buffer.address());
}

TEST(Parallel, WithTheIspBypassedYuvComesAsItWasSent) {
  const Film film(kWidth, kHeight, 8, mosaic);
  Camera camera(
      film.machine(R"({"bus":"bt656"})", "data_interface=4 sensor_gpio_func=3 mbus_code=0x2011"));
  Session session;
  ASSERT_EQ(session.open(), 0);
  ASSERT_EQ(session.add_sensor("replay", sensor_address("replay")), 0);
  ASSERT_EQ(session.enable_tuning(), 0);
  ASSERT_EQ(session.control_set(T31_CONTROL_ISP_PROCESS, 0), 0);
  ASSERT_EQ(session.enable_sensor(), 0);
  Channel channel(0, kWidth, kHeight, t31_host_rmem_base());
  channel.set_buffer_stride(2 * kWidth * kHeight);
  ASSERT_EQ(channel.open(), 0);
  t31_frame_format& format = channel.format();
  format.type = T31_BUF_TYPE_VIDEO_CAPTURE;
  format.pix.width = kWidth;
  format.pix.height = kHeight;
  format.pix.pixelformat = T31_FOURCC_RAW;
  User<t31_frame_format> asked(format);
  ASSERT_EQ(t31_host_ioctl(channel.descriptor(), T31_FRAMECHAN_SET_FORMAT, asked.address()), 0);
  EXPECT_EQ(asked->pix.sizeimage, 2 * kWidth * kHeight);
  ASSERT_EQ(channel.request(2), 0);
  ASSERT_EQ(queue_raw(channel, 0), 0);
  ASSERT_EQ(queue_raw(channel, 1), 0);
  ASSERT_EQ(channel.stream_on(), 0);
  t31_host_sleep_ns(200'000'000);
  const std::string status = read_proc("status");
  ASSERT_EQ(status.find("channel0_delivered: 0\n"), std::string::npos) << status;
  Frame frame;
  ASSERT_EQ(channel.dequeue(frame), 0);
  const std::uint8_t* bytes = channel.luma(frame.index);
  for (std::uint32_t y = 0; y < kHeight; y += 5) {
    for (std::uint32_t x = 0; x < kWidth; ++x) {
      const auto [luma, cb, cr] = yuv(x, y);
      ASSERT_EQ(bytes[2 * (y * kWidth + x)], luma) << x << ", " << y;
      ASSERT_EQ(bytes[2 * (y * kWidth + x) + 1], x % 2 == 0 ? cb : cr) << x << ", " << y;
    }
  }
  EXPECT_EQ(channel.stream_off(), 0);
  EXPECT_EQ(channel.close(), 0);
  EXPECT_EQ(session.stop(), 0);
}

// What the sensor has been told: lines and both gains.
std::string exposure_told() {
  const std::string sensor = read_proc("sensor");
  const std::size_t first = sensor.find("integration_time: "), last = sensor.find("digital_gain: ");
  EXPECT_LT(first, last) << sensor;
  return sensor.substr(first, sensor.find('\n', last) - first);
}

// The statistics are of raw pixels, and there are none: all black, however light the scene.
TEST(Parallel, ASensorThatSendsYuvKeepsItsExposure) {
  const Film film(kWidth, kHeight, 8, mosaic);
  Camera camera(
      film.machine(R"({"bus":"bt656"})", "sensor_gpio_func=3 mbus_code=0x2011 data_interface=4"));
  Session session;
  ASSERT_EQ(session.start("replay"), 0);
  const std::string before = exposure_told();
  t31_host_sleep_ns(1'000'000'000);
  EXPECT_NE(read_proc("status").find("verdict: ok: frames come"), std::string::npos);
  EXPECT_EQ(exposure_told(), before);
  EXPECT_NE(read_proc("status").find("statistics_exposure_zones: none"), std::string::npos);
  EXPECT_EQ(session.stop(), 0);
}

}  // namespace
}  // namespace t31::test
