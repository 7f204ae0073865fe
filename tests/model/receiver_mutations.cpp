// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/model/mutation.hpp"
#include "tests/model/sessions.hpp"

namespace t31::model::test {
namespace {

void nothing_arrives(const Outcome& seen, Replay&) {
  EXPECT_EQ(seen.vic_status, 0u);
  EXPECT_EQ(seen.csi_error1, 0u);
  EXPECT_EQ(seen.csi_error2, 0u);
  expect_no_isp_event(seen);
}

void lane_errors(const Outcome& seen, std::uint32_t error1) {
  EXPECT_EQ(seen.csi_error1, error1);
  EXPECT_EQ(seen.vic_status, 0u);
  expect_no_isp_event(seen);
}

// Largest difference of luma between neighbours on a stretch of the first picture that shows an
// even wall.
enum class Along { kRows, kColumns };
double roughness(Replay& replay, Along along) {
  const auto picture = replay.picture(kSc2336Buffers[0].luma, kSc2336Buffers[0].chroma);
  const std::size_t step = along == Along::kColumns ? picture.stride : 1;
  const std::size_t first = along == Along::kColumns
                                ? std::size_t{100} * picture.stride + kPictureWidth / 2
                                : std::size_t{10} * picture.stride + 100;
  double largest = 0;
  for (std::size_t i = 0; i < 100; ++i) {
    const double one = picture.luma[first + i * step], next = picture.luma[first + (i + 1) * step];
    largest = std::max(largest, std::abs(one - next));
  }
  return largest;
}

}  // namespace

std::vector<Mutation> receiver_mutations() {
  return {
      {"OneLaneInsteadOfTwo", "csi-lanes", [](Trace& t) { change(t, kCsi + 0x04, 0); },
       [](const Outcome& seen, Replay&) { lane_errors(seen, 1u << 4); }},
      {"PhyResetIsNotReleased", "phy-off", [](Trace& t) { drop(t, kCsi + 0x0c, 1); },
       nothing_arrives},
      {"ControllerResetIsNotReleased", "phy-off", [](Trace& t) { drop(t, kCsi + 0x10, 1); },
       nothing_arrives},
      {"PhyIsNotSwitchedOn", "phy-off", [](Trace& t) { drop(t, kPhy + 0x000); }, nothing_arrives},
      {"ClockLaneIsNotConfigured", "phy-off", [](Trace& t) { drop(t, kPhy + 0x128); },
       nothing_arrives},
      {"WrongSettleCode", "settle", [](Trace& t) { append(t, kPhy + 0x160, 3); },
       [](const Outcome& seen, Replay&) { lane_errors(seen, 1u << 4 | 1); }},
      {"FilterForAnotherDataType", "data-type",
       [](Trace& t) { change(t, kVic + 0x10c, 1u << 18 | 0x2a << 12); },
       [](const Outcome& seen, Replay&) {
         EXPECT_EQ(seen.csi_error2, 1u << 12);
         EXPECT_EQ(seen.vic_status, 0u);
         expect_no_isp_event(seen);
       }},
      {"VicIsNotStarted", "vic-start", [](Trace& t) { drop(t, kVic, 1); }, nothing_arrives},
      {"VicRegistersAreNotLoaded", "vic-load", [](Trace& t) { drop(t, kVic, 2); }, nothing_arrives},
      {"VicListensToTheParallelPort", "vic-interface", [](Trace& t) { change(t, kVic + 0x0c, 3); },
       nothing_arrives},
      {"VicRoutesTwoExposures", "vic-route",
       [](Trace& t) {
         change(t, kVic + 0x1a8, 0x4140);
         change(t, kVic + 0x1ac, 0x4140);
       },
       nothing_arrives},
      {"WrongWordsPerLine", "vic-words", [](Trace& t) { change(t, kVic + 0x100, 0x25a); },
       [](const Outcome& seen, Replay& replay) {
         EXPECT_EQ(seen.vic_status, kVicDone | kVicHorizontal);
         EXPECT_EQ(seen.output, 2u) << "pictures come, but sheared ones";
         EXPECT_GT(roughness(replay, Along::kColumns), 30);
       }},
      {"WrongPixelFormat", "vic-format", [](Trace& t) { change(t, kVic + 0x14, 0); },
       [](const Outcome& seen, Replay& replay) {
         EXPECT_EQ(seen.output, 2u);
         EXPECT_GT(roughness(replay, Along::kRows), 30) << "every fifth pixel holds low bits";
       }},
      {"VicNarrowerThanTheIsp", "vic-isp-size",
       [](Trace& t) { change(t, kVic + 0x04, 0x077f0438); },
       [](const Outcome& seen, Replay&) {
         EXPECT_EQ(seen.vic_status, kVicDone | kVicHorizontal);
         EXPECT_EQ(seen.isp_status, kBroken);
         expect_no_picture(seen);
       }},
      {"VicLowerThanTheIsp", "vic-isp-size", [](Trace& t) { change(t, kVic + 0x04, 0x07800437); },
       [](const Outcome& seen, Replay&) {
         EXPECT_EQ(seen.vic_status, kVicDone | kVicVertical);
         EXPECT_EQ(seen.isp_status, kBroken);
         expect_no_picture(seen);
       }},
      {"VicAndIspLargerThanTheSensor", "vic-window",
       [](Trace& t) {
         change(t, kVic + 0x04, 0x07840438);
         change(t, kIsp + 0x04, 0x07840438);
       },
       [](const Outcome& seen, Replay&) {
         EXPECT_EQ(seen.vic_status, kVicDone | kVicHorizontal);
         EXPECT_EQ(seen.output, 2u);
       }},
  };
}

}  // namespace t31::model::test
