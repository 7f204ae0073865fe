// SPDX-License-Identifier: GPL-2.0-or-later
// threads_test.cpp - clients that sleep while others stop, close or signal.
#include <atomic>
#include <chrono>
#include <thread>

#include "camera.hpp"

using namespace fake;

namespace {

class Threads : public Camera {
 protected:
  // Runs `sleep`, waits until it sleeps, does `wake`, and returns the result.
  long woken(const std::function<long()>& sleep, const std::function<void()>& wake) {
    std::atomic<long> result{1};
    std::thread thread([&] { result = sleep(); });
    while (sleepers() == 0 && result.load() == 1) std::this_thread::yield();
    const auto begin = std::chrono::steady_clock::now();
    wake();
    thread.join();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(1));
    return result;
  }
  static long wait_frame_done(Client& client) {
    User<s32> count;
    return client.fd.ioctl(T31_FRAMECHAN_WAIT_FRAME_DONE, count);
  }
};

TEST_F(Threads, AFrameWakesTheClientThatWaitsForIt) {
  power_on();
  Client client(0);
  client.run(640, 360, 2);
  EXPECT_EQ(woken([&] { return client.dequeue(); }, [&] { frame(); }), 0);
  EXPECT_EQ(client.last.sequence, 0u);
}

TEST_F(Threads, StreamOffWakesADequeueWithEINVAL) {
  power_on();
  Client client(0);
  client.run(640, 360, 2);
  EXPECT_EQ(woken([&] { return client.dequeue(); }, [&] { EXPECT_EQ(client.stream_off(), 0); }),
            -T31_EINVAL);
}

TEST_F(Threads, ADequeueDoesNotSleepOnIntoTheNextStream) {
  power_on();
  Client client(0);
  client.run(640, 360, 2);
  EXPECT_EQ(woken([&] { return client.dequeue(); },
                  [&] {
                    EXPECT_EQ(client.stream_off(), 0);
                    EXPECT_EQ(client.stream_on(), 0);
                  }),
            -T31_EINVAL);
}

TEST_F(Threads, ClosingTxIspWakesEverybodyWithAnError) {
  power_on();
  Client client(0);
  client.run(640, 360, 2);
  const long dequeued = woken([&] { return client.dequeue(); }, [&] { unit->slake(); });
  EXPECT_TRUE(dequeued == -T31_EPERM || dequeued == -T31_EINVAL);
  power_on();
  Client other(1);
  other.run(640, 360, 2);
  EXPECT_EQ(woken([&] { return wait_frame_done(other); }, [&] { unit->slake(); }), -T31_EPERM);
}

TEST_F(Threads, StoppingTheSensorWakesADequeueWithEINVAL) {
  power_on();
  Client client(0);
  client.run(640, 360, 2);
  EXPECT_EQ(woken([&] { return client.dequeue(); }, [&] { unit->stop_streaming(); }), -T31_EINVAL);
}

TEST_F(Threads, ASignalEndsTheWaits) {
  power_on();
  Client client(0);
  client.run(640, 360, 2);
  EXPECT_EQ(woken([&] { return client.dequeue(); }, [] { Descriptor::signal_sleepers(); }),
            -T31_ERESTARTSYS);
  User<s32> count;
  EXPECT_EQ(woken([&] { return client.fd.ioctl(T31_FRAMECHAN_WAIT_FRAME_DONE, count); },
                  [] { Descriptor::signal_sleepers(); }),
            -T31_ERESTARTSYS);
  EXPECT_EQ(*count, -T31_ERESTARTSYS);
}

// The vendor's library would spin if it got an error each time.
TEST_F(Threads, StreamOffDoesNotWakeWaitFrameDone) {
  power_on();
  Client client(0);
  client.run(640, 360, 2);
  EXPECT_EQ(woken([&] { return wait_frame_done(client); },
                  [&] {
                    EXPECT_EQ(client.stream_off(), 0);
                    std::this_thread::sleep_for(std::chrono::milliseconds(20));
                    EXPECT_EQ(sleepers(), 1u);
                    ASSERT_EQ(client.queue(0), 0);
                    ASSERT_EQ(client.stream_on(), 0);
                    frame();
                  }),
            0);
}

// A consumer, a producer of interrupts and somebody who starts and stops, all at once.
TEST_F(Threads, StreamsSurviveConcurrentStartStopDequeueAndInterrupts) {
  power_on();
  Client client(0);
  ASSERT_EQ(client.set_format(640, 360), 0);
  ASSERT_EQ(client.request(4), 0);
  std::atomic<bool> end{false};
  std::atomic<unsigned> frames{0};
  std::thread interrupts([&] {
    u64 time = 1'000'000'000;
    while (!end) {
      unit->frame_start(time += 10'000'000);
      if (home().chip.end_frame(0)) unit->channel_done(0, time + 5'000'000);
    }
  });
  std::thread consumer([&] {
    User<t31_buffer> buffer;
    while (!end) {
      buffer->type = 1;
      buffer->memory = 2;
      if (client.fd.ioctl(T31_FRAMECHAN_DQBUF, buffer) == 0) {
        ++frames;
        buffer->userptr = client.address_of(buffer->index);
        (void)client.fd.ioctl(T31_FRAMECHAN_QBUF, buffer);
      } else {
        std::this_thread::yield();
      }
    }
  });
  for (int round = 0; round < 200; ++round) {
    for (u32 i = 0; i < 4; ++i) {
      User<t31_buffer> buffer(client.buffer(i));
      (void)client.fd.ioctl(T31_FRAMECHAN_QBUF, buffer);
    }
    ASSERT_EQ(client.stream_on(), 0);
    const unsigned before = frames;
    for (int i = 0; i < 2000 && frames < before + 3; ++i) {
      std::this_thread::sleep_for(std::chrono::microseconds(50));
    }
    EXPECT_GE(frames, before + 3) << "round " << round;
    ASSERT_EQ(client.stream_off(), 0);
  }
  end = true;
  interrupts.join();
  consumer.join();
  EXPECT_EQ(home().chip.lost_pushes, 0u);
  EXPECT_EQ(home().chip.channel[0].cleared_while_busy, 0u);
}

}  // namespace
