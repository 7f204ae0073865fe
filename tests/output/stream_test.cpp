// SPDX-License-Identifier: GPL-2.0-or-later
// stream_test.cpp - frames: order, numbers, times, drops, FIFO, and hardware that misbehaves.
#include <random>
#include <set>

#include "camera.hpp"

using namespace fake;
using t31::output::ChannelReport;

namespace {

class Stream : public Camera {
 protected:
  ChannelReport report(unsigned channel) {
    ChannelReport out;
    unit->describe(channel, out);
    return out;
  }
};

TEST_F(Stream, DeliversEveryFrameOnceInOrder) {
  power_on();
  Client first(0), second(1);
  first.run(1920, 1080, 3);
  second.run(640, 360, 3);
  for (u32 i = 0; i < 300; ++i) {
    frame();
    for (Client* client : {&first, &second}) {
      ASSERT_EQ(client->dequeue(), 0);
      ASSERT_EQ(client->last.sequence, i);
      ASSERT_EQ(client->last.index, i % 3);
      ASSERT_EQ(client->queue(client->last.index), 0);
    }
  }
  for (unsigned channel : {0u, 1u}) {
    const ChannelReport r = report(channel);
    EXPECT_EQ(r.counters.delivered, 300u);
    EXPECT_EQ(r.counters.dropped, 0u);
    EXPECT_EQ(r.counters.lost + r.counters.unknown_address, 0u);
  }
}

TEST_F(Stream, StampsFramesWithTheInterruptsTime) {
  power_on();
  Client client(0);
  client.run(640, 360, 1);
  now = 123'456'789'012ull - 40'000'000;
  frame();
  ASSERT_EQ(client.dequeue(), 0);
  EXPECT_EQ(client.last.tv_sec, 123u);
  EXPECT_EQ(client.last.tv_usec, 456789u);
  EXPECT_EQ(client.last.flags, 0x2004u);
  EXPECT_EQ(client.last.type, 1u);
  EXPECT_EQ(client.last.length, client.size());
  EXPECT_EQ(client.last.bytesused, 0u);
  EXPECT_EQ(client.last.reserved, 0u);
}

TEST_F(Stream, AWithheldBufferDropsFramesAndLeavesAGap) {
  power_on();
  Client client(0);
  client.run(640, 360, 1);
  frame();
  for (int i = 0; i < 4; ++i) frame();  // nothing queued
  ASSERT_EQ(client.dequeue(), 0);
  EXPECT_EQ(client.last.sequence, 0u);
  EXPECT_EQ(report(0).counters.dropped, 3u);  // the newest is not over as far as starts tell
  ASSERT_EQ(client.queue(0), 0);
  frame();
  ASSERT_EQ(client.dequeue(), 0);
  EXPECT_EQ(client.last.sequence, 5u);
  EXPECT_EQ(report(0).counters.dropped, 4u);
  EXPECT_EQ(report(0).counters.delivered, 2u);
}

TEST_F(Stream, FramesComeOnlyAfterABufferIsQueued) {
  power_on();
  Client client(0, T31_OPEN_NONBLOCK);
  ASSERT_EQ(client.set_format(640, 360), 0);
  ASSERT_EQ(client.request(1), 0);
  ASSERT_EQ(client.stream_on(), 0);
  frame();
  EXPECT_EQ(client.dequeue(), -T31_EAGAIN);
  ASSERT_EQ(client.queue(0), 0);
  frame();
  ASSERT_EQ(client.dequeue(), 0);
  EXPECT_EQ(client.last.sequence, 1u);
}

TEST_F(Stream, NeverPushesIntoAFullFifo) {
  power_on();
  Client client(0);
  client.run(640, 360, 20);
  EXPECT_EQ(home().chip.channel[0].luma.size(), 8u);
  EXPECT_EQ(report(0).counters.waiting, 12u);
  std::set<u32> seen;
  for (u32 i = 0; i < 20; ++i) {
    frame();
    ASSERT_EQ(client.dequeue(), 0);
    EXPECT_EQ(client.last.index, i);
    EXPECT_EQ(client.last.sequence, i);
  }
  EXPECT_EQ(home().chip.lost_pushes, 0u);
  EXPECT_EQ(report(0).counters.waiting, 0u);
}

TEST_F(Stream, CompletionsOutOfOrderCompleteTheSkippedBuffersAndAreCounted) {
  power_on();
  Client client(0, T31_OPEN_NONBLOCK);
  client.run(640, 360, 4);
  start_frame();
  auto& channel = home().chip.channel[0];
  channel.luma.clear();
  channel.chroma.clear();
  channel.done.emplace_back(client.address_of(2), 0);
  unit->channel_done(0, now + 30'000'000);
  for (u32 i = 0; i < 3; ++i) {
    ASSERT_EQ(client.dequeue(), 0);
    EXPECT_EQ(client.last.index, i);
    EXPECT_EQ(client.last.sequence, i);
  }
  EXPECT_EQ(client.dequeue(), -T31_EAGAIN);
  EXPECT_EQ(report(0).counters.lost, 2u);
  EXPECT_EQ(report(0).last_error, t31::output::ChannelError::kSkippedBuffers);
}

TEST_F(Stream, ACompletionForAnUnknownAddressIsIgnoredAndCounted) {
  power_on();
  Client client(0, T31_OPEN_NONBLOCK);
  client.run(640, 360, 2);
  start_frame();
  home().chip.channel[0].done.emplace_back(0x07654320, 0);
  unit->channel_done(0, now + 30'000'000);
  EXPECT_EQ(client.dequeue(), -T31_EAGAIN);
  EXPECT_EQ(report(0).counters.unknown_address, 1u);
  EXPECT_EQ(report(0).last_error, t31::output::ChannelError::kUnknownAddress);
  end_frame();
  EXPECT_EQ(client.dequeue(), 0);
}

// Hardware that writes the last picture again when its FIFO is empty (public-documents 1, row 5).
TEST_F(Stream, ARewrittenLastPictureIsNotDeliveredTwice) {
  power_on();
  Client client(0, T31_OPEN_NONBLOCK);
  client.run(640, 360, 1);
  frame();
  ASSERT_EQ(client.dequeue(), 0);
  for (int i = 0; i < 3; ++i) {
    start_frame();
    home().chip.channel[0].done.emplace_back(home().chip.channel[0].last_luma, 0);
    unit->channel_done(0, now + 30'000'000);
    now += 30'000'000;
    EXPECT_EQ(client.dequeue(), -T31_EAGAIN);
  }
  EXPECT_EQ(report(0).counters.unknown_address, 3u);
  ASSERT_EQ(client.queue(0), 0);
  frame();
  ASSERT_EQ(client.dequeue(), 0);
  EXPECT_EQ(client.last.sequence, 4u);
  EXPECT_EQ(report(0).counters.dropped, 3u);
}

TEST_F(Stream, ADoneFifoThatNeverRunsEmptyDoesNotHangAndIsReportedOnce) {
  power_on();
  Client client(0, T31_OPEN_NONBLOCK);
  client.run(640, 360, 2);
  home().take_log();
  home().chip.channel[0].done_never_empty = true;
  for (int i = 0; i < 5; ++i) unit->channel_done(0, now);
  EXPECT_EQ(report(0).counters.fifo_stuck, 5u);
  EXPECT_EQ(home().log_lines(), 0u);  // nothing from the interrupt
  home().chip.channel[0].done_never_empty = false;
  ASSERT_EQ(client.stream_off(), 0);
  EXPECT_EQ(home().log_lines(), 1u) << home().log;
}

TEST_F(Stream, AnInterruptWithoutAStreamTouchesNothing) {
  power_on();
  Client client(0);
  client.run(640, 360, 2);
  ASSERT_EQ(client.stream_off(), 0);
  home().chip.channel[0].done.emplace_back(client.address_of(0), 0);
  unit->channel_done(0, now);
  unit->frame_start(now);
  ASSERT_EQ(client.query(0), 0);
  EXPECT_EQ(client.last.flags, 0x2000u);
  EXPECT_TRUE(home().chip.channel[0].done.empty());
}

TEST_F(Stream, StopReturnsBuffersAndARestartCountsFromZero) {
  power_on();
  Client client(0, T31_OPEN_NONBLOCK);
  client.run(640, 360, 3);
  frame();
  frame();
  ASSERT_EQ(client.dequeue(), 0);
  ASSERT_EQ(client.stream_off(), 0);
  for (u32 i = 0; i < 3; ++i) ASSERT_EQ(client.queue(i), 0);
  ASSERT_EQ(client.stream_on(), 0);
  EXPECT_EQ(client.dequeue(), -T31_EAGAIN);  // no stale frame
  frame();
  ASSERT_EQ(client.dequeue(), 0);
  EXPECT_EQ(client.last.sequence, 0u);
  EXPECT_EQ(client.last.index, 0u);
}

TEST_F(Stream, StopWaitsForTheHardwareBeforeItClearsTheFifos) {
  power_on();
  Client client(0);
  client.run(640, 360, 3);
  home().chip.live = true;
  home().chip.busy = 1;
  home().take_log();
  ASSERT_EQ(client.stream_off(), 0);  // the frame never ends
  EXPECT_EQ(home().sleeps, 3000u);
  EXPECT_EQ(home().chip.channel[0].cleared_while_busy, 0u);
  EXPECT_EQ(home().log_lines(), 1u) << home().log;
  // Still busy: neither a restart nor an open clears, and a stream is refused.
  EXPECT_EQ(client.stream_on(), -T31_EBUSY);
  client.fd.close();
  Client again(0);
  EXPECT_EQ(home().chip.channel[0].cleared_while_busy, 0u);
  ASSERT_EQ(again.set_format(640, 360), 0);
  EXPECT_EQ(again.stream_on(), -T31_EBUSY);
  home().chip.busy = 0;
  home().chip.take_writes();
  EXPECT_EQ(again.stream_on(), 0);
  EXPECT_EQ(home().chip.take_writes().front(), (std::pair<u32, u32>{0x999c, 1}));
}

TEST_F(Stream, CloseWhileStreamingStopsTheHardwareFirst) {
  power_on();
  for (int round = 0; round < 3; ++round) {
    Client client(1, T31_OPEN_NONBLOCK);
    client.run(640, 360, 3);
    frame();
    client.fd.close();
    EXPECT_EQ(reg(0x9804) & 2, 0u);
    EXPECT_TRUE(home().chip.channel[1].luma.empty());
    EXPECT_EQ(links.pad(1), t31::graph::PadState::kLinked);
    frame();
  }
  Client client(1, T31_OPEN_NONBLOCK);
  client.run(640, 360, 2);
  EXPECT_EQ(client.dequeue(), -T31_EAGAIN);
  frame();
  EXPECT_EQ(client.dequeue(), 0);
  EXPECT_EQ(client.last.sequence, 0u);
}

TEST_F(Stream, FramesAfterADayNightSwitchAreThrownAwayAndTheirBuffersReused) {
  power_on();
  Client client(0, T31_OPEN_NONBLOCK);
  client.run(640, 360, 2);
  frame();
  ASSERT_EQ(client.dequeue(), 0);
  ASSERT_EQ(client.queue(client.last.index), 0);
  unit->drop_frames(3);
  for (int i = 0; i < 3; ++i) {
    frame();
    EXPECT_EQ(client.dequeue(), -T31_EAGAIN);
  }
  frame();
  ASSERT_EQ(client.dequeue(), 0);
  EXPECT_EQ(client.last.sequence, 4u);
  EXPECT_EQ(report(0).counters.discarded, 3u);
  EXPECT_EQ(report(0).counters.dropped, 0u);
}

TEST_F(Stream, AFrameStartStillPendingAtStreamOnDoesNotShiftNumbers) {
  power_on();
  Client client(0);
  home().chip.registers[0xb4] = 1u << 12;  // frame start seen by the chip, not yet by the driver
  client.run(640, 360, 2);
  home().chip.registers[0xb4] = 0;
  unit->frame_start(now);
  frame();
  ASSERT_EQ(client.dequeue(), 0);
  EXPECT_EQ(client.last.sequence, 0u);
}

// Any order of client and hardware: no frame twice, numbers rise, no push into a full FIFO, every
// buffer with exactly one owner.
TEST_F(Stream, RandomOrdersOfClientAndHardwareKeepTheRules) {
  for (u32 seed = 1; seed <= 30; ++seed) {
    std::mt19937 random(seed);
    power_on();
    {
      Client client(random() % 3, T31_OPEN_NONBLOCK);
      const u32 count = 1 + random() % 12;
      ASSERT_EQ(client.set_format(640, 352), 0);
      ASSERT_EQ(client.request(count), 0);
      std::vector<bool> mine(count, true);
      bool streaming = false;
      s64 last = -1;
      for (int step = 0; step < 600; ++step) {
        const u32 index = random() % count;
        switch (random() % 8) {
          case 0:
          case 1: {
            const bool can = mine[index];
            ASSERT_EQ(client.queue(index), can ? 0 : -T31_EINVAL);
            mine[index] = false;
            break;
          }
          case 2:
          case 3: {
            const long result = client.dequeue();
            ASSERT_TRUE(result == 0 || result == (streaming ? -T31_EAGAIN : -T31_EINVAL)) << result;
            if (result != 0) break;
            ASSERT_FALSE(mine[client.last.index]);
            mine[client.last.index] = true;
            ASSERT_GT(s64{client.last.sequence}, last);
            last = client.last.sequence;
            break;
          }
          case 4:
            start_frame();
            break;
          case 5:
            end_frame();
            break;
          case 6: {
            home().chip.channel[random() % 3].done.emplace_back(0x06000000 + random() % 4096 * 8,
                                                                0);
            unit->channel_done(random() % 3, now);
            break;
          }
          case 7: {
            if (random() % 10 != 0) break;
            ASSERT_EQ(streaming ? client.stream_off() : client.stream_on(), 0);
            if (streaming) mine.assign(count, true);
            streaming = !streaming;
            last = -1;
            break;
          }
        }
        ASSERT_EQ(home().chip.lost_pushes, 0u);
      }
    }
    unit->slake();
    links.destroy();
  }
}

}  // namespace
