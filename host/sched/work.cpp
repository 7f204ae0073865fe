// SPDX-License-Identifier: GPL-2.0-or-later
// work.cpp - ordered queues of work items, each on a thread of its own, and delayed items.
#include <deque>
#include <new>

#include "driver/port/port.h"
#include "host/machine.hpp"
#include "host/sched/driver_time.hpp"
#include "host/strict/report.hpp"

namespace t31::host {
namespace {

enum class WorkState { kIdle, kDelayed, kQueued };

class HostWork final : public Timer {
 public:
  void (*function)(void*) = nullptr;
  void* context = nullptr;
  WorkState state = WorkState::kIdle;  // guarded, as all below, by the scheduler's lock
  t31_queue* queue = nullptr;
  uint64_t number = 0;   // in order of queueing
  uint64_t section = 0;  // its function, in the order of locks

  void fire() override;  // the delay is over
};
static_assert(sizeof(HostWork) <= sizeof(t31_work));

HostWork& host_work(t31_work* work) {
  return *std::launder(reinterpret_cast<HostWork*>(work->storage));
}

}  // namespace
}  // namespace t31::host

using namespace t31::host;

struct t31_queue {
  std::string name;
  uint64_t section = 0;  // all its functions, in the order of locks
  std::deque<HostWork*> items;
  HostWork* running = nullptr;
  uint64_t running_number = 0;
  uint64_t queued = 0;
  unsigned delayed = 0;  // items whose time hasn't come
  bool stopping = false;
  WaitList work;      // the thread, while there is nothing to do
  WaitList progress;  // who waits for items to end
  std::unique_ptr<OwnedThread> thread;

  // Scheduler's lock held.
  void push(HostWork& item) {
    item.state = WorkState::kQueued;
    item.number = ++queued;
    items.push_back(&item);
    machine().scheduler->wake_all(work);
  }

  void run() {
    auto& host = machine();
    CoreLock core = host.scheduler->lock();
    while (!stopping || !items.empty()) {
      if (items.empty()) {
        host.scheduler->wait(core, work, {.what = "work on queue", .object = name.c_str()});
      } else {
        run_one(host, core);
      }
    }
  }

  void run_one(Machine& host, CoreLock& core) {
    HostWork& item = *items.front();
    items.pop_front();
    // The item may queue itself again, or be freed by its own function: no look at it afterwards.
    item.state = WorkState::kIdle;
    host.objects.remove(ObjectKind::kWork, &item);
    running = &item;
    running_number = item.number;
    const auto function = item.function;
    void* const context = item.context;
    const uint64_t item_section = item.section;
    core.unlock();
    {
      const Section of_queue(name.c_str(), section);
      const Section of_item(name.c_str(), item_section);
      {
        const DriverTime::Section driver(*Thread::self());
        function(context);
      }
      check_nothing_held("a work function");
    }
    core.lock();
    running = nullptr;
    host.scheduler->wake_all(progress);
  }

  bool on_own_thread() const { return Thread::self() == &thread->thread(); }
};

namespace t31::host {
namespace {

void HostWork::fire() {
  --queue->delayed;
  queue->push(*this);
}

// 1 when queued now, 0 when it was pending.
int queue_work(t31_queue* queue, t31_work* work, uint64_t delay_ns, const void* owner) {
  auto& host = machine();
  attached("t31_port_work_queue");
  HostWork& item = host_work(work);
  {
    CoreLock core = host.scheduler->lock();
    if (item.state != WorkState::kIdle) return 0;
    host.objects.add(ObjectKind::kWork, &item, queue->name.c_str(), 0, owner);
    item.queue = queue;
    if (delay_ns == 0) {
      queue->push(item);
    } else {
      item.state = WorkState::kDelayed;
      ++queue->delayed;
      host.scheduler->timers().arm(item, host.scheduler->now() + delay_ns);
    }
  }
  host.trace.mark("schedule_work");
  host.scheduler->jitter();
  return 1;
}

// Scheduler's lock held.
void forget_pending(Machine& host, HostWork& item) {
  if (item.state == WorkState::kIdle) return;
  host.scheduler->timers().cancel(item);
  if (item.state == WorkState::kQueued) std::erase(item.queue->items, &item);
  if (item.state == WorkState::kDelayed) --item.queue->delayed;
  item.state = WorkState::kIdle;
  host.objects.remove(ObjectKind::kWork, &item);
  host.scheduler->wake_all(item.queue->progress);
}

}  // namespace
}  // namespace t31::host

