// SPDX-License-Identifier: GPL-2.0-or-later
#include "fake_model.hpp"

#include <cstring>
#include <map>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "t31_model.h"

struct t31_model {
  t31_model_callbacks callbacks;
  uint64_t now = 0;
  std::unordered_map<uint32_t, uint32_t> registers;
  std::vector<uint8_t> device;
};

namespace {

std::mutex events_mutex;
std::multimap<uint64_t, std::function<void()>> events;
t31_model* model_in_call = nullptr;

}  // namespace

namespace t31::test {

void at(uint64_t time_ns, std::function<void()> event) {
  const std::scoped_lock lock(events_mutex);
  events.emplace(time_ns, std::move(event));
}

void set_line(unsigned line, int level) {
  model_in_call->callbacks.irq(model_in_call->callbacks.context, line, level);
}

void* dma(uint32_t bus_address, uint32_t size) {
  return model_in_call->callbacks.dma(model_in_call->callbacks.context, bus_address, size);
}

}  // namespace t31::test

t31_model* t31_model_create(const t31_model_callbacks* callbacks, const t31_model_options*) {
  const std::scoped_lock lock(events_mutex);
  events.clear();
  return new t31_model{*callbacks, 0, {}, {}};
}

void t31_model_destroy(t31_model* model) {
  delete model;
}

uint32_t t31_model_read(t31_model* model, uint32_t address) {
  return model->registers[address];
}

void t31_model_write(t31_model* model, uint32_t address, uint32_t value) {
  model->registers[address] = value;
  const auto& callbacks = model->callbacks;
  const int level = static_cast<int>(value);
  if (address == t31::test::kRaiseIsp) callbacks.irq(callbacks.context, T31_MODEL_IRQ_ISP, level);
  if (address == t31::test::kRaiseVic) callbacks.irq(callbacks.context, T31_MODEL_IRQ_VIC, level);
}

uint64_t t31_model_now(const t31_model* model) {
  return model->now;
}

uint64_t t31_model_next_event(const t31_model*) {
  const std::scoped_lock lock(events_mutex);
  return events.empty() ? UINT64_MAX : events.begin()->first;
}

void t31_model_advance(t31_model* model, uint64_t time) {
  model_in_call = model;
  for (;;) {
    std::function<void()> event;
    {
      const std::scoped_lock lock(events_mutex);
      if (events.empty() || events.begin()->first > time) break;
      event = std::move(events.begin()->second);
      events.erase(events.begin());
    }
    event();
  }
  if (time > model->now) model->now = time;
}

int t31_model_i2c_transfer(t31_model* model, unsigned, t31_model_i2c_msg* messages, int count) {
  for (int i = 0; i < count; ++i) {
    if (messages[i].address != t31::test::kDevice) return -6;
    if ((messages[i].flags & 1) == 0) {
      model->device.assign(messages[i].data, messages[i].data + messages[i].length);
    } else {
      model->device.resize(messages[i].length);
      memcpy(messages[i].data, model->device.data(), messages[i].length);
    }
  }
  return count;
}

int t31_model_attach_sensor(t31_model*, unsigned, const char*, char*, uint32_t) {
  return 0;
}

void t31_model_detach_sensor(t31_model*) {}

uint64_t t31_model_counter(const t31_model*, enum t31_model_counter) {
  return 0;
}
