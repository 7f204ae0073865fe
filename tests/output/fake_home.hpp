// SPDX-License-Identifier: GPL-2.0-or-later
// fake_home.hpp - a home for the output stage alone: registers of the scaler with their FIFOs,
// device nodes, user memory, and a strict eye on what happens under a spin lock.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "driver/output/output_unit.hpp"
#include "uapi/t31/framechan.h"

namespace fake {

using Writes = std::vector<std::pair<u32, u32>>;

// One output channel of the chip.
struct ScalerChannel {
  std::deque<u32> luma, chroma;  // addresses waiting
  std::deque<std::pair<u32, u32>> done;
  bool done_never_empty = false;
  u32 last_luma = 0;
  u32 frames = 0;
  u32 cleared_while_busy = 0;
};

struct Chip {
  std::map<u32, u32> registers;
  Writes writes;  // all, in order
  ScalerChannel channel[3];
  unsigned fifo_depth = 8;
  u32 busy = 0;         // bits of 0x9808 that stay set whatever is written
  bool live = false;    // a cleared enable bit leaves the channel busy until the frame ends
  u32 lost_pushes = 0;  // addresses pushed into a full FIFO

  u32 enabled() const;
  // The frame of channel `n` ends: its oldest address pair is used up. False: dropped, no address.
  bool end_frame(unsigned n);
  // Writes since the last call.
  Writes take_writes();
};

// A work item that waits for its time.
struct PendingWork {
  const void* item;
  void (*function)(void*);
  void* context;
  u64 due;
};

struct Home {
  Chip chip;
  u64 time_ns = 0;
  std::vector<PendingWork> pending;
  std::map<u32, std::array<u8, 64>> memory;  // what the driver maps of the frame memory
  unsigned queues = 0, mappings = 0;
  int fail_queue_create = 0;
  std::string log;
  u32 ram_begin = 0x06000000, ram_end = 0x08000000;
  int fail_node_create = 0;  // the n-th creation fails
  int fail_copy_out = 0;     // the n-th copy to a client fails
  int fail_copy_in = 0;
  u32 sleeps = 0;
  std::vector<std::pair<u32, u32>> synced;  // address, size
  std::string proc;

  // Time passes; work that is due runs.
  void run_until(u64 time);
  std::string take_log();
  unsigned log_lines() const;
};

Home& home();
// A fresh home; nodes of the one before must be gone.
void reset();
unsigned node_count();

// Client memory: an object with a 32-bit address of its own.
u32 map_user(void* memory, u32 size);
void unmap_user(u32 address);

template <typename T>
class User {
 public:
  User() : address_(map_user(&value_, sizeof(T))) {}
  explicit User(const T& value) : value_(value), address_(map_user(&value_, sizeof(T))) {}
  ~User() { unmap_user(address_); }
  User(const User&) = delete;
  User& operator=(const User&) = delete;
  T* operator->() { return &value_; }
  T& operator*() { return value_; }
  u32 address() const { return address_; }

 private:
  T value_{};
  u32 address_;
};

// An open descriptor.
class Descriptor {
 public:
  explicit Descriptor(const char* node, u32 flags = 0);
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int error() const { return error_; }
  bool ok() const { return error_ == 0; }
  void close();
  long ioctl(u32 command, u32 argument);
  template <typename T>
  long ioctl(u32 command, User<T>& argument) {
    return ioctl(command, argument.address());
  }
  // Sends a signal to whoever sleeps in an interruptible wait.
  static void signal_sleepers();

 private:
  std::string node_;
  u32 flags_;
  void* file_ = nullptr;
  int error_ = 0;
  bool open_ = false;
};

// Threads that sleep in a wait right now.
unsigned sleepers();

}  // namespace fake
