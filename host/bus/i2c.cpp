// SPDX-License-Identifier: GPL-2.0-or-later
#include "host/bus/i2c.hpp"

#include "host/machine.hpp"
#include "host/strict/report.hpp"
#include "t31_host_kernel.h"

namespace t31::host {
namespace {

constexpr uint64_t kBitNs = 2500;  // 400 kHz
constexpr uint64_t kByteBits = 9;  // eight and the acknowledge
constexpr uint16_t kReadFlag = 1;

// Start condition, address, data; a stop condition at the end.
uint64_t wire_time_ns(const t31_model_i2c_msg* messages, int count) {
  uint64_t bits = 1;
  for (int i = 0; i < count; ++i) bits += 1 + (uint64_t{messages[i].length} + 1) * kByteBits;
  return bits * kBitNs;
}

void trace_messages(Trace& trace, unsigned bus, const t31_model_i2c_msg* messages, int count,
                    int result) {
  for (int i = 0; i < count; ++i) {
    std::string bytes;
    for (unsigned j = 0; j < messages[i].length; ++j) {
      char text[4];
      snprintf(text, sizeof text, " %02x", messages[i].data[j]);
      bytes += text;
    }
    const char kind = (messages[i].flags & kReadFlag) != 0 ? 'R' : 'W';
    trace.mark("i2c%u %c %02x%s%s", bus, kind, messages[i].address, bytes.c_str(),
               i < result ? "" : " (no acknowledge)");
  }
}

}  // namespace

void I2cBuses::acquire(Machine& host, Adapter& adapter) {
  CoreLock core = host.scheduler->lock();
  while (adapter.owner != nullptr) {
    host.scheduler->wait(core, adapter.queue, {.what = "I2C bus", .holder = &adapter.owner});
  }
  adapter.owner = Thread::self();
}

void I2cBuses::release(Machine& host, Adapter& adapter) {
  CoreLock core = host.scheduler->lock();
  adapter.owner = nullptr;
  host.scheduler->wake_one(adapter.queue);
}

int I2cBuses::transfer(Machine& host, unsigned bus, t31_model_i2c_msg* messages, int count) {
  if (bus >= kBuses || count <= 0) return -T31_EINVAL;
  Adapter& adapter = adapters_[bus];
  acquire(host, adapter);
  host.sleep_until(host.scheduler->now() + wire_time_ns(messages, count), "I2C transfer");
  const int result = host.bus.with_model(
      [&](t31_model* model) { return t31_model_i2c_transfer(model, bus, messages, count); });
  if (host.trace.on()) trace_messages(host.trace, bus, messages, count, result);
  release(host, adapter);
  return result;
}

}  // namespace t31::host

namespace {

t31_host_i2c_listener the_listener = nullptr;
void* listener_context = nullptr;

}  // namespace

void t31_host_set_i2c_listener(t31_host_i2c_listener listener, void* context) {
  listener_context = context;
  the_listener = listener;
}

int t31_host_i2c_transfer(unsigned bus, struct t31_model_i2c_msg* messages, int count) {
  auto& host = t31::host::machine();
  t31::host::might_sleep("i2c_transfer");
  if (host.faults.hit("t31_host_i2c_transfer")) return -T31_EIO;
  const int result = host.i2c.transfer(host, bus, messages, count);
  if (the_listener != nullptr) the_listener(listener_context, messages, count, result);
  return result;
}
