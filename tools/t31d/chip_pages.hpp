// SPDX-License-Identifier: GPL-2.0-or-later
// chip_pages.hpp - what /dev/mem shows of the chip: files that programs map. Registers are copied
// into them, so they are read only in effect; the few that change are brought up to date now and
// then.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>

namespace t31::daemon {

class ChipPages {
 public:
  ChipPages() = default;
  ChipPages(const ChipPages&) = delete;
  ChipPages& operator=(const ChipPages&) = delete;
  ~ChipPages();

  // A file with these physical addresses, to be closed by the caller; negative errno.
  int open(uint32_t address, uint32_t size);
  // Copies the registers that change. From an attached thread.
  void refresh();

 private:
  struct Window {
    int file;
    uint8_t* bytes;
    uint32_t size;
  };
  std::mutex mutex_;
  std::map<uint64_t, Window> windows_;  // by address << 32 | size
};

}  // namespace t31::daemon
