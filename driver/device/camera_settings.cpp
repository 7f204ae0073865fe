// SPDX-License-Identifier: GPL-2.0-or-later
// What user space sets: tuning file, frame rate, flips, white balance, exposure; raw capture.
#include <new>

#include "driver/base/math.hpp"
#include "driver/device/camera.hpp"

namespace t31::device {
namespace {

u32 greatest_common_divisor(u32 a, u32 b) {
  while (b != 0) {
    const u32 rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

}  // namespace

void Camera::set_bin_path(const char (&path)[T31_BIN_PATH_SIZE]) {
  char wanted[T31_BIN_PATH_SIZE];
  {
    Mutex::Guard guard(picture_);
    for (u32 i = 0; i < sizeof(bin_path_); ++i) bin_path_[i] = wanted[i] = path[i];
    bin_path_[sizeof(bin_path_) - 1] = wanted[sizeof(wanted) - 1] = '\0';
  }
  // With a sensor selected it need not wait for the next selection. What is wrong with the file is
  // in the log; the path is set all the same.
  if (state() >= graph::State::kInitialised && wanted[0] != '\0') (void)load_tuning_file(wanted);
}

void Camera::bin_path(char (&path)[T31_BIN_PATH_SIZE]) const {
  Mutex::Guard guard(picture_);
  for (u32 i = 0; i < sizeof(bin_path_); ++i) path[i] = bin_path_[i];
}

void Camera::tuning_path(char (&path)[T31_BIN_PATH_SIZE]) const {
  Mutex::Guard guard(picture_);
  for (u32 i = 0; i < sizeof(tuning_path_); ++i) path[i] = tuning_path_[i];
}

tuning::LoadResult Camera::tuning_result() const {
  Mutex::Guard guard(picture_);
  return tuning_.result();
}

bool Camera::tuning_from_file() const {
  Mutex::Guard guard(picture_);
  return tuning_.from_file();
}

Status Camera::set_fps(u32 fps) {
  u32 numerator = fps >> 16;
  u32 denominator = fps & 0xffff;
  if (numerator == 0 || denominator == 0) return Status::error(T31_EINVAL);
  // Lowest terms: the drivers' 32-bit arithmetic overflows otherwise (sensor-abi 5.2).
  const u32 common = greatest_common_divisor(numerator, denominator);
  numerator /= common;
  denominator /= common;
  Mutex::Guard guard(session_);
  if (!sensors_.selected()) return Status::error(T31_EPERM);
  const u32 current = sensors_.info().fps;
  if ((current >> 16) * denominator == (current & 0xffff) * numerator) return kOk;
  const Status status =
      sensors_.event(input::kEventFps, static_cast<s32>(numerator << 16 | denominator));
  if (!status.ok()) {
    t31_port_log(T31_LOG_WARNING, "sensor refuses %u/%u frames per second", numerator, denominator);
    return status;
  }
  Mutex::Guard picture_guard(picture_);
  sensor_mode_changed(sensors_.info());
  commit_if_idle();
  return kOk;
}

Status Camera::set_flip(bool mirror, bool flip) {
  Mutex::Guard guard(session_);
  const bool in_sensor = sensors_.selected() && sensors_.info().flips_in_sensor != 0;
  if (!in_sensor) return output_.set_flip(mirror, flip, false);
  // The sensor turns the picture upside down, the output stage mirrors (sensor-abi 3.6). Sensor
  // drivers report errors for flips that worked: not looked at.
  sensors_.exposure().set_vflip((mirror ? 1u : 0u) | (flip ? 2u : 0u));
  if (state() == graph::State::kRunning) {
    sensor_item_.queue(sensor_queue_);
  } else {
    sensors_.deliver_exposure(false);
  }
  return output_.set_flip(mirror, flip, true);
}

Status Camera::set_white_balance(const t31_white_balance& request) {
  Mutex::Guard guard(picture_);
  if (Status status = white_balance_.set(request); !status.ok()) return status;
  white_balance_changed();
  return kOk;
}

void Camera::white_balance_changed() {
  apply_white_balance();
  kelvin_followed_ = white_balance_.kelvin();
  if (!white_balance_.automatic()) blocks_.set_colour_temperature(kelvin_followed_);
  commit_if_idle();
}

void Camera::exposure_limits_changed() {
  update_limits(sensors_.info());
  auto_.exposure().freeze(exposure_.held());
  commit_if_idle();
}

control::MeteringSettings Camera::metering() const {
  Mutex::Guard guard(picture_);
  return metering_;
}

Status Camera::set_modules(u32 word) {
  constexpr tuning::Parameter kTemporalDenoise = tuning::Parameter::kMdnsYFilterEnArray;
  const bool denoise = (word & blocks::kTemporalDenoiseModule) == 0;
  Mutex::Guard guard(picture_);
  const Status status = tuning_.set_user_word(kTemporalDenoise, 0, denoise ? 1 : 0);
  if (!status.ok()) return status;
  blocks_.set_modules(word);
  parameter_changed(kTemporalDenoise);
  return kOk;
}

u32 Camera::modules() const {
  Mutex::Guard guard(picture_);
  const u32 off = tuning_.active().get(tuning::Parameter::kMdnsYFilterEnArray) == 0
                      ? blocks::kTemporalDenoiseModule
                      : 0;
  return (blocks_.modules() & ~blocks::kTemporalDenoiseModule) | off;
}

void Camera::white_balance(t31_white_balance& out) const {
  Mutex::Guard guard(picture_);
  white_balance_.get(out);
}

void Camera::set_exposure_block(const u32 (&words)[T31_AE_WORDS]) {
  Mutex::Guard guard(picture_);
  exposure_.set_block(words);
  short_exposure_.set_block(words);
  auto_.exposure().freeze(exposure_.held());
  auto_changed_ = true;
  commit_if_idle();
}

void Camera::exposure_block(u32 (&words)[T31_AE_WORDS]) const {
  Mutex::Guard guard(picture_);
  exposure_.block(words);
  if (wdr()) short_exposure_.block(words);
}

void Camera::set_integration_time(bool manual, u32 lines) {
  Mutex::Guard guard(picture_);
  exposure_.set_integration_time(manual, lines);
  auto_changed_ = true;
  commit_if_idle();
}

control::Exposure Camera::exposure() const {
  Mutex::Guard guard(picture_);
  return exposure_.in_force();
}

control::ExposureLimits Camera::exposure_limits() const {
  Mutex::Guard guard(picture_);
  return exposure_.limits();
}

bool Camera::integration_time_manual() const {
  Mutex::Guard guard(picture_);
  return exposure_.integration_time_manual();
}

Camera::WhiteBalanceStart Camera::white_balance_start() const {
  Mutex::Guard guard(picture_);
  const tuning::Bank bank = tuning_.active();
  return {bank.get(tuning::Parameter::kAwbMfPara, 4), bank.get(tuning::Parameter::kAwbMfPara, 5),
          white_balance_.kelvin()};
}

u32 Camera::unknown_buffers() const {
  void* memory = t31_port_alloc(sizeof(output::ChannelReport));
  if (memory == nullptr) return 0;
  output::ChannelReport& report = *new (memory) output::ChannelReport;
  u32 sum = 0;
  for (unsigned channel = 0; channel < output::kChannelCount; ++channel) {
    output_.describe(channel, report);
    sum += report.counters.unknown_address;
  }
  t31_port_free(memory);
  return sum;
}

// Its DMA has one user.
Status Camera::check_raw_path() const {
  if (!raw_stream_.running()) return kOk;
  t31_port_log(T31_LOG_WARNING, "The node is busy: channel 0 streams raw frames");
  return Status::error(T31_EBUSY);
}

Status Camera::snap_raw(u32 frames) {
  t31_sensor_info info{};
  {
    Mutex::Guard guard(session_);
    if (state() != graph::State::kRunning) return Status::error(T31_ENODEV);
    if (Status status = check_raw_path(); !status.ok()) return status;
    info = sensors_.info();
  }
  const u32 base = t31_port_ispmem_base();
  if (base == 0) {
    t31_port_log(T31_LOG_ERROR,
                 "snapraw needs private memory: add ispmem=8M@<address> to the boot line");
    return Status::error(T31_ENOMEM);
  }
  return capture_.capture(info, frames, base, t31_port_ispmem_size());
}

Status Camera::save_raw(u32 frames) {
  t31_sensor_info info{};
  u32 base = 0;
  {
    Mutex::Guard guard(session_);
    if (state() != graph::State::kRunning) return Status::error(T31_ENODEV);
    if (Status status = check_raw_path(); !status.ok()) return status;
    info = sensors_.info();
    base = denoise_address_;
  }
  if (base == 0) {
    t31_port_log(T31_LOG_ERROR, "saveraw uses the temporal denoise buffer, and none was given");
    return Status::error(T31_ENOMEM);
  }
  const core::DenoiseBorrow borrowed(platform_.isp());
  return capture_.capture(info, frames, base, denoise_given_.load());
}

}  // namespace t31::device
