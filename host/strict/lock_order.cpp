// SPDX-License-Identifier: GPL-2.0-or-later
#include "host/strict/lock_order.hpp"

#include <algorithm>
#include <unordered_set>

#include "host/strict/report.hpp"

namespace t31::host {

void LockOrder::taking(const HeldLocks& held, const HeldLock& lock) {
  for (unsigned i = 0; i < held.count(); ++i) {
    std::string inverse;
    {
      const HiddenGuard guard(mutex_);
      if (learn(held[i], lock)) inverse = path(lock.id, held[i].id);
    }
    if (!inverse.empty()) {
      violation(
          "inverted lock order: takes '%s' while holding '%s', but the order %s was seen before",
          lock.name, held[i].name, inverse.c_str());
    }
  }
}

void LockOrder::awaiting(const char* name, uint64_t id) {
  const HeldLocks& held = Thread::self()->held;
  if (held.count() > 0) taking(held, {nullptr, name, id, HeldKind::kSection});
}

Section::Section(const char* name, uint64_t id) {
  HeldLocks& held = Thread::self()->held;
  if (!held.push({this, name, id, HeldKind::kSection})) fatal("'%s': too many locks", name);
}

Section::~Section() {
  HeldLocks& held = Thread::self()->held;
  held.remove(static_cast<unsigned>(held.find(this)));
}

// True when this order is new.
bool LockOrder::learn(const HeldLock& earlier, const HeldLock& later) {
  nodes_.try_emplace(later.id, Node{later.name, {}});
  Node& node = nodes_.try_emplace(earlier.id, Node{earlier.name, {}}).first->second;
  if (std::find(node.later.begin(), node.later.end(), later.id) != node.later.end()) return false;
  node.later.push_back(later.id);
  return true;
}

std::string LockOrder::path(uint64_t from, uint64_t to) const {
  // Depth first; `trail` is the way to the node at the top of the stack.
  struct Step {
    uint64_t id;
    size_t next;
  };
  std::vector<Step> trail{{from, 0}};
  std::unordered_set<uint64_t> seen{from};
  while (!trail.empty()) {
    Step& top = trail.back();
    if (top.id == to) break;
    const auto node = nodes_.find(top.id);
    if (node == nodes_.end() || top.next == node->second.later.size()) {
      trail.pop_back();
      continue;
    }
    const uint64_t next = node->second.later[top.next++];
    if (seen.insert(next).second) trail.push_back({next, 0});
  }
  std::string text;
  for (const Step& step : trail) {
    text += (text.empty() ? "'" : " -> '") + nodes_.at(step.id).name + "'";
  }
  return text;
}

}  // namespace t31::host
