// SPDX-License-Identifier: GPL-2.0-or-later
// snapshot.hpp - the latest statistics on the heap: too large for a kernel stack.
#pragma once

#include <new>

#include "driver/device/camera.hpp"

namespace t31::device {

class Snapshot {
 public:
  explicit Snapshot(const Camera& camera) {
    void* memory = t31_port_alloc(sizeof(Picture));
    if (memory == nullptr) return;
    picture_ = new (memory) Picture;
    camera.picture(*picture_);
  }
  ~Snapshot() {
    if (picture_ != nullptr) t31_port_free(picture_);
  }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  // Null: no memory.
  const Picture* get() const { return picture_; }

 private:
  Picture* picture_ = nullptr;
};

}  // namespace t31::device
