// SPDX-License-Identifier: GPL-2.0-or-later
#include "host/sched/thread.hpp"

#include <pthread.h>

#include <utility>

#include "host/sched/scheduler.hpp"

namespace t31::host {
namespace {

thread_local Thread* current = nullptr;

}  // namespace

bool HeldLocks::push(const HeldLock& lock) {
  if (count_ == kMost) return false;
  locks_[count_++] = lock;
  if (lock.kind == HeldKind::kSpinLock) ++spins_;
  if (lock.kind == HeldKind::kSection) ++sections_;
  return true;
}

void HeldLocks::remove(unsigned index) {
  if (locks_[index].kind == HeldKind::kSpinLock) --spins_;
  if (locks_[index].kind == HeldKind::kSection) --sections_;
  for (unsigned i = index + 1; i < count_; ++i) locks_[i - 1] = locks_[i];
  --count_;
}

int HeldLocks::find(const void* lock) const {
  for (unsigned i = 0; i < count_; ++i) {
    if (locks_[i].lock == lock) return static_cast<int>(i);
  }
  return -1;
}

Thread::Thread(Scheduler& scheduler, std::string name, ThreadKind kind, uint64_t seed)
    : scheduler_(scheduler), name_(std::move(name)), kind_(kind), random_state_(seed | 1) {}

Thread* Thread::self() {
  return current;
}

void Thread::set_self(Thread* thread) {
  current = thread;
}

void Thread::fire() {
  scheduler_.wake(*this, WakeReason::kTimeout);
}

uint32_t Thread::random() {
  // xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators,
  // scrambled".
  random_state_ ^= random_state_ >> 12;
  random_state_ ^= random_state_ << 25;
  random_state_ ^= random_state_ >> 27;
  return static_cast<uint32_t>((random_state_ * 0x2545f4914f6cdd1dull) >> 32);
}

void WaitList::push(Thread& thread) {
  thread.list = this;
  thread.previous = last_;
  thread.next = nullptr;
  (last_ == nullptr ? first_ : last_->next) = &thread;
  last_ = &thread;
}

void WaitList::remove(Thread& thread) {
  (thread.previous == nullptr ? first_ : thread.previous->next) = thread.next;
  (thread.next == nullptr ? last_ : thread.next->previous) = thread.previous;
  thread.list = nullptr;
}

OwnedThread::OwnedThread(Scheduler& scheduler, const std::string& name, ThreadKind kind,
                         std::function<void()> body)
    : scheduler_(scheduler), thread_(scheduler, name, kind, scheduler.next_seed()) {
  {
    CoreLock core = scheduler_.lock();
    scheduler_.add(thread_);
  }
  system_thread_ = std::thread([this, body = std::move(body)] { run(body); });
}

void OwnedThread::run(const std::function<void()>& body) {
  pthread_setname_np(pthread_self(), thread_.name().substr(0, 15).c_str());
  Thread::set_self(&thread_);
  thread_.baton.take();
  body();
  CoreLock core = scheduler_.lock();
  scheduler_.wake_all(joiners_);
  scheduler_.leave(core, thread_);
}

void OwnedThread::join() {
  CoreLock core = scheduler_.lock();
  while (thread_.state != ThreadState::kGone) {
    scheduler_.wait(core, joiners_, {.what = "end of thread", .object = thread_.name().c_str()});
  }
  core.unlock();
  system_thread_.join();
}

}  // namespace t31::host
