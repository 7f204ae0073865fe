// SPDX-License-Identifier: GPL-2.0-or-later
// interrupts.hpp - the interrupt controller: two level-triggered lines, handlers on a thread of
// their own, thread functions as IRQF_ONESHOT: the line stays masked until they return.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "driver/port/port.h"
#include "host/sched/hidden_mutex.hpp"
#include "host/sched/scheduler.hpp"

namespace t31::host {
class Interrupts;
class Trace;
class Bus;
}  // namespace t31::host

// A requested line. Guarded by the scheduler's lock but for what never changes.
struct t31_irq {
  u32 line = 0;
  t31_irq_handler handler = nullptr;
  t31_irq_handler function = nullptr;
  void* context = nullptr;
  std::string name;
  uint64_t section = 0;  // the thread function, in the order of locks

  bool enabled = false;
  bool handling = false;         // the handler runs
  bool function_wanted = false;  // masked: the thread function is due or runs
  bool stopping = false;
  uint64_t last_run_ns = 0;
  uint32_t runs_at_one_time = 0;
  t31::host::WaitList work;  // the thread, while there is nothing to do
  t31::host::WaitList idle;  // who waits for handlers to end
  std::unique_ptr<t31::host::OwnedThread> thread;
};

namespace t31::host {

class Interrupts {
 public:
  Interrupts(Scheduler& scheduler, Bus& bus, Trace& trace);
  ~Interrupts();

  // From the model, under the bus lock. `line` is a bit of INTC bank 0.
  void set_level(unsigned line, int level);
  // Wakes the interrupt thread if a handler can run. Scheduler's lock held.
  void levels_changed();
  // Same without the lock; a deterministic machine runs the handler at once.
  void deliver();

  int request(u32 line, t31_irq_handler handler, t31_irq_handler function, const char* name,
              void* context, t31_irq** out);
  void free(t31_irq* irq);
  void enable(t31_irq* irq);
  void disable(t31_irq* irq);

  // The lock that stands for "interrupts off"; taken by spin locks, held while a handler runs.
  void mask();
  void unmask();
  uint64_t handled() const { return handled_.load(std::memory_order_relaxed); }

 private:
  static constexpr u32 kFirstLine = 8;  // Linux irq number of bit 0
  static constexpr u32 kLines = 32;

  void run();                       // the interrupt thread
  void run_function(t31_irq& irq);  // an irq's thread
  t31_irq* deliverable() const;
  void handle(CoreLock& core, t31_irq& irq);
  enum t31_irq_result call_handler(t31_irq& irq);
  void check_storm(t31_irq& irq);
  void wait_until_idle(CoreLock& core, t31_irq& irq);
  void trace_status(const t31_irq& irq);

  Scheduler& scheduler_;
  Bus& bus_;
  Trace& trace_;
  std::array<std::atomic<int>, kLines> levels_{};
  std::array<std::unique_ptr<t31_irq>, kLines> lines_;
  HiddenMutex masked_;
  std::atomic<uint64_t> handled_{0};
  bool stop_ = false;
  WaitList work_;
  std::unique_ptr<OwnedThread> thread_;
};

}  // namespace t31::host
