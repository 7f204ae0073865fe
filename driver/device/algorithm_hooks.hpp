// SPDX-License-Identifier: GPL-2.0-or-later
// algorithm_hooks.hpp - exposure and white balance algorithms of user space (user-abi 2.14, 2.15;
// ae-awb-af 7): the driver hands out statistics and takes settings.
#pragma once

#include "driver/device/camera.hpp"

namespace t31::device {

class AlgorithmHooks {
 public:
  explicit AlgorithmHooks(Camera& camera) : camera_(camera), lock_("algorithm hooks") {}

  static bool handles(u32 command);
  Status dispatch(u32 command, u32 argument);
  // Last close of the node.
  void close_all();

 private:
  Status open_ae(u32 argument);
  Status get_ae(u32 argument);
  Status set_ae(u32 argument);
  Status get_awb(u32 argument);
  Status set_awb(u32 argument);
  // Waits for statistics newer than `seen`; -EINVAL when the hook isn't open.
  Status wait(bool AlgorithmHooks::*open, u32 AlgorithmHooks::*seen);

  Camera& camera_;
  Mutex lock_;  // guards everything below; not held while waiting
  bool ae_open_ = false;
  bool awb_open_ = false;
  u32 ae_seen_ = 0;
  u32 awb_seen_ = 0;
};

}  // namespace t31::device
