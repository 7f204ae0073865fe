// SPDX-License-Identifier: GPL-2.0-or-later
// machine.cpp - making and ending a machine, and looking at it from the side.
#include "host/machine.hpp"

#include <bit>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "host/client/modules.hpp"
#include "host/sched/driver_time.hpp"
#include "host/strict/report.hpp"
#include "t31_host_kernel.h"

namespace t31::host {
namespace {

constexpr uint32_t kPoolBase = 0x04000000;
constexpr uint32_t kPoolSize = 24 << 20;
constexpr uint32_t kIspmemBase = 0x05800000;
constexpr uint32_t kIspmemSize = 8 << 20;
constexpr uint32_t kRmemBase = 0x06000000;
constexpr uint32_t kRmemSize = 32 << 20;

// How much memory a kernel gives for a request (linux/glue/memory.c): whole pages for DMA and
// beyond four of them, else a power of two.
constexpr uint64_t kPage = 4096;
uint64_t as_asked(uint64_t size) {
  return size;
}
uint64_t in_pages(uint64_t size) {
  return (size + kPage - 1) / kPage * kPage;
}
uint64_t of_kernel_heap(uint64_t size) {
  return size > 4 * kPage ? in_pages(size) : std::bit_ceil(size);
}

std::atomic<Machine*> the_machine{nullptr};

BusMemory::Layout layout_of(const t31_host_config& config) {
  BusMemory::Layout layout = {kPoolBase, kPoolSize, kIspmemBase, kIspmemSize, kRmemBase, kRmemSize};
  if (config.ispmem_size != 0) layout.ispmem_size = config.ispmem_size;
  if (config.ispmem_size == UINT32_MAX) layout.ispmem_size = 0;
  if (config.rmem_base != 0) layout.rmem_base = config.rmem_base;
  if (config.rmem_size != 0) layout.rmem_size = config.rmem_size;
  return layout;
}

t31_model_options model_options(const t31_host_config& config) {
  t31_model_options options = {};
  options.threads = config.model_threads;
  options.reference_pixels = config.reference_pixels;
  options.rewrite_last_address = config.rewrite_last_address;
  return options;
}

std::unique_ptr<Scheduler> make_scheduler(const t31_host_config& config, EventSource& events) {
  const SchedulerOptions options = {config.real_time != 0, config.seed,
                                    config.slow != 0 ? config.slow : 1};
  return config.scheduler == T31_HOST_FREE ? make_free_scheduler(options, events)
                                           : make_deterministic_scheduler(options, events);
}

}  // namespace

Machine::Machine(const t31_host_config& config)
    : root(config.root),
      bus(model_options(config), memory, log),
      scheduler(make_scheduler(config, bus)),
      main_thread(*scheduler, "main", ThreadKind::kClient, scheduler->next_seed()),
      clocks(bus, trace),
      gpios(bus, trace) {
  Thread::set_self(&main_thread);
  CoreLock core = scheduler->lock();
  scheduler->adopt(main_thread);
}

Machine::~Machine() {
  interrupts.reset();
  Thread::set_self(nullptr);
}

void Machine::sleep_until(uint64_t time_ns, const char* what) {
  CoreLock core = scheduler->lock();
  while (scheduler->now() < time_ns) {
    scheduler->block(core, {.what = what, .deadline = time_ns});
  }
}

Machine& machine() {
  Machine* const instance = the_machine.load(std::memory_order_acquire);
  if (instance == nullptr) fatal("there is no machine: t31_host_reset makes one");
  return *instance;
}

namespace {

// The machine's own threads and the caller are all that may be left.
void check_threads(Machine& host) {
  CoreLock core = host.scheduler->lock();
  for (const Thread* thread : host.scheduler->threads()) {
    if (thread->kind() == ThreadKind::kClient && thread != Thread::self()) {
      fatal("shutdown while a client thread still lives\n%s",
            describe_threads(*host.scheduler).c_str());
    }
  }
}

int create_machine(const t31_host_config& config) {
  auto host = std::make_unique<Machine>(config);
  if (const int error = host->memory.create(layout_of(config)); error < 0) return error;
  if (config.trace_path != nullptr) {
    if (const int error = host->trace.open(config.trace_path); error < 0) return error;
  }
  host->interrupts = std::make_unique<Interrupts>(*host->scheduler, host->bus, host->trace);
  host->bus.connect(host->interrupts.get());
  host->clocks.boot();
  the_machine.store(host.release(), std::memory_order_release);
  return 0;
}

}  // namespace
}  // namespace t31::host

