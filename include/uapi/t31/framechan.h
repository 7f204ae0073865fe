/* SPDX-License-Identifier: GPL-2.0-or-later WITH Linux-syscall-note */
/*
 * framechan.h - /dev/framechan0..2: formats, buffers, frames (user-abi 4). The format struct exists
 * in two sizes, for vendor libraries built by gcc 5.4 ("540") and gcc 4.7 ("472"); both are served.
 */
#ifndef T31_UAPI_FRAMECHAN_H
#define T31_UAPI_FRAMECHAN_H

#ifndef __KERNEL__
#include <stdint.h>
#endif

#include "uapi/t31/tx_isp.h"

#define T31_FRAMECHAN_SET_FORMAT 0xc07056c3u
#define T31_FRAMECHAN_SET_FORMAT_472 0xc06056c3u
#define T31_FRAMECHAN_GET_FORMAT 0x407056c4u
#define T31_FRAMECHAN_GET_FORMAT_472 0x406056c4u
#define T31_FRAMECHAN_REQBUFS 0xc0145608u
#define T31_FRAMECHAN_QUERYBUF 0xc0445609u
#define T31_FRAMECHAN_QBUF 0xc044560fu
#define T31_FRAMECHAN_DQBUF 0xc0445611u
#define T31_FRAMECHAN_STREAMON 0x80045612u
#define T31_FRAMECHAN_STREAMOFF 0x80045613u
#define T31_FRAMECHAN_SET_BANKS 0x800456c5u
#define T31_FRAMECHAN_WAIT_FRAME_DONE 0x400456bfu

#define T31_BUF_TYPE_VIDEO_CAPTURE 1u
#define T31_MEMORY_USERPTR 2u
#define T31_FIELD_ANY 0u
#define T31_FIELD_INTERLACED 4u
#define T31_COLORSPACE_SRGB 8u
#define T31_FOURCC_NV12 0x3231564eu
#define T31_FOURCC_RAW 0x32314752u /* 'RG12', ISP bypass */

struct t31_channel_crop {
  uint8_t crop_enable, pad0[3];
  uint32_t crop_top, crop_left, crop_width, crop_height;
  uint8_t scaler_enable, pad1[3];
  uint32_t scaler_width, scaler_height;
  uint32_t rate_bits, rate_mask;
  uint8_t fcrop_enable, pad2[3];
  uint32_t fcrop_top, fcrop_left, fcrop_width, fcrop_height;
};

struct t31_pixel_format {
  uint32_t width, height, pixelformat, field;
  uint32_t bytesperline, sizeimage, colorspace, priv;
};

struct t31_frame_format {
  uint32_t type;
  struct t31_pixel_format pix;
  uint32_t pix_reserved[4]; /* flags, ycbcr_enc, quantization, xfer_func */
  struct t31_channel_crop crop;
};

struct t31_frame_format_472 {
  uint32_t type;
  struct t31_pixel_format pix;
  struct t31_channel_crop crop;
};

struct t31_request_buffers {
  uint32_t count, type, memory, reserved[2];
};

#define T31_BUF_FLAG_TIMESTAMP_MONOTONIC 0x2000u
#define T31_BUF_FLAG_QUEUED 0x2u
#define T31_BUF_FLAG_DONE 0x4u
#define T31_BUF_FLAG_ERROR 0x40u

struct t31_buffer {
  uint32_t index, type, bytesused, flags, field;
  uint32_t tv_sec, tv_usec;
  uint32_t timecode[4];
  uint32_t sequence, memory;
  uint32_t userptr; /* bus address */
  uint32_t length, reserved2, reserved;
};

T31_UAPI_ASSERT(sizeof(struct t31_frame_format) == 112);
T31_UAPI_ASSERT(sizeof(struct t31_frame_format_472) == 96);
T31_UAPI_ASSERT(sizeof(struct t31_request_buffers) == 20);
T31_UAPI_ASSERT(sizeof(struct t31_buffer) == 68);

#endif
