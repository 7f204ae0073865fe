// SPDX-License-Identifier: GPL-2.0-or-later
// home.hpp - a home for the driver in a single-threaded MIPS program: registers are memory, work
// runs when it is asked for, nothing ever waits. For counting executed instructions.
#pragma once

#include "driver/port/port.h"

namespace t31::bench {

// The file that the driver finds under any path below /etc/sensor, except the custom one.
bool set_tuning_file(const char* path);

// Memory behind a unit's registers, by its base address; null when it isn't mapped.
volatile u32* registers(u32 base);

// An open node: calls go straight into the driver. Addresses of user memory are plain addresses.
class Node {
 public:
  explicit Node(const char* name);
  bool open();
  void close();
  long ioctl(u32 command, void* argument);
  long ioctl(u32 command, u32 argument);

 private:
  t31_node* node_;
  void* file_ = nullptr;
};

void raise_interrupt(u32 line);
// Runs what has been queued. Returns the number of items.
unsigned run_work();
// Memory the driver has asked for so far, in calls.
unsigned allocations();
// A line that the driver logged goes to stderr when set.
void show_log(bool show);

}  // namespace t31::bench
