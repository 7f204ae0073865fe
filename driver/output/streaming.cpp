// SPDX-License-Identifier: GPL-2.0-or-later
// streaming.cpp - a channel's way from its open descriptor to running hardware, and back.
#include "driver/output/output_unit.hpp"

namespace t31::output {

using graph::State;

namespace {

constexpr unsigned kStopPolls = 3000;  // one a millisecond

}  // namespace

Result<File> OutputUnit::open(unsigned channel) {
  Mutex::Guard guard(mutex_);
  Setting& setting = settings_[channel];
  if (setting.state == State::kSlake) return Status::error(T31_EPERM);
  if (setting.state != State::kActivated) return Status::error(T31_EBUSY);
  setting.clear_pending = true;
  prepare_fifo(channel);
  setting.has_format = false;
  setting.stopped_from_above = false;
  setting.window_remarked = false;
  if (++last_file_ == kNoFile) ++last_file_;
  channels_[channel].open(last_file_);
  setting.state = State::kInitialised;
  return last_file_;
}

void OutputUnit::release(unsigned channel, File file) {
  Mutex::Guard guard(mutex_);
  if (!channels_[channel].held_by(file)) return;
  if (running(channel)) stop(1u << channel);
  channels_[channel].close();
  settings_[channel].has_format = false;
  settings_[channel].state = State::kActivated;
}

// The FIFOs of a busy channel must not be cleared (public-documents 1, row 7). True: they are
// clear.
bool OutputUnit::prepare_fifo(unsigned channel) {
  Setting& setting = settings_[channel];
  if (setting.clear_pending && !scaler_.busy(channel)) {
    scaler_.fifo(channel).clear();
    setting.clear_pending = false;
  }
  return !setting.clear_pending;
}

Status OutputUnit::stream_on(unsigned channel, File file, u32 type) {
  Mutex::Guard guard(mutex_);
  Setting& setting = settings_[channel];
  if (!channels_[channel].held_by(file) || setting.state != State::kInitialised) {
    return Status::error(T31_EPERM);
  }
  if (type != T31_BUF_TYPE_VIDEO_CAPTURE) return Status::error(T31_EINVAL);
  if (!setting.has_format && !raw(channel)) {
    t31_port_log(T31_LOG_WARNING, "framechan%u: set a format before streaming", channel);
    return Status::error(T31_EINVAL);
  }
  if (!links_.linked(channel)) {
    t31_port_log(T31_LOG_WARNING, "framechan%u: not linked, call LINK_SETUP on tx-isp first",
                 channel);
    return Status::error(T31_EPIPE);
  }
  if (raw(channel)) {
    if (Status status = links_.start(channel); !status.ok()) return status;
    start_raw();
    return kOk;
  }
  Status status = make_room(channel);
  if (!status.ok()) return status;
  if (!prepare_fifo(channel)) {
    t31_port_log(T31_LOG_ERROR, "framechan%u: the hardware still works on the last stream",
                 channel);
    return Status::error(T31_EBUSY);
  }
  status = channels_[channel].prepare_delivery();
  if (!status.ok()) return status;
  status = links_.start(channel);
  if (!status.ok()) {
    channels_[channel].end_delivery();
    return status;
  }
  start(channel);
  return kOk;
}

// The stream matters more than a front crop that is too small for it.
Status OutputUnit::make_room(unsigned channel) {
  const Setting& setting = settings_[channel];
  const Size scaled = setting.geometry.scaled;
  if (!enlarges(window().size, scaled, enlarge_percent_)) return kOk;
  if (enlarges(input_, scaled, enlarge_percent_)) {
    return refuse(channel, Refusal::kEnlarges, setting.request, input_);
  }
  t31_port_log(T31_LOG_WARNING,
               "framechan%u: front crop %ux%u is smaller than the output %ux%u: switched off",
               channel, crop_.size.width, crop_.size.height, scaled.width, scaled.height);
  channels_[channel].note(ChannelError::kFrontCropDropped);
  cropped_ = false;
  move_window(window());
  return kOk;
}

void OutputUnit::start_raw() {
  Setting& setting = settings_[0];
  setting.stopped_from_above = false;
  setting.state = State::kRunning;
  channels_[0].start([this] {
    raw_source_->start(input_.width, input_.height);
    return scaler_.frame_start_pending();
  });
}

void OutputUnit::start(unsigned channel) {
  Setting& setting = settings_[channel];
  const Size input = window().size;
  if (!window_written_) {
    scaler_.write_input(window());
    window_written_ = true;
  }
  if (setting.planned_for != input) write_format(channel);
  if (!setting.masks_written) write_masks(channel);
  if (!setting.drop_written) write_drop(channel);
  setting.stopped_from_above = false;
  setting.state = State::kRunning;
  channels_[channel].start([this, channel, input] {
    scaler_.write_flip(mirror_, flip_ && !flip_in_sensor_);
    choose_filter(channel, input, true);
    const bool pending = scaler_.frame_start_pending();
    scaler_.enable(channel);
    return pending;
  });
}

Status OutputUnit::stream_off(unsigned channel, File file, u32 type) {
  Mutex::Guard guard(mutex_);
  Setting& setting = settings_[channel];
  if (!channels_[channel].held_by(file)) return Status::error(T31_EPERM);
  if (type != T31_BUF_TYPE_VIDEO_CAPTURE) return Status::error(T31_EINVAL);
  if (setting.stopped_from_above) {
    setting.stopped_from_above = false;
    return kOk;
  }
  if (!running(channel)) return Status::error(T31_EINVAL);
  stop(1u << channel);
  return kOk;
}

// Clients are released first, the hardware next, buffers once it no longer writes them.
void OutputUnit::stop(u32 channels) {
  const auto each = [channels](auto action) {
    for (unsigned i = 0; i < kChannelCount; ++i) {
      if ((channels >> i & 1) != 0) action(i);
    }
  };
  each([this](unsigned i) {
    channels_[i].end_stream();
    if (raw(i)) {
      raw_source_->stop();
    } else {
      scaler_.disable(i);
    }
  });
  const auto busy = [this, each] {
    bool any = false;
    each([&](unsigned i) { any = scaler_.busy(i) || any; });
    return any;
  };
  for (unsigned poll = 0; poll < kStopPolls && busy(); ++poll) t31_port_msleep(1);
  each([this](unsigned i) {
    settings_[i].clear_pending = true;
    if (!prepare_fifo(i)) {
      t31_port_log(T31_LOG_ERROR, "framechan%u: %s", i, words(ChannelError::kStopTimeout));
      channels_[i].note(ChannelError::kStopTimeout);
    }
    channels_[i].end_delivery();
    channels_[i].release_buffers();
    links_.stop(i);
    settings_[i].state = State::kInitialised;
    log_complaint(i);
  });
}

void OutputUnit::log_complaint(unsigned channel) {
  const char* complaint = channels_[channel].take_complaint();
  if (complaint != nullptr) t31_port_log(T31_LOG_ERROR, "framechan%u: %s", channel, complaint);
}

}  // namespace t31::output
