// SPDX-License-Identifier: GPL-2.0-or-later
// locks.cpp - spin locks and mutexes of the port. Both hold a real mutex, so that the thread
// sanitizer sees exactly the order that the driver's own locks give.
#include <mutex>
#include <new>

#include "driver/port/port.h"
#include "host/machine.hpp"
#include "host/sched/interrupts.hpp"
#include "host/strict/report.hpp"

namespace t31::host {
namespace {

struct HostSpinLock {
  const char* name;
  uint64_t id;
  std::mutex mutex;
};
static_assert(sizeof(HostSpinLock) <= sizeof(t31_spinlock));

struct HostMutex {
  const char* name;
  uint64_t id;
  std::mutex mutex;
  std::atomic<const Thread*> owner;
  std::atomic<uint32_t> waiters;
  WaitList queue;  // guarded by the scheduler's lock
};
static_assert(sizeof(HostMutex) <= sizeof(t31_mutex));

HostSpinLock& host_lock(t31_spinlock* lock) {
  return *std::launder(reinterpret_cast<HostSpinLock*>(lock->storage));
}

HostMutex& host_lock(t31_mutex* mutex) {
  return *std::launder(reinterpret_cast<HostMutex*>(mutex->storage));
}

// Before a lock is taken: not held by this thread, and in the usual order.
void check_taking(Thread& self, const HeldLock& lock) {
  if (self.held.find(lock.lock) >= 0) {
    fatal("%s '%s' is taken twice by one thread",
          lock.kind == HeldKind::kSpinLock ? "spin lock" : "mutex", lock.name);
  }
  if (self.held.count() > 0) machine().lock_order.taking(self.held, lock);
}

void note_taken(Thread& self, const HeldLock& lock) {
  if (!self.held.push(lock)) fatal("'%s' is one lock too many for one thread", lock.name);
}

template <typename Lock>
void init_lock(Lock* lock, ObjectKind kind, const void* key, const char* name, const void* owner) {
  auto& host = machine();
  if (!host.objects.add(kind, key, name, 0, owner)) {
    return violation("%s '%s' is initialised twice", name_of(kind), name);
  }
  new (lock) Lock{};
  lock->name = name;
  lock->id = host.lock_order.next_id();
}

template <typename Lock>
void destroy_lock(Lock& lock, ObjectKind kind, const void* key, bool held) {
  auto& host = machine();
  if (!host.objects.remove(kind, key)) {
    return violation("a %s that isn't initialised is destroyed", name_of(kind));
  }
  if (held) return violation("%s '%s' is destroyed while held", name_of(kind), lock.name);
  lock.~Lock();
}

void mutex_slow_lock(Machine& host, HostMutex& mutex) {
  CoreLock core = host.scheduler->lock();
  mutex.waiters.fetch_add(1);
  while (!mutex.mutex.try_lock()) {
    host.scheduler->wait(core, mutex.queue,
                         {.what = "mutex", .object = mutex.name, .holder = &mutex.owner});
  }
  mutex.waiters.fetch_sub(1);
}

}  // namespace
}  // namespace t31::host

using namespace t31::host;

void t31_port_spin_init(struct t31_spinlock* lock, const char* name) {
  init_lock(reinterpret_cast<HostSpinLock*>(lock->storage), ObjectKind::kSpinLock, lock, name,
            __builtin_return_address(0));
}

void t31_port_spin_destroy(struct t31_spinlock* lock) {
  destroy_lock(host_lock(lock), ObjectKind::kSpinLock, lock, false);
}

unsigned long t31_port_spin_lock_irqsave(struct t31_spinlock* lock) {
  auto& host = machine();
  Thread& self = attached("t31_port_spin_lock_irqsave");
  HostSpinLock& spin = host_lock(lock);
  const HeldLock held = {lock, spin.name, spin.id, HeldKind::kSpinLock};
  check_taking(self, held);
  host.scheduler->jitter();
  host.interrupts->mask();
  spin.mutex.lock();
  const unsigned long depth = self.held.spins();
  note_taken(self, held);
  return depth;
}

void t31_port_spin_unlock_irqrestore(struct t31_spinlock* lock, unsigned long flags) {
  auto& host = machine();
  Thread& self = attached("t31_port_spin_unlock_irqrestore");
  HostSpinLock& spin = host_lock(lock);
  const int index = self.held.find(lock);
  if (index < 0) return violation("spin lock that isn't held is unlocked");
  if (flags + 1 != self.held.spins()) {
    violation("spin lock '%s' is unlocked with the flags of another", spin.name);
  }
  self.held.remove(static_cast<unsigned>(index));
  spin.mutex.unlock();
  host.interrupts->unmask();
  host.scheduler->jitter();
  if (self.held.spins() == 0 && !self.in_interrupt) host.scheduler->give_way();
}

void t31_port_mutex_init(struct t31_mutex* mutex, const char* name) {
  init_lock(reinterpret_cast<HostMutex*>(mutex->storage), ObjectKind::kMutex, mutex, name,
            __builtin_return_address(0));
}

void t31_port_mutex_destroy(struct t31_mutex* mutex) {
  HostMutex& lock = host_lock(mutex);
  const bool known = machine().objects.contains(ObjectKind::kMutex, mutex);
  destroy_lock(lock, ObjectKind::kMutex, mutex, known && lock.owner.load() != nullptr);
}

void t31_port_mutex_lock(struct t31_mutex* mutex) {
  auto& host = machine();
  might_sleep("t31_port_mutex_lock");
  Thread& self = *Thread::self();
  HostMutex& lock = host_lock(mutex);
  const HeldLock held = {mutex, lock.name, lock.id, HeldKind::kMutex};
  check_taking(self, held);
  host.scheduler->jitter();
  if (!lock.mutex.try_lock()) mutex_slow_lock(host, lock);
  lock.owner.store(&self, std::memory_order_relaxed);
  note_taken(self, held);
}

void t31_port_mutex_unlock(struct t31_mutex* mutex) {
  auto& host = machine();
  process_context("t31_port_mutex_unlock");
  Thread& self = *Thread::self();
  HostMutex& lock = host_lock(mutex);
  const int index = self.held.find(mutex);
  if (index < 0) return violation("mutex that isn't held is unlocked");
  self.held.remove(static_cast<unsigned>(index));
  lock.owner.store(nullptr, std::memory_order_relaxed);
  lock.mutex.unlock();
  // A waiter counts itself before it looks at the mutex a last time: one of us sees the other.
  if (lock.waiters.fetch_add(0) > 0) {
    CoreLock core = host.scheduler->lock();
    host.scheduler->wake_one(lock.queue);
  }
  host.scheduler->jitter();
}
