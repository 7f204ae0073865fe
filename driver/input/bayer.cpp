// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/input/bayer.hpp"

namespace t31::input {
namespace {

enum : u32 { kRggb = 0, kBggr = 1, kGrbg = 2, kGbrg = 3, kFirstInfrared = 8 };

struct Range {
  u32 first;
  u32 last;
  u32 bayer;
};

constexpr Range kBayerOfCode[] = {
    {0x3001, 0x3001, kBggr}, {0x3002, 0x3002, kGrbg}, {0x3003, 0x3008, kBggr},
    {0x3009, 0x300a, kGrbg}, {0x300b, 0x300b, kBggr}, {0x300c, 0x300c, kGbrg},
    {0x300d, 0x300d, kRggb}, {0x300e, 0x300e, kGbrg}, {0x300f, 0x300f, kRggb},
    {0x3010, 0x3010, kGbrg}, {0x3011, 0x3011, kGrbg}, {0x3012, 0x3012, kRggb},
    {0x3013, 0x3013, kGbrg}, {0x3014, 0x3014, kRggb},
};

bool no_mosaic(u32 code) {
  return code == kCodeYuyv16 || (code >= kFirstCodeYuv8 && code <= kLastCodeYuv8) ||
         code == kCodeRgb565 || code == kCodeBgr565;
}

// Names of the RGB-IR orders, in the sequence of the media bus codes (sensor-abi 1.4).
constexpr const char* kInfraredNames[16] = {"RGIB", "BGIR", "RIGB", "BIGR", "GRBI", "GBRI",
                                            "IRBG", "IBRG", "RGGI", "BGGI", "GRIG", "GBIG",
                                            "GIRG", "GIBG", "IGGR", "IGGB"};

}  // namespace

Result<PixelFormat> pixel_format(u32 media_bus_code) {
  if (no_mosaic(media_bus_code)) return PixelFormat{0, true, true};
  const u32 family = media_bus_code & ~0xffu;
  if (family == 0x3100 || family == 0x3200 || family == 0x3300) {
    const u32 order = media_bus_code & 0xff;
    if (order >= 16) return Status::error(T31_EINVAL);
    return PixelFormat{kFirstInfrared + order, true, false};
  }
  for (const Range& range : kBayerOfCode) {
    if (media_bus_code >= range.first && media_bus_code <= range.last) {
      return PixelFormat{range.bayer, false, false};
    }
  }
  return Status::error(T31_EINVAL);
}

const char* bayer_name(const PixelFormat& format) {
  constexpr const char* kNames[] = {"RGGB", "BGGR", "GRBG", "GBRG"};
  if (format.yuv) return "The format of isp input is RGB or YUV422";
  if (format.bayer_code < 4) return kNames[format.bayer_code];
  return kInfraredNames[(format.bayer_code - kFirstInfrared) & 15];
}

}  // namespace t31::input
