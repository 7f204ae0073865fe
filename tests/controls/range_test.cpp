// SPDX-License-Identifier: GPL-2.0-or-later
// Ranges of controls, what they do beyond reading back, and bad memory (user-abi 3.3, 9).
#include <gtest/gtest.h>

#include <cerrno>

#include "tests/controls/all_controls.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kIsp = 0x13300000;

struct Ranges : testing::Test {
  void SetUp() override {
    ASSERT_EQ(session.open(), 0);
    ASSERT_EQ(session.add_sensor("sc2336", 0x30), 0);
    ASSERT_EQ(session.enable_tuning(), 0);
  }

  template <typename T>
  int set_struct(std::uint32_t id, const T& value) {
    User<T> user(value);
    return session.control_set(id, user.address());
  }
  template <typename T>
  T get_struct(std::uint32_t id) {
    User<T> user;
    std::uint32_t address = user.address();
    EXPECT_EQ(session.control_get(id, address), 0) << std::hex << id;
    return *user;
  }
  std::uint32_t get_value(std::uint32_t id) {
    std::uint32_t value = 0;
    EXPECT_EQ(session.control_get(id, value), 0) << std::hex << id;
    return value;
  }

  Camera camera;
  Session session;
};

TEST_F(Ranges, ValuesBeyondTheRangeAreRefusedAndChangeNothing) {
  const std::pair<std::uint32_t, std::uint32_t> kLargest[] = {
      {T31_CONTROL_HUE, 255},
      {T31_CONTROL_AE_COMPENSATION, 255},
      {T31_CONTROL_DPC_STRENGTH, 255},
      {T31_CONTROL_TEMPER_STRENGTH, 255},
      {T31_CONTROL_SINTER_STRENGTH, 255},
      {T31_CONTROL_DRC_STRENGTH, 255},
      {T31_CONTROL_ANTIFLICKER, 2},
      {T31_CONTROL_HIGHLIGHT_DEPRESS, 10},
      {T31_CONTROL_BACKLIGHT, 10},
      {T31_CONTROL_AWB_ALGORITHM, 2},
      {T31_CONTROL_AE_FREEZE, 1},
      {T31_CONTROL_DRC, 1},
      {T31_CONTROL_DEFOG, 1},
      {T31_CONTROL_RUNNING_MODE, 1},
  };
  for (const auto& [id, largest] : kLargest) {
    EXPECT_EQ(session.control_set(id, largest), 0) << std::hex << id;
    EXPECT_EQ(get_value(id), largest) << std::hex << id;
    EXPECT_EQ(session.control_set(id, largest + 1), -EPERM) << std::hex << id;
    EXPECT_EQ(session.control_set(id, 0xffffffff), -EPERM) << std::hex << id;
    EXPECT_EQ(get_value(id), largest) << std::hex << id;
  }
}

TEST_F(Ranges, WeightsAreZeroToEight) {
  for (std::uint32_t id :
       {T31_CONTROL_AE_WEIGHTS, T31_CONTROL_AE_REGION, T31_CONTROL_FOCUS_WEIGHTS}) {
    t31_weights weights{};
    weights.zone[224] = 8;
    EXPECT_EQ(set_struct(id, weights), 0);
    weights.zone[0] = 3;
    weights.zone[224] = 9;
    EXPECT_EQ(set_struct(id, weights), -EPERM) << std::hex << id;
    EXPECT_EQ(get_struct<t31_weights>(id).zone[224], 8);
    EXPECT_EQ(get_struct<t31_weights>(id).zone[0], 0);
  }
}

// Ranges of the vendor's header.
TEST_F(Ranges, ClustersOfWhiteBalanceAreSwitchesAndAToleranceUpTo64) {
  const t31_awb_clusters largest{1, 1, 64, {0, 1, 2, 3, 4, 5, 0xffffffff}};
  ASSERT_EQ(set_struct(T31_CONTROL_AWB_CLUSTERS, largest), 0);
  for (std::uint32_t t31_awb_clusters::*const word :
       {&t31_awb_clusters::enable, &t31_awb_clusters::tolerance_enable,
        &t31_awb_clusters::tolerance}) {
    t31_awb_clusters beyond = largest;
    ++(beyond.*word);
    EXPECT_EQ(set_struct(T31_CONTROL_AWB_CLUSTERS, beyond), -EPERM);
  }
  EXPECT_EQ(get_struct<t31_awb_clusters>(T31_CONTROL_AWB_CLUSTERS).tolerance, 64u);
}

