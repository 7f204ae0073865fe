// SPDX-License-Identifier: GPL-2.0-or-later
#include "fixture.hpp"

namespace t31::test {
namespace {

class Locks : public Both {};
T31_BOTH_SCHEDULERS(Locks);

TEST_P(Locks, MutexIsHandedOverInTurn) {
  Mutex mutex("turn");
  std::string order;
  {
    std::unique_ptr<Client> second;
    {
      const Mutex::Guard guard(mutex);
      second = std::make_unique<Client>("second", [&] {
        const Mutex::Guard inner(mutex);
        order += "b";
      });
      t31_host_sleep_ns(kMs);
      order += "a";
    }
  }
  EXPECT_EQ(order, "ab");
}

TEST_P(Locks, SpinLocksNest) {
  SpinLock outer("outer");
  SpinLock inner("inner");
  for (int i = 0; i < 2; ++i) {
    const SpinLock::Guard one(outer);
    const SpinLock::Guard two(inner);
  }
  const SpinLock::Guard alone(inner);
}

// Three locks in one order, never another: nothing to report, whoever takes them.
TEST_P(Locks, OneOrderFromManyThreadsIsFine) {
  Mutex a("a");
  Mutex b("b");
  SpinLock c("c");
  int count = 0;
  {
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 4; ++i) {
      clients.push_back(std::make_unique<Client>("user", [&] {
        for (int j = 0; j < 50; ++j) {
          const Mutex::Guard one(a);
          const Mutex::Guard two(b);
          const SpinLock::Guard three(c);
          ++count;
        }
      }));
    }
  }
  EXPECT_EQ(count, 200);
}

template <typename Body>
auto with_machine(Body body) {
  return [body] {
    fresh_machine();
    body();
  };
}

TEST(LockDeath, InvertedOrderOfTwoMutexes) {
  const auto invert = with_machine([] {
    Mutex a("streams");
    Mutex b("buffers");
    {
      const Mutex::Guard one(a);
      const Mutex::Guard two(b);
    }
    const Mutex::Guard two(b);
    const Mutex::Guard one(a);
  });
  EXPECT_DEATH(invert(),
               "inverted lock order: takes 'streams' while holding 'buffers', but the order "
               "'streams' -> 'buffers' was seen before");
}

TEST(LockDeath, InvertedOrderThroughAThirdLock) {
  const auto invert = with_machine([] {
    SpinLock a("a");
    SpinLock b("b");
    SpinLock c("c");
    {
      const SpinLock::Guard one(a);
      const SpinLock::Guard two(b);
    }
    {
      const SpinLock::Guard two(b);
      const SpinLock::Guard three(c);
    }
    const SpinLock::Guard three(c);
    const SpinLock::Guard one(a);
  });
  EXPECT_DEATH(invert(), "takes 'a' while holding 'c', but the order 'a' -> 'b' -> 'c'");
}

TEST(LockDeath, MutexTakenTwiceByOneThread) {
  const auto twice = with_machine([] {
    Mutex mutex("state");
    const Mutex::Guard one(mutex);
    const Mutex::Guard two(mutex);
  });
  EXPECT_DEATH(twice(), "mutex 'state' is taken twice by one thread");
}

TEST(LockDeath, SpinLockTakenTwiceByOneThread) {
  const auto twice = with_machine([] {
    SpinLock lock("state");
    const SpinLock::Guard one(lock);
    const SpinLock::Guard two(lock);
  });
  EXPECT_DEATH(twice(), "spin lock 'state' is taken twice by one thread");
}

TEST(LockDeath, UnlockOfWhatIsNotHeld) {
  EXPECT_DEATH(with_machine([] {
                 t31_mutex mutex{};
                 t31_port_mutex_init(&mutex, "state");
                 t31_port_mutex_unlock(&mutex);
               })(),
               "mutex that isn't held is unlocked");
  EXPECT_DEATH(with_machine([] {
                 t31_spinlock lock{};
                 t31_port_spin_init(&lock, "state");
                 t31_port_spin_unlock_irqrestore(&lock, 0);
               })(),
               "spin lock that isn't held is unlocked");
}

TEST(LockDeath, UnlockWithTheFlagsOfAnotherLock) {
  EXPECT_DEATH(with_machine([] {
                 t31_spinlock a{};
                 t31_spinlock b{};
                 t31_port_spin_init(&a, "a");
                 t31_port_spin_init(&b, "b");
                 const unsigned long outer = t31_port_spin_lock_irqsave(&a);
                 t31_port_spin_lock_irqsave(&b);
                 t31_port_spin_unlock_irqrestore(&a, outer);
               })(),
               "spin lock 'a' is unlocked with the flags of another");
}

TEST(LockDeath, DestructionOfAHeldMutex) {
  EXPECT_DEATH(with_machine([] {
                 t31_mutex mutex{};
                 t31_port_mutex_init(&mutex, "state");
                 t31_port_mutex_lock(&mutex);
                 t31_port_mutex_destroy(&mutex);
               })(),
               "mutex 'state' is destroyed while held");
}

TEST(LockDeath, InitialisationOfALivingLock) {
  EXPECT_DEATH(with_machine([] {
                 t31_mutex mutex{};
                 t31_port_mutex_init(&mutex, "state");
                 t31_port_mutex_init(&mutex, "state");
               })(),
               "mutex 'state' is initialised twice");
}

TEST(LockDeath, MemoryFreedWithALivingLockInIt) {
  EXPECT_DEATH(with_machine([] {
                 auto* const mutex = static_cast<t31_mutex*>(t31_port_alloc(sizeof(t31_mutex)));
                 t31_port_mutex_init(mutex, "state");
                 t31_port_free(mutex);
               })(),
               "t31_port_free of memory with a living object in it: mutex 'state'");
}

}  // namespace
}  // namespace t31::test