int t31_port_queue_create(const char* name, struct t31_queue** out) {
  auto& host = machine();
  might_sleep("t31_port_queue_create");
  if (host.faults.hit("t31_port_queue_create")) return -T31_ENOMEM;
  auto* const queue = new t31_queue;
  queue->name = name;
  queue->section = host.lock_order.next_id();
  queue->thread = std::make_unique<OwnedThread>(*host.scheduler, queue->name, ThreadKind::kWorker,
                                                [queue] { queue->run(); });
  host.objects.add(ObjectKind::kQueue, queue, name, 0, __builtin_return_address(0));
  host.trace.mark("kthread_run %s", name);
  *out = queue;
  return 0;
}

void t31_port_queue_destroy(struct t31_queue* queue) {
  auto& host = machine();
  might_sleep("t31_port_queue_destroy");
  if (!host.objects.remove(ObjectKind::kQueue, queue)) {
    return violation("t31_port_queue_destroy of a queue that isn't there");
  }
  if (queue->on_own_thread()) fatal("queue '%s' waits for its own end", queue->name.c_str());
  host.lock_order.awaiting(queue->name.c_str(), queue->section);
  {
    CoreLock core = host.scheduler->lock();
    if (!queue->items.empty() || queue->delayed > 0) {
      violation("queue '%s' is destroyed with work pending", queue->name.c_str());
    }
    queue->stopping = true;
    host.scheduler->wake_all(queue->work);
  }
  queue->thread->join();
  host.trace.mark("kthread_stop");
  delete queue;
}

void t31_port_work_init(struct t31_work* work, void (*function)(void* context), void* context) {
  if (machine().objects.contains(ObjectKind::kWork, work->storage)) {
    return violation("a pending work item is initialised");
  }
  HostWork* const item = new (work->storage) HostWork;
  item->function = function;
  item->context = context;
  item->section = machine().lock_order.next_id();
}

int t31_port_work_queue(struct t31_queue* queue, struct t31_work* work) {
  return queue_work(queue, work, 0, __builtin_return_address(0));
}

int t31_port_work_queue_delayed(struct t31_queue* queue, struct t31_work* work, u32 milliseconds) {
  return queue_work(queue, work, milliseconds * uint64_t{1'000'000}, __builtin_return_address(0));
}

void t31_port_work_cancel(struct t31_queue* queue, struct t31_work* work) {
  auto& host = machine();
  might_sleep("t31_port_work_cancel");
  HostWork& item = host_work(work);
  if (!queue->on_own_thread()) host.lock_order.awaiting(queue->name.c_str(), item.section);
  CoreLock core = host.scheduler->lock();
  // A running item may queue itself again meanwhile.
  for (;;) {
    forget_pending(host, item);
    if (queue->running != &item) return;
    if (queue->on_own_thread()) fatal("a work item of '%s' cancels itself", queue->name.c_str());
    host.scheduler->wait(core, queue->progress,
                         {.what = "end of work on queue", .object = queue->name.c_str()});
  }
}

void t31_port_queue_flush(struct t31_queue* queue) {
  auto& host = machine();
  might_sleep("t31_port_queue_flush");
  if (queue->on_own_thread()) fatal("queue '%s' flushes itself", queue->name.c_str());
  host.lock_order.awaiting(queue->name.c_str(), queue->section);
  CoreLock core = host.scheduler->lock();
  const uint64_t last = queue->queued;
  const auto unfinished = [&] {
    if (queue->running != nullptr && queue->running_number <= last) return true;
    return !queue->items.empty() && queue->items.front()->number <= last;
  };
  while (unfinished()) {
    host.scheduler->wait(core, queue->progress,
                         {.what = "flush of queue", .object = queue->name.c_str()});
  }
}