TEST_F(Ranges, TheRegionOfInterestLeavesTheRestToTheOther) {
  t31_weights weights{};
  for (std::uint32_t i = 0; i < T31_ZONES; ++i) weights.zone[i] = static_cast<uint8_t>(i % 9);
  ASSERT_EQ(set_struct(T31_CONTROL_AE_REGION, weights), 0);
  Tisp tisp;
  ASSERT_EQ(tisp.open(), 0);
  std::vector<std::uint8_t> interest, rest;
  ASSERT_EQ(tisp.get_array(18, interest), 0);
  ASSERT_EQ(tisp.get_array(17, rest), 0);
  for (std::uint32_t i = 0; i < T31_ZONES; ++i) {
    EXPECT_EQ(interest[4 * i], i % 9);
    EXPECT_EQ(rest[4 * i], 8 - i % 9);
  }
}

TEST_F(Ranges, HighlightAndBacklightExcludeEachOther) {
  ASSERT_EQ(session.control_set(T31_CONTROL_HIGHLIGHT_DEPRESS, 4), 0);
  EXPECT_EQ(get_value(T31_CONTROL_HIGHLIGHT_DEPRESS), 4u);
  EXPECT_EQ(get_value(T31_CONTROL_BACKLIGHT), 0u);
  ASSERT_EQ(session.control_set(T31_CONTROL_BACKLIGHT, 7), 0);
  EXPECT_EQ(get_value(T31_CONTROL_HIGHLIGHT_DEPRESS), 0u);
  EXPECT_EQ(get_value(T31_CONTROL_BACKLIGHT), 7u);
  // Words 0, 5, 6 of the scene array (hw-blocks-detail-tone 8.7, 8.8).
  Tisp tisp;
  ASSERT_EQ(tisp.open(), 0);
  std::vector<std::uint8_t> bytes;
  ASSERT_EQ(tisp.get_array(12, bytes), 0);
  EXPECT_EQ(bytes[0], 1);
  EXPECT_EQ(bytes[20], 8);
  EXPECT_EQ(bytes[24], 1);
}

TEST_F(Ranges, AntiflickerGoesIntoTheBanks) {
  Tisp tisp;
  ASSERT_EQ(tisp.open(), 0);
  std::vector<std::uint8_t> bytes;
  ASSERT_EQ(session.control_set(T31_CONTROL_ANTIFLICKER, 2), 0);
  ASSERT_EQ(tisp.get_array(10, bytes), 0);
  EXPECT_EQ(bytes[0], 1);
  ASSERT_EQ(tisp.get_array(11, bytes), 0);
  EXPECT_EQ(bytes[0], 60);
  ASSERT_EQ(session.control_set(T31_CONTROL_ANTIFLICKER, 0), 0);
  ASSERT_EQ(tisp.get_array(10, bytes), 0);
  EXPECT_EQ(bytes[0], 0);
}

