// SPDX-License-Identifier: GPL-2.0-or-later
// chip_clock.hpp - the chip's time in QEMU.
//
// The guest's clock is the PC's. Would the chip's be, too, a guest that the PC keeps waiting for
// its processor would miss frames, and pictures would depend on what else the PC does. So the
// chip's time goes on while the guest has nothing to do, at the pace of the guest's clock; while it
// works, it goes on with the time that its processor really got; and not at all while the PC
// computes pictures.
#pragma once

#include <pthread.h>

#include <cstdint>

namespace t31::qemu {

class ChipClock {
 public:
  // `real_time`: all time counts. `slow`: the chip runs that many times slower.
  void start(bool real_time, std::int64_t slow);
  // In ns since the start. Also has to be called now and then while nothing happens.
  std::int64_t now();
  // It is no later than that, and what has passed since the last now() was the PC's.
  void skip(std::int64_t chip_ns);
  bool real_time() const { return real_time_; }
  // On QEMU's clock: when to look whether it is `chip_ns`.
  std::int64_t when_to_look(std::int64_t chip_ns) const;
  // Called at register accesses: where the guest's processor runs.
  void in_processor();

 private:
  void mark();
  std::int64_t processor_ns() const;

  bool real_time_ = false;
  std::int64_t slow_ = 1;
  std::int64_t passed_ = 0;  // slow_ times the chip's time
  std::int64_t look_ = 0;    // the next one after that time
  // At the last look.
  std::int64_t clock_ = 0;
  std::int64_t processor_ = 0;
  bool idle_ = false;
  bool has_processor_ = false;
  clockid_t processor_clock_ = 0;
};

}  // namespace t31::qemu
