// SPDX-License-Identifier: GPL-2.0-or-later
// bus.hpp - the virtual T31 behind one lock: the only code that calls the model.
#pragma once

#include <atomic>
#include <cstdint>

#include "host/sched/hidden_mutex.hpp"
#include "host/sched/scheduler.hpp"
#include "t31_model.h"

namespace t31::host {

class BusMemory;
class Interrupts;
class Log;

class Bus final : public EventSource {
 public:
  Bus(const t31_model_options& options, BusMemory& memory, Log& log);
  ~Bus();
  Bus(const Bus&) = delete;
  Bus& operator=(const Bus&) = delete;

  // Interrupt levels go there, outside the bus lock.
  void connect(Interrupts* interrupts) { interrupts_ = interrupts; }

  uint32_t read(uint32_t address);
  void write(uint32_t address, uint32_t value);
  // Runs `function(t31_model*)` under the bus lock and delivers interrupts it raised.
  template <typename Function>
  auto with_model(Function function) {
    const auto result = [&] {
      const HiddenGuard guard(mutex_);
      return function(model_);
    }();
    deliver();
    return result;
  }

  // EventSource: scheduler's lock held.
  uint64_t next_event() override;
  void advance(uint64_t time) override;

 private:
  static void on_irq(void* context, unsigned line, int level);
  static void* on_dma(void* context, uint32_t bus_address, uint32_t size);
  static void on_log(void* context, const char* line);
  // Tells the interrupt thread of changed levels.
  void deliver();

  BusMemory& memory_;
  Log& log_;
  Interrupts* interrupts_ = nullptr;
  HiddenMutex mutex_;
  t31_model* model_ = nullptr;
  std::atomic<bool> levels_changed_{false};
};

}  // namespace t31::host