TEST_F(Ranges, LimitsHoldManualExposure) {
  const auto block = [&] { return get_struct<std::array<std::uint32_t, 38>>(T31_CONTROL_AE); };
  ASSERT_EQ(session.set_exposure(1200, 8.0), 0);
  EXPECT_EQ(block()[T31_AE_INTEGRATION_TIME], 1200u);
  EXPECT_NEAR(block()[T31_AE_AGAIN], 8 * 1024, 64);
  ASSERT_EQ(session.control_set(T31_CONTROL_AE_MAX_LINES, 500), 0);
  EXPECT_EQ(block()[T31_AE_INTEGRATION_TIME], 500u);
  ASSERT_EQ(session.control_set(T31_CONTROL_MAX_AGAIN, 64), 0);  // 2^2
  EXPECT_NEAR(block()[T31_AE_AGAIN], 4 * 1024, 64);
  EXPECT_EQ(block()[5], 4096u);
  // Without the limits the exposure asked for returns.
  ASSERT_EQ(session.control_set(T31_CONTROL_AE_MAX_LINES, 60000), 0);
  ASSERT_EQ(session.control_set(T31_CONTROL_MAX_AGAIN, 160), 0);
  EXPECT_EQ(block()[T31_AE_INTEGRATION_TIME], 1200u);
  EXPECT_NEAR(block()[T31_AE_AGAIN], 8 * 1024, 64);
  EXPECT_EQ(session.control_set(T31_CONTROL_AE_MAX_LINES, 0), -EPERM);
  EXPECT_EQ(session.control_set(T31_CONTROL_MAX_AGAIN, 704), -EPERM);
  EXPECT_EQ(session.control_set(T31_CONTROL_MAX_DGAIN, 0xffffffff), -EPERM);
}

TEST_F(Ranges, MinimaStandWithinTheLimits) {
  EXPECT_EQ(set_struct(T31_CONTROL_AE_MINIMA, t31_ae_minima{0, 1024, 1, 1024}), -EPERM);
  EXPECT_EQ(set_struct(T31_CONTROL_AE_MINIMA, t31_ae_minima{100000, 1024, 1, 1024}), -EPERM);
  EXPECT_EQ(set_struct(T31_CONTROL_AE_MINIMA, t31_ae_minima{10, 1023, 1, 1024}), -EPERM);
  ASSERT_EQ(set_struct(T31_CONTROL_AE_MINIMA, t31_ae_minima{300, 2048, 1, 1024}), 0);
  ASSERT_EQ(session.set_exposure(20, 1.0), 0);
  const auto block = get_struct<std::array<std::uint32_t, 38>>(T31_CONTROL_AE);
  EXPECT_EQ(block[T31_AE_INTEGRATION_TIME], 300u);
  EXPECT_NEAR(block[T31_AE_AGAIN], 2048, 64);
}

TEST_F(Ranges, AFrozenExposureStays) {
  ASSERT_EQ(session.set_exposure(700, 2.0), 0);
  ASSERT_EQ(session.control_set(T31_CONTROL_AE_FREEZE, 1), 0);
  const auto block = get_struct<std::array<std::uint32_t, 38>>(T31_CONTROL_AE);
  EXPECT_EQ(block[T31_AE_FREEZE], 1u);
  EXPECT_EQ(block[T31_AE_INTEGRATION_TIME], 700u);
  EXPECT_EQ(get_struct<t31_ae_state>(T31_CONTROL_AE_STATE).stable, 1);
}

TEST_F(Ranges, TheTrendMovesTheRegistersByTemperature) {
  // v = (gain << 2) + offset - 1024 (ae-awb-af 4.5); 4000 K is the middle pair.
  ASSERT_EQ(set_struct(T31_CONTROL_WHITE_BALANCE, t31_white_balance{1, 300, 500}), 0);
  ASSERT_EQ(set_struct(T31_CONTROL_AWB_KELVIN, std::uint32_t{4000}), 0);
  ASSERT_EQ(set_struct(T31_CONTROL_AWB_TREND, t31_awb_trend{{1, 2, 1034, 1004, 3, 4}}), 0);
  EXPECT_EQ(t31_host_peek(kIsp + 0x1804), 0x04000000u | (1200 + 10));
  EXPECT_EQ(t31_host_peek(kIsp + 0x1808), 0x04000000u | (2000 - 20));
  EXPECT_EQ(set_struct(T31_CONTROL_AWB_TREND, t31_awb_trend{{0x4000, 0, 0, 0, 0, 0}}), -EPERM);
}

TEST_F(Ranges, FocusWindowsAreMadeValidAndNodesChecked) {
  t31_focus focus{};
  focus.columns = focus.rows = 15;
  ASSERT_EQ(set_struct(T31_CONTROL_FOCUS, focus), 0);
  EXPECT_EQ(get_struct<t31_focus>(T31_CONTROL_FOCUS).hstart, 1);
  EXPECT_EQ(get_struct<t31_focus>(T31_CONTROL_FOCUS).vstart, 3);
  for (const int nodes : {4, 16}) {
    focus.columns = static_cast<std::uint8_t>(nodes);
    EXPECT_EQ(set_struct(T31_CONTROL_FOCUS, focus), -EPERM);
  }
}

