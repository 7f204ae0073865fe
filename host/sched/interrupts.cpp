// SPDX-License-Identifier: GPL-2.0-or-later
#include "host/sched/interrupts.hpp"

#include "host/bus/bus.hpp"
#include "host/bus/trace.hpp"
#include "host/machine.hpp"
#include "host/sched/driver_time.hpp"
#include "host/strict/report.hpp"

namespace t31::host {
namespace {

// A line that stays high this often without time passing will never fall.
constexpr uint32_t kStorm = 100'000;

// Status registers, for the trace: hw-pipeline 3.1, 4.1.
constexpr uint32_t kCoreStatus = 0x13300000 + 0xb4;
constexpr uint32_t kVicStatus = 0x133e0000 + 0x1e0;

}  // namespace

Interrupts::Interrupts(Scheduler& scheduler, Bus& bus, Trace& trace)
    : scheduler_(scheduler), bus_(bus), trace_(trace) {
  thread_ = std::make_unique<OwnedThread>(scheduler_, "interrupt", ThreadKind::kInterrupt,
                                          [this] { run(); });
}

Interrupts::~Interrupts() {
  {
    CoreLock core = scheduler_.lock();
    stop_ = true;
    scheduler_.wake_all(work_);
  }
  thread_->join();
}

void Interrupts::set_level(unsigned line, int level) {
  if (line < kLines) levels_[line].store(level != 0, std::memory_order_relaxed);
}

void Interrupts::levels_changed() {
  if (deliverable() != nullptr) scheduler_.wake_all(work_);
}

void Interrupts::deliver() {
  {
    CoreLock core = scheduler_.lock();
    levels_changed();
  }
  const Thread* const self = Thread::self();
  if (self != nullptr && !self->in_interrupt && self->held.spins() == 0) scheduler_.give_way();
}

t31_irq* Interrupts::deliverable() const {
  for (u32 i = 0; i < kLines; ++i) {
    t31_irq* const irq = lines_[i].get();
    if (irq == nullptr || !irq->enabled || irq->function_wanted || irq->handling) continue;
    if (levels_[i].load(std::memory_order_relaxed) != 0) return irq;
  }
  return nullptr;
}

void Interrupts::run() {
  CoreLock core = scheduler_.lock();
  while (!stop_) {
    if (t31_irq* const irq = deliverable()) {
      handle(core, *irq);
    } else {
      scheduler_.wait(core, work_, {.what = "interrupts"});
    }
  }
}

void Interrupts::handle(CoreLock& core, t31_irq& irq) {
  irq.handling = true;
  check_storm(irq);
  core.unlock();
  trace_status(irq);
  const enum t31_irq_result result = call_handler(irq);
  core.lock();
  irq.handling = false;
  if (result == T31_IRQ_WAKE_THREAD) {
    if (irq.function == nullptr) violation("handler of irq %u wakes a thread it hasn't", irq.line);
    irq.function_wanted = true;
    scheduler_.wake_all(irq.work);
  }
  scheduler_.wake_all(irq.idle);
}

enum t31_irq_result Interrupts::call_handler(t31_irq& irq) {
  Thread& self = *Thread::self();
  masked_.lock();
  self.in_interrupt = true;
  enum t31_irq_result result = T31_IRQ_NONE;
  {
    const DriverTime::Section section(self);
    result = irq.handler(irq.context);
  }
  check_nothing_held("an interrupt handler");
  self.in_interrupt = false;
  masked_.unlock();
  handled_.fetch_add(1, std::memory_order_relaxed);
  scheduler_.jitter();
  return result;
}

void Interrupts::check_storm(t31_irq& irq) {
  if (irq.last_run_ns != scheduler_.now()) {
    irq.last_run_ns = scheduler_.now();
    irq.runs_at_one_time = 0;
  }
  if (++irq.runs_at_one_time > kStorm) {
    fatal("interrupt storm: line %u ('%s') stays high, its handler ran %u times at %llu ns",
          irq.line, irq.name.c_str(), kStorm, static_cast<unsigned long long>(scheduler_.now()));
  }
}

void Interrupts::trace_status(const t31_irq& irq) {
  if (!trace_.on()) return;
  if (irq.line == kFirstLine + T31_MODEL_IRQ_ISP) {
    trace_.mark("core status %x", bus_.read(kCoreStatus));
  } else {
    trace_.mark("vic status %x", bus_.read(kVicStatus));
  }
}

void Interrupts::run_function(t31_irq& irq) {
  CoreLock core = scheduler_.lock();
  while (!irq.stopping) {
    if (!irq.function_wanted) {
      scheduler_.wait(core, irq.work, {.what = "irq", .object = irq.name.c_str()});
      continue;
    }
    core.unlock();
    {
      const Section section(irq.name.c_str(), irq.section);
      irq.function(irq.context);
      check_nothing_held("an interrupt's thread function");
    }
    core.lock();
    irq.function_wanted = false;
    scheduler_.wake_all(irq.idle);
    levels_changed();
  }
}

int Interrupts::request(u32 line, t31_irq_handler handler, t31_irq_handler function,
                        const char* name, void* context, t31_irq** out) {
  const u32 bit = line - kFirstLine;
  if (bit != T31_MODEL_IRQ_ISP && bit != T31_MODEL_IRQ_VIC) return -T31_EINVAL;
  auto irq = std::make_unique<t31_irq>();
  irq->line = line;
  irq->handler = handler;
  irq->function = function;
  irq->context = context;
  irq->name = name;
  irq->section = machine().lock_order.next_id();
  t31_irq& requested = *irq;
  {
    CoreLock core = scheduler_.lock();
    if (lines_[bit] != nullptr) return -T31_EBUSY;
    lines_[bit] = std::move(irq);
  }
  if (function != nullptr) {
    requested.thread = std::make_unique<OwnedThread>(
        scheduler_, "irq/" + std::to_string(line) + "-" + requested.name,
        ThreadKind::kInterruptThread, [this, &requested] { run_function(requested); });
  }
  *out = &requested;
  return 0;
}

void Interrupts::wait_until_idle(CoreLock& core, t31_irq& irq) {
  if (irq.thread != nullptr && &irq.thread->thread() == Thread::self()) {
    fatal("the thread function of irq %u waits for its own end", irq.line);
  }
  while (irq.handling || irq.function_wanted) {
    scheduler_.wait(core, irq.idle, {.what = "handlers of irq", .object = irq.name.c_str()});
  }
}

void Interrupts::free(t31_irq* irq) {
  machine().lock_order.awaiting(irq->name.c_str(), irq->section);
  CoreLock core = scheduler_.lock();
  irq->enabled = false;
  wait_until_idle(core, *irq);
  irq->stopping = true;
  scheduler_.wake_all(irq->work);
  core.unlock();
  if (irq->thread != nullptr) irq->thread->join();
  core.lock();
  lines_[irq->line - kFirstLine].reset();
}

void Interrupts::enable(t31_irq* irq) {
  {
    CoreLock core = scheduler_.lock();
    if (irq->enabled) violation("irq %u is enabled twice", irq->line);
    irq->enabled = true;
  }
  deliver();
}

void Interrupts::disable(t31_irq* irq) {
  machine().lock_order.awaiting(irq->name.c_str(), irq->section);
  CoreLock core = scheduler_.lock();
  if (!irq->enabled) violation("irq %u is disabled twice", irq->line);
  irq->enabled = false;
  wait_until_idle(core, *irq);
}

void Interrupts::mask() {
  // One lock a thread: handlers run with it held already.
  const Thread& self = *Thread::self();
  if (!self.in_interrupt && self.held.spins() == 0) masked_.lock();
}

void Interrupts::unmask() {
  const Thread& self = *Thread::self();
  if (!self.in_interrupt && self.held.spins() == 0) masked_.unlock();
}

}  // namespace t31::host

