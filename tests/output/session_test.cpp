// SPDX-License-Identifier: GPL-2.0-or-later
// session_test.cpp - what the core does to the output stage: open, input, reset, stop, close.
#include "camera.hpp"

using namespace fake;
using t31::graph::PadState;

namespace {

class Session : public Camera {};

TEST_F(Session, ConstructionTouchesNoRegister) {
  EXPECT_EQ(home().chip.take_writes(), Writes{});
}

TEST_F(Session, LastCloseStopsEverythingAndOldDescriptorsFail) {
  power_on();
  Client first(0), second(1);
  first.run(1280, 720, 2);
  second.run(640, 360, 2);
  unit->slake();
  EXPECT_EQ(reg(0x9804) & 7, 0u);
  EXPECT_TRUE(home().chip.channel[0].luma.empty());
  EXPECT_TRUE(home().chip.channel[1].luma.empty());
  EXPECT_EQ(links.pad(0), PadState::kLinked);
  home().chip.take_writes();
  EXPECT_EQ(first.dequeue(), -T31_EPERM);
  EXPECT_EQ(first.queue(0), -T31_EPERM);
  EXPECT_EQ(first.set_format(640, 360), -T31_EPERM);
  EXPECT_EQ(first.request(0), -T31_EPERM);
  EXPECT_EQ(first.stream_on(), -T31_EPERM);
  EXPECT_EQ(second.stream_off(), -T31_EPERM);
  EXPECT_EQ(Client(2).fd.error(), -T31_EPERM);
  EXPECT_EQ(home().chip.take_writes(), Writes{});
}

TEST_F(Session, ANewSessionStartsWhileAnOldDescriptorIsStillOpen) {
  power_on();
  Client old(0);
  old.run(1280, 720, 2);
  unit->slake();
  links.destroy();
  power_on();
  Client fresh(0);
  fresh.run(640, 360, 2);
  EXPECT_EQ(old.stream_off(), -T31_EPERM);
  old.fd.close();  // must not stop the new client
  frame();
  EXPECT_EQ(fresh.dequeue(), 0);
}

TEST_F(Session, ControlsOutliveTheLastClose) {
  power_on();
  ASSERT_TRUE(unit->set_flip(true, true).ok());
  t31_masks masks{};
  masks.channel[0][0].enable = 1;
  ASSERT_TRUE(unit->set_masks(masks).ok());
  unit->slake();
  links.destroy();
  power_on();
  EXPECT_TRUE(unit->mirrored());
  Client client(0);
  client.run(640, 360, 1);
  EXPECT_EQ(reg(0x9818), 0x3feu);       // mirror bits 0x380, flip bits 0x70 (hw-pipeline 5.6)
  EXPECT_EQ(reg(0x9804) >> 3 & 7, 1u);  // channel 0 has a mask
}

TEST_F(Session, StoppingTheSensorStopsChannelsAndTheirStreamOffStillSucceeds) {
  power_on();
  Client client(0);
  client.run(640, 360, 2);
  unit->stop_streaming();
  EXPECT_EQ(reg(0x9804) & 7, 0u);
  EXPECT_EQ(links.pad(0), PadState::kLinked);
  EXPECT_EQ(client.dequeue(), -T31_EINVAL);
  EXPECT_EQ(client.stream_off(), 0);
  EXPECT_EQ(client.stream_off(), -T31_EINVAL);
  ASSERT_EQ(client.queue(0), 0);
  ASSERT_EQ(client.stream_on(), 0);
  frame();
  EXPECT_EQ(client.dequeue(), 0);
}

TEST_F(Session, UnlinkingStopsChannelsAndFreesThePads) {
  power_on();
  Client client(0);
  client.run(640, 360, 2);
  unit->unlink();
  EXPECT_EQ(reg(0x9804) & 7, 0u);
  EXPECT_EQ(links.pad(0), PadState::kFree);
  EXPECT_EQ(client.stream_off(), 0);
  EXPECT_EQ(client.stream_on(), -T31_EPIPE);
}

TEST_F(Session, AnotherSensorDropsWhatNoLongerFits) {
  power_on();
  Client first(0), second(1);
  ASSERT_EQ(first.set_format(1920, 1080), 0);
  ASSERT_EQ(second.set_format(640, 360), 0);
  ASSERT_TRUE(unit->set_front_crop({1, {}, 0, 0, 1920, 1080}).ok());
  select({1280, 720});
  EXPECT_EQ(first.stream_on(), -T31_EINVAL);
  ASSERT_EQ(second.stream_on(), 0);
  EXPECT_EQ(reg(0x9864), 0x050002d0u);
  EXPECT_EQ(reg(0x9a04), 0x04000400u);
}

TEST_F(Session, WithoutASensorNothingStarts) {
  power_on();
  Client client(0);
  ASSERT_EQ(client.set_format(640, 360), 0);
  select({});
  EXPECT_EQ(client.stream_on(), -T31_EINVAL);
  EXPECT_EQ(client.set_format(640, 360), -T31_EINVAL);
}

TEST_F(Session, SelectingASensorStopsChannelsThatStillRun) {
  power_on();
  Client client(0);
  client.run(640, 360, 2);
  unit->set_input({});
  EXPECT_EQ(reg(0x9804) & 7, 0u);
  EXPECT_EQ(client.stream_off(), 0);
}

TEST_F(Session, AResetOfTheChipMakesTheNextStartWriteEverythingAgain) {
  power_on();
  Client client(0);
  ASSERT_EQ(client.set_format(640, 360), 0);
  home().chip.registers.clear();
  unit->chip_reset();
  home().chip.take_writes();
  ASSERT_EQ(client.stream_on(), 0);
  EXPECT_EQ(reg(0x9864), 0x07800438u);
  EXPECT_EQ(reg(0x9900), 0x02800168u);
  EXPECT_EQ(reg(0x9904), 0x06000600u);
  EXPECT_EQ(reg(0x992c), 0x02800168u);
  EXPECT_EQ(reg(0x9804), 0x000f0901u);
}

TEST_F(Session, AResetOfTheChipEndsStreamsWithoutWaitingForHardware) {
  power_on();
  Client client(0);
  client.run(640, 360, 2);
  home().chip.registers.clear();
  home().chip.channel[0] = {};
  unit->chip_reset();
  EXPECT_EQ(home().sleeps, 0u);
  EXPECT_EQ(client.dequeue(), -T31_EINVAL);
  EXPECT_EQ(client.stream_off(), 0);
  EXPECT_EQ(links.pad(0), PadState::kLinked);
}

TEST_F(Session, ThirtyReopeningsInARowSucceed) {
  power_on();
  Client main(0);
  main.run(1920, 1080, 2);
  for (int i = 0; i < 30; ++i) {
    Client client(1);
    client.run(640, 360, 2);
    frame();
    ASSERT_EQ(client.dequeue(), 0);
    ASSERT_EQ(client.last.sequence, 0u);
    ASSERT_EQ(main.dequeue(), 0);
    ASSERT_EQ(main.last.sequence, static_cast<u32>(i));
    ASSERT_EQ(main.queue(main.last.index), 0);
  }
}

}  // namespace
