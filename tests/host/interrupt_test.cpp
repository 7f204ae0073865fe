// SPDX-License-Identifier: GPL-2.0-or-later
#include <atomic>
#include <vector>

#include "fixture.hpp"
#include "t31_model.h"

namespace t31::test {
namespace {

constexpr u32 kIspLine = 37;
constexpr u32 kVicLine = 38;

// A driver of one interrupt: counts, and clears its line.
struct Source {
  u32 line = kIspLine;
  t31_irq* irq = nullptr;
  t31_mmio* registers = nullptr;
  u32 raise_register = 0xf00;
  std::function<enum t31_irq_result()> handler = [this] {
    clear();
    return T31_IRQ_HANDLED;
  };
  std::function<void()> function = [] {};
  std::atomic<int> handled{0};
  std::atomic<int> threaded{0};

  Source() = default;
  explicit Source(u32 irq_line) : line(irq_line) {}
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  ~Source() { stop(); }

  void start() {
    registers = t31_port_ioremap(line == kIspLine ? 0x13300000 : 0x133e0000, 0x1000, "test");
    ASSERT_NE(registers, nullptr);
    ASSERT_EQ(t31_port_irq_request(line, on_interrupt, on_thread, "test", this, &irq), 0);
    t31_port_irq_enable(irq);
  }
  void stop() {
    if (irq != nullptr) t31_port_irq_free(irq);
    if (registers != nullptr) t31_port_iounmap(registers);
    irq = nullptr;
    registers = nullptr;
  }
  void raise() { t31_port_write32(registers, raise_register, 1); }
  void clear() { t31_port_write32(registers, raise_register, 0); }

