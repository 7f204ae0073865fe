// SPDX-License-Identifier: GPL-2.0-or-later
// formats.cpp - formats and buffer sets of the channels; the geometry gate (user-abi 4.4 to 4.6).
#include "driver/base/math.hpp"
#include "driver/output/output_unit.hpp"

namespace t31::output {

namespace {

Request request_of(const t31_frame_format& format) {
  const t31_channel_crop& crop = format.crop;
  Request request;
  request.picture = {format.pix.width, format.pix.height};
  request.scaler = crop.scaler_enable != 0;
  request.scaled = {crop.scaler_width, crop.scaler_height};
  request.crop = crop.crop_enable != 0;
  request.window = {crop.crop_left, crop.crop_top, {crop.crop_width, crop.crop_height}};
  return request;
}

// What is wrong with the parts of a format that are not geometry; null: nothing.
const char* fault_of(const t31_frame_format& format) {
  const t31_pixel_format& pix = format.pix;
  if (format.type != T31_BUF_TYPE_VIDEO_CAPTURE) return "type must be 1 (video capture)";
  if (pix.field != T31_FIELD_ANY && pix.field != T31_FIELD_INTERLACED) {
    return "field must be 0 or 4";
  }
  if (pix.colorspace != T31_COLORSPACE_SRGB) return "colorspace must be 8 (sRGB)";
  if (pix.pixelformat != T31_FOURCC_NV12) return "the only pixel format is NV12";
  return nullptr;
}

}  // namespace

Status OutputUnit::refuse(unsigned channel, Refusal refusal, const Request& request, Size input) {
  const Size scaled = request.scaler ? request.scaled : input;
  t31_port_log(T31_LOG_WARNING,
               "framechan%u: picture %ux%u refused: %s [input %ux%u, scaler %ux%u]", channel,
               request.picture.width, request.picture.height, words(refusal), input.width,
               input.height, scaled.width, scaled.height);
  channels_[channel].note(ChannelError::kGeometryRefused);
  return Status::error(T31_EINVAL);
}

// No running channel but `channel` would have to enlarge `input`.
Status OutputUnit::check_others(unsigned channel, Size input) {
  for (unsigned i = 0; i < kChannelCount; ++i) {
    if (i == channel || !running(i)) continue;
    const Setting& setting = settings_[i];
    if (enlarges(input, setting.geometry.scaled, enlarge_percent_)) {
      return refuse(i, Refusal::kEnlarges, setting.request, input);
    }
  }
  return kOk;
}

// There is one front crop for all channels, and channel 0 decides on it. False: it does not fit.
bool OutputUnit::front_crop_of(unsigned channel, const t31_channel_crop& crop, Rectangle& window,
                               bool& enabled) {
  const Rectangle wanted{crop.fcrop_left, crop.fcrop_top, {crop.fcrop_width, crop.fcrop_height}};
  if (channel != 0) {
    Setting& setting = settings_[channel];
    if (crop.fcrop_enable != 0 && wanted != this->window() && !setting.window_remarked) {
      setting.window_remarked = true;
      t31_port_log(T31_LOG_WARNING,
                   "framechan%u: front crop ignored, that of channel 0 holds for all", channel);
    }
    enabled = cropped_;
    window = this->window();
    return true;
  }
  enabled = crop.fcrop_enable != 0;
  window = enabled ? wanted : Rectangle{0, 0, input_};
  return !enabled || check_front_crop(input_, wanted) == Refusal::kNone;
}

// Raw frames have one format: the sensor's picture, 16 bits a pixel.
void OutputUnit::fill_raw_format(t31_frame_format& format) const {
  format = t31_frame_format{};
  fill_format(format, input_);
  format.pix.pixelformat = T31_FOURCC_RAW;
  format.pix.bytesperline = 2 * input_.width;
  format.pix.sizeimage = raw_image_size(input_);
}

Status OutputUnit::set_raw_format(t31_frame_format& format) {
  const bool fits = format.type == T31_BUF_TYPE_VIDEO_CAPTURE && !input_.empty() &&
                    format.pix.pixelformat == T31_FOURCC_RAW && format.pix.width == input_.width &&
                    format.pix.height == input_.height;
  if (!fits) {
    t31_port_log(T31_LOG_WARNING,
                 "framechan0: format refused: with the ISP bypassed it is RG12 %ux%u", input_.width,
                 input_.height);
    return Status::error(T31_EINVAL);
  }
  fill_raw_format(format);
  return kOk;
}

Status OutputUnit::set_format(unsigned channel, File file, t31_frame_format& format) {
  Mutex::Guard guard(mutex_);
  Setting& setting = settings_[channel];
  if (!channels_[channel].held_by(file)) return Status::error(T31_EPERM);
  if (raw(channel)) return running(channel) ? Status::error(T31_EBUSY) : set_raw_format(format);
  const char* fault = fault_of(format);
  if (fault == nullptr && !links_.linked(channel)) {
    fault = "not linked, call LINK_SETUP on tx-isp first";
  }
  if (fault != nullptr) {
    t31_port_log(T31_LOG_WARNING, "framechan%u: format refused: %s", channel, fault);
    return Status::error(T31_EINVAL);
  }
  if (running(channel)) return Status::error(T31_EBUSY);

  const Request request = request_of(format);
  bool cropped = false;
  Rectangle window;
  Geometry geometry;
  Refusal refusal = Refusal::kFrontCropOutside;
  if (input_.empty()) {
    refusal = Refusal::kNoInput;
  } else if (front_crop_of(channel, format.crop, window, cropped)) {
    refusal = plan(channel, window.size, request, enlarge_percent_, geometry);
  }
  if (refusal != Refusal::kNone) return refuse(channel, refusal, request, input_);
  const Status others = check_others(channel, window.size);
  if (!others.ok()) return others;
  if (channels_[channel].buffer_count() != 0 && request.picture != setting.buffers_for) {
    t31_port_log(T31_LOG_WARNING, "framechan%u: free the buffers before changing the size",
                 channel);
    return Status::error(T31_EBUSY);
  }

  const bool moved = window != this->window();
  cropped_ = cropped;
  if (cropped) crop_ = window;
  if (moved) {
    move_window(window);
  } else {
    scaler_.write_input(window);
    window_written_ = true;
  }
  setting.request = request;
  setting.geometry = geometry;
  setting.has_format = true;
  write_format(channel);
  if (has_masks(channel)) write_masks(channel);
  fill_format(format, request.picture);
  setting.format = format;
  return kOk;
}

// The window acts at once on channels that run.
void OutputUnit::move_window(const Rectangle& window) {
  scaler_.write_input(window);
  window_written_ = true;
  for (unsigned i = 0; i < kChannelCount; ++i) {
    if (!running(i)) continue;
    scaler_.write_step(i, window.size, settings_[i].geometry.scaled);
    settings_[i].planned_for = window.size;
    choose_filter(i, window.size, false);
  }
  scaler_.update();
}

// `force`: at a channel's start; otherwise only what changes is written and the user's weights
// stay.
void OutputUnit::choose_filter(unsigned channel, Size input, bool force) {
  Setting& setting = settings_[channel];
  const bool box = needs_box(input, setting.geometry.scaled);
  if (!force && (setting.level_set || box == setting.filter)) return;
  setting.level_set = false;
  setting.filter = box;
  scaler_.write_taps(channel, box ? kBox : kPassThrough, box);
}

void OutputUnit::write_format(unsigned channel) {
  Setting& setting = settings_[channel];
  setting.planned_for = window().size;
  scaler_.write_geometry(channel, setting.planned_for, setting.geometry);
}

void OutputUnit::fit_format(unsigned channel) {
  Setting& setting = settings_[channel];
  setting.planned_for = Size{};
  if (!setting.has_format) return;
  setting.has_format = plan(channel, window().size, setting.request, enlarge_percent_,
                            setting.geometry) == Refusal::kNone;
}

void OutputUnit::fill_format(t31_frame_format& format, Size picture) const {
  format.type = T31_BUF_TYPE_VIDEO_CAPTURE;
  format.pix.width = picture.width;
  format.pix.height = picture.height;
  format.pix.pixelformat = T31_FOURCC_NV12;
  format.pix.field = T31_FIELD_INTERLACED;
  format.pix.bytesperline = bytes_per_line(picture.width);
  format.pix.sizeimage = image_size(picture);
  format.pix.colorspace = T31_COLORSPACE_SRGB;
  format.pix.priv = 0;
}

Status OutputUnit::get_format(unsigned channel, File file, t31_frame_format& format) const {
  Mutex::Guard guard(mutex_);
  const Setting& setting = settings_[channel];
  if (!channels_[channel].held_by(file)) return Status::error(T31_EPERM);
  if (raw(channel)) {
    fill_raw_format(format);
    return kOk;
  }
  if (setting.has_format) {
    format = setting.format;
    return kOk;
  }
  // Before the first SET: the sensor's picture, whose size in bytes is not rounded up.
  format = t31_frame_format{};
  fill_format(format, input_);
  format.pix.sizeimage = format.pix.bytesperline * input_.height;
  if (input_.empty()) format.pix.pixelformat = 0;
  return kOk;
}

Status OutputUnit::request_buffers(unsigned channel, File file, t31_request_buffers& request) {
  Mutex::Guard guard(mutex_);
  Setting& setting = settings_[channel];
  if (!channels_[channel].held_by(file)) return Status::error(T31_EPERM);
  if (running(channel)) return Status::error(T31_EBUSY);
  channels_[channel].allocate(0, Size{});
  if (request.count == 0) return kOk;
  if (request.memory != T31_MEMORY_USERPTR) {
    t31_port_log(T31_LOG_WARNING, "framechan%u: buffers must be of memory type 2 (user pointer)",
                 channel);
    return Status::error(T31_EINVAL);
  }
  if (raw(channel)) {
    if (input_.empty()) return Status::error(T31_EINVAL);
    request.count = min(request.count, u32{BufferSet::kMaximum});
    setting.buffers_for = input_;
    channels_[channel].allocate_raw(request.count, input_);
    return kOk;
  }
  if (!setting.has_format) {
    t31_port_log(T31_LOG_WARNING, "framechan%u: set a format before asking for buffers", channel);
    return Status::error(T31_EINVAL);
  }
  if (channels_[channel].delivers_early() && request.count > 1) {
    t31_port_log(T31_LOG_WARNING,
                 "framechan%u: isp_ch0_pre_dequeue_time works with one buffer, not with %u",
                 channel, request.count);
    return Status::error(T31_EINVAL);
  }
  request.count = min(request.count, u32{BufferSet::kMaximum});
  setting.buffers_for = setting.request.picture;
  channels_[channel].allocate(request.count, setting.buffers_for);
  return kOk;
}

}  // namespace t31::output
