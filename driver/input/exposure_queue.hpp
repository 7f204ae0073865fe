// SPDX-License-Identifier: GPL-2.0-or-later
// exposure_queue.hpp - exposure settings on their way to the sensor (hw-pipeline 4.9,
// sensor-abi 3.8).
//
// Every change of integration time or analogue gain is sent twice, as an event of its own and
// combined: a sensor driver reacts to one family only.
#pragma once

#include "driver/port/lock.hpp"

namespace t31::input {

// Slots in the order of delivery.
enum class ExposureSlot : u8 {
  kAgain = 0,
  kAgainShort,
  kDgain,
  kIntegrationTime,
  kIntegrationTimeShort,
  kVflip,
  kCombined,
  kCount
};

class ExposureQueue {
 public:
  ExposureQueue() : lock_("exposure") {}

  // Register codes; 16 bits each, as the ABI carries them. Unchanged codes are not sent again.
  void set_again(u32 code);
  void set_dgain(u32 code);
  void set_integration_time(u32 code);
  // All three at once: none can be sent without the others.
  void set(u32 integration_time_code, u32 again_code, u32 dgain_code);
  // Of the short exposure of two.
  void set_again_short(u32 code);
  void set_integration_time_short(u32 code);
  void set_vflip(u32 mode);
  // What a fresh sensor has in force but never told us: the other half of a combined event.
  void assume(u32 again_code, u32 integration_time_code);
  void reset();

  struct Pending {
    bool valid[static_cast<unsigned>(ExposureSlot::kCount)] = {};
    s32 value[static_cast<unsigned>(ExposureSlot::kCount)] = {};
    bool any = false;
  };
  // Takes all pending settings.
  Pending take();
  bool pending() const;

  u32 again() const;
  u32 integration_time() const;
  u32 dgain() const;
  // 0: not set.
  u32 again_short() const;
  u32 integration_time_short() const;

 private:
  static constexpr u32 kUnknown = 0xffffffff;
  void put(ExposureSlot slot, u32 value);  // under lock_
  void put_combined();                     // under lock_
  void put_again(u32 code);                // under lock_
  void put_dgain(u32 code);                // under lock_
  void put_integration_time(u32 code);     // under lock_

  mutable SpinLock lock_;  // guards everything below
  Pending pending_;
  u32 again_ = kUnknown, dgain_ = kUnknown, integration_time_ = kUnknown;
  u32 again_short_ = kUnknown, integration_time_short_ = kUnknown;
  u32 assumed_again_ = 0, assumed_integration_time_ = 0;
};

}  // namespace t31::input
