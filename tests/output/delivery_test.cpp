// SPDX-License-Identifier: GPL-2.0-or-later
// delivery_test.cpp - module parameters isp_ch0_pre_dequeue_time and isp_ch1_dequeue_delay_time
// (user-abi 6, hw-pipeline 6.4).
#include "camera.hpp"

using namespace fake;
using t31::output::ChannelReport;

namespace {

constexpr u64 kMs = 1'000'000;
constexpr u32 kMarker = 0x12345678;

class Delivery : public Camera {
 protected:
  static u32 first_word(u32 address) {
    u32 word = 0;
    std::memcpy(&word, home().memory[address].data(), sizeof word);
    return word;
  }
  static void touch(u32 address) { home().memory[address].fill(0x80); }
  ChannelReport report(unsigned channel) {
    ChannelReport out;
    unit->describe(channel, out);
    return out;
  }
  void begin_frame() { unit->frame_start(home().time_ns); }
  void finish_frame(unsigned channel) {
    if (home().chip.end_frame(channel)) unit->channel_done(channel, home().time_ns);
  }
};

TEST_F(Delivery, EarlyFramesComeBeforeTheirInterruptWithTheLinesWritten) {
  parameters.isp_ch0_pre_dequeue_time = 10;
  power_on();
  home().time_ns = 1000 * kMs;
  Client client(0, T31_OPEN_NONBLOCK);
  client.run(640, 360, 1);
  EXPECT_EQ(first_word(client.address_of(0)), kMarker);
  for (u32 frame = 0; frame < 5; ++frame) {
    begin_frame();
    touch(client.address_of(0));
    home().chip.registers[0x9888] = 300u << 16;
    EXPECT_EQ(client.dequeue(), -T31_EAGAIN);
    home().run_until(home().time_ns + 10 * kMs);
    ASSERT_EQ(client.dequeue(), 0);
    EXPECT_EQ(client.last.reserved, 300u << 16 | 1);
    EXPECT_EQ(client.last.sequence, frame);
    EXPECT_EQ(client.last.tv_usec, home().time_ns / 1000 % 1000000);
    home().run_until(home().time_ns + 20 * kMs);
    finish_frame(0);
    EXPECT_EQ(client.dequeue(), -T31_EAGAIN);  // the interrupt is swallowed
    ASSERT_EQ(client.queue(0), 0);
    home().run_until(home().time_ns + 10 * kMs);
  }
  EXPECT_EQ(report(0).early_delivered, 5u);
  EXPECT_EQ(report(0).early_swallowed, 5u);
  EXPECT_EQ(report(0).early_missed, 0u);
}

TEST_F(Delivery, AnUntouchedBufferIsNotDeliveredEarly) {
  parameters.isp_ch0_pre_dequeue_time = 5;
  power_on();
  Client client(0, T31_OPEN_NONBLOCK);
  client.run(640, 360, 1);
  begin_frame();
  home().run_until(home().time_ns + 5 * kMs);
  EXPECT_EQ(client.dequeue(), -T31_EAGAIN);
  EXPECT_EQ(report(0).early_missed, 1u);
  EXPECT_EQ(home().mappings, 0u);
}

TEST_F(Delivery, EarlyDeliveryWorksWithOneBufferOnly) {
  parameters.isp_ch0_pre_dequeue_time = 5;
  power_on();
  Client first(0), second(1);
  ASSERT_EQ(first.set_format(640, 360), 0);
  EXPECT_EQ(first.request(2), -T31_EINVAL);
  EXPECT_EQ(first.request(1), 0);
  ASSERT_EQ(second.set_format(640, 360), 0);
  EXPECT_EQ(second.request(2), 0);
}

TEST_F(Delivery, LateFramesBecomeTakeableAfterTheDelay) {
  parameters.isp_ch1_dequeue_delay_time = 50;  // longer than a frame
  power_on();
  home().time_ns = 1000 * kMs;
  Client client(1, T31_OPEN_NONBLOCK);
  client.run(640, 360, 4);
  u64 done[3] = {};
  for (u64& time : done) {
    begin_frame();
    home().run_until(home().time_ns + 30 * kMs);
    finish_frame(1);
    time = home().time_ns;
    home().run_until(home().time_ns + 10 * kMs);
  }
  // Now 50 ms past the first, 10 ms past the newest one's interrupt.
  u32 taken = 0;
  for (const u64 time : done) {
    home().run_until(std::max(home().time_ns, time + 49 * kMs));
    if (home().time_ns < time + 50 * kMs) {
      EXPECT_EQ(client.dequeue(), -T31_EAGAIN);
    }
    home().run_until(std::max(home().time_ns, time + 50 * kMs));
    ASSERT_EQ(client.dequeue(), 0);
    EXPECT_EQ(client.last.sequence, taken++);
    EXPECT_EQ(client.last.tv_usec, time / 1000 % 1000000);
  }
  EXPECT_EQ(client.dequeue(), -T31_EAGAIN);
}

TEST_F(Delivery, StoppingTakesPendingDeliveriesBack) {
  parameters.isp_ch1_dequeue_delay_time = 50;
  power_on();
  Client client(1, T31_OPEN_NONBLOCK);
  client.run(640, 360, 4);
  begin_frame();
  finish_frame(1);
  EXPECT_EQ(home().queues, 1u);
  ASSERT_EQ(client.stream_off(), 0);
  EXPECT_EQ(home().queues, 0u);
  EXPECT_TRUE(home().pending.empty());
  for (u32 i = 0; i < 4; ++i) ASSERT_EQ(client.queue(i), 0);
  ASSERT_EQ(client.stream_on(), 0);
  home().run_until(home().time_ns + 100 * kMs);
  EXPECT_EQ(client.dequeue(), -T31_EAGAIN);
}

TEST_F(Delivery, WithoutMemoryForItsQueueAStreamDoesNotStart) {
  parameters.isp_ch1_dequeue_delay_time = 50;
  power_on();
  Client client(1);
  ASSERT_EQ(client.set_format(640, 360), 0);
  home().fail_queue_create = 1;
  EXPECT_EQ(client.stream_on(), -T31_ENOMEM);
  EXPECT_EQ(links.pad(1), t31::graph::PadState::kLinked);
  EXPECT_EQ(client.stream_on(), 0);
}

}  // namespace
