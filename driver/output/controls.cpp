// SPDX-License-Identifier: GPL-2.0-or-later
// controls.cpp - what can be changed while channels run. Every change ends with an update request,
// so that it acts at the next frame (public-documents 1, row 4).
#include "driver/base/math.hpp"
#include "driver/output/output_unit.hpp"
#include "driver/regs/scaler.hpp"

namespace t31::output {
namespace {

constexpr u32 kDropOffLength = 0;
constexpr u32 kDropOffMark = 1;
constexpr u32 kHighestLevel = 128;

// A negative number becomes one that no check accepts.
u32 size_of(s32 value) {
  return value < 0 ? 0xffffffffu : static_cast<u32>(value);
}

// The area within the picture; empty when outside.
Rectangle clip(const t31_mask_area& area, Size picture) {
  const u32 left = min(u32{area.left}, picture.width);
  const u32 top = min(u32{area.top}, picture.height);
  return {
      left,
      top,
      {min(u32{area.width}, picture.width - left), min(u32{area.height}, picture.height - top)}};
}

}  // namespace

Status OutputUnit::set_flip(bool mirror, bool flip, bool in_sensor) {
  Mutex::Guard guard(mutex_);
  mirror_ = mirror;
  flip_ = flip;
  flip_in_sensor_ = in_sensor;
  if (!powered_) return kOk;
  scaler_.write_flip(mirror, flip && !in_sensor);
  for (unsigned i = 0; i < kChannelCount; ++i) {
    if (has_masks(i)) write_masks(i);
  }
  scaler_.update();
  return kOk;
}

bool OutputUnit::mirrored() const {
  Mutex::Guard guard(mutex_);
  return mirror_;
}

bool OutputUnit::flipped() const {
  Mutex::Guard guard(mutex_);
  return flip_;
}

Status OutputUnit::set_masks(const t31_masks& masks) {
  Mutex::Guard guard(mutex_);
  masks_ = masks;
  for (unsigned i = 0; i < kChannelCount; ++i) {
    settings_[i].masks_written = false;
    if (powered_) write_masks(i);
  }
  if (powered_) {
    scaler_.enable_masks(enabled_masks());
  } else {
    scaler_.forget(enabled_masks());
  }
  return kOk;
}

void OutputUnit::masks(t31_masks& masks) const {
  Mutex::Guard guard(mutex_);
  masks = masks_;
}

bool OutputUnit::has_masks(unsigned channel) const {
  for (const t31_mask_area& area : masks_.channel[channel]) {
    if (area.enable != 0) return true;
  }
  return false;
}

u32 OutputUnit::enabled_masks() const {
  u32 channels = 0;
  for (unsigned i = 0; i < kChannelCount; ++i) {
    if (has_masks(i)) channels |= 1u << i;
  }
  return channels;
}

// Clients give areas of the picture as it is without flips; the hardware paints into the finished
// picture. So a mask stays on what it hides (public-documents 7.1).
Mask OutputUnit::register_mask(unsigned channel, const t31_mask_area& area) const {
  Mask mask;
  if (area.enable == 0) return mask;
  const Setting& setting = settings_[channel];
  mask.area = {area.left, area.top, {area.width, area.height}};
  if (setting.has_format) {
    const Size picture = setting.request.picture;
    mask.area = clip(area, picture);
    if (mirror_) mask.area.left = picture.width - mask.area.size.width - mask.area.left;
    if (flip_) mask.area.top = picture.height - mask.area.size.height - mask.area.top;
  }
  mask.enabled = !mask.area.size.empty();
  mask.y = area.y;
  mask.u = area.u;
  mask.v = area.v;
  return mask;
}

void OutputUnit::write_masks(unsigned channel) {
  unsigned index = 0;
  for (const t31_mask_area& area : masks_.channel[channel]) {
    scaler_.write_mask(channel, index++, register_mask(channel, area));
  }
  settings_[channel].masks_written = true;
}

Status OutputUnit::set_front_crop(const t31_front_crop& crop) {
  Mutex::Guard guard(mutex_);
  const bool enable = crop.enable != 0;
  const Rectangle wanted{crop.left, crop.top, {crop.width, crop.height}};
  const Refusal refusal = enable ? check_front_crop(input_, wanted)
                                 : (input_.empty() ? Refusal::kNoInput : Refusal::kNone);
  if (refusal != Refusal::kNone) {
    t31_port_log(T31_LOG_WARNING, "front crop %ux%u at %u,%u refused: %s [sensor %ux%u]",
                 crop.width, crop.height, crop.left, crop.top, words(refusal), input_.width,
                 input_.height);
    return Status::error(T31_EINVAL);
  }
  const Size size = enable ? wanted.size : input_;
  const Status others = check_others(kChannelCount, size);
  if (!others.ok()) return others;
  cropped_ = enable;
  if (enable) crop_ = wanted;
  move_window(window());
  return kOk;
}

void OutputUnit::front_crop(t31_front_crop& crop) const {
  Mutex::Guard guard(mutex_);
  const Rectangle now = window();
  crop = t31_front_crop{};
  crop.enable = cropped_ ? 1 : 0;
  crop.top = now.top;
  crop.left = now.left;
  crop.width = now.size.width;
  crop.height = now.size.height;
}

Status OutputUnit::set_frame_drop(const t31_frame_drop& drop) {
  Mutex::Guard guard(mutex_);
  for (unsigned i = 0; i < kChannelCount; ++i) {
    if (drop.channel[i].enable != 0 && drop.channel[i].length > reg::scaler::kDropLengthMax) {
      t31_port_log(T31_LOG_WARNING, "framechan%u: a drop pattern has at most %u frames", i,
                   reg::scaler::kDropLengthMax + 1);
      return Status::error(T31_EPERM);
    }
  }
  drop_ = drop;
  for (unsigned i = 0; i < kChannelCount; ++i) {
    settings_[i].drop_written = false;
    if (powered_) write_drop(i);
  }
  if (powered_) scaler_.update();
  return kOk;
}

void OutputUnit::write_drop(unsigned channel) {
  const auto& drop = drop_.channel[channel];
  const bool on = drop.enable != 0;
  scaler_.write_drop(channel, on ? drop.length : kDropOffLength, on ? drop.mark : kDropOffMark);
  settings_[channel].drop_written = true;
}

// As the vendor's driver: what the registers hold, always "enabled".
void OutputUnit::frame_drop(t31_frame_drop& drop) const {
  Mutex::Guard guard(mutex_);
  drop = t31_frame_drop{};
  for (unsigned i = 0; i < kChannelCount; ++i) {
    const auto& set = drop_.channel[i];
    drop.channel[i].enable = 1;
    drop.channel[i].length = set.enable != 0 ? set.length : static_cast<u8>(kDropOffLength);
    drop.channel[i].mark = set.enable != 0 ? set.mark : kDropOffMark;
  }
}

Status OutputUnit::set_auto_zoom(const t31_auto_zoom& zoom) {
  if (zoom.channel < 0 || zoom.channel >= static_cast<s32>(kChannelCount)) {
    return Status::error(T31_EINVAL);
  }
  const unsigned channel = static_cast<unsigned>(zoom.channel);
  Mutex::Guard guard(mutex_);
  if (!running(channel)) {
    t31_port_log(T31_LOG_WARNING, "framechan%u: no zoom, the channel does not run", channel);
    return kOk;
  }
  Setting& setting = settings_[channel];
  Request request;
  request.picture = setting.request.picture;  // the buffers' size stays
  request.scaler = zoom.scaler_enable != 0;
  request.scaled = {size_of(zoom.output_width), size_of(zoom.output_height)};
  request.crop = zoom.crop_enable != 0;
  request.window = {size_of(zoom.crop_left),
                    size_of(zoom.crop_top),
                    {size_of(zoom.crop_width), size_of(zoom.crop_height)}};
  const Size input = window().size;
  Geometry geometry;
  const Refusal refusal = plan(channel, input, request, enlarge_percent_, geometry);
  if (refusal != Refusal::kNone) return refuse(channel, refusal, request, input);
  setting.request = request;
  setting.geometry = geometry;
  write_format(channel);
  choose_filter(channel, input, false);
  scaler_.update();
  return kOk;
}

Status OutputUnit::set_scaler_level(const t31_scaler_level& level) {
  const bool fixed = level.method == 1;
  if (level.channel >= kChannelCount || level.method > 1 ||
      (fixed && level.level > kHighestLevel)) {
    t31_port_log(T31_LOG_WARNING,
                 "scaler level refused: channel 0..2, method 0 or 1, level 0..128 [%u, %u, %u]",
                 level.channel, level.method, level.level);
    return Status::error(T31_EINVAL);
  }
  Mutex::Guard guard(mutex_);
  if (!running(level.channel)) return Status::error(T31_EPERM);
  settings_[level.channel].level_set = true;
  settings_[level.channel].filter = fixed;
  scaler_.write_taps(level.channel, fixed ? taps_of_level(level.level) : kPassThrough, fixed);
  scaler_.update();
  return kOk;
}

void OutputUnit::drop_frames(u8 count) {
  for (Channel& channel : channels_) channel.discard(count);
}

void OutputUnit::allow_enlarging(u32 percent) {
  Mutex::Guard guard(mutex_);
  enlarge_percent_ = min(percent, 100u);
}

}  // namespace t31::output
