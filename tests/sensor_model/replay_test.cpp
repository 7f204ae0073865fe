// SPDX-License-Identifier: GPL-2.0-or-later
// The replay sensor: its registers, its films, simulated exposure.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <vector>

#include "probe.hpp"

namespace t31::model::testing {
namespace {

std::vector<std::uint8_t> bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void write_bytes(const std::filesystem::path& file, const std::vector<std::uint8_t>& bytes) {
  std::ofstream stream(file, std::ios::binary);
  stream.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  ASSERT_TRUE(stream.good());
}

std::string description(const std::filesystem::path& file, unsigned width, unsigned height,
                        unsigned bits, double black = 0, bool simulate = false,
                        const char* order = "grbg") {
  return nlohmann::json{{"sensor", "replay"},
                        {"raw",
                         {{"file", file.string()},
                          {"width", width},
                          {"height", height},
                          {"order", order},
                          {"bits", bits},
                          {"black", black}}},
                        {"simulate_gain", simulate}}
      .dump();
}

std::vector<std::uint8_t> little_endian(const std::vector<unsigned>& samples) {
  std::vector<std::uint8_t> bytes;
  for (const unsigned sample : samples) {
    bytes.push_back(static_cast<std::uint8_t>(sample));
    bytes.push_back(static_cast<std::uint8_t>(sample >> 8));
  }
  return bytes;
}

TEST(ReplayRegisters, TellTheDriverWhatIsOnTheFilm) {
  const ScratchFile film(".raw");
  write_bytes(film.path(), std::vector<std::uint8_t>(640 * 480 * 2));
  auto sensor = powered(description(film.path(), 640, 480, 12, 0, true, "gbrg"));
  EXPECT_EQ(sensor->i2c_address(), 0x3d);
  EXPECT_EQ(read16(*sensor, 0x0000), 0x5250U);
  EXPECT_EQ(read16(*sensor, 0x0002), 640U);
  EXPECT_EQ(read16(*sensor, 0x0004), 480U);
  EXPECT_EQ(read(*sensor, 0x0006), 12U);
  EXPECT_EQ(read(*sensor, 0x0007), 3U);
  EXPECT_EQ(read(*sensor, 0x0010), 2U);
  EXPECT_EQ(read(*sensor, 0x0011), 1U);
  EXPECT_EQ(read16(*sensor, 0x0202), 0x100U);
  const std::uint64_t clock =
      static_cast<std::uint64_t>(read16(*sensor, 0x000c)) << 16 | read16(*sensor, 0x000e);
  EXPECT_EQ(static_cast<std::uint64_t>(read16(*sensor, 0x0008)) * read16(*sensor, 0x000a) * 25,
            clock);
  const LinkFormat link = sensor->link();
  EXPECT_EQ(link.width, 640U);
  EXPECT_EQ(link.height, 480U);
  EXPECT_EQ(link.bits, 12U);
  EXPECT_EQ(link.lanes, 2U);
  EXPECT_GE(link.mbps * 2'000'000ULL, clock * 12);
}

TEST(ReplayRegisters, AreReadOnlyExceptTimingStreamExposureAndGain) {
  const ScratchFile film(".raw");
  write_bytes(film.path(), std::vector<std::uint8_t>(64 * 64));
  auto sensor = powered(description(film.path(), 64, 64, 8));
  write(*sensor, 0x0002, 0xff);
  write(*sensor, 0x0006, 12);
  EXPECT_EQ(read16(*sensor, 0x0002), 64U);
  EXPECT_EQ(read(*sensor, 0x0006), 8U);
  write(*sensor, 0x0201, 0x21);
  write(*sensor, 0x0202, 0x03);
  EXPECT_EQ(read(*sensor, 0x0201), 0x21U);
  EXPECT_EQ(read16(*sensor, 0x0202), 0x300U);
  write(*sensor, 0x0100, 1);
  EXPECT_TRUE(sensor->streaming());
}

TEST(ReplayTiming, Is40MillisecondsAtEverySizeAndFollowsTheFrameLength) {
  const ScratchFile film(".raw");
  for (const auto& [width, height] : {std::pair{64U, 64U}, {2592U, 1944U}, {1920U, 1080U}}) {
    write_bytes(film.path(), std::vector<std::uint8_t>(width * height));
    auto sensor = powered(description(film.path(), width, height, 8));
    EXPECT_EQ(sensor->frame_period_ns(), 40'000'000U) << width;
    const unsigned lines = read16(*sensor, 0x000a) * 2;
    write(*sensor, 0x000a, lines >> 8);
    write(*sensor, 0x000b, lines & 0xff);
    EXPECT_EQ(sensor->frame_period_ns(), 80'000'000U) << width;
  }
}

TEST(ReplayFilm, RecordedCapturesComeOutByteForByte) {
  const auto folder = shared_file("data/raw");
  std::ifstream list(folder / "captures.json");
  if (!list) {
    GTEST_SKIP() << "no " << folder;
  }
  const auto captures = nlohmann::json::parse(list);
  ASSERT_FALSE(captures.empty());
  for (const auto& [name, facts] : captures.items()) {
    nlohmann::json json{{"sensor", "replay"},
                        {"raw",
                         {{"file", (folder / name).string()},
                          {"width", facts["width"]},
                          {"height", facts["height"]},
                          {"order", facts["bayer"]},
                          {"bits", facts["bits"]},
                          {"black", facts["black_level"]}}}};
    auto sensor = powered(json.dump());
    const BayerFrame frame = take(*sensor, 0, 2);
    const auto recorded = bytes_of(folder / name);
    ASSERT_EQ(frame.codes.size(), recorded.size());
    EXPECT_TRUE(std::equal(recorded.begin(), recorded.end(), frame.codes.begin())) << name;
    EXPECT_EQ(take(*sensor, 17).codes, frame.codes) << "frames repeat";
  }
}

TEST(ReplayFilm, SeveralFramesPlayInTurnAndStartAgain) {
  const ScratchFile film(".raw");
  std::vector<unsigned> samples;
  for (unsigned frame = 0; frame < 3; ++frame) {
    samples.insert(samples.end(), 32 * 16, 100 + frame);
  }
  write_bytes(film.path(), little_endian(samples));
  auto sensor = powered(description(film.path(), 32, 16, 10));
  for (const unsigned number : {0U, 1U, 2U, 3U, 7U, 4U, 4U}) {
    const BayerFrame frame = take(*sensor, number);
    EXPECT_EQ(frame.bits, 10U);
    EXPECT_EQ(frame.codes,
              std::vector<std::uint16_t>(32 * 16, static_cast<std::uint16_t>(100 + number % 3)));
  }
}

TEST(ReplayFilm, KeepsItsLastFrameWhenTheFileShrinksUnderIt) {
  const ScratchFile film(".raw");
  write_bytes(film.path(), std::vector<std::uint8_t>(32 * 16 * 2, 9));
  auto sensor = powered(description(film.path(), 32, 16, 8));
  std::filesystem::resize_file(film.path(), 100);
  EXPECT_EQ(take(*sensor, 1).codes, std::vector<std::uint16_t>(32 * 16, 9));
}

TEST(ReplayFilm, RefusesFilesThatDoNotFitTheirDescription) {
  const ScratchFile film(".raw");
  const auto complaint = [&film](unsigned bits) {
    try {
      make_sensor(description(film.path(), 32, 16, bits));
    } catch (const std::invalid_argument& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  write_bytes(film.path(), {});
  EXPECT_NE(complaint(8).find("0 bytes"), std::string::npos);
  write_bytes(film.path(), std::vector<std::uint8_t>(32 * 16 + 1));
  EXPECT_NE(complaint(8).find("whole number of frames"), std::string::npos);
  EXPECT_NE(complaint(12).find("32x16 at 12 bits"), std::string::npos);
  std::vector<unsigned> left_aligned(32 * 16, 0x3ff << 6);
  write_bytes(film.path(), little_endian(left_aligned));
  EXPECT_NE(complaint(10).find("right-aligned"), std::string::npos);
}

TEST(ReplayExposure, IsIgnoredUnlessSimulated) {
  const ScratchFile film(".raw");
  write_bytes(film.path(), std::vector<std::uint8_t>(64 * 64, 50));
  auto sensor = powered(description(film.path(), 64, 64, 8, 10));
  write(*sensor, 0x0202, 0x04);
  EXPECT_EQ(take(*sensor, 0).codes[0], 50);
}

TEST(ReplayExposure, ScalesLightAboveBlackAndClips) {
  const ScratchFile film(".raw");
  std::vector<std::uint8_t> codes(64 * 64, 50);
  codes[1] = 10;
  codes[2] = 200;
  codes[3] = 5;
  write_bytes(film.path(), codes);
  auto sensor = powered(description(film.path(), 64, 64, 8, 12.5, true));
  EXPECT_EQ(take(*sensor, 0).codes[0], 50) << "start values change nothing";
  write(*sensor, 0x0202, 0x02);  // 2x
  const BayerFrame twice = take(*sensor, 0);
  EXPECT_EQ(twice.codes[0], 88);  // 12.5 + 2 * 37.5 = 87.5
  EXPECT_EQ(twice.codes[1], 8);   // 12.5 - 2 * 2.5 = 7.5
  EXPECT_EQ(twice.codes[2], 255);
  EXPECT_EQ(twice.codes[3], 0);
  const unsigned half = read16(*sensor, 0x0200) / 2;
  write(*sensor, 0x0200, half >> 8);
  write(*sensor, 0x0201, half & 0xff);
  EXPECT_EQ(take(*sensor, 0).codes[0], 50) << "half the time at twice the gain";
}

TEST(ReplayExposure, TakesEffectTwoFramesAfterTheWrite) {
  const ScratchFile film(".raw");
  write_bytes(film.path(), std::vector<std::uint8_t>(64 * 64, 50));
  auto sensor = powered(description(film.path(), 64, 64, 8, 10, true));
  EXPECT_EQ(take(*sensor, 0).codes[0], 50);
  write(*sensor, 0x0202, 0x02);
  EXPECT_EQ(take(*sensor, 1).codes[0], 50);
  EXPECT_EQ(take(*sensor, 2).codes[0], 90);
}

}  // namespace
}  // namespace t31::model::testing
