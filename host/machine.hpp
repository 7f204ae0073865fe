// SPDX-License-Identifier: GPL-2.0-or-later
// machine.hpp - a camera: scheduler, virtual T31, memory, nodes, and what the driver holds of them.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "host/bus/bus.hpp"
#include "host/bus/clocks.hpp"
#include "host/bus/gpio.hpp"
#include "host/bus/i2c.hpp"
#include "host/bus/memory.hpp"
#include "host/bus/mmio.hpp"
#include "host/bus/trace.hpp"
#include "host/client/files.hpp"
#include "host/client/user_memory.hpp"
#include "host/port/log.hpp"
#include "host/port/memory.hpp"
#include "host/port/root.hpp"
#include "host/sched/interrupts.hpp"
#include "host/sched/scheduler.hpp"
#include "host/strict/faults.hpp"
#include "host/strict/lock_order.hpp"
#include "host/strict/objects.hpp"
#include "t31_host.h"

namespace t31::host {

struct Counters {
  std::atomic<uint64_t> allocations{0};
  std::atomic<uint64_t> user_copies{0};
  std::atomic<uint64_t> user_copies_under_lock{0};
  std::atomic<uint64_t> register_reads{0};
  std::atomic<uint64_t> register_writes{0};
};

inline void count(std::atomic<uint64_t>& counter) {
  counter.fetch_add(1, std::memory_order_relaxed);
}

struct Machine {
  explicit Machine(const t31_host_config& config);
  ~Machine();

  // The calling thread sleeps; not for callers that may be interrupted.
  void sleep_until(uint64_t time_ns, const char* what);

  Log log;
  Trace trace;
  Faults faults;
  Objects objects;
  LockOrder lock_order;
  Counters counters;
  BusMemory memory;
  ReservedMappings reserved_mappings;
  RegisterMappings mappings;
  UserMemory user;
  RootFolder root;
  FileTable files;
  Bus bus;
  std::unique_ptr<Scheduler> scheduler;
  Thread main_thread;
  std::unique_ptr<Interrupts> interrupts;
  Clocks clocks;
  Gpios gpios;
  I2cBuses i2c;
  bool driver_loaded = false;
  std::atomic<int> driver_users{0};
  uint64_t objects_before_driver = 0;
};

// The one there is; reports and aborts when there is none.
Machine& machine();

}  // namespace t31::host
