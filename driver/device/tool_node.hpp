// SPDX-License-Identifier: GPL-2.0-or-later
// tool_node.hpp - /dev/tisp: parameter arrays for the tuning tool (user-abi 3.5).
#pragma once

#include "driver/device/camera.hpp"
#include "driver/device/controls.hpp"
#include "uapi/t31/tisp.h"

namespace t31::device {

class ToolNode {
 public:
  ToolNode(Camera& camera, Controls& controls)
      : camera_(camera), controls_(controls), lock_("tisp") {}
  ToolNode(const ToolNode&) = delete;
  ToolNode& operator=(const ToolNode&) = delete;
  ~ToolNode() { destroy(); }

  Status create();
  void destroy();

 private:
  static int open(void* node, void** file);
  static void release(void* node, void* file);
  static long ioctl(void* node, void* file, u32 command, u32 argument, u32 open_flags);
  static long read(void* node, void* file, u32 address, u32 size, u32 open_flags);
  static int poll(void* node, void* file, t31_wait** wait);

  // All of these: under lock_, with exchange_ filled in as far as the command says.
  Status dispatch(u32 command, u32 argument);
  Status get_group();
  Status set_group();
  Status get_array();
  Status set_array();
  Status find_array();
  Status access_register(bool set);
  Status get_white_balance();
  Status set_white_balance();
  Status get_exposure();
  Status set_exposure();
  void get_top();
  void put_text(const char* text, u32 size);
  template <typename T>
  void put(const T& value);
  template <typename T>
  T take() const;

  static const t31_node_ops kOps;
  Camera& camera_;
  Controls& controls_;
  Mutex lock_;                             // guards exchange_; serialises commands
  t31_tool_exchange* exchange_ = nullptr;  // while open
  t31_node* node_ = nullptr;
};

}  // namespace t31::device
