// SPDX-License-Identifier: GPL-2.0-or-later
// Built with the thread sanitizer only: it sees a race of the driver although the host itself takes
// locks all the time.
#include <atomic>
#include <cstdlib>
#include <thread>

#include "fixture.hpp"

namespace t31::test {
namespace {

constexpr int kRounds = 1000;
constexpr int kRaceFound = 66;  // exit status of a program with a report of the thread sanitizer

struct Tools {
  SpinLock& own;
  SpinLock& common;
  t31_mmio* registers;
};
using Work = std::function<void(const Tools&)>;

// Two threads that work between register accesses and locks of their own.
void two_threads(const Work& work) {
  t31_host_config config = config_of(T31_HOST_FREE);
  config.seed = 0;
  t31_host_reset(&config);
  t31_mmio* const registers = t31_port_ioremap(0x13300000, 0x1000, "test");
  {
    SpinLock one("one");
    SpinLock two("two");
    SpinLock common("common");
    std::atomic<int> arrived{0};
    const auto run = [&](SpinLock& own) {
      // They meet, without an order that the sanitizer could see.
      arrived.fetch_add(1, std::memory_order_relaxed);
      while (arrived.load(std::memory_order_relaxed) < 2) std::this_thread::yield();
      work({own, common, registers});
    };
    Client first("first", [&] { run(one); });
    Client second("second", [&] { run(two); });
  }
  t31_port_iounmap(registers);
  t31_host_shutdown();
  exit(0);
}

TEST(RaceOfThreadsDeath, IsSeenBetweenRegisterAccesses) {
  int shared = 0;
  EXPECT_EXIT(two_threads([&](const Tools& tools) {
                for (int i = 0; i < kRounds; ++i) {
                  t31_port_write32(tools.registers, 0x10, 1);
                  ++shared;
                  t31_port_read32(tools.registers, 0x10);
                }
              }),
              testing::ExitedWithCode(kRaceFound), "data race");
}

TEST(RaceOfThreadsDeath, IsSeenBetweenDifferentSpinLocks) {
  int shared = 0;
  EXPECT_EXIT(two_threads([&](const Tools& tools) {
                for (int i = 0; i < kRounds; ++i) {
                  const SpinLock::Guard guard(tools.own);
                  ++shared;
                }
              }),
              testing::ExitedWithCode(kRaceFound), "data race");
}

TEST(RaceOfThreadsDeath, IsNotSeenWhereOneLockProtects) {
  int shared = 0;
  EXPECT_EXIT(two_threads([&](const Tools& tools) {
                for (int i = 0; i < kRounds; ++i) {
                  const SpinLock::Guard guard(tools.common);
                  ++shared;
                  t31_port_write32(tools.registers, 0x10, 1);
                }
              }),
              testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace t31::test
