// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <cmath>

#include "tests/model/mutation.hpp"
#include "tests/model/sessions.hpp"

namespace t31::model::test {
namespace {

constexpr unsigned kRedPatch = 14, kNeutralPatch = 21;

MeanColour first_picture_patch(Replay& replay, unsigned patch) {
  return patch_colour(replay.picture(kSc2336Buffers[0].luma, kSc2336Buffers[0].chroma), patch);
}

void vic_alone_runs(const Outcome& seen, Replay&) {
  EXPECT_EQ(seen.vic_status, kVicDone);
  expect_no_isp_event(seen);
}

}  // namespace

std::vector<Mutation> isp_mutations() {
  return {
      {"LineBufferIsNotStarted", "isp-go", [](Trace& t) { drop(t, kIsp + 0x800); }, vic_alone_runs},
      {"LineBufferModeIsNotSet", "isp-mode", [](Trace& t) { drop(t, kIsp + 0x804); },
       vic_alone_runs},
      {"LineBufferWaitsForTwoExposures", "isp-mode-wdr",
       [](Trace& t) { change(t, kIsp + 0x804, 0x10); },
       [](const Outcome& seen, Replay&) {
         EXPECT_EQ(seen.isp_status, kOverflow);
         expect_no_picture(seen);
       }},
      {"IspIsAskedToStop", "isp-stop", [](Trace& t) { append(t, kIsp + 0x24, 1); }, vic_alone_runs},
      {"SoftResetIsNotReleased", "isp-soft-reset",
       [](Trace& t) {
         append(t, kIsp + 0x20, 4);
         append(t, kIsp + 0x800, 1);
       },
       vic_alone_runs},
      {"InterruptSourcesStayOff", "irq-sources", [](Trace& t) { drop(t, kIsp + 0x30); },
       [](const Outcome& seen, Replay&) {
         EXPECT_EQ(seen.isp_status, 0u);
         EXPECT_FALSE(seen.interrupted);
         EXPECT_EQ(seen.output, 2u) << "pictures are made, nobody is told";
       }},
      {"InterruptsAreNotEnabled", "irq-enable", [](Trace& t) { drop(t, kIsp + 0xb0); },
       [](const Outcome& seen, Replay&) {
         EXPECT_NE(seen.isp_status & kChannel0, 0u);
         EXPECT_FALSE(seen.interrupted);
       }},
      {"StatisticsEnginesStayOff", "statistics-engine", [](Trace& t) { drop(t, kIsp + 0x10); },
       [](const Outcome& seen, Replay&) {
         EXPECT_EQ(seen.isp_status & (kZones | kHistogram | kAwb | kFocus), 0u);
         EXPECT_EQ(seen.output, 2u);
       }},
      {"ExposureStatisticsDmaStaysOff", "statistics-dma", [](Trace& t) { drop(t, kIsp + 0xa04c); },
       [](const Outcome& seen, Replay&) {
         EXPECT_EQ(seen.isp_status & (kZones | kHistogram | kAwb), kAwb);
         EXPECT_EQ(seen.output, 2u);
       }},
      {"WhiteBalanceBufferOutsideMemory", "bus-error",
       [](Trace& t) { change(t, kIsp + 0xb040, 0x20000000); },
       [](const Outcome& seen, Replay&) {
         EXPECT_EQ(seen.bus_errors, 1u);
         EXPECT_NE(seen.isp_status & kAwb, 0u) << "the engine can't know";
       }},
      {"BayerCodeOfTheOppositeOrder", "bayer", [](Trace& t) { change(t, kIsp + 0x08, 0); },
       [](const Outcome& seen, Replay& replay) {
         EXPECT_EQ(seen.output, 2u);
         const MeanColour red = first_picture_patch(replay, kRedPatch);
         EXPECT_GT(red.u, red.v) << "red and blue are exchanged";
       }},
      {"BayerCodeShiftedByAColumn", "bayer", [](Trace& t) { change(t, kIsp + 0x08, 3); },
       [](const Outcome& seen, Replay& replay) {
         EXPECT_EQ(seen.output, 2u);
         const MeanColour grey = first_picture_patch(replay, kNeutralPatch);
         EXPECT_GT(std::abs(grey.u - 128) + std::abs(grey.v - 128), 20);
       }},
      {"GammaTableIsNotLoaded", "lut-default",
       [](Trace& t) {
         for (std::uint32_t table : {0x40000u, 0x48000u, 0x50000u})
           drop_range(t, kIsp + table, kIsp + table + 0x1fc);
       },
       [](const Outcome& seen, Replay& replay) {
         EXPECT_EQ(seen.output, 2u);
         EXPECT_LT(first_picture_patch(replay, 18).luma, 20) << "the white patch is black";
       }},
  };
}

}  // namespace t31::model::test
