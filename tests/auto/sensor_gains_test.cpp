// SPDX-License-Identifier: GPL-2.0-or-later
// The gains of real sensors on the plants are those of the sensors' drivers (sensor-abi 5.2, 5.3).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "common/errors.hpp"
#include "tests/auto/loop.hpp"

namespace t31::test {
namespace {

// A table of the specification: the column named so of rows whose first field is `first`, or of all
// of them. Nothing without the shared folder.
std::vector<u32> column(const std::string& file, const std::string& name,
                        const std::string& first = {}) {
  const auto split = [](const std::string& line) {
    std::vector<std::string> fields;
    std::istringstream stream(line);
    for (std::string field; std::getline(stream, field, ',');) fields.push_back(field);
    return fields;
  };
  std::ifstream stream(shared_folder() + "/spec/" + file);
  std::vector<u32> values;
  std::string line;
  if (!std::getline(stream, line)) return values;
  const auto names = split(line);
  const auto index = static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
  while (std::getline(stream, line)) {
    const auto fields = split(line);
    if (!first.empty() && fields[0] != first) continue;
    values.push_back(static_cast<u32>(std::stoul(fields.at(index))));
  }
  return values;
}

struct Known {
  const char* sensor;
  double most;
};
class SensorGains : public testing::TestWithParam<Known> {};

TEST_P(SensorGains, RiseFromOneToWhatTheSensorHasAtMost) {
  const auto steps = loops::sensor_gains(GetParam().sensor).steps();
  EXPECT_EQ(steps.front(), 0u);
  EXPECT_EQ(std::ranges::adjacent_find(steps, std::greater_equal<>()), steps.end());
  EXPECT_NEAR(std::exp2(steps.back() / 65536.0), GetParam().most, 0.05);
}

// Within a thousandth of an octave, what the drivers' integer arithmetic is off.
TEST_P(SensorGains, AreThoseOfTheSensorsDriver) {
  const std::string sensor = GetParam().sensor;
  const bool own = sensor.starts_with("gc");
  const std::vector<u32> driver = own ? column("gain-" + sensor + ".csv", "lut_log2_q16")
                                      : column("gain-codes.csv", "lut_log2_q16", sensor);
  if (driver.empty()) GTEST_SKIP() << "no shared data";
  const auto steps = loops::sensor_gains(sensor).steps();
  ASSERT_EQ(steps.size(), driver.size());
  for (std::size_t i = 0; i < driver.size(); ++i) EXPECT_NEAR(steps[i], driver[i], 65) << i;
}

TEST_P(SensorGains, ARequestGetsTheLargestThatIsNotAboveIt) {
  const loops::GainTable& table = loops::sensor_gains(GetParam().sensor);
  const auto steps = table.steps();
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
    EXPECT_EQ(table.realise(steps[i]), steps[i]);
    EXPECT_EQ(table.realise(steps[i + 1] - 1), steps[i]);
  }
  EXPECT_EQ(table.realise(steps.back() + 100000), steps.back());
}

INSTANTIATE_TEST_SUITE_P(Sensors, SensorGains,
                         testing::Values(Known{"sc2336", 32}, Known{"gc2053", 110.5},
                                         Known{"gc4653", 75.8}, Known{"jxf37", 15.5},
                                         Known{"imx307", 128}),
                         [](const auto& info) { return std::string(info.param.sensor); });

TEST(SensorGainsOfNobody, AreRefused) {
  EXPECT_THROW(loops::sensor_gains("gc9999"), tools::Failure);
}

}  // namespace
}  // namespace t31::test