  static enum t31_irq_result on_interrupt(void* context) {
    Source& self = *static_cast<Source*>(context);
    ++self.handled;
    return self.handler();
  }
  static enum t31_irq_result on_thread(void* context) {
    Source& self = *static_cast<Source*>(context);
    self.function();
    ++self.threaded;
    return T31_IRQ_HANDLED;
  }
};

class Interrupt : public Both {};
T31_BOTH_SCHEDULERS(Interrupt);

TEST_P(Interrupt, HandlerRunsWhenTheLineRises) {
  Source source;
  source.start();
  source.raise();
  t31_host_sleep_ns(1);
  EXPECT_EQ(source.handled, 1);
}

TEST_P(Interrupt, HandlerRunsAtTheTimeOfTheEvent) {
  Source source;
  uint64_t when = 0;
  source.handler = [&] {
    when = t31_port_time_ns();
    source.clear();
    return T31_IRQ_HANDLED;
  };
  source.start();
  at(33 * kMs, [] { set_line(T31_MODEL_IRQ_ISP, 1); });
  t31_host_sleep_ns(50 * kMs);
  EXPECT_EQ(when, 33 * kMs);
}

TEST_P(Interrupt, LineThatStaysHighIsHandledAgain) {
  Source source;
  source.handler = [&] {
    if (source.handled == 3) source.clear();
    return T31_IRQ_HANDLED;
  };
  source.start();
  source.raise();
  t31_host_sleep_ns(1);
  EXPECT_EQ(source.handled, 3);
}

TEST_P(Interrupt, HighLineWaitsForEnable) {
  Source source;
  source.start();
  t31_port_irq_disable(source.irq);
  source.raise();
  t31_host_sleep_ns(kMs);
  EXPECT_EQ(source.handled, 0);
  t31_port_irq_enable(source.irq);
  t31_host_sleep_ns(1);
  EXPECT_EQ(source.handled, 1);
}

TEST_P(Interrupt, LineIsMaskedUntilTheThreadFunctionReturned) {
  Source source;
  std::vector<uint64_t> times;
  source.handler = [&] {
    times.push_back(t31_port_time_ns());
    if (source.handled == 2) source.clear();
    return T31_IRQ_WAKE_THREAD;
  };
  source.function = [] { t31_port_msleep(10); };
  source.start();
  source.raise();  // stays high while the thread function sleeps
  t31_host_sleep_ns(50 * kMs);
  EXPECT_EQ(times, (std::vector<uint64_t>{0, 10 * kMs}));
  EXPECT_EQ(source.threaded, 2);
}

TEST_P(Interrupt, DisableWaitsForTheThreadFunction) {
  Source source;
  source.handler = [&] {
    source.clear();
    return T31_IRQ_WAKE_THREAD;
  };
  source.function = [] { t31_port_msleep(10); };
  source.start();
  source.raise();
  t31_host_sleep_ns(kMs);
  EXPECT_EQ(source.threaded, 0);
  t31_port_irq_disable(source.irq);
  EXPECT_EQ(source.threaded, 1);
  EXPECT_EQ(t31_host_time_ns(), 10 * kMs);
}

TEST_P(Interrupt, BothLinesHaveTheirHandlers) {
  Source isp(kIspLine);
  Source vic(kVicLine);
  isp.start();
  vic.start();
  vic.raise();
  t31_host_sleep_ns(1);
  EXPECT_EQ(isp.handled, 0);
  EXPECT_EQ(vic.handled, 1);
}

TEST_P(Interrupt, OneOwnerPerLineAndNoOtherLines) {
  Source source;
  source.start();
  t31_irq* irq = nullptr;
  EXPECT_EQ(t31_port_irq_request(kIspLine, Source::on_interrupt, nullptr, "x", nullptr, &irq),
            -T31_EBUSY);
  EXPECT_EQ(t31_port_irq_request(13, Source::on_interrupt, nullptr, "x", nullptr, &irq),
            -T31_EINVAL);
}

TEST_P(Interrupt, SpinLockKeepsTheHandlerOut) {
  Source source;
  SpinLock lock("count");
  int shared = 0;
  source.handler = [&] {
    source.clear();
    const SpinLock::Guard guard(lock);
    ++shared;
    return T31_IRQ_HANDLED;
  };
  source.start();
  for (int i = 0; i < 200; ++i) {
    {
      const SpinLock::Guard guard(lock);
      const int before = shared;
      source.raise();
      EXPECT_EQ(shared, before);
    }
    t31_host_sleep_ns(1);
  }
  EXPECT_EQ(shared, 200);
}

class DeterministicInterrupt : public Deterministic {};

TEST_F(DeterministicInterrupt, WriteThatRaisesTheLineIsFollowedByTheHandler) {
  Source source;
  source.start();
  source.raise();
  EXPECT_EQ(source.handled, 1);
}

TEST_F(DeterministicInterrupt, HandlerRunsWhenTheLastSpinLockIsReleased) {
  Source source;
  source.start();
  SpinLock lock("outer");
  {
    const SpinLock::Guard guard(lock);
    source.raise();
    EXPECT_EQ(source.handled, 0);
  }
  EXPECT_EQ(source.handled, 1);
}

TEST(InterruptDeath, StormIsReported) {
  const auto storm = [] {
    fresh_machine();
    Source source;
    source.handler = [] { return T31_IRQ_HANDLED; };
    source.start();
    source.raise();
  };
  EXPECT_DEATH(storm(), "interrupt storm: line 37 .'test'. stays high");
}

TEST(InterruptDeath, DisablingUnderAMutexThatTheThreadFunctionTakes) {
  const auto disable = [] {
    fresh_machine();
    Mutex mutex("state");
    Source source;
    source.handler = [&] {
      source.clear();
      return T31_IRQ_WAKE_THREAD;
    };
    source.function = [&] { const Mutex::Guard guard(mutex); };
    source.start();
    source.raise();
    t31_host_sleep_ns(1);
    const Mutex::Guard guard(mutex);
    t31_port_irq_disable(source.irq);
  };
  EXPECT_DEATH(disable(), "takes 'test' while holding 'state', but the order 'test' -> 'state'");
}

TEST(InterruptDeath, EnableMustBeBalanced) {
  const auto twice = [] {
    fresh_machine();
    Source source;
    source.start();
    t31_port_irq_enable(source.irq);
  };
  EXPECT_DEATH(twice(), "irq 37 is enabled twice");
}

}  // namespace
}  // namespace t31::test
