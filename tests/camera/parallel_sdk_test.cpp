// SPDX-License-Identifier: GPL-2.0-or-later
// Drivers of the vendor's sensor kit on the parallel port. They run when T31_SDK names a checkout:
//   git clone https://github.com/themactep/ingenic-sdk && T31_SDK=$PWD/ingenic-sdk ctest -R SdkDvp
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>

#include "tests/camera/film.hpp"
#include "tests/camera/last_picture.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kWidth = 1920, kHeight = 1080;
constexpr int kFrames = 24;  // exposure and white balance have settled by then

struct SdkSensor {
  const char* name;
  std::uint32_t address;
  const char* dvp;   // parameters of the driver
  const char* mipi;  // for the picture to compare with; null: the driver has no mode for it
};

// The driver's source, compiled as it is.
std::string compiled(const std::string& sensor, const TemporaryFolder& folder) {
  const std::string object = folder / ("sensor_" + sensor + "_t31.so");
  const std::string project = T31_SOURCE_DIR;
  const std::string command =
      "cc -shared -fPIC -w -O1 -std=gnu11 -fgnu89-inline -fno-strict-aliasing -fvisibility=hidden "
      "-ftrivial-auto-var-init=zero -DMODULE -I" +
      project + "/include/sensor -I" + project + "/host/kernel/include -I" + project + " '" +
      std::getenv("T31_SDK") + "/3.10.14/sensor-src/t31/" + sensor + ".c' " + project +
      "/sensors/common/sensor_info.c -o " + object;
  return std::system(command.c_str()) == 0 ? object : std::string();
}

std::vector<std::uint8_t> picture(const SdkSensor& sensor, const std::string& module,
                                  const std::string& parameters, const std::string& port) {
  Machine machine;
  machine.sensor = sensor.name;
  machine.scene = R"({"type":"colorchecker"})";
  machine.extra = ",\"noise\":false" + (port.empty() ? "" : ",\"port\":" + port);
  machine.module = module;
  machine.sensor_parameters = parameters;
  Camera camera(machine);
  Session session;
  EXPECT_EQ(session.open(), 0);
  EXPECT_EQ(session.add_sensor(sensor.name, sensor.address), 0) << read_proc("sensor");
  EXPECT_EQ(session.enable_sensor(), 0);
  Channel channel(0, kWidth, kHeight, t31_host_rmem_base());
  EXPECT_EQ(channel.start(2), 0);
  const auto bytes = last_picture(channel, kWidth * kHeight, kFrames, 400'000'000);
  if (bytes.empty()) return {};
  const std::string wire = port.empty() ? "interface: MIPI" : "interface: DVP";
  EXPECT_NE(read_proc("sensor").find(wire), std::string::npos);
  EXPECT_NE(read_proc("status").find("input_last_error: none"), std::string::npos);
  EXPECT_EQ(channel.close(), 0);
  EXPECT_EQ(session.disable_sensor(), 0);
  EXPECT_EQ(session.remove_sensor(), 0);
  EXPECT_EQ(session.close(), 0);
  EXPECT_TRUE(camera.unload());
  return bytes;
}

// Luma of the chart's six greys, white first. Its patches stand 242 pixels apart, a fourth of nine
// tenths of the height; the greys are the last of four rows.
std::array<double, 6> greys(const std::vector<std::uint8_t>& picture) {
  constexpr std::uint32_t kPitch = 242, kSide = 20;
  constexpr std::uint32_t kLeft = (kWidth - 6 * kPitch) / 2, kTop = (kHeight - 4 * kPitch) / 2;
  std::array<double, 6> means{};
  for (std::uint32_t i = 0; i < 6; ++i) {
    const std::uint32_t x = kLeft + kPitch * i + (kPitch - kSide) / 2;
    const std::uint32_t y = kTop + kPitch * 3 + (kPitch - kSide) / 2;
    double sum = 0;
    for (std::uint32_t k = 0; k < kSide * kSide; ++k)
      sum += picture[(y + k / kSide) * kWidth + x + k % kSide];
    means[i] = sum / (kSide * kSide);
  }
  return means;
}

class SdkDvp : public testing::TestWithParam<SdkSensor> {};

TEST_P(SdkDvp, SendsARightPictureThroughTheNodes) {
  if (std::getenv("T31_SDK") == nullptr) {
    GTEST_SKIP() << "T31_SDK=DIR names a checkout of github.com/themactep/ingenic-sdk";
  }
  const SdkSensor& sensor = GetParam();
  const TemporaryFolder folder;
  const std::string module = compiled(sensor.name, folder);
  ASSERT_FALSE(module.empty());
  const auto seen = picture(sensor, module, sensor.dvp, "{}");
  ASSERT_FALSE(seen.empty());
  const auto steps = greys(seen);
  EXPECT_GT(steps[0], steps[1]);  // white, near the limit in a dark frame
  for (unsigned i = 2; i < steps.size(); ++i) EXPECT_GT(steps[i - 1], steps[i] + 20) << i;
  if (sensor.mipi == nullptr) return;
  // The same chip on its other link: other line times, so a little more or less light.
  const auto expected = picture(sensor, module, sensor.mipi, {});
  ASSERT_EQ(seen.size(), expected.size());
  double difference = 0;
  for (std::size_t i = 0; i < seen.size(); ++i)
    difference += std::abs(int{seen[i]} - int{expected[i]});
  EXPECT_LT(difference / static_cast<double>(seen.size()), 3);
}

INSTANTIATE_TEST_SUITE_P(
    Parallel, SdkDvp,
    testing::Values(SdkSensor{"gc2053", 0x37, "data_interface=2", "data_interface=1"},
                    SdkSensor{"jxf23", 0x40, "data_interface=2", "data_interface=1"},
                    SdkSensor{"jxf37", 0x40, "data_interface=2", "data_interface=1"}),
    [](const auto& p) { return p.param.name; });

}  // namespace
}  // namespace t31::test
