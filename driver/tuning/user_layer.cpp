// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/tuning/user_layer.hpp"

#include <new>

#include "driver/port/port.h"

namespace t31::tuning {

template <typename Obsolete>
void UserLayer::remove(Obsolete obsolete) {
  for (Entry** link = &head_; *link != nullptr;) {
    Entry* entry = *link;
    if (!obsolete(*entry)) {
      link = &entry->next;
      continue;
    }
    *link = entry->next;
    t31_port_free(entry);
  }
}

Status UserLayer::set(SetBy owner, Parameter parameter, u32 first, std::span<const u8> bytes) {
  const ParameterInfo& info = parameter_info(parameter);
  const u32 size = static_cast<u32>(bytes.size());
  const u32 count = size / info.element_bytes();
  if (size == 0 || size % info.element_bytes() != 0 || first >= info.count ||
      count > info.count - first) {
    return Status::error(T31_EINVAL);
  }
  void* memory = t31_port_alloc(static_cast<u32>(sizeof(Entry)) + size);
  if (memory == nullptr) return Status::error(T31_ENOMEM);
  const u32 offset = info.offset + first * info.element_bytes();
  remove([&](const Entry& entry) {
    return entry.offset >= offset && entry.offset + entry.size <= offset + size;
  });
  Entry* added = new (memory) Entry{nullptr, offset, size, parameter, owner};
  __builtin_memcpy(added->bytes(), bytes.data(), size);
  Entry** end = &head_;
  while (*end != nullptr) end = &(*end)->next;
  *end = added;
  return kOk;
}

void UserLayer::forget_tool() {
  remove([](const Entry& entry) { return entry.owner == SetBy::kTool; });
}

void UserLayer::forget_all() {
  remove([](const Entry&) { return true; });
}

bool UserLayer::has(Parameter parameter) const {
  for (const Entry* entry = head_; entry != nullptr; entry = entry->next) {
    if (entry->parameter == parameter) return true;
  }
  return false;
}

void UserLayer::apply(u8* bank) const {
  for (const Entry* entry = head_; entry != nullptr; entry = entry->next) {
    __builtin_memcpy(bank + entry->offset, entry->bytes(), entry->size);
  }
}

}  // namespace t31::tuning
