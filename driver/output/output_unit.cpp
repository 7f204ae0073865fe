// SPDX-License-Identifier: GPL-2.0-or-later
// output_unit.cpp - a session of the output stage: open, input, reset, close; and its reports.
#include "driver/output/output_unit.hpp"

namespace t31::output {

using graph::State;

OutputUnit::OutputUnit(Window isp, const t31_parameters& parameters, graph::Links& links)
    : links_(links),
      mutex_("output"),
      scaler_(isp),
      channels_{{0, scaler_.fifo(0), parameters},
                {1, scaler_.fifo(1), parameters},
                {2, scaler_.fifo(2), parameters}} {}

void OutputUnit::activate() {
  Mutex::Guard guard(mutex_);
  powered_ = true;
  for (Setting& setting : settings_) setting.state = State::kActivated;
}

void OutputUnit::slake() {
  Mutex::Guard guard(mutex_);
  stop_from_above();
  for (Channel& channel : channels_) channel.close();
  for (Setting& setting : settings_) setting = Setting{};
  input_ = Size{};
  window_written_ = false;
  scaler_.forget(0);
  powered_ = false;
}

void OutputUnit::set_input(Size size) {
  Mutex::Guard guard(mutex_);
  stop_from_above();
  input_ = size;
  window_written_ = false;
  // Without a sensor it waits for the next one.
  if (cropped_ && !size.empty() && check_front_crop(input_, crop_) != Refusal::kNone)
    cropped_ = false;
  for (unsigned i = 0; i < kChannelCount; ++i) fit_format(i);
}

void OutputUnit::chip_reset() {
  Mutex::Guard guard(mutex_);
  for (unsigned i = 0; i < kChannelCount; ++i) {
    Setting& setting = settings_[i];
    if (running(i)) {
      channels_[i].end_stream();
      channels_[i].end_delivery();
      channels_[i].release_buffers();
      links_.stop(i);
      setting.state = State::kInitialised;
      setting.stopped_from_above = true;
    }
    setting.planned_for = Size{};
    setting.filter = false;
    setting.level_set = false;
    setting.clear_pending = false;
    setting.masks_written = !has_masks(i);
    setting.drop_written = drop_.channel[i].enable == 0;
  }
  window_written_ = false;
  scaler_.forget(enabled_masks());
}

void OutputUnit::stop_streaming() {
  Mutex::Guard guard(mutex_);
  stop_from_above();
}

Status OutputUnit::use_raw(bool raw) {
  Mutex::Guard guard(mutex_);
  if (raw == raw_) return kOk;
  if (raw_source_ == nullptr || running(0)) return Status::error(T31_EPERM);
  raw_ = raw;
  channels_[0].take_from(raw ? raw_source_ : nullptr);
  // A format of the other kind, and the buffers for it, mean nothing any more.
  settings_[0].has_format = false;
  channels_[0].allocate(0, Size{});
  return kOk;
}

void OutputUnit::unlink() {
  Mutex::Guard guard(mutex_);
  stop_from_above();
  links_.destroy();
}

// The streams end although their clients did not ask for it: their STREAMOFF will still succeed.
void OutputUnit::stop_from_above() {
  u32 channels = 0;
  for (unsigned i = 0; i < kChannelCount; ++i) {
    if (running(i)) channels |= 1u << i;
  }
  if (channels != 0) stop(channels);
  for (unsigned i = 0; i < kChannelCount; ++i) {
    if ((channels >> i & 1) != 0) settings_[i].stopped_from_above = true;
  }
}

Rectangle OutputUnit::window() const {
  return cropped_ ? crop_ : Rectangle{0, 0, input_};
}

bool OutputUnit::running(unsigned channel) const {
  return settings_[channel].state == State::kRunning;
}

void OutputUnit::describe(unsigned channel, ChannelReport& report) const {
  Mutex::Guard guard(mutex_);
  const Setting& setting = settings_[channel];
  report = ChannelReport{};
  report.state = setting.state;
  if (setting.has_format) {
    report.fourcc = setting.format.pix.pixelformat;
    report.picture = setting.request.picture;
    report.scaler = setting.request.scaler;
    report.scaled = setting.request.scaled;
    report.crop = setting.request.crop;
    report.window = setting.request.window;
  }
  channels_[channel].fill(report);
}

}  // namespace t31::output
