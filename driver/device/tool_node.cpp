// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/device/tool_node.hpp"

#include "driver/device/parameter_groups.hpp"
#include "driver/device/user_memory.hpp"
#include "driver/input/sensor_check.hpp"

namespace t31::device {
namespace {

using tuning::Parameter;
using tuning::parameter_bytes;

constexpr u32 kType = 't';
constexpr u32 kLargestNumber = 50;
constexpr u32 kHeader = 12;  // of the exchange
constexpr char kVersion[] = "V-20221024";
constexpr char kLongVersion[] = "V-T31-20221024";

constexpr u32 kIspBase = 0x13300000;

}  // namespace

const t31_node_ops ToolNode::kOps = {&ToolNode::open, &ToolNode::release, &ToolNode::ioctl,
                                     &ToolNode::read, &ToolNode::poll};

Status ToolNode::create() {
  const Status status = Status::from(t31_port_node_create("tisp", &kOps, this, &node_));
  if (!status.ok()) node_ = nullptr;
  return status;
}

void ToolNode::destroy() {
  if (node_ != nullptr) t31_port_node_destroy(node_);
  node_ = nullptr;
}

int ToolNode::open(void* node, void** file) {
  ToolNode& self = *static_cast<ToolNode*>(node);
  *file = nullptr;
  Mutex::Guard guard(self.lock_);
  if (self.exchange_ != nullptr) return -T31_EBUSY;
  self.exchange_ = static_cast<t31_tool_exchange*>(t31_port_alloc(sizeof(t31_tool_exchange)));
  return self.exchange_ == nullptr ? -T31_ENOMEM : 0;
}

void ToolNode::release(void* node, void*) {
  ToolNode& self = *static_cast<ToolNode*>(node);
  Mutex::Guard guard(self.lock_);
  if (self.exchange_ != nullptr) t31_port_free(self.exchange_);
  self.exchange_ = nullptr;
}

long ToolNode::ioctl(void* node, void*, u32 command, u32 argument, u32) {
  ToolNode& self = *static_cast<ToolNode*>(node);
  if ((command >> 8 & 0xff) != kType || (command & 0xff) > kLargestNumber) return -T31_EINVAL;
  Mutex::Guard guard(self.lock_);
  return self.dispatch(command, argument).code();
}

// A switch of day and night since the last read.
long ToolNode::read(void* node, void*, u32 address, u32 size, u32) {
  ToolNode& self = *static_cast<ToolNode*>(node);
  bool night = false;
  if (!self.camera_.modes().take_event(night)) return -T31_EAGAIN;
  const u8 event[4] = {1, 0, night ? u8{1} : u8{0}, 0};
  const u32 count = size < sizeof(event) ? size : sizeof(event);
  if (t31_port_copy_to_user(address, event, count) != 0) return -T31_EFAULT;
  return static_cast<long>(count);
}

int ToolNode::poll(void* node, void*, t31_wait** wait) {
  ModeSwitch& modes = static_cast<ToolNode*>(node)->camera_.modes();
  *wait = modes.event_queue().raw();
  return modes.event_pending() ? 1 : 0;
}

Status ToolNode::dispatch(u32 command, u32 argument) {
  struct Row {
    u32 command;
    Status (ToolNode::*run)();
    bool takes, answers;  // all of the exchange is copied in, out
    bool part;            // only header and `size` bytes are
  };
  static constexpr Row kRows[] = {
      {T31_TISP_GET_GROUP, &ToolNode::get_group, false, true, false},
      {T31_TISP_SET_GROUP, &ToolNode::set_group, true, false, false},
      {T31_TISP_GET_AE, &ToolNode::get_exposure, false, true, false},
      {T31_TISP_SET_AE, &ToolNode::set_exposure, true, false, false},
      {T31_TISP_GET_WB, &ToolNode::get_white_balance, false, true, false},
      {T31_TISP_SET_WB, &ToolNode::set_white_balance, true, false, false},
      {T31_TISP_VERSION, nullptr, false, true, false},
      {T31_TISP_LONG_VERSION, nullptr, false, true, false},
      {T31_TISP_GET_ARRAY, &ToolNode::get_array, false, true, true},
      {T31_TISP_SET_ARRAY, &ToolNode::set_array, true, false, true},
      {T31_TISP_FIND_ARRAY, &ToolNode::find_array, false, true, true},
  };
  for (const Row& row : kRows) {
    if (row.command != command) continue;
    t31_tool_exchange& exchange = *exchange_;
    if (t31_port_copy_from_user(&exchange, argument, kHeader) != 0) {
      return Status::error(T31_EFAULT);
    }
    u32 size = row.takes ? T31_TISP_DATA : 0;
    if (row.takes && row.part) size = exchange.size;
    if (command == T31_TISP_FIND_ARRAY) size = T31_TISP_NAME;
    if (size > T31_TISP_DATA) return Status::error(T31_EINVAL);
    if (size != 0 && t31_port_copy_from_user(exchange.data, argument + kHeader, size) != 0) {
      return Status::error(T31_EFAULT);
    }
    // Nothing of an earlier command goes out.
    if (row.answers && !row.part) __builtin_memset(exchange.data, 0, T31_TISP_DATA);
    Status status = kOk;
    if (command == T31_TISP_VERSION) put_text(kVersion, sizeof(kVersion));
    if (command == T31_TISP_LONG_VERSION) put_text(kLongVersion, sizeof(kLongVersion));
    if (row.run != nullptr) status = (this->*row.run)();
    if (!status.ok() || !row.answers) return status;
    const bool header_only = command == T31_TISP_FIND_ARRAY;
    const u32 out = row.part ? kHeader + (header_only ? 0 : exchange.size) : u32{sizeof(exchange)};
    return t31_port_copy_to_user(argument, &exchange, out) == 0 ? kOk : Status::error(T31_EFAULT);
  }
  return kOk;  // the vendor's driver accepts other numbers without doing anything
}

// ---- the exchange's data

template <typename T>
void ToolNode::put(const T& value) {
  static_assert(sizeof(T) <= T31_TISP_DATA);
  __builtin_memcpy(exchange_->data, &value, sizeof(T));
  exchange_->size = sizeof(T);
}

template <typename T>
T ToolNode::take() const {
  T value;
  __builtin_memcpy(&value, exchange_->data, sizeof(T));
  return value;
}

void ToolNode::put_text(const char* text, u32 size) {
  __builtin_memcpy(exchange_->data, text, size);
  exchange_->size = size;
}

// ---- groups

Status ToolNode::get_group() {
  t31_tool_exchange& exchange = *exchange_;
  exchange.size = 0;
  switch (exchange.id) {
    case T31_TISP_TOP:
      get_top();
      return kOk;
    case T31_TISP_REGISTER:
      return access_register(false);
    case T31_TISP_DAY_NIGHT:
      put(u32{camera_.night_wanted() ? 1u : 0u});
      return kOk;
    default:
      break;
  }
  const Result<ParameterGroup> group = parameter_group(exchange.id, exchange.aux, false);
  if (!group.ok()) {
    t31_port_log(T31_LOG_WARNING, "tisp: there is no parameter group %u", exchange.id);
    return kOk;  // with no data, as the vendor's driver answers
  }
  for (const ParameterRange& range : group.value().ranges) {
    for (u32 id = range.first; id <= range.last; ++id) {
      const Parameter parameter = static_cast<Parameter>(id);
      const u32 bytes = parameter_bytes(parameter);
      const Status status = camera_.parameter(parameter, {exchange.data + exchange.size, bytes});
      if (!status.ok()) return status;
      exchange.size += bytes;
    }
  }
  return kOk;
}

Status ToolNode::set_group() {
  const t31_tool_exchange& exchange = *exchange_;
  if (exchange.id == T31_TISP_REGISTER) return access_register(true);
  if (exchange.id == T31_TISP_DAY_NIGHT) {
    const u32 night = take<u32>();
    return night > 1 ? Status::error(T31_EINVAL) : camera_.set_running_mode(night == 1);
  }
  const Result<ParameterGroup> group = parameter_group(exchange.id, exchange.aux, true);
  if (!group.ok()) {
    t31_port_log(T31_LOG_WARNING, "tisp: there is no parameter group %u, part %u, to set",
                 exchange.id, exchange.aux);
    return kOk;  // as the vendor's driver answers
  }
  const u8* data = exchange.data;
  for (const ParameterRange& range : group.value().ranges) {
    if (range.empty()) continue;
    const Result<u32> used = camera_.set_parameters(range.first, range.last, data);
    if (!used.ok()) return used.status();
    data += used.value();
  }
  return kOk;
}

// ---- single arrays

Status ToolNode::get_array() {
  t31_tool_exchange& exchange = *exchange_;
  if (exchange.id >= tuning::kParameterCount) return Status::error(T31_EINVAL);
  const Parameter parameter = static_cast<Parameter>(exchange.id);
  exchange.size = parameter_bytes(parameter);
  return camera_.parameter(parameter, {exchange.data, exchange.size});
}

Status ToolNode::set_array() {
  const t31_tool_exchange& exchange = *exchange_;
  if (exchange.id >= tuning::kParameterCount) return Status::error(T31_EINVAL);
  const Parameter parameter = static_cast<Parameter>(exchange.id);
  if (exchange.size != parameter_bytes(parameter)) return Status::error(T31_EINVAL);
  if (parameter == Parameter::kTopBypass) return Status::error(T31_EPERM);
  return camera_.set_parameter(tuning::SetBy::kTool, parameter, 0, {exchange.data, exchange.size});
}

Status ToolNode::find_array() {
  t31_tool_exchange& exchange = *exchange_;
  exchange.data[T31_TISP_NAME - 1] = '\0';
  const Result<u32> id = find_parameter(reinterpret_cast<const char*>(exchange.data));
  if (!id.ok()) return id.status();
  exchange.id = id.value();
  exchange.size = parameter_bytes(static_cast<Parameter>(exchange.id));
  return kOk;
}

// ---- the rest

// {address, value}; an address of the ISP core.
Status ToolNode::access_register(bool set) {
  struct Access {
    u32 address, value;
  };
  Access access = set ? take<Access>() : Access{exchange_->aux, 0};
  const u32 offset = access.address - kIspBase;
  const Status status = camera_.access_register(offset, access.value, set);
  if (status.ok() && !set) put(access);
  return status;
}

Status ToolNode::get_exposure() {
  u32 words[T31_AE_WORDS];
  camera_.exposure_block(words);
  put(words);
  return kOk;
}

Status ToolNode::set_exposure() {
  u32 words[T31_AE_WORDS];
  __builtin_memcpy(words, exchange_->data, sizeof(words));
  camera_.set_exposure_block(words);
  return kOk;
}

Status ToolNode::get_white_balance() {
  t31_white_balance balance{};
  camera_.white_balance(balance);
  u32 grey = 0, in_use = 0;
  Status status = controls_.get(T31_CONTROL_GREY_WORLD, grey);
  if (status.ok()) status = controls_.get(T31_CONTROL_WHITE_BALANCE_IN_USE, in_use);
  if (!status.ok()) return status;
  put(t31_tool_white_balance{balance.mode, balance.rgain, balance.bgain, grey >> 16, grey & 0xffff,
                             in_use >> 16, in_use & 0xffff});
  return kOk;
}

Status ToolNode::set_white_balance() {
  const t31_tool_white_balance wanted = take<t31_tool_white_balance>();
  t31_white_balance balance{};
  balance.mode = wanted.mode;
  balance.rgain = static_cast<u16>(wanted.red);
  balance.bgain = static_cast<u16>(wanted.blue);
  return camera_.set_white_balance(balance);
}

void ToolNode::get_top() {
  const t31_sensor_info sensor = camera_.sensors().info();
  const Result<input::PixelFormat> format = input::pixel_format(sensor.mbus_code);
  const auto half = [](u32 value) { return static_cast<u16>(value); };
  t31_tool_top top{};
  top.width = sensor.mbus_width;
  top.height = sensor.mbus_height;
  top.bayer = format.ok() ? format.value().bayer_code : 0;
  for (u32 i = 0; i + 1 < sizeof(top.name); ++i) top.name[i] = sensor.name[i];
  top.max_again = sensor.max_again;
  top.max_dgain = sensor.max_dgain;
  top.again = sensor.again;
  top.dgain = sensor.dgain;
  top.fps = sensor.fps;
  top.min_lines = half(sensor.min_integration_time);
  top.min_lines_native = half(sensor.min_integration_time_native);
  top.max_lines_native = half(sensor.max_integration_time_native);
  top.lines_limit = half(sensor.integration_time_limit);
  top.lines = camera_.exposure().lines;
  top.total_width = half(sensor.total_width);
  top.total_height = half(sensor.total_height);
  top.max_lines = half(sensor.max_integration_time);
  top.lines_delay = half(sensor.integration_time_apply_delay);
  top.again_delay = half(sensor.again_apply_delay);
  top.dgain_delay = half(sensor.dgain_apply_delay);
  top.line_us = half(input::line_time_us(sensor));
  top.min_lines_short = half(sensor.min_integration_time_short);
  top.max_lines_short = half(sensor.max_integration_time_short);
  top.max_again_short = sensor.max_again_short;
  put(top);
}

}  // namespace t31::device
