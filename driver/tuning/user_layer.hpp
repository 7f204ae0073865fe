// SPDX-License-Identifier: GPL-2.0-or-later
// user_layer.hpp - what the user has put above the banks: whole parameter arrays and single
// elements that hold in every bank, whichever is in force, and across loading.
#pragma once

#include <span>

#include "driver/base/result.hpp"
#include "driver/tuning/bank.hpp"

namespace t31::tuning {

// Who has set something: a control means its setting for good, the tuning tool edits a file.
enum class SetBy : u8 { kControl, kTool };

// Remembers as much as was set. Not locked; functions may sleep.
class UserLayer {
 public:
  UserLayer() = default;
  UserLayer(const UserLayer&) = delete;
  UserLayer& operator=(const UserLayer&) = delete;
  ~UserLayer() { forget_all(); }

  // Elements of `parameter` from `first` on, as they lie in a bank. What was set before for the
  // same elements is replaced. -EINVAL: there are no such elements; -ENOMEM. Nothing changes then.
  Status set(SetBy owner, Parameter parameter, u32 first, std::span<const u8> bytes);
  // Forgets what the tuning tool has set.
  void forget_tool();
  void forget_all();

  bool empty() const { return head_ == nullptr; }
  // True when elements of `parameter` are in the layer.
  bool has(Parameter parameter) const;
  // Writes all of it over a bank, in the order in which it was set.
  void apply(u8* bank) const;

 private:
  struct Entry {
    Entry* next;
    u32 offset;  // in a bank
    u32 size;
    Parameter parameter;
    SetBy owner;
    u8* bytes() { return reinterpret_cast<u8*>(this + 1); }
    const u8* bytes() const { return reinterpret_cast<const u8*>(this + 1); }
  };
  template <typename Obsolete>
  void remove(Obsolete obsolete);

  Entry* head_ = nullptr;
};

}  // namespace t31::tuning
