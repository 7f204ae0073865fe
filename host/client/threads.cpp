// SPDX-License-Identifier: GPL-2.0-or-later
// threads.cpp - client threads.
#include <cerrno>

#include "host/machine.hpp"
#include "host/strict/report.hpp"

struct t31_host_thread {
  // Exactly one: a thread that attached itself, or one that we started.
  t31::host::Thread* attached = nullptr;
  std::unique_ptr<t31::host::Thread> foreign;
  std::unique_ptr<t31::host::OwnedThread> owned;
};

using namespace t31::host;

namespace {

thread_local std::unique_ptr<t31_host_thread> own_handle;
thread_local t31_host_thread* started_handle = nullptr;

}  // namespace

void t31_host_thread_attach(const char* name) {
  auto& host = machine();
  if (Thread::self() != nullptr) return violation("thread '%s' is attached already", name);
  own_handle = std::make_unique<t31_host_thread>();
  own_handle->foreign = std::make_unique<Thread>(*host.scheduler, name, ThreadKind::kClient,
                                                 host.scheduler->next_seed());
  own_handle->attached = own_handle->foreign.get();
  Thread::set_self(own_handle->attached);
  host.scheduler->attach(*own_handle->attached);
}

void t31_host_thread_detach(void) {
  auto& host = machine();
  Thread& self = attached("t31_host_thread_detach");
  if (own_handle == nullptr || own_handle->foreign.get() != &self) {
    return violation("only a thread that attached itself can detach");
  }
  check_nothing_held("t31_host_thread_detach");
  CoreLock core = host.scheduler->lock();
  host.scheduler->leave(core, self);
  own_handle.reset();
}

struct t31_host_thread* t31_host_thread_start(const char* name, void (*function)(void*),
                                              void* argument) {
  auto& host = machine();
  attached("t31_host_thread_start");
  auto handle = std::make_unique<t31_host_thread>();
  t31_host_thread* const raw = handle.get();
  handle->owned = std::make_unique<OwnedThread>(*host.scheduler, name, ThreadKind::kClient, [=] {
    started_handle = raw;
    function(argument);
    check_nothing_held("a client thread");
  });
  raw->attached = &raw->owned->thread();
  return handle.release();
}

void t31_host_thread_join(struct t31_host_thread* thread) {
  attached("t31_host_thread_join");
  if (thread->owned == nullptr) {
    return violation("t31_host_thread_join of a thread that t31_host_thread_start didn't start");
  }
  thread->owned->join();
  delete thread;
}

struct t31_host_thread* t31_host_thread_self(void) {
  Thread& self = attached("t31_host_thread_self");
  if (started_handle != nullptr) return started_handle;
  if (own_handle == nullptr) {
    own_handle = std::make_unique<t31_host_thread>();  // the machine's first thread
  }
  own_handle->attached = &self;
  return own_handle.get();
}

void t31_host_thread_signal(struct t31_host_thread* thread) {
  Scheduler& scheduler = *machine().scheduler;
  CoreLock core = scheduler.lock();
  scheduler.signal(*thread->attached);
}

void t31_host_sleep_ns(uint64_t nanoseconds) {
  auto& host = machine();
  might_sleep("t31_host_sleep_ns");
  host.sleep_until(host.scheduler->now() + nanoseconds, "sleep");
}

int t31_host_pause(void) {
  auto& host = machine();
  might_sleep("t31_host_pause");
  CoreLock core = host.scheduler->lock();
  while (
      host.scheduler->block(core, {.what = "signal", .deadline = kNever, .interruptible = true}) !=
      WakeReason::kSignal) {
  }
  Thread::self()->signalled = false;
  return -EINTR;
}

void t31_host_hold_time(int held) {
  machine().scheduler->hold_time(held != 0);
}

uint64_t t31_host_time_ns(void) {
  return machine().scheduler->now();
}
