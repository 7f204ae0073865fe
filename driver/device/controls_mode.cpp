// SPDX-License-Identifier: GPL-2.0-or-later
// Controls of the whole picture path: day and night, custom mode, frame rate, waiting (user-abi
// 3.3.5).
#include "driver/device/controls.hpp"
#include "driver/device/user_memory.hpp"

namespace t31::device {

Status Controls::get_running_mode(u32, u32& value) {
  value = camera_.night_wanted() ? 1 : 0;
  return kOk;
}

Status Controls::set_running_mode(u32, u32 value) {
  if (value > 1) return Status::error(T31_EPERM);
  return camera_.set_running_mode(value == 1);
}

Status Controls::get_custom_mode(u32, u32& value) {
  if (!camera_.custom_available()) return Status::error(T31_EPERM);
  value = camera_.custom_wanted() ? 1 : 0;
  return kOk;
}

Status Controls::set_custom_mode(u32, u32 value) {
  if (value > 1) return Status::error(T31_EPERM);
  return camera_.set_custom_mode(value == 1);
}

Status Controls::get_isp_process(u32, u32& value) {
  value = camera_.isp_process() ? 1 : 0;
  return kOk;
}

// Anything but 1 asks for raw frames.
Status Controls::set_isp_process(u32, u32 value) {
  camera_.set_isp_process(value == 1);
  return kOk;
}

Status Controls::get_fps(u32, u32& value) {
  value = camera_.sensors().info().fps;
  return kOk;
}

Status Controls::set_fps(u32, u32 value) {
  return camera_.set_fps(value);
}

Status Controls::wait_frame(u32, u32& value) {
  t31_wait_frame request;
  if (Status status = from_user(request, value); !status.ok()) return status;
  u64 count = 0;
  if (Status status = camera_.wait_frame(request.timeout_ms, count); !status.ok()) return status;
  request.count = count;
  return to_user(value, request);
}

// The vendor's driver answers with what happens to lie on its stack.
Status Controls::get_noise_buffer(u32, u32& value) {
  const u32 nothing[5] = {};
  return to_user(value, nothing);
}

}  // namespace t31::device
