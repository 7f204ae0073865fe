// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "tests/model/mutation.hpp"
#include "tests/model/sessions.hpp"

namespace t31::model::test {
namespace {

constexpr std::uint32_t kStatistics = kZones | kHistogram | kAwb | kFocus | kToneMapping | kDefog;
constexpr Planes kFirst = kSc2336Buffers[0], kSecond = kSc2336Buffers[1];
constexpr std::size_t kLumaBytes = std::size_t{kPictureWidth} * kPictureHeight;

bool untouched(Replay& replay, std::uint32_t address, std::size_t bytes) {
  for (std::uint8_t byte : replay.memory(address, bytes))
    if (byte != 0) return false;
  return true;
}

void window_does_not_fit(const Outcome& seen, Replay&) {
  EXPECT_EQ(seen.isp_status, kFrameStart | kIspDoneBit | kMisfit0 | kStatistics);
  expect_no_picture(seen);
}

void outputs_hang(const Outcome& seen, Replay&) {
  EXPECT_EQ(seen.isp_status, kFrameStart | kStatistics);
  EXPECT_EQ(seen.stalls, 2u);
  expect_no_picture(seen);
}

void channel_is_silent(const Outcome& seen, Replay&) {
  EXPECT_EQ(seen.isp_status, kFrameStart | kIspDoneBit | kStatistics);
  expect_no_picture(seen);
}

}  // namespace

std::vector<Mutation> scaler_mutations() {
  return {
      {"ChannelIsNotStarted", "channel-enable", [](Trace& t) { drop(t, kIsp + 0x9804); },
       channel_is_silent},
      {"NoUpdateRequest", "update-request", [](Trace& t) { change(t, kIsp + 0x9804, 0x00000901); },
       window_does_not_fit},
      {"UpdateRequestOfAnotherChannelOnly", "update-request",
       [](Trace& t) { change(t, kIsp + 0x9804, 0x00050901); }, window_does_not_fit},
      {"WindowSizeIsNotWritten", "enlarge", [](Trace& t) { drop(t, kIsp + 0x9864); }, outputs_hang},
      {"WindowSmallerThanTheOutput", "enlarge",
       [](Trace& t) { change(t, kIsp + 0x9864, 1280u << 16 | 720); }, outputs_hang},
      {"OutputLargerThanTheSensor", "enlarge",
       [](Trace& t) {
         change(t, kIsp + 0x9900, 2560u << 16 | 1440);
         change(t, kIsp + 0x992c, 2560u << 16 | 1440);
       },
       outputs_hang},
      {"CropOutsideTheScaledPicture", "channel-window",
       [](Trace& t) { change(t, kIsp + 0x9928, 16u << 16); }, window_does_not_fit},
      {"StrideBelowTheWidth", "channel-window", [](Trace& t) { change(t, kIsp + 0x9980, 0x3c0); },
       window_does_not_fit},
      {"StrideTooLarge", "stride", [](Trace& t) { change(t, kIsp + 0x9980, 0x800); },
       [](const Outcome& seen, Replay& replay) {
         EXPECT_EQ(seen.output, 2u);
         EXPECT_TRUE(untouched(replay, kFirst.luma + kPictureWidth, 0x800 - kPictureWidth));
         EXPECT_FALSE(untouched(replay, kFirst.luma + 0x800, kPictureWidth));
       }},
      {"NoBufferAddresses", "fifo-empty",
       [](Trace& t) {
         drop(t, kIsp + 0x996c);
         drop(t, kIsp + 0x9984);
       },
       [](const Outcome& seen, Replay& replay) {
         channel_is_silent(seen, replay);
         EXPECT_EQ(seen.dropped, 2u);
         EXPECT_TRUE(untouched(replay, kFirst.luma, kLumaBytes));
       }},
      {"FirstChromaAddressIsMissing", "fifo-pair", [](Trace& t) { drop_first(t, kIsp + 0x9984); },
       [](const Outcome& seen, Replay& replay) {
         EXPECT_EQ(seen.output, 1u);
         EXPECT_EQ(seen.dropped, 1u);
         EXPECT_FALSE(untouched(replay, kFirst.luma, kLumaBytes));
         EXPECT_FALSE(untouched(replay, kSecond.chroma, kLumaBytes / 2)) << "the wrong buffer's";
         EXPECT_TRUE(untouched(replay, kFirst.chroma, kLumaBytes / 2));
         EXPECT_TRUE(untouched(replay, kSecond.luma, kLumaBytes));
       }},
      {"NinthAddressIsLost", "fifo-full",
       [](Trace& t) {
         for (unsigned n = 2; n < 9; ++n) {
           append(t, kIsp + 0x996c, 0x05000000);
           append(t, kIsp + 0x9984, 0x05200000);
         }
       },
       [](const Outcome& seen, Replay& replay) {
         EXPECT_EQ(seen.output, 2u);
         EXPECT_FALSE(replay.log().empty());
       }},
      {"BufferOutsideMemory", "bus-error",
       [](Trace& t) { change(t, kIsp + 0x996c, kFirst.luma, 0x08000000 - 0x1000); },
       [](const Outcome& seen, Replay& replay) {
         EXPECT_EQ(seen.bus_errors, 1u);
         EXPECT_EQ(seen.output, 1u);
         EXPECT_TRUE(untouched(replay, kFirst.chroma, kLumaBytes / 2))
             << "neither plane is written";
       }},
      {"FifoFlushedUnderARunningChannel", "flush-busy",
       [](Trace& t) {
         append(t, kIsp + 0x999c, 1);
         append(t, kIsp + 0x996c, kFirst.luma);
         append(t, kIsp + 0x9984, kFirst.chroma);
       },
       channel_is_silent},
      {"FrameDropPatternOfNothing", "frame-drop",
       [](Trace& t) {
         append(t, kIsp + 0x9934, 0);
         append(t, kIsp + 0x9804, 0x000f0901);
       },
       channel_is_silent},
  };
}

}  // namespace t31::model::test
