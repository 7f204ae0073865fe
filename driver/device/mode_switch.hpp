// SPDX-License-Identifier: GPL-2.0-or-later
// mode_switch.hpp - when day, night and custom mode change: asked for at any time, done between two
// frames, after the last frame of channel 0 is complete (hw-pipeline 4.6).
//
// Night clips chroma with the switch; day gives it back one frame later, so that no frame shows the
// night's colours.
#pragma once

#include "driver/port/lock.hpp"

namespace t31::device {

struct Mode {
  bool night = false;
  bool custom = false;
  constexpr bool operator==(const Mode&) const = default;
};

class ModeSwitch {
 public:
  ModeSwitch() : lock_("mode"), event_("mode event") {}

  // What has been asked for last; the mode in force once pending() is false.
  Mode wanted() const;
  bool pending() const;
  // False: it is the mode wanted already.
  bool request(const Mode& mode);

  // irq: a frame of channel 0 is complete. True: there is work for the frame thread.
  bool frame_done();
  // No frame of channel 0 will come: whatever is pending is due.
  void make_due();

  struct Due {
    bool change = false;       // to `mode`
    bool give_colour = false;  // chroma is clipped as by day again
    Mode mode;
  };
  bool due() const;
  // Takes what is due. After a change `restore_colour_later` asks for give_colour one frame later.
  Due take();
  void restore_colour_later();

  // What readers of /dev/tisp wait for: a switch of day and night.
  void announce(bool night);
  // True and the mode when there was one since the last call.
  bool take_event(bool& night);
  bool event_pending() const;
  WaitQueue& event_queue() { return event_; }

 private:
  mutable SpinLock lock_;  // guards all but event_
  Mode wanted_;
  bool change_pending_ = false, change_due_ = false;
  bool colour_pending_ = false, colour_due_ = false;
  bool announced_ = false, announced_night_ = false;
  WaitQueue event_;
};

}  // namespace t31::device
