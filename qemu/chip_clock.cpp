// SPDX-License-Identifier: GPL-2.0-or-later
#include "qemu/chip_clock.hpp"

#include <algorithm>
#include <ctime>

#include "qemu/qemu_api.hpp"

namespace t31::qemu {
namespace {

// The guest is idle between two looks that find it so. A driver that has accessed a register may
// sleep for a millisecond next, which no two looks a millisecond apart would see: they come closer
// then.
constexpr std::int64_t kFirstLookNs = 50000;
constexpr std::int64_t kLookNs = 1000000;
// The camera's processor is faster than QEMU's, even where QEMU need not translate first.
constexpr std::int64_t kFaster = 8;

}  // namespace

void ChipClock::start(bool real_time, std::int64_t slow) {
  real_time_ = real_time;
  slow_ = slow;
  passed_ = 0;
  look_ = kLookNs;
  mark();
}

void ChipClock::in_processor() {
  look_ = kFirstLookNs;
  if (has_processor_ || !qemu_cpu_is_self(qemu_get_cpu(0))) return;
  has_processor_ = pthread_getcpuclockid(pthread_self(), &processor_clock_) == 0;
  processor_ = processor_ns();
}

std::int64_t ChipClock::processor_ns() const {
  timespec time{};
  if (!has_processor_ || clock_gettime(processor_clock_, &time) != 0) return processor_;
  return time.tv_sec * std::int64_t{1000000000} + time.tv_nsec;
}

void ChipClock::mark() {
  clock_ = qemu_clock_get_ns(kVirtualClock);
  processor_ = processor_ns();
  idle_ = all_cpu_threads_idle();
}

std::int64_t ChipClock::now() {
  const std::int64_t clock = clock_;
  const std::int64_t processor = processor_;
  const bool was_idle = idle_;
  mark();
  look_ = std::min(2 * look_, kLookNs);
  const std::int64_t elapsed = clock_ - clock;
  const bool nothing_to_do = was_idle && idle_;
  passed_ +=
      real_time_ || nothing_to_do ? elapsed : std::min(elapsed, (processor_ - processor) / kFaster);
  return passed_ / slow_;
}

void ChipClock::skip(std::int64_t chip_ns) {
  if (real_time_) return;
  mark();
  if (passed_ / slow_ > chip_ns) passed_ = chip_ns * slow_;
}

std::int64_t ChipClock::when_to_look(std::int64_t chip_ns) const {
  const std::int64_t left = chip_ns * slow_ - passed_;
  return clock_ + (real_time_ ? left : std::clamp<std::int64_t>(left, 0, look_));
}

}  // namespace t31::qemu
