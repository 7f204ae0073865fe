// SPDX-License-Identifier: GPL-2.0-or-later
// lock_order.hpp - two locks are always taken in the same order, or two threads will meet one day
// and each wait for the other. Knows every order ever seen, so the meeting needn't happen to be
// found.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "host/sched/hidden_mutex.hpp"
#include "host/sched/thread.hpp"

namespace t31::host {

class LockOrder {
 public:
  uint64_t next_id() { return ids_.fetch_add(1, std::memory_order_relaxed) + 1; }

  // The thread is about to take `lock` while it holds `held`; reports an inverted order.
  void taking(const HeldLocks& held, const HeldLock& lock);
  // The calling thread is about to wait for the end of a section that other threads enter.
  void awaiting(const char* name, uint64_t id);

 private:
  struct Node {
    std::string name;
    std::vector<uint64_t> later;  // locks taken while this one was held
  };

  bool learn(const HeldLock& earlier, const HeldLock& later);
  // Names on the way from one lock to another, "" when there is none.
  std::string path(uint64_t from, uint64_t to) const;

  std::atomic<uint64_t> ids_{0};
  HiddenMutex mutex_;
  std::unordered_map<uint64_t, Node> nodes_;
};

// The calling thread is inside a section (see HeldKind) as long as this lives.
class Section {
 public:
  Section(const char* name, uint64_t id);
  Section(const Section&) = delete;
  Section& operator=(const Section&) = delete;
  ~Section();
};

}  // namespace t31::host
