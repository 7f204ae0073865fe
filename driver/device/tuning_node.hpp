// SPDX-License-Identifier: GPL-2.0-or-later
// tuning_node.hpp - /dev/isp-m0: picture controls (user-abi 3).
#pragma once

#include "driver/device/camera.hpp"
#include "driver/device/controls.hpp"

namespace t31::device {

class TuningNode {
 public:
  explicit TuningNode(Camera& camera) : camera_(camera), controls_(camera), lock_("isp-m0") {}
  TuningNode(const TuningNode&) = delete;
  TuningNode& operator=(const TuningNode&) = delete;
  ~TuningNode() { destroy(); }

  Status create();
  void destroy();

  Controls& controls() { return controls_; }

 private:
  static int open(void* node, void** file);
  static void release(void* node, void* file);
  static long ioctl(void* node, void* file, u32 command, u32 argument, u32 open_flags);
  Status dispatch(u32 command, u32 argument);

  static const t31_node_ops kOps;
  Camera& camera_;
  Controls controls_;
  Mutex lock_;  // guards open_
  bool open_ = false;
  t31_node* node_ = nullptr;
};

}  // namespace t31::device
