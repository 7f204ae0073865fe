// SPDX-License-Identifier: GPL-2.0-or-later
// Automatic exposure in a closed loop: the plant and the steps of ae-awb-af 8.1.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "tests/auto/loop.hpp"
#include "tests/auto/vendor_law.hpp"

namespace t31::test {
namespace {

constexpr u32 kUsual = 256u << 10;  // exposure value that the middle light asks for
constexpr double kSteps[] = {1, 8, 1, 1.0 / 8, 1, 64, 1, 1.0 / 67, 1};

double usual_radiance(const control::AeCurve& curve) {
  return curve.at(kUsual) / (kUsual / 1024.0);
}

struct Worst {
  unsigned first = 1000, settled = 0;
  double overshoot = 0, steady = 0;
  unsigned late = 0;
  void add(const StepResponse& response) {
    first = std::min(first, response.settled);
    settled = std::max(settled, response.settled);
    if (std::abs(response.overshoot) > std::abs(overshoot)) overshoot = response.overshoot;
    if (std::abs(response.steady_error) > std::abs(steady)) steady = response.steady_error;
    late = std::max(late, response.late_changes);
  }
  void print(const std::string& name, unsigned latency) const {
    std::printf("%-12s t+%u: settled %u..%u frames, overshoot %+.0f %%, steady %+.1f %%, late %u\n",
                name.c_str(), latency, first, settled, 100 * overshoot, 100 * steady, late);
  }
};

class ExposureLoop : public testing::TestWithParam<std::tuple<const char*, unsigned>> {
 protected:
  void SetUp() override {
    bytes_ = read_bank(file());
    if (bytes_.empty()) GTEST_SKIP() << "no tuning files";
  }
  std::string file() const { return std::get<0>(GetParam()); }
  unsigned latency() const { return std::get<1>(GetParam()); }
  tuning::Bank bank() const { return tuning::Bank(bytes_.data()); }
  std::vector<u8> bytes_;
};

TEST_P(ExposureLoop, FollowsStepsOfLightQuicklyAndWithoutRinging) {
  Loop loop(bank(), latency());
  const double radiance = usual_radiance(loop.controller.settings().curve);
  loop.plant.radiance = radiance;
  loop.start(2000u << 10);
  Worst worst;
  double before = kSteps[0];
  for (const double light : kSteps) {
    loop.plant.radiance = radiance * light;
    const StepResponse response = follow_step(
        [&] {
          loop.run();
          return loop.error();
        },
        [&] { return loop.value(); });
    SCOPED_TRACE(testing::Message() << "light " << before << " -> " << light);
    const double ratio = std::max(light / before, before / light);
    EXPECT_LE(response.settled, ratio > 9 ? 12u : 8u);
    EXPECT_LE(std::abs(response.overshoot), 0.15);
    EXPECT_LE(std::abs(response.steady_error), 0.05);
    EXPECT_EQ(response.late_changes, 0u);
    worst.add(response);
    before = light;
  }
  worst.print(file(), latency());
}

INSTANTIATE_TEST_SUITE_P(AllFiles, ExposureLoop,
                         testing::Combine(testing::ValuesIn(kTuningFiles),
                                          testing::Values(2u, 3u)));

}  // namespace
}  // namespace t31::test
