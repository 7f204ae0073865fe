// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/device/mode_switch.hpp"

namespace t31::device {

Mode ModeSwitch::wanted() const {
  SpinLock::Guard guard(lock_);
  return wanted_;
}

bool ModeSwitch::pending() const {
  SpinLock::Guard guard(lock_);
  return change_pending_;
}

bool ModeSwitch::request(const Mode& mode) {
  SpinLock::Guard guard(lock_);
  if (mode == wanted_) return false;
  wanted_ = mode;
  change_pending_ = true;
  return true;
}

bool ModeSwitch::frame_done() {
  SpinLock::Guard guard(lock_);
  change_due_ = change_pending_;
  colour_due_ = colour_pending_;
  return change_due_ || colour_due_;
}

void ModeSwitch::make_due() {
  (void)frame_done();
}

bool ModeSwitch::due() const {
  SpinLock::Guard guard(lock_);
  return change_due_ || colour_due_;
}

ModeSwitch::Due ModeSwitch::take() {
  SpinLock::Guard guard(lock_);
  const Due due{change_due_, colour_due_, wanted_};
  if (change_due_) change_pending_ = false;
  if (colour_due_ || change_due_) colour_pending_ = false;
  change_due_ = colour_due_ = false;
  return due;
}

void ModeSwitch::restore_colour_later() {
  SpinLock::Guard guard(lock_);
  colour_pending_ = true;
}

void ModeSwitch::announce(bool night) {
  {
    SpinLock::Guard guard(lock_);
    announced_ = true;
    announced_night_ = night;
  }
  event_.wake_all();
}

bool ModeSwitch::take_event(bool& night) {
  SpinLock::Guard guard(lock_);
  if (!announced_) return false;
  announced_ = false;
  night = announced_night_;
  return true;
}

bool ModeSwitch::event_pending() const {
  SpinLock::Guard guard(lock_);
  return announced_;
}

}  // namespace t31::device
