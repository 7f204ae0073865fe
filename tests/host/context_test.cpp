// SPDX-License-Identifier: GPL-2.0-or-later
// Rules of context: what must not be called in interrupts, under spin locks, outside system calls.
#include "fixture.hpp"

namespace t31::test {
namespace {

std::function<void()> in_interrupt;

enum t31_irq_result handler(void* registers) {
  t31_port_write32(static_cast<t31_mmio*>(registers), 0xf00, 0);
  in_interrupt();
  return T31_IRQ_HANDLED;
}

void interrupt(std::function<void()> body) {
  fresh_machine();
  in_interrupt = std::move(body);
  t31_mmio* const registers = t31_port_ioremap(0x13300000, 0x1000, "test");
  t31_irq* irq = nullptr;
  t31_port_irq_request(37, handler, nullptr, "test", registers, &irq);
  t31_port_irq_enable(irq);
  t31_port_write32(registers, 0xf00, 1);
}

void under_spin_lock(const std::function<void()>& body) {
  fresh_machine();
  SpinLock lock("frame counter");
  const SpinLock::Guard guard(lock);
  body();
}

TEST(ContextDeath, SleepingInInterruptContext) {
  EXPECT_DEATH(interrupt([] { t31_port_msleep(1); }),
               "t31_port_msleep may sleep, called in interrupt context\n"
               "  by thread 'interrupt' in interrupt context");
}

TEST(ContextDeath, AllocationInInterruptContext) {
  EXPECT_DEATH(interrupt([] { t31_port_alloc(4); }), "t31_port_alloc may sleep.*interrupt");
}

TEST(ContextDeath, MutexInInterruptContext) {
  EXPECT_DEATH(interrupt([] {
                 Mutex mutex("state");
                 const Mutex::Guard guard(mutex);
               }),
               "t31_port_mutex_lock may sleep.*interrupt");
}

TEST(ContextDeath, UserCopyInInterruptContext) {
  EXPECT_DEATH(interrupt([] { static_cast<void>(t31_port_copy_to_user(0, "", 1)); }),
               "t31_port_copy_to_user may sleep.*interrupt");
}

TEST(ContextDeath, SleepingUnderASpinLock) {
  EXPECT_DEATH(under_spin_lock([] { t31_port_msleep(1); }),
               "t31_port_msleep may sleep, called under a spin lock\n"
               "  by thread 'main', holding spin lock 'frame counter'");
}

TEST(ContextDeath, AllocationUnderASpinLock) {
  EXPECT_DEATH(under_spin_lock([] { t31_port_alloc(4); }), "t31_port_alloc may sleep");
}

TEST(ContextDeath, MutexUnderASpinLock) {
  EXPECT_DEATH(under_spin_lock([] {
                 Mutex mutex("state");
                 const Mutex::Guard guard(mutex);
               }),
               "t31_port_mutex_lock may sleep");
}

TEST(ContextDeath, UserCopyUnderASpinLock) {
  EXPECT_DEATH(under_spin_lock([] { static_cast<void>(t31_port_copy_from_user(nullptr, 0, 1)); }),
               "t31_port_copy_from_user may sleep");
}

TEST(ContextDeath, UserCopyOutsideASystemCall) {
  const auto copy = [] {
    fresh_machine();
    static_cast<void>(t31_port_copy_to_user(0, "", 1));
  };
  EXPECT_DEATH(copy(), "t31_port_copy_to_user outside a system call: there is no user");
}

TEST(ContextDeath, SpinLockHeldWhenTheHandlerReturns) {
  static SpinLock* lock;
  EXPECT_DEATH(interrupt([] {
                 lock = new SpinLock("left");
                 new SpinLock::Guard(*lock);
               }),
               "lock still held on return from an interrupt handler\n.*spin lock 'left'");
}

TEST(ContextDeath, PanicStopsTheMachine) {
  const auto panic = [] {
    fresh_machine();
    t31_port_panic("queue counts below zero");
  };
  EXPECT_DEATH(panic(), "panic: queue counts below zero");
}

// Everything that is allowed in interrupt context.
TEST(Context, AnyContextCallsWorkInInterruptContext) {
  bool done = false;
  interrupt([&] {
    t31_port_log(T31_LOG_INFO, "hello from the handler");
    t31_port_time_ns();
    t31_port_dma_sync_for_cpu(t31_host_rmem_base(), 16);
    EXPECT_EQ(t31_port_dma_range_valid(t31_host_rmem_base(), 16), 1);
    done = true;
  });
  EXPECT_TRUE(done);
  t31_host_set_abort_hook([](const char*) {});  // the irq and the mapping are left
  t31_host_shutdown();
  t31_host_set_abort_hook(nullptr);
}

}  // namespace
}  // namespace t31::test
