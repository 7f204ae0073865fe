// SPDX-License-Identifier: GPL-2.0-or-later
// The parallel port of the virtual T31: what is sampled from the data lines, by registers alone.
#include <gtest/gtest.h>

#include <random>

#include "model/core/pipeline_path.hpp"
#include "tests/model/bench.hpp"

namespace t31::model::test {
namespace {

constexpr std::uint32_t kStatus1 = 0x1e0, kClear1 = 0x1f0;
constexpr std::uint32_t kDone = 1, kHorizontal = 1u << 10, kVertical = 1u << 14;
constexpr std::uint32_t kSync = 1u << 18, kCompleted = 1u << 19;
constexpr std::uint32_t kAllPins = 0x34fff;  // data, clock, both syncs
constexpr std::uint32_t kDvpRoute = 0x4210, kBtRoute = 0x4440;
constexpr std::uint32_t kRaw8 = 0, kRaw10 = 0x20000, kRaw12 = 0x40000, kYuv = 0xc0000;
constexpr std::uint32_t kHigh = 0x100000;

LinkFormat dvp(unsigned bits, unsigned first_line = 0) {
  LinkFormat link{.bits = bits, .width = kWidth, .height = kHeight};
  link.bus = DataBus::kDvp;
  link.parallel.first_line = first_line;
  return link;
}

LinkFormat yuv(DataBus bus) {
  LinkFormat link = dvp(16);
  link.bus = bus;
  link.parallel.samples = Samples::kYuv422;
  return link;
}

// A camera whose sensor is on the port; steps may be left out or done otherwise.
struct Port {
  explicit Port(const LinkFormat& link,
                std::unique_ptr<PixelPath> pixels = std::make_unique<RecordingPixels>())
      : bench({.link = link}, std::move(pixels)) {
    bench.open_clocks();
    bench.release_sensor();
    bench.reset_isp();
    bench.init_isp();
    pins(kAllPins);
    ttl();
    bench.init_channel();
    bench.queue(0);
    bench.queue(1);
    bench.start_channels();
  }
  void pins(std::uint32_t pins) {
    bench.gpio(0x7018, pins);
    bench.gpio(0x7028, pins);
    bench.gpio(0x7038, pins);
    bench.gpio(0x7044, pins);
    bench.gpio(0x70f0, 0);
  }
  void ttl() {
    bench.csi(0x0c, 0);
    bench.csi(0x0c, 1);
    bench.phy(0x000, 0x7d);
    bench.phy(0x080, 0x3e);
    bench.phy(0x2cc, 1);
  }
  void load_and_run(std::uint32_t route) {
    bench.vic(0x04, kWidth << 16 | kHeight);
    bench.vic(0x00, 2);
    bench.vic(0x00, 4);
    bench.vic(0x00, 1);
    bench.vic(0x1ac, route);
    if (!streaming) bench.stream();
    streaming = true;
  }
  void start_dvp(std::uint32_t config, std::uint32_t active = kWidth) {
    bench.vic(0x0c, 3);
    bench.vic(0x18, active);
    bench.vic(0x10, config);
    load_and_run(kDvpRoute);
  }
  void start_bt(std::uint32_t type, std::uint32_t config = 0x800c0000) {
    bench.isp(0x804, 0x1e);
    bench.vic(0x0c, type);
    bench.vic(0x10, config);
    bench.vic(0x18, 2 * kWidth);
    if (type == 1) {
      bench.vic(0x3c, 0x30);
      bench.vic(0x1c, 0x1b8);
      bench.vic(0x30, 0x1402d0);
      bench.vic(0x34, 0x50014);
      bench.vic(0x38, 0x2d00014);
    }
    load_and_run(kBtRoute);
  }
  std::uint32_t one_frame() {
    bench.vic(kClear1, 0xffffffff);
    bench.run_to_frame_start();
    bench.run(35 * kMillisecond);
    return bench.vic(kStatus1);
  }
  const BayerFrame& frame() const { return bench.pixels->frame; }
  std::uint16_t seen(std::uint32_t x, std::uint32_t y) const {
    return frame().codes[y * kWidth + x];
  }
  // Every sample seen is what `expected` makes of the code that was sent.
  template <typename Expected>
  void expect_samples(unsigned bits, const Expected& expected) const {
    ASSERT_EQ(frame().codes.size(), std::size_t{kWidth} * kHeight);
    for (std::uint32_t y = 0; y < kHeight; ++y)
      for (std::uint32_t x = 0; x < kWidth; ++x)
        ASSERT_EQ(seen(x, y), expected(FakeSensor::code(x, y, bits))) << x << ", " << y;
  }
  Bench bench;
  bool streaming = false;
};

struct Wiring {
  unsigned bits, first_line;
  std::uint32_t config;
};

class DvpFormat : public testing::TestWithParam<Wiring> {};

TEST_P(DvpFormat, GivesWhatTheSensorSends) {
  const auto [bits, first_line, config] = GetParam();
  Port port(dvp(bits, first_line));
  port.start_dvp(config);
  EXPECT_EQ(port.one_frame(), kDone);
  ASSERT_EQ(port.bench.pixels->frames, 1u);
  EXPECT_EQ(port.frame().bits, bits);
  port.expect_samples(bits, [](unsigned code) { return code; });
}

INSTANTIATE_TEST_SUITE_P(Parallel, DvpFormat,
                         testing::Values(Wiring{8, 0, kRaw8}, Wiring{8, 4, kRaw8 | kHigh},
                                         Wiring{10, 0, kRaw10}, Wiring{10, 2, kRaw10 | kHigh},
                                         Wiring{12, 0, kRaw12}),
                         [](const auto& p) {
                           return "Raw" + std::to_string(p.param.bits) + "FromLine" +
                                  std::to_string(p.param.first_line);
                         });

TEST(Parallel, TheWrongHalfOfTheLinesShiftsTheCodes) {
  Port port(dvp(10));
  port.start_dvp(kRaw10 | kHigh);
  EXPECT_EQ(port.one_frame(), kDone) << "nothing but the picture tells";
  port.expect_samples(10, [](unsigned code) { return code >> 2; });
}

TEST(Parallel, EightBitsOfTenAreTheLowerOnes) {
  Port port(dvp(10));
  port.start_dvp(kRaw8);
  EXPECT_EQ(port.one_frame(), kDone);
  EXPECT_EQ(port.frame().bits, 8u);
  port.expect_samples(10, [](unsigned code) { return code & 0xff; });
}

TEST(Parallel, LinesWithoutTheirFunctionReadZero) {
  Port port(dvp(10));
  port.bench.gpio(0x28, 0);
  port.bench.gpio(0x24, 1u << 7);  // D7 is no camera pin any more
  port.start_dvp(kRaw10);
  EXPECT_EQ(port.one_frame(), kDone);
  port.expect_samples(10, [](unsigned code) { return code & ~0x80u; });
}

TEST(Parallel, WithoutTheMipiPadsTheLowSixLinesReadZero) {
  Port port(dvp(12));
  port.bench.phy(0x2cc, 0);
  port.start_dvp(kRaw12);
  EXPECT_EQ(port.one_frame(), kDone);
  port.expect_samples(12, [](unsigned code) { return code & ~0x3fu; });
}

TEST(Parallel, WithoutClockOrSyncPinNothingIsHeard) {
  for (const unsigned pin : {14u, 16u, 17u}) {
    Port port(dvp(10));
    port.bench.gpio(0x24, 1u << pin);
    port.start_dvp(kRaw10);
    EXPECT_EQ(port.one_frame(), 0u) << pin;
    port.pins(kAllPins);
    EXPECT_EQ(port.one_frame(), kDone) << pin;
  }
}

TEST(Parallel, PolarityIsThatOfTheSensor) {
  LinkFormat link = dvp(10);
  link.parallel.hsync_low = link.parallel.vsync_low = true;
  Port port(link);
  port.start_dvp(kRaw10 | 3);
  EXPECT_EQ(port.one_frame(), kDone);
  port.expect_samples(10, [](unsigned code) { return code; });
}

TEST(Parallel, WithTheWrongHsyncTheBlankingIsTakenForLines) {
  LinkFormat link = dvp(10);
  link.parallel.blanking = 50;
  Port port(link);
  port.start_dvp(kRaw10 | 2);
  EXPECT_EQ(port.one_frame(), kDone | kHorizontal);
  EXPECT_EQ(port.bench.vic(0x3a8), 50u << 16 | kWidth);
  port.expect_samples(10, [](unsigned) { return 0; });
}

TEST(Parallel, WithTheWrongVsyncNoFrameComes) {
  Port port(dvp(10));
  port.start_dvp(kRaw10 | 1);
  EXPECT_EQ(port.one_frame(), kVertical);
  EXPECT_EQ(port.bench.pixels->frames, 0u);
}

TEST(Parallel, SonysTimingIsNotTheOthers) {
  LinkFormat link = dvp(10);
  link.parallel.sony_timing = true;
  Port port(link);
  port.start_dvp(kRaw10);
  EXPECT_EQ(port.one_frame(), kSync);
  port.start_dvp(kRaw10 | 0x10000);
  EXPECT_EQ(port.one_frame(), kDone);
}

TEST(Parallel, ShortLinesAreAnErrorOrCompleted) {
  LinkFormat link = dvp(10);
  link.width = kWidth - 8;
  Port port(link);
  port.start_dvp(kRaw10);
  EXPECT_EQ(port.one_frame(), kDone | kHorizontal);
  port.start_dvp(kRaw10 | 1u << 31);
  EXPECT_EQ(port.one_frame(), kDone | kCompleted);
  EXPECT_EQ(port.seen(kWidth - 9, 3), FakeSensor::code(kWidth - 9, 3, 10));
  EXPECT_EQ(port.seen(kWidth - 8, 3), 0u);
}

TEST(Parallel, LinesOfAnotherLengthThanSaidAreAnError) {
  Port port(dvp(10));
  port.start_dvp(kRaw10, kWidth - 2);
  EXPECT_EQ(port.one_frame(), kDone | kHorizontal);
}

TEST(Parallel, MissingLinesAreAnError) {
  LinkFormat link = dvp(10);
  link.height = kHeight - 1;
  Port port(link);
  port.start_dvp(kRaw10);
  EXPECT_EQ(port.one_frame(), kDone | kVertical);
  EXPECT_EQ(port.seen(5, kHeight - 2), FakeSensor::code(5, kHeight - 2, 10));
  EXPECT_EQ(port.seen(5, kHeight - 1), 0u);
}

TEST(Parallel, TheRouteIsThatOfTheInterface) {
  Port port(dvp(10));
  port.start_dvp(kRaw10);
  port.bench.vic(0x1ac, kBtRoute);
  EXPECT_EQ(port.one_frame(), 0u);
  port.bench.vic(0x1ac, kDvpRoute);
  EXPECT_EQ(port.one_frame(), kDone);
}

TEST(Parallel, ConfigurationActsOnlyWhenLoaded) {
  Port port(dvp(10));
  port.start_dvp(kRaw10);
  port.bench.vic(0x10, kRaw8);
  (void)port.one_frame();
  EXPECT_EQ(port.frame().bits, 10u);
}

TEST(Parallel, UnknownDataTypesGiveNothing) {
  for (const std::uint32_t type : {3u, 7u}) {
    Port port(dvp(10));
    port.start_dvp(type << 17);
    EXPECT_EQ(port.one_frame(), 0u) << type;
  }
}

TEST(Parallel, AMipiReceiverDoesNotHearThePort) {
  Port port(dvp(10));
  port.start_dvp(kRaw10);
  port.bench.vic(0x0c, 2);
  port.bench.vic(0x00, 3);
  EXPECT_EQ(port.one_frame(), 0u);
}

TEST(Parallel, TwoExposuresDoNotPass) {
  LinkFormat link = dvp(10);
  link.exposures = 2;
  Port port(link);
  port.start_dvp(kRaw10);
  EXPECT_EQ(port.one_frame(), 0u);
}

struct Interface {
  const char* name;
  DataBus bus;
  std::uint32_t type, config;
};

class BtInterface : public testing::TestWithParam<Interface> {};

TEST_P(BtInterface, GivesTheYuvThatWasSent) {
  Port port(yuv(GetParam().bus));
  port.start_bt(GetParam().type, GetParam().config);
  EXPECT_EQ(port.one_frame(), kDone);
  ASSERT_EQ(port.bench.pixels->frames, 1u);
  EXPECT_EQ(port.frame().samples, Samples::kYuv422);
  port.expect_samples(16, [](unsigned code) { return code; });
}

TEST_P(BtInterface, AnotherOrderExchangesItsBytes) {
  Port port(yuv(GetParam().bus));
  port.start_bt(GetParam().type, GetParam().config | 2u << 4);
  EXPECT_EQ(port.one_frame(), kDone);
  port.expect_samples(16, [](unsigned code) { return (code >> 8 | code << 8) & 0xffff; });
}

TEST_P(BtInterface, DoesNotUnderstandTheSyncsOfAnother) {
  Port port(yuv(GetParam().bus == DataBus::kBt656 ? DataBus::kBt1120 : DataBus::kBt656));
  port.start_bt(GetParam().type, GetParam().config);
  EXPECT_EQ(port.one_frame(), GetParam().type == 1 ? 0u : kSync);
  EXPECT_EQ(port.bench.pixels->frames, 0u);
}

INSTANTIATE_TEST_SUITE_P(Parallel, BtInterface,
                         testing::Values(Interface{"Bt656", DataBus::kBt656, 0, 0x800c0000},
                                         Interface{"Bt601", DataBus::kBt601, 1, 0x800c8000},
                                         Interface{"Bt1120", DataBus::kBt1120, 4, 0x800c0000}),
                         [](const auto& p) { return p.param.name; });

TEST(Parallel, Bt601OfSixteenBitsTakesLumaAndChromaAtOnce) {
  LinkFormat link = yuv(DataBus::kBt601);
  link.parallel.wide = true;
  Port port(link);
  port.start_bt(1, 0x88060820);
  EXPECT_EQ(port.one_frame(), kDone);
  port.expect_samples(16, [](unsigned code) { return code; });
  port.start_bt(1, 0x800c8000);  // eight bits: twice the clocks would be needed
  EXPECT_EQ(port.one_frame(), kDone | kCompleted);
}

TEST(Parallel, EmbeddedSyncsNeedTheClockPinAlone) {
  Port port(yuv(DataBus::kBt656));
  port.bench.gpio(0x24, 3u << 16);
  port.start_bt(0);
  EXPECT_EQ(port.one_frame(), kDone);
  port.bench.gpio(0x24, 1u << 14);
  EXPECT_EQ(port.one_frame(), 0u);
}

TEST(Parallel, Bt601NeedsItsSyncWindows) {
  Port port(yuv(DataBus::kBt601));
  port.start_bt(1, 0x800c8000);
  port.bench.vic(0x34, 0);
  EXPECT_EQ(port.one_frame(), 0u);
}

TEST(Parallel, DvpCarriesYuvInItsOwnOrder) {
  Port port(yuv(DataBus::kDvp));
  port.bench.isp(0x804, 0x1e);
  port.start_dvp(kYuv);
  EXPECT_EQ(port.one_frame(), kDone);
  port.expect_samples(16, [](unsigned code) { return code; });
}

TEST(Parallel, AnIspSetToAMosaicTakesTheLumaForOne) {
  Port port(yuv(DataBus::kBt656));
  port.start_bt(0);
  port.bench.isp(0x804, 0x1c);
  EXPECT_EQ(port.one_frame(), kDone);
  EXPECT_EQ(port.frame().samples, Samples::kBayer);
  EXPECT_EQ(port.frame().bits, 8u);
  port.expect_samples(16, [](unsigned code) { return code & 0xff; });
}

TEST(Parallel, AnIspSetToYuvMakesAGreenPictureOfAMosaic) {
  Port port(dvp(10));
  port.bench.isp(0x804, 0x1e);
  port.start_dvp(kRaw10);
  EXPECT_EQ(port.one_frame(), kDone);
  EXPECT_EQ(port.frame().samples, Samples::kYuv422);
  port.expect_samples(10, [](unsigned code) { return code >> 2; });  // chroma is 0
}

TEST(Parallel, RgbPassesToMemoryButNotToTheIsp) {
  LinkFormat link = dvp(16);
  link.parallel.samples = Samples::kRgb565;
  Port port(link);
  port.bench.vic(0x308, 1);
  port.bench.vic(0x304, kWidth << 16 | kHeight);
  port.bench.vic(0x310, 2 * kWidth);
  port.bench.vic(0x318, Bench::buffer(8));
  port.bench.vic(0x300, 0x80010020);
  port.start_dvp(0xa0000);  // blue on top
  EXPECT_EQ(port.one_frame(), kDone);
  EXPECT_EQ(port.bench.isp(0xb4) & 0x100, 0x100u);
  EXPECT_EQ(port.bench.pixels->frames, 0u);
  const std::uint8_t* row = port.bench.memory(Bench::buffer(8) + 2 * kWidth * 3);
  const unsigned sent = FakeSensor::code(5, 3, 16);
  EXPECT_EQ(row[10] | row[11] << 8, (sent >> 11) | (sent & 0x7e0) | (sent & 0x1f) << 11);
}

// Any settings, any pins, with real pixels: no crash, no write beyond memory, and right settings
// work again. Seeds take turns in what is sent.
class PortVandal : public testing::TestWithParam<unsigned> {};

TEST_P(PortVandal, LeavesAPortThatWorksAgain) {
  std::mt19937 random(GetParam());
  const auto below = [&random](std::uint32_t limit) {
    return static_cast<std::uint32_t>(random() % limit);
  };
  const bool mosaic = GetParam() % 2 == 0;
  LinkFormat link = mosaic ? dvp(10) : yuv(DataBus::kBt656);
  Port port(link, std::make_unique<PipelinePath>(Pipeline::Path::kFast, 1));
  Bench& bench = port.bench;
  bench.init_statistics();
  const std::uint32_t registers[] = {0x04, 0x0c, 0x10, 0x10, 0x18, 0x1c, 0x30, 0x34, 0x1ac, 0x300};
  bench.stream();
  port.streaming = true;
  for (unsigned round = 0; round < 40; ++round) {
    for (unsigned i = 0; i < 4; ++i) {
      const std::uint32_t at = registers[below(std::size(registers))];
      bench.vic(at, below(3) == 0 ? below(8) << 16 | below(70) : bench.vic(at) ^ 1u << below(32));
    }
    bench.vic(0x0c, below(5));
    bench.vic(0x1ac, bench.vic(0x0c) == 3 ? kDvpRoute : kBtRoute);
    bench.isp(0x804, 0x1c | below(2) << 1);
    bench.gpio(below(2) ? 0x24 : 0x28, 1u << below(18));
    bench.vic(0x304, below(200) << 16 | below(200));
    bench.vic(0x308, 1);
    bench.vic(0x318, Bench::kMemoryBase + below(Bench::kMemoryBytes + 0x1000));
    bench.vic(0x00, 3);
    bench.queue(below(4));
    bench.run(below(2 * kPeriod));
  }
  port.pins(kAllPins);
  bench.gpio(0x28, kAllPins);
  bench.vic(0x300, 0);
  bench.queue(0);
  bench.queue(1);
  if (mosaic) {
    bench.isp(0x804, 0x1c);
    port.start_dvp(kRaw10);
  } else {
    port.start_bt(0);
  }
  bench.run_to_frame_start();
  EXPECT_EQ(port.one_frame(), kDone);
}

INSTANTIATE_TEST_SUITE_P(Parallel, PortVandal, testing::Range(1u, 21u));

}  // namespace
}  // namespace t31::model::test
