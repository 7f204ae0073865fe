// SPDX-License-Identifier: GPL-2.0-or-later
#include "host/strict/objects.hpp"

#include <dlfcn.h>

#include <cstdio>

namespace t31::host {
namespace {

constexpr const char* kNames[] = {
    "allocation",       "DMA memory",  "mapping of reserved memory",
    "register mapping", "interrupt",   "clock",
    "enabled clock",    "GPIO",        "queue",
    "pending work",     "device node", "proc file",
    "spin lock",        "mutex",       "wait queue",
};
static_assert(std::size(kNames) == static_cast<size_t>(ObjectKind::kCount));

std::string place_of(const void* address) {
  Dl_info info{};
  if (dladdr(address, &info) != 0 && info.dli_sname != nullptr) return info.dli_sname;
  char text[32];
  snprintf(text, sizeof text, "%p", address);
  return text;
}

}  // namespace

const char* name_of(ObjectKind kind) {
  return kNames[static_cast<size_t>(kind)];
}

bool Objects::add(ObjectKind kind, const void* key, const char* name, uint64_t size,
                  const void* owner) {
  const HiddenGuard lock(mutex_);
  return table(kind).try_emplace(key, Object{name, size, ++made_, owner}).second;
}

bool Objects::remove(ObjectKind kind, const void* key, uint64_t* size) {
  const HiddenGuard lock(mutex_);
  const auto found = table(kind).find(key);
  if (found == table(kind).end()) return false;
  if (size != nullptr) *size = found->second.size;
  table(kind).erase(found);
  return true;
}

bool Objects::contains(ObjectKind kind, const void* key) const {
  const HiddenGuard lock(mutex_);
  return table(kind).count(key) != 0;
}

std::string Objects::living_inside(const void* memory, uint64_t size) const {
  const HiddenGuard lock(mutex_);
  const auto* const begin = static_cast<const char*>(memory);
  for (const ObjectKind kind :
       {ObjectKind::kWork, ObjectKind::kSpinLock, ObjectKind::kMutex, ObjectKind::kWaitQueue}) {
    const auto found = table(kind).lower_bound(begin);
    if (found == table(kind).end()) continue;
    if (static_cast<const char*>(found->first) < begin + size) {
      return describe(kind, found->second);
    }
  }
  return {};
}

uint64_t Objects::mark() const {
  const HiddenGuard lock(mutex_);
  return made_;
}

std::string Objects::describe(ObjectKind kind, const Object& object) {
  std::string text = name_of(kind);
  if (!object.name.empty()) text += " '" + object.name + "'";
  if (object.size != 0) text += ", " + std::to_string(object.size) + " bytes";
  return text + ", made by " + place_of(object.owner);
}

std::string Objects::report(uint64_t mark) const {
  const HiddenGuard lock(mutex_);
  std::string text;
  for (size_t kind = 0; kind < tables_.size(); ++kind) {
    for (const auto& [key, object] : tables_[kind]) {
      if (object.number <= mark) continue;
      text += "  " + describe(static_cast<ObjectKind>(kind), object) + "\n";
    }
  }
  return text;
}

uint64_t Objects::count(ObjectKind kind) const {
  const HiddenGuard lock(mutex_);
  return table(kind).size();
}

uint64_t Objects::bytes(ObjectKind kind, uint64_t (*of)(uint64_t size)) const {
  const HiddenGuard lock(mutex_);
  uint64_t sum = 0;
  for (const auto& [key, object] : table(kind)) sum += of(object.size);
  return sum;
}

}  // namespace t31::host
