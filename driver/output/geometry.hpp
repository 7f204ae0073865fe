// SPDX-License-Identifier: GPL-2.0-or-later
// geometry.hpp - which windows and sizes a channel may be given. Pure arithmetic, no hardware.
//
// Front crop (common to all channels) -> scaler -> crop -> picture. On silicon a scaler that is
// asked to enlarge stalls all outputs until reboot, and a picture larger than its buffer is written
// past it; so every geometry passes through here before the first register is written
// (public-documents 1, row 3; user-abi 4.4).
#pragma once

#include "driver/port/port_types.h"

namespace t31::output {

inline constexpr unsigned kChannelCount = 3;

struct Size {
  u32 width = 0, height = 0;
  constexpr bool operator==(const Size&) const = default;
  constexpr bool empty() const { return width == 0 || height == 0; }
};

struct Rectangle {
  u32 left = 0, top = 0;
  Size size;
  constexpr bool operator==(const Rectangle&) const = default;
};

// What a client asks of a channel.
struct Request {
  Size picture;  // the buffers' size
  bool scaler = false;
  Size scaled;
  bool crop = false;
  Rectangle window;  // within the scaler's output
};

// What the channel does: computed once, kept while its format stands.
struct Geometry {
  Size scaled;     // scaler output
  Rectangle crop;  // the picture within it
};

enum class Refusal : u8 {
  kNone,
  kNoInput,
  kFrontCropOutside,
  kEmpty,
  kEnlarges,
  kCropOutside,
  kPictureDiffers,
  kWidthNotMultiple,
  kTooSmall,
  kTooLarge
};

// One sentence for the log.
const char* words(Refusal refusal);

// Largest picture of a channel (public-documents 1, rows 1 and 2) and the smallest (user-abi 4.1).
Size largest_picture(unsigned channel);
inline constexpr Size kSmallestPicture{128, 128};
inline constexpr u32 kWidthMultiple = 16;

// The front crop lies within the input.
Refusal check_front_crop(Size input, const Rectangle& crop);

// The scaler's output is at most `enlarge_percent` larger than its input on each axis.
bool enlarges(Size input, Size scaled, u32 enlarge_percent);

// Decides on a request for `channel`, whose input is `input` (front crop applied).
Refusal plan(unsigned channel, Size input, const Request& request, u32 enlarge_percent,
             Geometry& out);

// `inner` lies within a picture of `outer`.
bool lies_within(const Rectangle& inner, Size outer);

// Raw frames: 16 bits a pixel.
constexpr u32 raw_image_size(Size picture) {
  return 2 * picture.width * picture.height;
}

// NV12 as the hardware lays it out (user-abi 4.5): chroma starts behind the luma of a height
// rounded up to 16 lines.
constexpr u32 aligned_height(u32 height) {
  return (height + 15) & ~15u;
}
constexpr u32 bytes_per_line(u32 width) {
  return width * 12 / 8;
}
constexpr u32 image_size(Size picture) {
  return bytes_per_line(picture.width) * aligned_height(picture.height);
}
constexpr u32 chroma_offset(Size picture) {
  return picture.width * aligned_height(picture.height);
}

}  // namespace t31::output
