// SPDX-License-Identifier: GPL-2.0-or-later
// objects.hpp - everything the driver got from its home and has to give back.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>

#include "host/sched/hidden_mutex.hpp"

namespace t31::host {

enum class ObjectKind {
  kAllocation,
  kDmaMemory,
  kReservedMemory,
  kMapping,
  kInterrupt,
  kClock,
  kClockEnable,
  kGpio,
  kQueue,
  kWork,
  kNode,
  kProcFile,
  kSpinLock,
  kMutex,
  kWaitQueue,
  kCount
};

const char* name_of(ObjectKind kind);

class Objects {
 public:
  // `key` identifies the object within its kind; `owner` is the code address that asked for it.
  // False when it is there already.
  bool add(ObjectKind kind, const void* key, const char* name, uint64_t size, const void* owner);
  // False when there is no such object. `size` (may be null) gets what add was given.
  bool remove(ObjectKind kind, const void* key, uint64_t* size = nullptr);
  bool contains(ObjectKind kind, const void* key) const;

  // A lock, wait queue or pending work inside [memory, memory + size): its description, or "".
  std::string living_inside(const void* memory, uint64_t size) const;

  // Objects made from now on have a mark above the returned one.
  uint64_t mark() const;
  // One line for each object made after `mark`.
  std::string report(uint64_t mark) const;
  uint64_t count(ObjectKind kind) const;
  // Sizes added up, each as `of` has it.
  uint64_t bytes(ObjectKind kind, uint64_t (*of)(uint64_t size)) const;

 private:
  struct Object {
    std::string name;
    uint64_t size;
    uint64_t number;
    const void* owner;
  };
  using Table = std::map<const void*, Object>;

  static std::string describe(ObjectKind kind, const Object& object);
  Table& table(ObjectKind kind) { return tables_[static_cast<size_t>(kind)]; }
  const Table& table(ObjectKind kind) const { return tables_[static_cast<size_t>(kind)]; }

  mutable HiddenMutex mutex_;
  std::array<Table, static_cast<size_t>(ObjectKind::kCount)> tables_;
  uint64_t made_ = 0;
};

}  // namespace t31::host