TEST_F(Ranges, FixedContrastStretchesLuma) {
  // K = {1, 4 low, 4 high + 3, 0, 1023} (hw-blocks-raw-color 7.6): knots 64 and 943.
  ASSERT_EQ(set_struct(T31_CONTROL_FIXED_CONTRAST, t31_fixed_contrast{1, {}, 16, 235}), 0);
  Tisp tisp;
  ASSERT_EQ(tisp.open(), 0);
  bool found = false;
  for (std::uint32_t at = 0x8000; at < 0x8074; at += 4) {
    found = found || t31_host_peek(kIsp + at) == (943u << 16 | 64u);
  }
  EXPECT_TRUE(found) << "no register holds both knots";
  EXPECT_EQ(set_struct(T31_CONTROL_FIXED_CONTRAST, t31_fixed_contrast{2, {}, 0, 255}), -EPERM);
  EXPECT_EQ(set_struct(T31_CONTROL_FIXED_CONTRAST, t31_fixed_contrast{1, {}, 9, 8}), -EPERM);
}

TEST_F(Ranges, HistogramThresholdsMoveTheBins) {
  EXPECT_EQ(set_struct(T31_CONTROL_AE_BINS, t31_ae_bins{{10, 9, 11, 12}, {}, 0, 0}), -EPERM);
  ASSERT_EQ(session.enable_sensor(), 0);
  ASSERT_EQ(session.set_exposure(600, 1.0), 0);
  t31_host_sleep_ns(400000000);
  const std::uint32_t luma = get_value(T31_CONTROL_AE_LUMA);
  ASSERT_GT(luma, 5u);
  ASSERT_LT(luma, 250u);
  // Nearly all of a flat grey lies within 40 of its mean.
  const auto low = static_cast<std::uint8_t>(luma > 40 ? luma - 40 : 0);
  const auto high = static_cast<std::uint8_t>(std::min(luma + 40, 255u));
  ASSERT_EQ(set_struct(T31_CONTROL_AE_BINS, t31_ae_bins{{low, high, high, high}, {}, 0, 0}), 0);
  EXPECT_GT(get_struct<t31_ae_bins>(T31_CONTROL_AE_BINS).share[1], 60000);
}

TEST_F(Ranges, EveryControlWithAPointerChecksIt) {
  for (const Setting& setting : all_settings()) {
    if (!setting.pointer) continue;
    for (std::uint32_t address : {0u, 0x1000u, 0xfffffffcu}) {
      EXPECT_EQ(session.control_set(setting.id, address), -EFAULT) << setting.name;
      std::uint32_t value = address;
      EXPECT_EQ(session.control_get(setting.id, value), -EFAULT) << setting.name;
    }
  }
  for (std::uint32_t id : {0x800000bu, 0x8000026u, 0x8000030u, 0x8000031u, 0x8000036u, 0x8000045u,
                           0x8000084u, 0x80000a5u}) {
    std::uint32_t value = 0;
    EXPECT_EQ(session.control_get(id, value), -EFAULT) << std::hex << id;
  }
}

TEST_F(Ranges, EnablingToneMappingAndDefogClearsTheirBypassBits) {
  const std::pair<std::uint32_t, std::uint32_t> kBits[] = {{T31_CONTROL_DRC, 7},
                                                           {T31_CONTROL_DEFOG, 11}};
  for (const auto& [id, bit] : kBits) {
    ASSERT_EQ(session.control_set(id, 0), 0);
    EXPECT_EQ(t31_host_peek(kIsp + 0xc) >> bit & 1, 1u);
    ASSERT_EQ(session.control_set(id, 1), 0);
    EXPECT_EQ(t31_host_peek(kIsp + 0xc) >> bit & 1, 0u);
  }
}

}  // namespace
}  // namespace t31::test
