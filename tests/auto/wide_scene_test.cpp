// SPDX-License-Identifier: GPL-2.0-or-later
// Automatic exposure on a chart over fifteen stops: part of it clips at any exposure, so that the
// mean changes by far less than exposure does.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/auto/loop.hpp"

namespace t31::test {
namespace {

class WideScene : public testing::TestWithParam<std::tuple<const char*, unsigned>> {
 protected:
  void SetUp() override {
    bytes_ = read_bank(std::get<0>(GetParam()));
    if (bytes_.empty()) GTEST_SKIP() << "no tuning files";
    loop_ = std::make_unique<Loop>(tuning::Bank(bytes_.data()), std::get<1>(GetParam()));
    loop_->plant.scene = [](u32 zone) { return std::exp2(4 - static_cast<double>(zone % 15)); };
    loop_->plant.radiance = 0.1;
  }
  // Frames until the mean stays near its target.
  unsigned settled_after(double light) {
    constexpr double kNear = 0.13;
    loop_->plant.radiance *= light;
    unsigned last = 0;
    for (unsigned frame = 1; frame <= 60; ++frame) {
      loop_->run();
      if (std::abs(loop_->measured.mean / loop_->target() - 1) > kNear) last = frame;
    }
    return last;
  }

  std::vector<u8> bytes_;
  std::unique_ptr<Loop> loop_;
};

TEST_P(WideScene, ExposureArrivesWithinTwelveFramesFromWhereverItStarts) {
  loop_->start(2000u << 10);
  loop_->run(60);
  for (const double light : {4.0, 1.0 / 4, 8.0, 1.0 / 8, 32.0, 1.0 / 32}) {
    EXPECT_LE(settled_after(light), 12u) << light;
    EXPECT_TRUE(loop_->controller.report().settled) << light;
    EXPECT_NEAR(loop_->measured.mean / loop_->target(), 1, 0.07) << light;
  }
}

INSTANTIATE_TEST_SUITE_P(AllFiles, WideScene,
                         testing::Combine(testing::ValuesIn(kTuningFiles),
                                          testing::Values(2u, 3u)));

}  // namespace
}  // namespace t31::test
