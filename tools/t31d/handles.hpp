// SPDX-License-Identifier: GPL-2.0-or-later
// handles.hpp - what programs have open: a descriptor of the camera here, and a socket there whose
// end tells us when the program, or its last child, has closed it, orderly or not.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <vector>

#include "t31d/protocol.h"

namespace t31::daemon {

class Handles {
 public:
  struct Opened {
    int result = -1;      // handle, or negative errno
    int descriptor = -1;  // to be sent to the program, and closed here
    t31d_kind kind = T31D_KIND_NODE;
  };

  Handles() = default;
  Handles(const Handles&) = delete;
  Handles& operator=(const Handles&) = delete;
  ~Handles();

  // From attached threads.
  Opened open(const char* path, int flags);
  void close(uint32_t handle);
  void close_all();
  // Closes what programs have closed behind our back.
  void close_abandoned();
  // Makes the descriptors of nodes that can be waited for readable when they are.
  void tell_readable();

  // The camera's descriptor; negative: no such handle, or nothing with one.
  int camera_descriptor(uint32_t handle);
  bool is_kind(uint32_t handle, t31d_kind kind);

 private:
  struct Entry {
    t31d_kind kind;
    int camera = -1;
    int socket = -1;  // our end
    bool waits;       // has a poll operation
  };
  Opened add(t31d_kind kind, int camera, bool waits = false);

  std::mutex mutex_;
  std::map<uint32_t, Entry> entries_;
  uint32_t next_ = 1;
};

}  // namespace t31::daemon
