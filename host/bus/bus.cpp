// SPDX-License-Identifier: GPL-2.0-or-later
#include "host/bus/bus.hpp"

#include "host/bus/memory.hpp"
#include "host/port/log.hpp"
#include "host/sched/interrupts.hpp"
#include "host/strict/report.hpp"

namespace t31::host {

Bus::Bus(const t31_model_options& options, BusMemory& memory, Log& log)
    : memory_(memory), log_(log) {
  const t31_model_callbacks callbacks = {this, on_irq, on_dma, on_log};
  model_ = t31_model_create(&callbacks, &options);
  if (model_ == nullptr) fatal("the virtual T31 can't be created");
}

Bus::~Bus() {
  t31_model_destroy(model_);
}

uint32_t Bus::read(uint32_t address) {
  uint32_t value;
  {
    const HiddenGuard guard(mutex_);
    value = t31_model_read(model_, address);
  }
  deliver();
  return value;
}

void Bus::write(uint32_t address, uint32_t value) {
  {
    const HiddenGuard guard(mutex_);
    t31_model_write(model_, address, value);
  }
  deliver();
}

uint64_t Bus::next_event() {
  const HiddenGuard guard(mutex_);
  return t31_model_next_event(model_);
}

void Bus::advance(uint64_t time) {
  {
    const HiddenGuard guard(mutex_);
    t31_model_advance(model_, time);
  }
  if (levels_changed_.exchange(false) && interrupts_ != nullptr) interrupts_->levels_changed();
}

void Bus::deliver() {
  if (!levels_changed_.load(std::memory_order_relaxed)) return;
  if (!levels_changed_.exchange(false) || interrupts_ == nullptr) return;
  interrupts_->deliver();
}

void Bus::on_irq(void* context, unsigned line, int level) {
  Bus& bus = *static_cast<Bus*>(context);
  if (bus.interrupts_ == nullptr) return;
  bus.interrupts_->set_level(line, level);
  bus.levels_changed_.store(true, std::memory_order_relaxed);
}

void* Bus::on_dma(void* context, uint32_t bus_address, uint32_t size) {
  return static_cast<Bus*>(context)->memory_.device_view(bus_address, size);
}

void Bus::on_log(void* context, const char* line) {
  static_cast<Bus*>(context)->log_.model_line(line);
}

}  // namespace t31::host
