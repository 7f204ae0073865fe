// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/ae_timing.hpp"

#include "driver/base/math.hpp"

namespace t31::control {
namespace {

constexpr u32 kQ = 10;
constexpr u32 kLargeChange = (1u << kQ) * 3 / 2;  // of exposure
constexpr u32 kClearJump = (1u << kQ) * 5 / 4;    // of the mean
constexpr u32 kNoJump = (1u << kQ) * 9 / 8;

// Large over small, Q10.
u32 ratio(u32 large, u32 small) {
  return static_cast<u32>(min(divide(u64{large} << kQ, max(small, 1u)), u64{0xffffffff}));
}

}  // namespace

void AeTiming::restart() {
  filled_ = 0;
  late_ = last_vote_ = 0;
  certain_ = false;
}

void AeTiming::observe(u32 frame, u32 mean_q8, const AeHistory& history) {
  if (frame != last_frame_ + 1) filled_ = 0;
  last_frame_ = frame;
  for (u32 i = 1; i < kFrames; ++i) means_[i - 1] = means_[i];
  means_[kFrames - 1] = mean_q8;
  filled_ = min(filled_ + 1, kFrames);
  if (filled_ < kFrames) return;

  // One change between two frames of either exposure, in the middle of the four frames seen; it may
  // have come a frame earlier or later.
  const u32 now = expected(frame);
  const u32 before = history.at(now - 2);
  const u32 after = history.at(now - 1);
  if (history.at(now - 3) != before || history.at(now) != after || before == 0) return;
  const bool up = after > before;
  if (ratio(up ? after : before, up ? before : after) < kLargeChange) return;
  u32 jumps = 0;
  u32 quiet = 0;
  s32 at = 0;
  for (u32 i = 0; i + 1 < kFrames; ++i) {
    const u32 jump = up ? ratio(means_[i + 1], means_[i]) : ratio(means_[i], means_[i + 1]);
    if (jump >= kClearJump) {
      ++jumps;
      at = static_cast<s32>(i) - 1;
    } else if (jump <= kNoJump) {
      ++quiet;
    }
  }
  if (jumps == 1 && quiet == kFrames - 2) vote(at);
}

// Light may change at the same moment: only what is seen twice moves the expectation.
void AeTiming::vote(s32 frames_late) {
  certain_ = frames_late == 0;
  if (frames_late != 0 && frames_late == last_vote_) {
    late_ = clamp(late_ + frames_late, -1, 1);
    last_vote_ = 0;
    return;
  }
  last_vote_ = frames_late;
}

}  // namespace t31::control