using namespace t31::host;

int t31_host_reset(const struct t31_host_config* config) {
  if (the_machine.load() != nullptr) t31_host_shutdown();
  DriverTime::reset();
  const t31_host_config defaults = {};
  return create_machine(config != nullptr ? *config : defaults);
}

void t31_host_shutdown(void) {
  Machine* const host = the_machine.load();
  if (host == nullptr) return;
  if (Thread::self() != &host->main_thread) {
    fatal("t31_host_shutdown by another thread than the one that called t31_host_reset");
  }
  host->faults.fail_nth(0);
  check_threads(*host);
  remove_modules(*host);
  const std::string left = host->objects.report(0);
  if (!left.empty()) violation("left behind at shutdown:\n%s", left.c_str());
  host->bus.connect(nullptr);
  delete host;
  the_machine.store(nullptr);
}

int t31_host_attach_sensor(const char* json, char* error, uint32_t error_size) {
  return machine().bus.with_model(
      [=](t31_model* model) { return t31_model_attach_sensor(model, 0, json, error, error_size); });
}

uint64_t t31_host_model_counter(int counter) {
  return machine().bus.with_model([=](t31_model* model) {
    return t31_model_counter(model, static_cast<enum t31_model_counter>(counter));
  });
}

void* t31_host_rmem(uint32_t bus_address, uint32_t size) {
  BusMemory& memory = machine().memory;
  return memory.in_rmem(bus_address, size) ? memory.reserved_view(bus_address, size) : nullptr;
}

int t31_host_rmem_file(uint64_t* offset) {
  return machine().memory.reserved_file(offset);
}

uint32_t t31_host_rmem_base(void) {
  return machine().memory.layout().rmem_base;
}

uint32_t t31_host_rmem_size(void) {
  return machine().memory.layout().rmem_size;
}

void t31_host_fail_nth(uint64_t n) {
  machine().faults.fail_nth(n);
}

uint64_t t31_host_fallible_calls(void) {
  return machine().faults.calls();
}

const char* t31_host_failed_call(void) {
  return machine().faults.failed();
}

char* t31_host_take_log(void) {
  return strdup(machine().log.take().c_str());
}

void t31_host_set_log_callback(void (*callback)(const char* line)) {
  set_log_callback(callback);
}

void t31_host_set_abort_hook(void (*hook)(const char* report)) {
  set_abort_hook(hook);
}

void t31_host_trace_mark(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  machine().trace.mark(format, arguments);
  va_end(arguments);
}

void t31_host_get_statistics(struct t31_host_statistics* statistics) {
  Machine& host = machine();
  *statistics = {};
  statistics->context_switches = host.scheduler->switches();
  statistics->interrupts = host.interrupts->handled();
  statistics->allocations = host.counters.allocations;
  statistics->allocated_bytes = host.objects.bytes(ObjectKind::kAllocation, as_asked) +
                                host.objects.bytes(ObjectKind::kDmaMemory, as_asked);
  statistics->kernel_bytes = host.objects.bytes(ObjectKind::kAllocation, of_kernel_heap) +
                             host.objects.bytes(ObjectKind::kDmaMemory, in_pages);
  statistics->user_copies = host.counters.user_copies;
  statistics->user_copies_under_lock = host.counters.user_copies_under_lock;
  statistics->register_reads = host.counters.register_reads;
  statistics->register_writes = host.counters.register_writes;
  statistics->driver_nanoseconds = DriverTime::total();
}
