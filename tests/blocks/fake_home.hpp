// SPDX-License-Identifier: GPL-2.0-or-later
// fake_home.hpp - a home for the tuning and block code alone: it records register writes, serves
// files from memory and counts allocations.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "driver/port/window.hpp"

namespace t31::test {

struct Write {
  u32 offset;
  u32 value;
  bool operator==(const Write&) const = default;
};

// One at a time: the port's functions find it.
class FakeHome {
 public:
  FakeHome();
  ~FakeHome();
  Window window() const;

  // Writes since the last call.
  std::vector<Write> take_writes();
  // Last value of every register.
  std::map<u32, u32> state;

  std::map<std::string, std::vector<uint8_t>> files;
  bool files_unreadable = false;
  int fail_allocation = 0;  // the Nth from now on fails, 0: none
  int live_allocations = 0;
  int log_lines = 0;

  void record(u32 offset, u32 value);

 private:
  std::vector<Write> writes_;
};

}  // namespace t31::test
