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

TEST_P(ExposureLoop, LeavesAStaticNoisySceneAlone) {
  for (const double light : {1.0, 1.0 / 30}) {
    Loop loop(bank(), latency());
    loop.plant.radiance = light * usual_radiance(loop.controller.settings().curve);
    loop.plant.mean_noise = 3;
    loop.start(2000u << 10);
    loop.run(100);
    EXPECT_TRUE(loop.controller.report().settled) << "light " << light;
    EXPECT_LE(std::abs(loop.error()), 0.07);
    loop.changes = 0;
    loop.run(1000);
    EXPECT_EQ(loop.changes, 0u) << "light " << light;
  }
}

TEST_P(ExposureLoop, LeavesASceneAloneThatIsNoisierThanTheFilesTolerance) {
  Loop loop(bank(), latency());
  loop.plant.radiance = usual_radiance(loop.controller.settings().curve);
  loop.plant.mean_noise = 8;
  loop.start(2000u << 10);
  loop.run(200);
  loop.changes = 0;
  loop.run(1000);
  EXPECT_EQ(loop.changes, 0u);
  EXPECT_LE(std::abs(loop.error()), 0.1);
}

TEST_P(ExposureLoop, FollowsAQuarterOfAStopWithinASecond) {
  for (const double light : {1.19, 1 / 1.19}) {
    Loop loop(bank(), latency());
    const double radiance = usual_radiance(loop.controller.settings().curve);
    loop.plant.radiance = radiance;
    loop.start(2000u << 10);
    loop.run(100);
    loop.plant.radiance = radiance * light;
    loop.run(25);
    EXPECT_LE(std::abs(loop.error()), 0.05) << light;
  }
}

TEST_P(ExposureLoop, TheFirstGoodFrameComesWithinEightFramesOfStreamOn) {
  unsigned slowest = 0;
  for (double light = 1.0 / 40; light < 12; light *= 1.7) {
    Loop loop(bank(), latency());
    loop.plant.radiance = light * usual_radiance(loop.controller.settings().curve);
    loop.start(control::ae_start_value(bank()));
    unsigned good = 0;
    for (unsigned frame = 1; frame <= 40; ++frame) {
      loop.run();
      if (std::abs(loop.error()) > 0.13) good = frame;
    }
    EXPECT_LE(good, 8u) << light;
    slowest = std::max(slowest, good);
  }
  std::printf("%-12s t+%u: first good frame after %u frames\n", file().c_str(), latency(), slowest);
}

TEST_P(ExposureLoop, FollowsARampOfLightWithoutTurning) {
  Loop loop(bank(), latency());
  const double radiance = usual_radiance(loop.controller.settings().curve);
  loop.plant.radiance = radiance;
  loop.start(2000u << 10);
  loop.run(60);
  u32 before = loop.value();
  double worst = 0;
  for (unsigned frame = 0; frame < 100; ++frame) {
    loop.plant.radiance *= std::pow(1.0 / 16, 0.01);
    loop.run();
    EXPECT_GE(loop.value(), before);
    before = loop.value();
    worst = std::max(worst, std::abs(loop.error()));
  }
  EXPECT_LE(worst, 0.22);
}

TEST_P(ExposureLoop, MainsLightLeavesNoBandsWhereTheSceneAllowsWholePeriods) {
  Loop loop(bank(), latency());
  control::AeSettings settings = loop_settings(bank());
  settings.flicker.active = true;
  for (const double hertz : {50.0, 60.0}) {
    control::ae_flicker_steps(static_cast<u32>(hertz), Plant::kFps, 1, Plant::kFrameLines,
                              settings.flicker);
    loop.controller.configure(settings);
    loop.plant.flicker = {hertz, 1.0};
    for (const double light : {0.5, 0.2, 0.05, 0.02}) {
      loop.plant.radiance = light * usual_radiance(settings.curve);
      if (light == 0.5 && hertz == 50.0) loop.start(2000u << 10);
      loop.run(40);
      loop.changes = 0;
      for (unsigned frame = 0; frame < 60; ++frame) {
        loop.run();
        EXPECT_LT(loop.plant.banding(), 0.01)
            << hertz << " Hz, light " << light << ", " << loop.plant.exposure().lines << " lines";
      }
      EXPECT_EQ(loop.changes, 0u);
      EXPECT_LE(std::abs(loop.error()), 0.05);
    }
  }
}

