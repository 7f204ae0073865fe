// SPDX-License-Identifier: GPL-2.0-or-later
// threads.cpp - client threads and time.
#include <pthread.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <ctime>

#include "t31_host.h"

struct t31_host_thread {
  pthread_t id{};
  void (*function)(void*) = nullptr;
  void* argument = nullptr;
  std::atomic<bool> signalled = false;
};

namespace {

constexpr std::uint64_t kSecond = 1000000000;
// A signal that came when the thread did not wait is sent again this often.
constexpr std::uint64_t kAgain = kSecond / 20;

thread_local t31_host_thread* self = nullptr;

void* run(void* argument) {
  auto* thread = static_cast<t31_host_thread*>(argument);
  self = thread;
  thread->function(thread->argument);
  return nullptr;
}

timespec to_timespec(std::uint64_t nanoseconds) {
  timespec time{};
  time.tv_sec = static_cast<time_t>(nanoseconds / kSecond);
  time.tv_nsec = static_cast<long>(nanoseconds % kSecond);
  return time;
}

std::uint64_t now(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return static_cast<std::uint64_t>(time.tv_sec) * kSecond +
         static_cast<std::uint64_t>(time.tv_nsec);
}

// A signal that ends waits and does nothing else.
void prepare_signal() {
  struct sigaction action {};
  action.sa_handler = [](int) {};
  sigaction(SIGUSR1, &action, nullptr);
}

}  // namespace

void t31_host_thread_attach(const char*) {}

void t31_host_thread_detach() {}

t31_host_thread* t31_host_thread_start(const char*, void (*function)(void*), void* argument) {
  prepare_signal();
  auto* thread = new t31_host_thread;
  thread->function = function;
  thread->argument = argument;
  if (pthread_create(&thread->id, nullptr, run, thread) == 0) return thread;
  delete thread;
  return nullptr;
}

void t31_host_thread_join(t31_host_thread* thread) {
  for (;;) {
    const timespec until = to_timespec(now(CLOCK_REALTIME) + kAgain);
    if (pthread_timedjoin_np(thread->id, nullptr, &until) != ETIMEDOUT) break;
    if (thread->signalled) pthread_kill(thread->id, SIGUSR1);
  }
  delete thread;
}

t31_host_thread* t31_host_thread_self() {
  if (self == nullptr) {
    prepare_signal();
    static t31_host_thread main_thread;
    main_thread.id = pthread_self();
    self = &main_thread;
  }
  return self;
}

void t31_host_thread_signal(t31_host_thread* thread) {
  thread->signalled = true;
  pthread_kill(thread->id, SIGUSR1);
}

void t31_host_sleep_ns(std::uint64_t nanoseconds) {
  // A virtual camera may be slower than the clock (qemu/device.cpp): tests then wait longer.
  const char* const patience = std::getenv("T31_PATIENCE");
  const std::uint64_t times = patience != nullptr ? std::strtoul(patience, nullptr, 10) : 1;
  timespec left = to_timespec(nanoseconds * times);
  while (nanosleep(&left, &left) != 0 && errno == EINTR) {
  }
}

std::uint64_t t31_host_time_ns() {
  return now(CLOCK_MONOTONIC_RAW);
}
