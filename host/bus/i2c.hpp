// SPDX-License-Identifier: GPL-2.0-or-later
// i2c.hpp - I2C adapters: one transfer at a time, each as long as on the wire.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "host/sched/thread.hpp"
#include "t31_model.h"

namespace t31::host {

struct Machine;

class I2cBuses {
 public:
  static constexpr unsigned kBuses = 2;

  int transfer(Machine& host, unsigned bus, t31_model_i2c_msg* messages, int count);

 private:
  struct Adapter {
    std::atomic<const Thread*> owner = nullptr;  // changed under the scheduler's lock
    WaitList queue;
  };

  void acquire(Machine& host, Adapter& adapter);
  void release(Machine& host, Adapter& adapter);

  std::array<Adapter, kBuses> adapters_;
};

}  // namespace t31::host
