// SPDX-License-Identifier: GPL-2.0-or-later
// timeline.hpp - virtual time and the events to come.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <utility>

namespace t31::model {

using Nanoseconds = std::uint64_t;

// Events run in order of time, those of equal time in the order in which they were added.
class Timeline {
 public:
  using Action = std::function<void()>;
  // Events that are called off together.
  enum class Group { kSensorFrame, kReceivedFrame };

  static constexpr Nanoseconds kNever = std::numeric_limits<Nanoseconds>::max();

  Nanoseconds now() const { return now_; }
  Nanoseconds next() const { return events_.empty() ? kNever : events_.begin()->first.first; }

  void at(Nanoseconds time, Group group, Action action);
  void cancel(Group group);
  // Runs everything up to and including `time`; an action may add events.
  void advance(Nanoseconds time);

 private:
  struct Event {
    Group group;
    Action action;
  };
  Nanoseconds now_ = 0;
  std::uint64_t added_ = 0;
  std::map<std::pair<Nanoseconds, std::uint64_t>, Event> events_;
};

}  // namespace t31::model
