// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/device/tuning_node.hpp"

#include "driver/device/user_memory.hpp"

namespace t31::device {
namespace {

// Numbers below are from before sizes were part of them, of terminals for example; above may be
// anything.
constexpr u32 kFewestWithSize = 0x10000;

}  // namespace

const t31_node_ops TuningNode::kOps = {&TuningNode::open, &TuningNode::release, &TuningNode::ioctl,
                                       nullptr, nullptr};

Status TuningNode::create() {
  const Status status = Status::from(t31_port_node_create("isp-m0", &kOps, this, &node_));
  if (!status.ok()) node_ = nullptr;
  return status;
}

void TuningNode::destroy() {
  if (node_ != nullptr) t31_port_node_destroy(node_);
  node_ = nullptr;
}

int TuningNode::open(void* node, void** file) {
  TuningNode& self = *static_cast<TuningNode*>(node);
  *file = nullptr;
  Mutex::Guard guard(self.lock_);
  if (self.open_ || !self.camera_.activated()) return -T31_EPERM;
  self.open_ = true;
  self.camera_.reset_frame_count();
  return 0;
}

void TuningNode::release(void* node, void*) {
  TuningNode& self = *static_cast<TuningNode*>(node);
  Mutex::Guard guard(self.lock_);
  self.open_ = false;
}

long TuningNode::ioctl(void* node, void*, u32 command, u32 argument, u32) {
  return static_cast<TuningNode*>(node)->dispatch(command, argument).code();
}

Status TuningNode::dispatch(u32 command, u32 argument) {
  if (command < kFewestWithSize) return Status::error(T31_ENOTTY);
  // The session may have ended under an open descriptor.
  if (!camera_.activated()) return Status::error(T31_EPERM);
  // Any number but the other two: old libraries send garbage for EnableDRC (docs/libimp.md).
  if (command != T31_ISP_G_CTRL && command != T31_ISP_S_CTRL) {
    t31_extended_control control;
    if (Status status = from_user(control, argument); !status.ok()) return status;
    if (control.dir == 0) return controls_.set(control.id, control.value);
    if (Status status = controls_.get(control.id, control.value); !status.ok()) return status;
    return to_user(argument, control);
  }
  t31_control control;
  if (Status status = from_user(control, argument); !status.ok()) return status;
  u32 value = static_cast<u32>(control.value);
  if (command == T31_ISP_S_CTRL) return controls_.set(control.id, value);
  if (Status status = controls_.get(control.id, value); !status.ok()) return status;
  control.value = static_cast<s32>(value);
  return to_user(argument, control);
}

}  // namespace t31::device