using t31::host::machine;
using t31::host::ObjectKind;

int t31_port_irq_request(u32 line, t31_irq_handler handler, t31_irq_handler thread,
                         const char* name, void* context, struct t31_irq** out) {
  auto& host = machine();
  t31::host::might_sleep("t31_port_irq_request");
  if (host.faults.hit("t31_port_irq_request")) return -T31_ENOMEM;
  const int result = host.interrupts->request(line, handler, thread, name, context, out);
  if (result < 0) return result;
  host.objects.add(ObjectKind::kInterrupt, *out, name, 0, __builtin_return_address(0));
  host.trace.mark("request_irq %u flags 2000 name %s", line, name);
  return 0;
}

void t31_port_irq_free(struct t31_irq* irq) {
  auto& host = machine();
  t31::host::might_sleep("t31_port_irq_free");
  if (!host.objects.remove(ObjectKind::kInterrupt, irq)) {
    return t31::host::violation("t31_port_irq_free of an irq that isn't requested");
  }
  host.trace.mark("free_irq %u", irq->line);
  host.interrupts->free(irq);
}

void t31_port_irq_enable(struct t31_irq* irq) {
  auto& host = machine();
  t31::host::attached("t31_port_irq_enable");
  if (!host.objects.contains(ObjectKind::kInterrupt, irq)) {
    return t31::host::violation("t31_port_irq_enable of an irq that isn't requested");
  }
  host.trace.mark("enable_irq %u", irq->line);
  host.interrupts->enable(irq);
}

void t31_port_irq_disable(struct t31_irq* irq) {
  auto& host = machine();
  t31::host::might_sleep("t31_port_irq_disable");
  if (!host.objects.contains(ObjectKind::kInterrupt, irq)) {
    return t31::host::violation("t31_port_irq_disable of an irq that isn't requested");
  }
  host.trace.mark("disable_irq %u", irq->line);
  host.interrupts->disable(irq);
}
