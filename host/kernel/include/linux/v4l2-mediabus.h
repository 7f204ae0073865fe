/* SPDX-License-Identifier: GPL-2.0-or-later */
/* v4l2-mediabus.h - formats on the bus between sensor and receiver, as in Linux 3.10 */
#ifndef T31_STANDIN_LINUX_V4L2_MEDIABUS_H
#define T31_STANDIN_LINUX_V4L2_MEDIABUS_H

#include <linux/types.h>
#include <linux/videodev2.h>

enum v4l2_mbus_pixelcode {
  V4L2_MBUS_FMT_YUYV8_1X16 = 0x2011,
  V4L2_MBUS_FMT_SBGGR8_1X8 = 0x3001,
  V4L2_MBUS_FMT_SGRBG8_1X8 = 0x3002,
  V4L2_MBUS_FMT_SGBRG8_1X8 = 0x3013,
  V4L2_MBUS_FMT_SRGGB8_1X8 = 0x3014,
  V4L2_MBUS_FMT_SBGGR10_1X10 = 0x3007,
  V4L2_MBUS_FMT_SGRBG10_1X10 = 0x300a,
  V4L2_MBUS_FMT_SGBRG10_1X10 = 0x300e,
  V4L2_MBUS_FMT_SRGGB10_1X10 = 0x300f,
  V4L2_MBUS_FMT_SBGGR12_1X12 = 0x3008,
  V4L2_MBUS_FMT_SGBRG12_1X12 = 0x3010,
  V4L2_MBUS_FMT_SGRBG12_1X12 = 0x3011,
  V4L2_MBUS_FMT_SRGGB12_1X12 = 0x3012,
};

struct v4l2_mbus_framefmt {
  u32 width;
  u32 height;
  u32 code;
  u32 field;
  u32 colorspace;
  u32 reserved[7];
};

#endif