TEST_P(ExposureLoop, ALatencyThatDiffersByAFrameFromWhatIsAssumedDoesNotRing) {
  for (const unsigned assumed : {latency() - 1, latency() + 1}) {
    Loop loop(bank(), latency(), assumed);
    const double radiance = usual_radiance(loop.controller.settings().curve);
    loop.plant.radiance = radiance;
    loop.start(2000u << 10);
    loop.run(120);
    unsigned slowest = 0;
    for (const double light : {8.0, 1.0, 1.0 / 8, 1.0}) {
      loop.plant.radiance = radiance * light;
      const StepResponse response = follow_step(
          [&] {
            loop.run();
            return loop.error();
          },
          [&] { return loop.value(); });
      EXPECT_LE(response.settled, 20u) << light << ", assumed t+" << assumed;
      EXPECT_LE(std::abs(response.steady_error), 0.05);
      EXPECT_EQ(response.late_changes, 0u);
      slowest = std::max(slowest, response.settled);
    }
    std::printf("%-12s t+%u taken for t+%u: settled within %u frames\n", file().c_str(), latency(),
                assumed, slowest);
  }
}

// A bright window in a dark room: class and highlight weights make the mean uneven in exposure.
TEST_P(ExposureLoop, AWindowInADarkRoomIsSettledAndLeftAlone) {
  for (const u32 window : {10u, 40u, 100u}) {
    for (const double ratio : {4.0, 16.0, 100.0}) {
      for (const double light : {1.0, 0.1}) {
        Loop loop(bank(), latency());
        loop.plant.scene = [&](u32 zone) { return zone < window ? ratio : 1.0; };
        loop.plant.radiance = light * usual_radiance(loop.controller.settings().curve);
        loop.start(2000u << 10);
        loop.run(60);
        SCOPED_TRACE(testing::Message()
                     << window << " zones, ratio " << ratio << ", light " << light);
        EXPECT_TRUE(loop.controller.report().settled);
        loop.changes = 0;
        loop.run(200);
        EXPECT_EQ(loop.changes, 0u);
        EXPECT_NEAR(loop.measured.mean, loop.target(), 0.35 * loop.target());
      }
    }
  }
}

// The plant of the measurements in ae-awb-af 8.1: the vendor's law on it is as slow, and rings as
// much, as the vendor's driver did.
TEST(ExposurePlant, TheVendorsLawBehavesAsTheVendorsDriverWasMeasured) {
  const std::vector<u8> bytes = read_bank("gc2053");
  if (bytes.empty()) GTEST_SKIP() << "no tuning files";
  const tuning::Bank bank(bytes.data());
  Loop loop(bank, 2);
  const control::AeSettings settings = loop_settings(bank);
  VendorLaw law;
  law.curve = settings.curve;
  law.ev_step = {254, 171, 4, 1024, 512};
  law.stable_tol = {1150, 950, 5, 5};
  law.boost = 2;
  law.target = 42;
  u32 value = kUsual;
  const double radiance = usual_radiance(law.curve);
  loop.start(kUsual);
  const auto one_frame = [&] {
    loop.plant.expose();
    const u32 mean = std::max(1u, static_cast<u32>(loop.plant.luma()));
    const u32 before = value;
    value = law.step(value, mean, mean >= 153 ? 1024 : 0, mean < 30 ? 1024 : 0);
    if (value != before) {
      loop.plant.tell(control::ae_distribute(value, settings.range, settings.flicker, law.target));
    }
    return loop.error();
  };
  const auto step = [&](double light) {
    loop.plant.radiance = radiance * light;
    return follow_step(one_frame, [&] { return loop.value(); });
  };
  Worst worst;
  for (const double light : {1.0, 8.0, 1.0, 1.0 / 8, 1.0, 64.0, 1.0}) worst.add(step(light));
  worst.print("vendor's law", 2);
  EXPECT_GE(worst.settled, 30u);  // measured: 4 to 35 frames
  EXPECT_LE(worst.settled, 40u);
  EXPECT_GE(step(1.0 / 67).overshoot, 0.9);  // measured: 110 %
}

INSTANTIATE_TEST_SUITE_P(AllFiles, ExposureLoop,
                         testing::Combine(testing::ValuesIn(kTuningFiles),
                                          testing::Values(2u, 3u)));

}  // namespace
}  // namespace t31::test
