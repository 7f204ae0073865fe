// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <random>

#include "driver/output/buffer_set.hpp"

using namespace t31::output;

namespace {

TEST(IndexQueue, NeverCountsBelowZero) {
  IndexQueue queue;
  u8 index = 77;
  EXPECT_FALSE(queue.pop_front(index));
  EXPECT_EQ(queue.size(), 0u);
  EXPECT_EQ(index, 77);
}

TEST(IndexQueue, RefusesMoreThanItsCapacity) {
  IndexQueue queue;
  for (unsigned i = 0; i < IndexQueue::kCapacity; ++i) {
    ASSERT_TRUE(queue.push_back(static_cast<u8>(i)));
  }
  EXPECT_FALSE(queue.push_back(0));
  EXPECT_FALSE(queue.push_front(0));
  EXPECT_EQ(queue.size(), IndexQueue::kCapacity);
}

TEST(IndexQueue, KeepsOrderAroundItsEnd) {
  IndexQueue queue;
  u8 index = 0;
  for (unsigned round = 0; round < 200; ++round) {
    ASSERT_TRUE(queue.push_back(static_cast<u8>(round % 64)));
    ASSERT_TRUE(queue.push_back(static_cast<u8>((round + 1) % 64)));
    ASSERT_TRUE(queue.pop_front(index));
    ASSERT_EQ(index, round % 64);
    ASSERT_TRUE(queue.pop_front(index));
    ASSERT_EQ(index, (round + 1) % 64);
  }
}

TEST(BufferSet, ABufferPassesThroughItsFiveStates) {
  BufferSet set;
  set.allocate(1, 100);
  EXPECT_EQ(set.at(0).state, BufferState::kFree);
  EXPECT_TRUE(set.queue(0, 0x1000).ok());
  EXPECT_EQ(set.at(0).state, BufferState::kQueued);
  u32 address = 0;
  EXPECT_TRUE(set.activate(address));
  EXPECT_EQ(address, 0x1000u);
  EXPECT_EQ(set.at(0).state, BufferState::kActive);
  EXPECT_TRUE(set.complete(5, 7));
  EXPECT_EQ(set.at(0).state, BufferState::kDone);
  unsigned index = 9;
  EXPECT_TRUE(set.take(index));
  EXPECT_EQ(index, 0u);
  EXPECT_EQ(set.at(0).state, BufferState::kDequeued);
  EXPECT_TRUE(set.queue(0, 0x1000).ok());
}

TEST(BufferSet, RefusesABufferThatIsUnderWay) {
  BufferSet set;
  set.allocate(2, 100);
  u32 address = 0;
  EXPECT_TRUE(set.queue(0, 0x1000).ok());
  EXPECT_EQ(set.queue(0, 0x1000).code(), -T31_EINVAL);
  EXPECT_TRUE(set.activate(address));
  EXPECT_EQ(set.queue(0, 0x1000).code(), -T31_EINVAL);
  EXPECT_TRUE(set.complete(0, 0));
  EXPECT_EQ(set.queue(0, 0x1000).code(), -T31_EINVAL);
  EXPECT_EQ(set.queue(2, 0x1000).code(), -T31_EINVAL);
}

TEST(BufferSet, NothingToDoIsSaidNotDone) {
  BufferSet set;
  set.allocate(3, 100);
  u32 address = 0;
  unsigned index = 0;
  EXPECT_FALSE(set.activate(address));
  EXPECT_FALSE(set.complete(0, 0));
  EXPECT_FALSE(set.recycle());
  EXPECT_FALSE(set.take(index));
  set.put_back(1);
  EXPECT_TRUE(set.done().empty());
}

TEST(BufferSet, AtMostSixtyFourBuffers) {
  BufferSet set;
  set.allocate(1000, 100);
  EXPECT_EQ(set.count(), 64u);
}

// Random operations against a plain model: one place per buffer, first in first out, no loss.
TEST(BufferSet, RandomOrdersLeaveEveryBufferInExactlyOnePlace) {
  for (u32 seed = 1; seed <= 20; ++seed) {
    std::mt19937 random(seed);
    BufferSet set;
    const unsigned count = 1 + random() % 64;
    set.allocate(count, 100);
    std::deque<unsigned> queued, active, done;
    for (int step = 0; step < 5000; ++step) {
      u32 address = 0;
      unsigned index = random() % (count + 2);
      switch (random() % 7) {
        case 0:
        case 1: {
          const bool can = set.can_queue(index);
          ASSERT_EQ(set.queue(index, 0x1000 + index * 0x100).ok(), can);
          if (can) queued.push_back(index);
          break;
        }
        case 2:
          ASSERT_EQ(set.activate(address), !queued.empty());
          if (queued.empty()) break;
          ASSERT_EQ(address, 0x1000 + queued.front() * 0x100);
          active.push_back(queued.front());
          queued.pop_front();
          break;
        case 3:
          ASSERT_EQ(set.complete(step, step), !active.empty());
          if (active.empty()) break;
          done.push_back(active.front());
          active.pop_front();
          break;
        case 4:
          ASSERT_EQ(set.recycle(), !active.empty());
          if (active.empty()) break;
          queued.push_back(active.front());
          active.pop_front();
          break;
        case 5:
          ASSERT_EQ(set.take(index), !done.empty());
          if (done.empty()) break;
          ASSERT_EQ(index, done.front());
          done.pop_front();
          if (random() % 4 == 0) {
            set.put_back(index);
            done.push_front(index);
          }
          break;
        case 6:
          if (random() % 200 != 0) break;
          set.release_all();
          queued.clear();
          active.clear();
          done.clear();
          break;
      }
      ASSERT_TRUE(set.consistent());
      ASSERT_EQ(set.queued().size(), queued.size());
      ASSERT_EQ(set.active().size(), active.size());
      ASSERT_EQ(set.done().size(), done.size());
    }
  }
}

}  // namespace
