// SPDX-License-Identifier: GPL-2.0-or-later
// tx_isp_node.hpp - /dev/tx-isp (user-abi 2).
#pragma once

#include "driver/device/algorithm_hooks.hpp"
#include "driver/device/camera.hpp"

namespace t31::device {

class TxIspNode {
 public:
  explicit TxIspNode(Camera& camera) : camera_(camera), algorithms_(camera) {}
  TxIspNode(const TxIspNode&) = delete;
  TxIspNode& operator=(const TxIspNode&) = delete;
  ~TxIspNode() { destroy(); }

  Status create();
  void destroy();

 private:
  static int open(void* node, void** file);
  static void release(void* node, void* file);
  static long ioctl(void* node, void* file, u32 command, u32 argument, u32 open_flags);
  Status dispatch(u32 command, u32 argument);
  Status register_sensor(u32 argument);
  Status release_sensor(u32 argument);
  Status enumerate(u32 argument);
  Status get_input(u32 argument);
  Status set_input(u32 argument);
  Status setup_links(u32 argument);
  Status get_buffer(u32 argument);
  Status set_buffer(u32 argument);
  Status get_wdr_buffer(u32 argument);
  Status set_wdr_buffer(u32 argument);
  Status access_register(u32 argument, bool write);
  Status set_path(u32 argument);
  Status get_path(u32 argument);
  Status frame_drop(u32 argument, bool set);
  Status gpio(u32 argument, bool init);

  static const t31_node_ops kOps;
  Camera& camera_;
  AlgorithmHooks algorithms_;
  t31_node* node_ = nullptr;
};

}  // namespace t31::device
