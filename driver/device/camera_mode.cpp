// SPDX-License-Identifier: GPL-2.0-or-later
// Which bank is in force: day, night and custom mode, another tuning file while pictures run; and
// the parameter arrays that the user puts above the banks.
#include "driver/core/register_guard.hpp"
#include "driver/device/camera.hpp"

namespace t31::device {

using graph::State;
using tuning::Parameter;

namespace {

Status status_of(tuning::LoadResult result) {
  switch (result) {
    case tuning::LoadResult::kLoaded:
      return kOk;
    case tuning::LoadResult::kMissing:
      return Status::error(T31_ENOENT);
    case tuning::LoadResult::kReadError:
      return Status::error(T31_EIO);
    case tuning::LoadResult::kNoMemory:
      return Status::error(T31_ENOMEM);
    default:
      return Status::error(T31_EINVAL);
  }
}

bool is_focus(Parameter parameter) {
  return parameter >= Parameter::kAfZone && parameter < Parameter::kBcshCcmmatrixD;
}

}  // namespace

// ---- modes

Status Camera::set_running_mode(bool night) {
  // The documented state machine: day and night end the custom mode.
  return request_mode({night, false});
}

Status Camera::set_custom_mode(bool on) {
  {
    Mutex::Guard guard(picture_);
    if (!tuning_.has_custom()) return Status::error(T31_EPERM);
  }
  return request_mode({modes_.wanted().night, on});
}

bool Camera::custom_available() const {
  Mutex::Guard guard(picture_);
  return tuning_.has_custom();
}

Status Camera::request_mode(const Mode& mode) {
  if (!modes_.request(mode)) return kOk;
  if (state() == State::kRunning) return kOk;  // the frame thread does it, or the end of the stream
  Mutex::Guard guard(picture_);
  modes_.make_due();
  make_due_changes();
  commit_if_idle();
  return kOk;
}

void Camera::make_due_changes() {
  if (next_file_.present()) adopt_next_file();
  if (!modes_.due()) return;
  const ModeSwitch::Due due = modes_.take();
  if (due.give_colour) blocks_.set_monochrome(tuning_.night());
  if (due.change) change_mode(due.mode);
}

void Camera::change_mode(const Mode& mode) {
  if (mode == Mode{tuning_.night(), tuning_.custom()}) return;
  const bool turned = mode.night != tuning_.night();
  tuning_.select(mode.night, mode.custom);
  if (mode.night) {
    blocks_.set_monochrome(true);
  } else if (state() == State::kRunning) {
    if (turned) modes_.restore_colour_later();
  } else {
    blocks_.set_monochrome(false);
  }
  if (tuning_.active().present()) {
    blocks_.write_csc();
    reload_banks();
    restart_exposure();
  }
  if (!turned) return;
  output_.drop_frames(static_cast<u8>(parameters_.isp_day_night_switch_drop_frame_num));
  modes_.announce(mode.night);
}

void Camera::reload_banks() {
  blocks_.reload(tuning_);
  update_limits(sensors_.info());
  configure_auto(true);
  // The gains found stay, on the new bank's static ones.
  white_balance_.set_automatic(auto_.balance().total_gains(), auto_.balance().kelvin());
  apply_white_balance();
}

void Camera::apply_white_balance() {
  const control::WhiteBalanceGains gains = white_balance_.gains();
  blocks_.set_white_balance(gains.red, gains.blue);
}

// ---- another tuning file

Status Camera::load_tuning_file(const char* path) {
  if (state() < State::kInitialised) return Status::error(T31_EPERM);
  tuning::FileImage image;
  const tuning::LoadResult result = image.read(path);
  if (result != tuning::LoadResult::kLoaded) {
    t31_port_log(T31_LOG_WARNING, "tuning file %s: %s; the tuning in use stays", path,
                 tuning::load_result_text(result));
    return status_of(result);
  }
  Mutex::Guard guard(picture_);
  if (!tuning_.active().present()) return Status::error(T31_EPERM);
  next_file_.swap(image);
  (void)t31_port_snprintf(tuning_path_, sizeof(tuning_path_), "%s", path);
  if (state() == State::kRunning) return kOk;  // the frame thread takes it
  make_due_changes();
  commit_if_idle();
  return kOk;
}

void Camera::adopt_next_file() {
  tuning_.adopt(next_file_);
  reload_banks();
  next_file_.release();  // the one that was in use, and that nothing looks at any more
}

// ---- parameter arrays

Status Camera::set_parameter(tuning::SetBy owner, Parameter parameter, u32 first,
                             std::span<const u8> bytes) {
  Mutex::Guard guard(picture_);
  if (Status status = tuning_.set_user(owner, parameter, first, bytes); !status.ok()) return status;
  parameter_changed(parameter);
  return kOk;
}

Status Camera::set_parameter_words(std::span<const ParameterWord> words) {
  Mutex::Guard guard(picture_);
  for (const ParameterWord& word : words) {
    const Status status = tuning_.set_user_word(word.parameter, word.index, word.value);
    if (!status.ok()) return status;
    parameter_changed(word.parameter);
  }
  return kOk;
}

Result<u32> Camera::set_parameters(u32 first, u32 last, const u8* bytes) {
  Mutex::Guard guard(picture_);
  u32 used = 0;
  for (u32 id = first; id <= last; ++id) {
    const Parameter parameter = static_cast<Parameter>(id);
    const u32 size = tuning::parameter_bytes(parameter);
    const Status status =
        tuning_.set_user(tuning::SetBy::kTool, parameter, 0, {bytes + used, size});
    if (!status.ok()) return status;
    used += size;
  }
  // Each block that owns one of them is written once.
  for (u32 id = first; id <= last; ++id) mark_parameter(static_cast<Parameter>(id));
  commit_if_idle();
  return used;
}

void Camera::parameter_changed(Parameter parameter) {
  mark_parameter(parameter);
  commit_if_idle();
}

void Camera::mark_parameter(Parameter parameter) {
  if (!tuning_.active().present()) return;
  blocks_.parameter_changed(parameter);
  if (parameter == Parameter::kAeSwitchNightMode) {
    update_limits(sensors_.info());
  }
  if (parameter < Parameter::kAwbAwbParameter || is_focus(parameter)) {
    auto_changed_ = true;
  } else if (parameter < Parameter::kGammaRgbLutSaddr && parameter != Parameter::kAwbMfPara) {
    balance_changed_ = true;
  }
}

Status Camera::parameter(Parameter parameter, std::span<u8> out) const {
  Mutex::Guard guard(picture_);
  const tuning::StoredBank bank = tuning_.stored();
  if (!bank.present()) return Status::error(T31_EPERM);
  const std::span<const u8> array = bank.raw(parameter);
  if (out.size() != array.size()) return Status::error(T31_EINVAL);
  __builtin_memcpy(out.data(), array.data(), out.size());
  return kOk;
}

Status Camera::access_register(u32 offset, u32& value, bool write) {
  if ((offset & 3) != 0 || offset >= core::kIspBytes) return Status::error(T31_EINVAL);
  Mutex::Guard guard(session_);
  if (!activated()) return Status::error(T31_EPERM);
  if (!write) {
    value = platform_.isp().read(offset);
    return kOk;
  }
  if (!core::client_may_write(offset)) return Status::error(T31_EINVAL);
  platform_.isp().write(offset, value);
  return kOk;
}

u32 Camera::parameter_word(Parameter parameter, u32 index) const {
  Mutex::Guard guard(picture_);
  return tuning_.stored().get(parameter, index);
}

}  // namespace t31::device
