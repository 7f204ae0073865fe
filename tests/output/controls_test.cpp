// SPDX-License-Identifier: GPL-2.0-or-later
// controls_test.cpp - front crop, zoom, flips, masks, drop patterns; what is refused and what
// survives.
#include "camera.hpp"

using namespace fake;

namespace {

class Controls : public Camera {
 protected:
  static t31_front_crop crop(u32 left, u32 top, u32 width, u32 height) {
    return {1, {}, top, left, width, height};
  }
  // Refused with -EINVAL, one line in the log and not a single write.
  void expect_refused(const std::function<t31::Status()>& action) {
    home().chip.take_writes();
    home().take_log();
    EXPECT_EQ(action().code(), -T31_EINVAL);
    EXPECT_EQ(home().chip.take_writes(), Writes{});
    EXPECT_EQ(home().log_lines(), 1u) << home().log;
  }
};

TEST_F(Controls, AFrontCropSmallerThanARunningChannelIsRefused) {
  power_on();
  Client first(0), second(1);
  first.run(1280, 720, 1);
  second.run(640, 360, 1);
  expect_refused([&] { return unit->set_front_crop(crop(0, 0, 1264, 720)); });
  expect_refused([&] { return unit->set_front_crop(crop(0, 0, 1280, 712)); });
  expect_refused([&] { return unit->set_front_crop(crop(0, 0, 320, 180)); });
  EXPECT_TRUE(unit->set_front_crop(crop(0, 0, 1280, 720)).ok());  // exactly the same size
  EXPECT_EQ(reg(0x9904), 0x02000200u);
  EXPECT_EQ(reg(0x9a04), 0x04000400u);
}

TEST_F(Controls, AFrontCropOutsideTheSensorsPictureIsRefused) {
  power_on();
  expect_refused([&] { return unit->set_front_crop(crop(1, 0, 1920, 1080)); });
  expect_refused([&] { return unit->set_front_crop(crop(0, 0xffffffff, 640, 360)); });
  expect_refused([&] { return unit->set_front_crop(crop(0, 0, 0, 0)); });
  select({});
  expect_refused([&] { return unit->set_front_crop(crop(0, 0, 640, 360)); });
}

TEST_F(Controls, AStoppedChannelDoesNotVetoAFrontCrop) {
  power_on();
  Client client(0);
  ASSERT_EQ(client.set_format(1280, 720), 0);
  EXPECT_TRUE(unit->set_front_crop(crop(0, 0, 640, 360)).ok());
}

TEST_F(Controls, AChannelTooLargeForTheFrontCropSwitchesItOffWhenItStarts) {
  power_on();
  Client first(0), second(1);
  first.run(640, 352, 1);
  ASSERT_EQ(second.set_format(1280, 720), 0);
  ASSERT_TRUE(unit->set_front_crop(crop(100, 50, 960, 540)).ok());
  home().take_log();
  ASSERT_EQ(second.stream_on(), 0);
  EXPECT_EQ(home().log_lines(), 1u) << home().log;
  EXPECT_EQ(reg(0x9860), 0u);
  EXPECT_EQ(reg(0x9864), 0x07800438u);
  EXPECT_EQ(reg(0x9904), (1920u * 512 / 640) << 16 | 1080u * 512 / 352);
  EXPECT_EQ(reg(0x9a04), (1920u * 512 / 1280) << 16 | 1080u * 512 / 720);
  t31_front_crop now{};
  unit->front_crop(now);
  EXPECT_EQ(now.enable, 0u);
}

TEST_F(Controls, AFormatThatNeedsMoreThanTheFrontCropIsRefused) {
  power_on();
  Client second(1);
  ASSERT_TRUE(unit->set_front_crop(crop(0, 0, 640, 360)).ok());
  EXPECT_EQ(second.set_format(1280, 720), -T31_EINVAL);
  EXPECT_EQ(second.set_format(640, 360), 0);
}

TEST_F(Controls, TheFrontCropIsReadBack) {
  power_on();
  t31_front_crop now{};
  unit->front_crop(now);
  EXPECT_EQ(now.enable, 0u);
  EXPECT_EQ(now.width, 1920u);
  EXPECT_EQ(now.height, 1080u);
  ASSERT_TRUE(unit->set_front_crop(crop(16, 8, 1600, 900)).ok());
  unit->front_crop(now);
  EXPECT_EQ(now.enable, 1u);
  EXPECT_EQ(now.left, 16u);
  EXPECT_EQ(now.top, 8u);
  EXPECT_EQ(now.width, 1600u);
  EXPECT_EQ(now.height, 900u);
  t31_front_crop off{};
  ASSERT_TRUE(unit->set_front_crop(off).ok());
  EXPECT_EQ(reg(0x9864), 0x07800438u);
}

TEST_F(Controls, ChannelZerosFormatDecidesOnTheFrontCrop) {
  power_on();
  Client first(0), second(1);
  t31_frame_format format = scaled_format(640, 352);
  format.crop.fcrop_enable = 1;
  format.crop.fcrop_left = 200;
  format.crop.fcrop_top = 100;
  format.crop.fcrop_width = 1280;
  format.crop.fcrop_height = 960;
  ASSERT_EQ(second.set_format(format), 0);  // ignored here, with a line in the log
  EXPECT_EQ(reg(0x9864), 0x07800438u);
  EXPECT_EQ(home().log_lines(), 1u);
  ASSERT_EQ(second.set_format(format), 0);
  EXPECT_EQ(home().log_lines(), 1u);
  ASSERT_EQ(first.set_format(format), 0);
  EXPECT_EQ(reg(0x9860), 0x00c80064u);
  EXPECT_EQ(reg(0x9864), 0x050003c0u);
  ASSERT_EQ(first.set_format(640, 352), 0);
  EXPECT_EQ(reg(0x9864), 0x07800438u);
}

TEST_F(Controls, AFormatOfChannelZeroCantTakeTheWindowOfARunningChannel) {
  power_on();
  Client first(0), second(1);
  second.run(1280, 720, 1);
  t31_frame_format format = scaled_format(640, 352);
  format.crop.fcrop_enable = 1;
  format.crop.fcrop_width = 960;
  format.crop.fcrop_height = 540;
  home().chip.take_writes();
  EXPECT_EQ(first.set_format(format), -T31_EINVAL);
  EXPECT_EQ(home().chip.take_writes(), Writes{});
  format.crop.fcrop_width = 1600;
  format.crop.fcrop_height = 900;
  EXPECT_EQ(first.set_format(format), 0);
  EXPECT_EQ(reg(0x9a04), 0x02800280u);  // acts on the running channel
}

TEST_F(Controls, ZoomKeepsThePicturesSizeAndActsWithAnUpdateRequest) {
  power_on();
  Client client(0);
  client.run(640, 360, 1);
  home().chip.take_writes();
  ASSERT_TRUE(unit->set_auto_zoom({0, 1, 1280, 720, 1, 320, 180, 640, 360}).ok());
  EXPECT_EQ(reg(0x9900), 0x050002d0u);
  EXPECT_EQ(reg(0x9904), 0x03000300u);
  EXPECT_EQ(reg(0x9928), 0x014000b4u);
  EXPECT_EQ(reg(0x992c), 0x02800168u);
  EXPECT_EQ(home().chip.take_writes().back(), (std::pair<u32, u32>{0x9804, 0x000f0001}));
  expect_refused([&] { return unit->set_auto_zoom({0, 1, 1280, 720, 0, 0, 0, 0, 0}); });
  expect_refused([&] { return unit->set_auto_zoom({0, 1, 2560, 1440, 1, 0, 0, 640, 360}); });
  expect_refused([&] { return unit->set_auto_zoom({0, 1, 1280, 720, 1, 641, 0, 640, 360}); });
  expect_refused([&] { return unit->set_auto_zoom({0, 1, 1280, -720, 1, -1, 0, 640, 360}); });
}

TEST_F(Controls, ZoomOfAChannelThatDoesNotRunIsSaidAndIgnored) {
  power_on();
  home().chip.take_writes();
  EXPECT_EQ(unit->set_auto_zoom({1, 1, 640, 360, 0, 0, 0, 0, 0}).code(), 0);
  EXPECT_EQ(home().chip.take_writes(), Writes{});
  EXPECT_EQ(home().log_lines(), 1u);
  EXPECT_EQ(unit->set_auto_zoom({3, 1, 640, 360, 0, 0, 0, 0, 0}).code(), -T31_EINVAL);
  EXPECT_EQ(unit->set_auto_zoom({-1, 1, 640, 360, 0, 0, 0, 0, 0}).code(), -T31_EINVAL);
}

TEST_F(Controls, ScalerLevelsOutsideTheRangeAreRefused) {
  power_on();
  EXPECT_EQ(unit->set_scaler_level({0, {}, 1, 64, {}}).code(), -T31_EPERM);  // not running
  Client client(0);
  client.run(1280, 720, 1);
  expect_refused([&] { return unit->set_scaler_level({3, {}, 1, 64, {}}); });
  expect_refused([&] { return unit->set_scaler_level({0, {}, 2, 64, {}}); });
  expect_refused([&] { return unit->set_scaler_level({0, {}, 1, 129, {}}); });
}

TEST_F(Controls, FlipsHoldAcrossStreamsAndAResetOfTheChip) {
  power_on();
  ASSERT_TRUE(unit->set_flip(true, true).ok());
  EXPECT_EQ(reg(0x9818), 0x3feu);
  select({1920, 1080});
  home().chip.registers.clear();
  Client client(0);
  client.run(640, 360, 1);
  EXPECT_EQ(reg(0x9818), 0x3feu);
}

TEST_F(Controls, AFlipInTheSensorMovesMasksButNotTheHardwaresFlip) {
  power_on();
  Client client(0);
  client.run(1280, 720, 1);
  t31_masks masks{};
  masks.channel[0][1] = {1, 0, 10, 20, 100, 50, 1, 2, 3, 0};
  ASSERT_TRUE(unit->set_masks(masks).ok());
  ASSERT_TRUE(unit->set_flip(true, true, true).ok());
  EXPECT_EQ(reg(0x9818), 0x38eu);
  EXPECT_TRUE(unit->flipped());
  EXPECT_EQ(reg(0x9944), (1280u - 100 - 20) << 16 | (720u - 50 - 10));
}

TEST_F(Controls, MasksAreClippedToThePictureNeverWrapped) {
  power_on();
  Client client(0);
  client.run(640, 360, 1);
  t31_masks masks{};
  masks.channel[0][0] = {1, 0, 300, 600, 200, 200, 9, 9, 9, 0};  // top 300, left 600
  masks.channel[0][1] = {1, 0, 400, 700, 10, 10, 9, 9, 9, 0};    // outside
  ASSERT_TRUE(unit->set_masks(masks).ok());
  EXPECT_EQ(reg(0x9938), 600u << 16 | 300);
  EXPECT_EQ(reg(0x993c), 40u << 16 | 60);
  EXPECT_EQ(reg(0x9944), 0u);
  EXPECT_EQ(reg(0x9948), 0u);
  ASSERT_TRUE(unit->set_flip(true, true).ok());
  EXPECT_EQ(reg(0x9938), 0u);
  EXPECT_EQ(reg(0x993c), 40u << 16 | 60);
}

TEST_F(Controls, MasksAreReadBackAsTheyWereSet) {
  power_on();
  t31_masks masks{};
  masks.channel[2][3] = {1, 0, 1, 2, 3, 4, 5, 6, 7, 0};
  masks.type = 1;
  ASSERT_TRUE(unit->set_flip(true, false).ok());
  ASSERT_TRUE(unit->set_masks(masks).ok());
  t31_masks read{};
  unit->masks(read);
  EXPECT_EQ(std::memcmp(&read, &masks, sizeof masks), 0);
}

TEST_F(Controls, MasksAndDropPatternsReturnAfterAResetOfTheChip) {
  power_on();
  t31_masks masks{};
  masks.channel[0][0] = {1, 0, 16, 32, 64, 48, 1, 2, 3, 0};
  ASSERT_TRUE(unit->set_masks(masks).ok());
  t31_frame_drop drop{};
  drop.channel[0] = {1, 3, {}, 5};
  ASSERT_TRUE(unit->set_frame_drop(drop).ok());
  home().chip.registers.clear();
  select({1920, 1080});
  Client client(0);
  client.run(640, 360, 1);
  EXPECT_EQ(reg(0x9938), 0x00200010u);
  EXPECT_EQ(reg(0x9930), 3u);
  EXPECT_EQ(reg(0x9934), 5u);
  EXPECT_EQ(reg(0x9804) & 0x3f, 9u);
}

TEST_F(Controls, DisabledMasksClearTheirRegisters) {
  power_on();
  t31_masks masks{};
  masks.channel[1][2] = {1, 0, 16, 32, 64, 48, 1, 2, 3, 0};
  ASSERT_TRUE(unit->set_masks(masks).ok());
  EXPECT_NE(reg(0x9a54), 0u);
  EXPECT_EQ(reg(0x9804) >> 3 & 7, 2u);
  ASSERT_TRUE(unit->set_masks(t31_masks{}).ok());
  EXPECT_EQ(reg(0x9a50), 0u);
  EXPECT_EQ(reg(0x9a54), 0u);
  EXPECT_EQ(reg(0x9a58), 0u);
  EXPECT_EQ(reg(0x9804) >> 3 & 7, 0u);
}

TEST_F(Controls, ALongDropPatternIsRefusedForAllChannels) {
  power_on();
  home().chip.take_writes();
  t31_frame_drop drop{};
  drop.channel[0] = {1, 4, {}, 3};
  drop.channel[1] = {1, 32, {}, 1};
  EXPECT_EQ(unit->set_frame_drop(drop).code(), -T31_EPERM);
  EXPECT_EQ(home().chip.take_writes(), Writes{});
  t31_frame_drop read{};
  unit->frame_drop(read);
  EXPECT_EQ(read.channel[0].length, 0u);
  EXPECT_EQ(read.channel[0].mark, 1u);
  EXPECT_EQ(read.channel[0].enable, 1u);
  drop.channel[1].length = 31;
  EXPECT_TRUE(unit->set_frame_drop(drop).ok());
  unit->frame_drop(read);
  EXPECT_EQ(read.channel[1].length, 31u);
  EXPECT_EQ(read.channel[0].mark, 3u);
}

}  // namespace
