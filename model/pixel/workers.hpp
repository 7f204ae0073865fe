// SPDX-License-Identifier: GPL-2.0-or-later
// workers.hpp - a few threads that share the tasks of a frame with the caller.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace t31::model::pixel {

class Workers {
 public:
  // `count` >= 1, the calling thread included.
  explicit Workers(unsigned count);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  unsigned count() const { return static_cast<unsigned>(threads_.size()) + 1; }

  // Calls job(task, worker) once for each task in [0, tasks); returns when all are done. Tasks are
  // taken in order; a worker number is used by one thread at a time. Jobs must not throw.
  using Job = std::function<void(unsigned task, unsigned worker)>;
  void run(unsigned tasks, const Job& job);

  // Calls job(first row, end row, worker) for bands of `step` rows.
  template <typename BandJob>
  void run_bands(std::int32_t rows, std::int32_t step, const BandJob& job) {
    run(static_cast<unsigned>((rows + step - 1) / step), [&](unsigned task, unsigned worker) {
      const std::int32_t first = static_cast<std::int32_t>(task) * step;
      job(first, std::min(first + step, rows), worker);
    });
  }

 private:
  void serve(unsigned worker);
  void take_tasks(std::unique_lock<std::mutex>& lock, unsigned worker);

  std::mutex mutex_;  // guards what follows
  std::condition_variable start_, finished_;
  const Job* job_ = nullptr;
  unsigned tasks_ = 0, next_ = 0, unfinished_ = 0;
  bool quit_ = false;

  std::vector<std::thread> threads_;
};

}  // namespace t31::model::pixel
