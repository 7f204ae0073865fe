// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/workers.hpp"

namespace t31::model::pixel {

Workers::Workers(unsigned count) {
  for (unsigned worker = 1; worker < count; ++worker) {
    threads_.emplace_back([this, worker] { serve(worker); });
  }
}

Workers::~Workers() {
  {
    const std::lock_guard lock(mutex_);
    quit_ = true;
  }
  start_.notify_all();
  for (auto& thread : threads_) thread.join();
}

void Workers::run(unsigned tasks, const Job& job) {
  std::unique_lock lock(mutex_);
  job_ = &job;
  tasks_ = unfinished_ = tasks;
  next_ = 0;
  start_.notify_all();
  take_tasks(lock, 0);
  finished_.wait(lock, [this] { return unfinished_ == 0; });
  tasks_ = next_ = 0;
}

void Workers::serve(unsigned worker) {
  std::unique_lock lock(mutex_);
  while (true) {
    start_.wait(lock, [this] { return quit_ || next_ < tasks_; });
    if (quit_) return;
    take_tasks(lock, worker);
  }
}

void Workers::take_tasks(std::unique_lock<std::mutex>& lock, unsigned worker) {
  while (next_ < tasks_) {
    const unsigned task = next_++;
    const Job& job = *job_;
    lock.unlock();
    job(task, worker);
    lock.lock();
    if (--unfinished_ == 0) finished_.notify_all();
  }
}

}  // namespace t31::model::pixel
