/* SPDX-License-Identifier: GPL-2.0-or-later */
/* videodev2.h - the V4L2 values that sensors report */
#ifndef T31_STANDIN_LINUX_VIDEODEV2_H
#define T31_STANDIN_LINUX_VIDEODEV2_H

enum v4l2_field { V4L2_FIELD_ANY = 0, V4L2_FIELD_NONE = 1 };

enum v4l2_colorspace {
  V4L2_COLORSPACE_SMPTE170M = 1,
  V4L2_COLORSPACE_REC709 = 3,
  V4L2_COLORSPACE_JPEG = 7,
  V4L2_COLORSPACE_SRGB = 8,
};

#endif
