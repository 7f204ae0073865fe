// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/output/geometry.hpp"

namespace t31::output {
namespace {

constexpr Size kLargest[kChannelCount] = {{2592, 2048}, {1920, 1080}, {1920, 1080}};

// The scaler's registers hold 16 bits; a size beyond is refused before anything is multiplied.
constexpr u32 kRegisterLimit = 0xffff;

bool fits_registers(Size size) {
  return size.width <= kRegisterLimit && size.height <= kRegisterLimit;
}

}  // namespace

const char* words(Refusal refusal) {
  switch (refusal) {
    case Refusal::kNone:
      return "accepted";
    case Refusal::kNoInput:
      return "no sensor is selected, so the input size is unknown";
    case Refusal::kFrontCropOutside:
      return "the front crop lies outside the sensor's picture";
    case Refusal::kEmpty:
      return "a width or height is 0";
    case Refusal::kEnlarges:
      return "the scaler can't enlarge (the hardware would hang): ask for a smaller output or a "
             "larger front crop";
    case Refusal::kCropOutside:
      return "the crop lies outside the scaler's output";
    case Refusal::kPictureDiffers:
      return "the size after scaler and crop is not the picture's size";
    case Refusal::kWidthNotMultiple:
      return "the width must be a multiple of 16";
    case Refusal::kTooSmall:
      return "the picture must be at least 128x128";
    case Refusal::kTooLarge:
      return "the picture exceeds the channel's limit (channel 0 2592x2048, others 1920x1080)";
  }
  return "";
}

Size largest_picture(unsigned channel) {
  return kLargest[channel];
}

bool lies_within(const Rectangle& inner, Size outer) {
  return inner.size.width <= outer.width && inner.left <= outer.width - inner.size.width &&
         inner.size.height <= outer.height && inner.top <= outer.height - inner.size.height;
}

Refusal check_front_crop(Size input, const Rectangle& crop) {
  if (input.empty()) return Refusal::kNoInput;
  if (crop.size.empty()) return Refusal::kEmpty;
  return lies_within(crop, input) ? Refusal::kNone : Refusal::kFrontCropOutside;
}

bool enlarges(Size input, Size scaled, u32 enlarge_percent) {
  const u32 scale = 100 + enlarge_percent;
  return scaled.width * 100 > input.width * scale || scaled.height * 100 > input.height * scale;
}

Refusal plan(unsigned channel, Size input, const Request& request, u32 enlarge_percent,
             Geometry& out) {
  if (input.empty()) return Refusal::kNoInput;
  const Size scaled = request.scaler ? request.scaled : input;
  if (scaled.empty() || (request.crop && request.window.size.empty())) return Refusal::kEmpty;
  if (!fits_registers(scaled)) return Refusal::kTooLarge;
  if (enlarges(input, scaled, enlarge_percent)) return Refusal::kEnlarges;
  const Rectangle picture = request.crop ? request.window : Rectangle{0, 0, scaled};
  if (!lies_within(picture, scaled)) return Refusal::kCropOutside;
  if (picture.size != request.picture) return Refusal::kPictureDiffers;
  if (picture.size.width % kWidthMultiple != 0) return Refusal::kWidthNotMultiple;
  if (picture.size.width < kSmallestPicture.width ||
      picture.size.height < kSmallestPicture.height) {
    return Refusal::kTooSmall;
  }
  const Size largest = largest_picture(channel);
  if (picture.size.width > largest.width || picture.size.height > largest.height) {
    return Refusal::kTooLarge;
  }
  out = {scaled, picture};
  return Refusal::kNone;
}

}  // namespace t31::output
