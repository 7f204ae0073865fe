// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/device/tx_isp_node.hpp"

#include "driver/device/user_memory.hpp"

namespace t31::device {
namespace {

constexpr u32 kVideoType = 'V';

constexpr u32 ioctl_type(u32 command) {
  return command >> 8 & 0xff;
}

}  // namespace

const t31_node_ops TxIspNode::kOps = {&TxIspNode::open, &TxIspNode::release, &TxIspNode::ioctl,
                                      nullptr, nullptr};

Status TxIspNode::create() {
  const Status status = Status::from(t31_port_node_create("tx-isp", &kOps, this, &node_));
  if (!status.ok()) node_ = nullptr;
  return status;
}

void TxIspNode::destroy() {
  if (node_ != nullptr) t31_port_node_destroy(node_);
  node_ = nullptr;
}

int TxIspNode::open(void* node, void** file) {
  *file = nullptr;
  return static_cast<TxIspNode*>(node)->camera_.open().code();
}

void TxIspNode::release(void* node, void*) {
  TxIspNode& self = *static_cast<TxIspNode*>(node);
  self.camera_.close();
  if (!self.camera_.activated()) self.algorithms_.close_all();
}

long TxIspNode::ioctl(void* node, void*, u32 command, u32 argument, u32) {
  return static_cast<TxIspNode*>(node)->dispatch(command, argument).code();
}

Status TxIspNode::dispatch(u32 command, u32 argument) {
  switch (command) {
    case T31_TX_ISP_REGISTER_SENSOR:
      return register_sensor(argument);
    case T31_TX_ISP_RELEASE_SENSOR:
      return release_sensor(argument);
    case T31_TX_ISP_ENUM_INPUT:
      return enumerate(argument);
    case T31_TX_ISP_G_INPUT:
      return get_input(argument);
    case T31_TX_ISP_S_INPUT:
      return set_input(argument);
    case T31_TX_ISP_STREAMON:
      return camera_.stream_on();
    case T31_TX_ISP_STREAMOFF:
      return camera_.stream_off();
    case T31_TX_ISP_LINK_SETUP:
      return setup_links(argument);
    case T31_TX_ISP_LINK_DESTROY:
      camera_.destroy_links();
      return kOk;
    case T31_TX_ISP_LINK_STREAMON:
    case T31_TX_ISP_LINK_STREAMOFF:
      return kOk;  // no module of the T31 has a link stream operation
    case T31_TX_ISP_GET_BUF_INFO:
      return get_buffer(argument);
    case T31_TX_ISP_SET_BUF_INFO:
      return set_buffer(argument);
    case T31_TX_ISP_GET_WDR_BUF_INFO:
      return get_wdr_buffer(argument);
    case T31_TX_ISP_SET_WDR_BUF_INFO:
      return set_wdr_buffer(argument);
    case T31_TX_ISP_WDR_ENABLE:
      return camera_.set_wdr(true);
    case T31_TX_ISP_WDR_DISABLE:
      return camera_.set_wdr(false);
    case T31_TX_ISP_DBG_S_REGISTER:
      return access_register(argument, true);
    case T31_TX_ISP_DBG_G_REGISTER:
      return access_register(argument, false);
    case T31_TX_ISP_SET_BIN_PATH:
      return set_path(argument);
    case T31_TX_ISP_GET_BIN_PATH:
      return get_path(argument);
    case T31_TX_ISP_SET_FRAME_DROP:
      return frame_drop(argument, true);
    case T31_TX_ISP_GET_FRAME_DROP:
      return frame_drop(argument, false);
    case T31_TX_ISP_GPIO_INIT:
      return gpio(argument, true);
    case T31_TX_ISP_GPIO_STATE:
      return gpio(argument, false);
    default:
      break;
  }
  if (AlgorithmHooks::handles(command)) return algorithms_.dispatch(command, argument);
  // Other versions of the vendor's library send numbers that no driver handles: success, as there.
  return ioctl_type(command) == kVideoType ? kOk : Status::error(T31_ENOTTY);
}

Status TxIspNode::register_sensor(u32 argument) {
  struct t31_sensor_register info;
  if (Status status = from_user(info, argument); !status.ok()) return status;
  info.name[sizeof(info.name) - 1] = '\0';
  return camera_.register_sensor(info);
}

Status TxIspNode::release_sensor(u32 argument) {
  struct t31_sensor_register info;
  if (Status status = from_user(info, argument); !status.ok()) return status;
  info.name[sizeof(info.name) - 1] = '\0';
  return camera_.release_sensor(info.name);
}

Status TxIspNode::enumerate(u32 argument) {
  t31_input in;
  Status status = from_user(in, argument);
  if (status.ok()) status = camera_.enumerate(in);
  return status.ok() ? to_user(argument, in) : status;
}

Status TxIspNode::get_input(u32 argument) {
  const s32 index = camera_.selected_sensor();
  return to_user(argument, index);
}

Status TxIspNode::set_input(u32 argument) {
  s32 index = 0;
  if (Status status = from_user(index, argument); !status.ok()) return status;
  u32 size = 0;
  if (Status status = camera_.select(index, &size); !status.ok()) return status;
  return size == 0 ? kOk : to_user(argument, size);
}

Status TxIspNode::setup_links(u32 argument) {
  s32 configuration = 0;
  if (Status status = from_user(configuration, argument); !status.ok()) return status;
  return camera_.setup_links(configuration);
}

Status TxIspNode::get_buffer(u32 argument) {
  t31_buffer_info info{};
  if (Status status = camera_.denoise_buffer_size(info.size); !status.ok()) return status;
  return to_user(argument, info);
}

Status TxIspNode::set_buffer(u32 argument) {
  t31_buffer_info info;
  if (Status status = from_user(info, argument); !status.ok()) return status;
  return camera_.set_denoise_buffer(info.paddr, info.size);
}

Status TxIspNode::get_wdr_buffer(u32 argument) {
  t31_buffer_info info{};
  if (Status status = camera_.wdr_buffer_size(info.size); !status.ok()) return status;
  return to_user(argument, info);
}

Status TxIspNode::set_wdr_buffer(u32 argument) {
  t31_buffer_info info;
  if (Status status = from_user(info, argument); !status.ok()) return status;
  return camera_.set_wdr_buffer(info.paddr, info.size);
}

Status TxIspNode::access_register(u32 argument, bool write) {
  t31_debug_register reg;
  if (Status status = from_user(reg, argument); !status.ok()) return status;
  reg.name[sizeof(reg.name) - 1] = '\0';
  if (write) return camera_.sensors().write_register(reg.name, reg.reg, reg.val);
  u64 value = 0;
  u32 size = 0;
  if (Status status = camera_.sensors().read_register(reg.name, reg.reg, value, size);
      !status.ok()) {
    return status;
  }
  reg.val = value;
  reg.size = size;
  return to_user(argument, reg);
}

Status TxIspNode::set_path(u32 argument) {
  char path[T31_BIN_PATH_SIZE];
  if (Status status = from_user(path, argument); !status.ok()) return status;
  camera_.set_bin_path(path);
  return kOk;
}

Status TxIspNode::get_path(u32 argument) {
  char path[T31_BIN_PATH_SIZE];
  camera_.bin_path(path);
  return to_user(argument, path);
}

Status TxIspNode::frame_drop(u32 argument, bool set) {
  t31_frame_drop drop{};
  if (set) {
    if (Status status = from_user(drop, argument); !status.ok()) return status;
    return camera_.output().set_frame_drop(drop);
  }
  camera_.output().frame_drop(drop);
  return to_user(argument, drop);
}

Status TxIspNode::gpio(u32 argument, bool init) {
  t31_gpio_states states;
  if (Status status = from_user(states, argument); !status.ok()) return status;
  if (!init) {
    camera_.vic().set_gpio_states(states);
    return kOk;
  }
  if (states.free == 0) return camera_.vic().claim_gpios(states);
  camera_.vic().release_gpios();
  return kOk;
}

}  // namespace t31::device
