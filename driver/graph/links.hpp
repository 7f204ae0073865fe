// SPDX-License-Identifier: GPL-2.0-or-later
// links.hpp - pads of the ISP core and the frame source, and the two link configurations between
// them.
#pragma once

#include "driver/base/result.hpp"
#include "driver/port/lock.hpp"

namespace t31::graph {

// State of a module or of an output channel (hw-pipeline 1.6).
enum class State : u8 {
  kUndefined = 0,
  kSlake = 1,        // closed
  kActivated = 2,    // clocks on
  kInitialised = 3,  // sensor selected, ISP programmed
  kRunning = 4       // streaming
};

enum class PadState : u8 { kFree = 2, kLinked = 3, kStreaming = 4 };

inline constexpr unsigned kPads = 3;  // core output n <-> frame source input n
inline constexpr int kNoConfiguration = -1;

// The links. Configuration 0 connects all three pads, configuration 1 only the first (ISP bypass).
class Links {
 public:
  Links() : lock_("links") {}

  // LINK_SETUP. -EINVAL: no such configuration; -EPERM: a pad of it is streaming.
  Status setup(int configuration);
  // LINK_DESTROY: all links of the active configuration; streaming pads must have been stopped.
  void destroy();
  int configuration() const;

  PadState pad(unsigned index) const;
  bool linked(unsigned index) const { return pad(index) != PadState::kFree; }
  // Linked -> streaming. -EPIPE when the pad is not linked, -EBUSY when it already streams.
  Status start(unsigned index);
  // Streaming -> linked; nothing when it does not stream.
  void stop(unsigned index);

 private:
  mutable SpinLock lock_;  // guards the two below
  int configuration_ = kNoConfiguration;
  PadState pads_[kPads] = {PadState::kFree, PadState::kFree, PadState::kFree};
};

}  // namespace t31::graph
