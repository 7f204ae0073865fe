// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/core/timeline.hpp"

#include <algorithm>

namespace t31::model {

void Timeline::at(Nanoseconds time, Group group, Action action) {
  events_.emplace(std::pair{std::max(time, now_), added_++}, Event{group, std::move(action)});
}

void Timeline::cancel(Group group) {
  std::erase_if(events_, [group](const auto& entry) { return entry.second.group == group; });
}

void Timeline::advance(Nanoseconds time) {
  while (!events_.empty() && events_.begin()->first.first <= time) {
    auto node = events_.extract(events_.begin());
    now_ = node.key().first;
    node.mapped().action();
  }
  now_ = std::max(now_, time);
}

}  // namespace t31::model
