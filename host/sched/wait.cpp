// SPDX-License-Identifier: GPL-2.0-or-later
// wait.cpp - wait queues, sleeping and the clock of the port.
#include <new>

#include "driver/port/port.h"
#include "host/machine.hpp"
#include "host/strict/report.hpp"

namespace t31::host {
namespace {

struct HostWait {
  const char* name;
  // Both are changed before they are compared (sequentially consistent), so that either the waker
  // sees the waiter or the waiter sees what changed.
  std::atomic<uint32_t> wakes;
  std::atomic<uint32_t> waiters;
  WaitList queue;  // guarded by the scheduler's lock
};
static_assert(sizeof(HostWait) <= sizeof(t31_wait));

HostWait& host_wait(t31_wait* wait) {
  return *std::launder(reinterpret_cast<HostWait*>(wait->storage));
}

// One sleep, unless a wake-up came since `seen`.
WakeReason sleep_once(Machine& host, HostWait& wait, uint32_t seen, const WaitPoint& point) {
  CoreLock core = host.scheduler->lock();
  if (wait.wakes.load() != seen) return WakeReason::kWoken;
  return host.scheduler->wait(core, wait.queue, point);
}

int wait_for(Machine& host, HostWait& wait, int (*condition)(void*), void* context,
             const WaitPoint& point) {
  for (WakeReason reason = WakeReason::kWoken;;) {
    const uint32_t seen = wait.wakes.load();
    if (condition(context) != 0) return 0;
    if (reason == WakeReason::kTimeout) return -T31_ETIMEDOUT;
    if (reason == WakeReason::kSignal) {
      Thread::self()->signal_delivered = true;
      return -T31_ERESTARTSYS;
    }
    reason = sleep_once(host, wait, seen, point);
  }
}

}  // namespace
}  // namespace t31::host

using namespace t31::host;

void t31_port_wait_init(struct t31_wait* wait, const char* name) {
  if (!machine().objects.add(ObjectKind::kWaitQueue, wait, name, 0, __builtin_return_address(0))) {
    return violation("wait queue '%s' is initialised twice", name);
  }
  (new (wait->storage) HostWait{})->name = name;
}

void t31_port_wait_destroy(struct t31_wait* wait) {
  auto& host = machine();
  if (!host.objects.remove(ObjectKind::kWaitQueue, wait)) {
    return violation("a wait queue that isn't initialised is destroyed");
  }
  HostWait& queue = host_wait(wait);
  if (queue.waiters.load() != 0) {
    return violation("wait queue '%s' is destroyed while somebody waits", queue.name);
  }
  queue.~HostWait();
}

void t31_port_wake_all(struct t31_wait* wait) {
  auto& host = machine();
  attached("t31_port_wake_all");
  HostWait& queue = host_wait(wait);
  queue.wakes.fetch_add(1);
  if (queue.waiters.fetch_add(0) > 0) {
    CoreLock core = host.scheduler->lock();
    host.scheduler->wake_all(queue.queue);
  }
  host.scheduler->jitter();
}

int t31_port_wait(struct t31_wait* wait, int (*condition)(void* context), void* context,
                  u32 milliseconds, int interruptible) {
  auto& host = machine();
  might_sleep("t31_port_wait");
  HostWait& queue = host_wait(wait);
  WaitPoint point = {.what = "wait queue", .object = queue.name};
  point.interruptible = interruptible != 0;
  if (milliseconds != T31_WAIT_FOREVER) {
    point.deadline = host.scheduler->now() + milliseconds * uint64_t{1'000'000};
  }
  queue.waiters.fetch_add(1);
  const int result = wait_for(host, queue, condition, context, point);
  queue.waiters.fetch_sub(1);
  return result;
}

void t31_port_msleep(u32 milliseconds) {
  auto& host = machine();
  might_sleep("t31_port_msleep");
  host.trace.mark("msleep %u", milliseconds);
  host.sleep_until(host.scheduler->now() + milliseconds * uint64_t{1'000'000}, "msleep");
}

u64 t31_port_time_ns(void) {
  return machine().scheduler->now();
}
