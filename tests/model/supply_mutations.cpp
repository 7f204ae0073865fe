// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "tests/model/mutation.hpp"

namespace t31::model::test {
namespace {

constexpr std::uint32_t kGates = kCpm + 0x20, kSensorClock = kCpm + 0x7c, kIspClock = kCpm + 0x80;
constexpr std::uint32_t kReset = kCpm + 0xc4;
constexpr std::uint32_t kResetPin = 1u << 18;

void sensor_is_silent(const Outcome& seen, Replay&) {
  EXPECT_GT(seen.refused_i2c, 100u);
  EXPECT_EQ(seen.vic_status, 0u);
  expect_no_isp_event(seen);
}

}  // namespace

std::vector<Mutation> supply_mutations() {
  return {
      {"IspGateStaysClosed", "isp-gate", [](Trace& t) { set_bits(t, kGates, 1u << 23); },
       [](const Outcome& seen, Replay&) {
         EXPECT_GT(seen.gated, 5000u);
         EXPECT_EQ(seen.vic_status, 0u);
         expect_no_isp_event(seen);
       }},
      {"CsiGateStaysClosed", "csi-gate", [](Trace& t) { set_bits(t, kGates, 1u << 25); },
       [](const Outcome& seen, Replay&) {
         EXPECT_GT(seen.gated, 0u);
         EXPECT_EQ(seen.vic_status, 0u);
         expect_no_isp_event(seen);
       }},
      {"IspClockStaysStopped", "isp-clock", [](Trace& t) { drop(t, kIspClock); },
       [](const Outcome& seen, Replay&) {
         EXPECT_EQ(seen.vic_status, 0u);
         expect_no_isp_event(seen);
       }},
      {"SensorClockDividerWithoutChangeEnable", "clock-change-enable",
       [](Trace& t) { drop(t, kSensorClock, 0x20000039); }, sensor_is_silent},
      {"SensorWithoutClock", "sensor-clock", [](Trace& t) { drop(t, kSensorClock); },
       sensor_is_silent},
      {"SensorStaysInReset", "sensor-reset",
       [](Trace& t) { change(t, kGpio + 0x7044, kResetPin, 0); }, sensor_is_silent},
      {"ResetPinChangesAreNeverLoaded", "gpio-shadow", [](Trace& t) { drop(t, kGpio + 0x70f0, 0); },
       sensor_is_silent},
      {"IspResetIsNeverReleased", "isp-reset-held", [](Trace& t) { drop(t, kReset, 0x00100000); },
       [](const Outcome& seen, Replay&) {
         EXPECT_EQ(seen.vic_status, 0u);
         expect_no_isp_event(seen);
       }},
      {"IspIsResetAfterItsInit", "isp-reset",
       [](Trace& t) {
         append(t, kReset, 1u << 21);
         append(t, kReset, 1u << 22);
         append(t, kReset, 0);
       },
       [](const Outcome& seen, Replay&) {
         EXPECT_EQ(seen.vic_status, 0u);
         expect_no_isp_event(seen);
       }},
  };
}

}  // namespace t31::model::test
