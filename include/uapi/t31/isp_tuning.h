/* SPDX-License-Identifier: GPL-2.0-or-later WITH Linux-syscall-note */
/*
 * isp_tuning.h - /dev/isp-m0: picture controls (user-abi 3).
 */
#ifndef T31_UAPI_ISP_TUNING_H
#define T31_UAPI_ISP_TUNING_H

#ifndef __KERNEL__
#include <stdint.h>
#endif

#include "uapi/t31/tx_isp.h"

#define T31_ISP_G_CTRL 0xc008561bu
#define T31_ISP_S_CTRL 0xc008561cu
#define T31_ISP_CTRL 0xc00c56c6u /* dir 0 set, else get */

struct t31_control {
  uint32_t id;
  int32_t value;
};

struct t31_extended_control {
  uint32_t dir;
  uint32_t id;
  uint32_t value; /* a value or a user address, by control */
};

enum t31_control_id {
  T31_CONTROL_BRIGHTNESS = 0x980900,
  T31_CONTROL_CONTRAST = 0x980901,
  T31_CONTROL_SATURATION = 0x980902,
  T31_CONTROL_HFLIP = 0x980914,
  T31_CONTROL_VFLIP = 0x980915,
  T31_CONTROL_ANTIFLICKER = 0x980918,
  T31_CONTROL_SHARPNESS = 0x98091b,
  T31_CONTROL_WHITE_BALANCE = 0x8000004,
  T31_CONTROL_EXPOSURE = 0x8000025,
  T31_CONTROL_TOTAL_GAIN = 0x8000027,
  T31_CONTROL_GAMMA = 0x800002b,
  T31_CONTROL_AE_ZONES = 0x8000030,
  T31_CONTROL_AE_HISTOGRAM = 0x8000031,
  T31_CONTROL_AE = 0x8000035,
  T31_CONTROL_SENSOR_ATTRIBUTES = 0x8000045,
  T31_CONTROL_CSC = 0x80000a6,
  T31_CONTROL_FPS = 0x80000e0,
  T31_CONTROL_RUNNING_MODE = 0x80000e1,
  T31_CONTROL_MODULES = 0x80000e2,
  T31_CONTROL_FRONT_CROP = 0x80000e3,
  T31_CONTROL_HVFLIP = 0x80000e4,
  T31_CONTROL_MASK = 0x80000e5,
  T31_CONTROL_AUTO_ZOOM = 0x80000e8,
  T31_CONTROL_SCALER_LEVEL = 0x80000e9,
  T31_CONTROL_COLOUR_MATRIX = 0x8000100,
  T31_CONTROL_HUE = 0x8000101,
  T31_CONTROL_WAIT_FRAME = 0x8000162
};

struct t31_white_balance {
  uint32_t mode;         /* 0 auto, 1 manual, 2..9 presets */
  uint16_t rgain, bgain; /* Q8: 256 = 1.0 */
};

/* AE control block: 38 words; indices of the fields a client sets (user-abi 3.4.1). Gains Q10. */
enum {
  T31_AE_FREEZE = 0,
  T31_AE_AGAIN = 1,
  T31_AE_DGAIN = 2,
  T31_AE_INTEGRATION_TIME = 3,
  T31_AE_ISP_DGAIN = 4,
  T31_AE_INTEGRATION_TIME_MANUAL = 13,
  T31_AE_AGAIN_MANUAL = 14,
  T31_AE_ISP_DGAIN_MANUAL = 15,
  T31_AE_DGAIN_MANUAL = 36,
  T31_AE_WORDS = 38
};

struct t31_sensor_attributes {
  uint32_t hts, vts, fps, width, height;
};

struct t31_front_crop {
  uint8_t enable, pad[3];
  uint32_t top, left, width, height;
};

struct t31_mask_area {
  uint8_t enable, pad0;
  uint16_t top, left, width, height;
  uint8_t y, u, v, pad1;
};

struct t31_masks {
  struct t31_mask_area channel[3][4];
  uint32_t type;
};

struct t31_wait_frame {
  uint32_t timeout_ms;
  uint32_t pad;
  uint64_t count;
  uint8_t reserved[8];
};

struct t31_csc {
  uint32_t mode; /* 0 601 full, 1 601 limited, 2 709 full, 3 709 limited, 4 user */
  int32_t coefficients[9];
  int32_t offsets[2];
  int32_t luma_clip[2];
  int32_t chroma_clip[2];
};

struct t31_colour_matrix {
  int8_t manual, saturation;
  uint16_t pad;
  uint32_t matrix[9]; /* set: 14-bit two's complement Q10; get: signed 32-bit Q10 */
};

struct t31_auto_zoom {
  int32_t channel, scaler_enable, output_width, output_height;
  int32_t crop_enable, crop_left, crop_top, crop_width, crop_height;
};

struct t31_scaler_level {
  uint8_t channel, pad0[3];
  uint32_t method;
  uint8_t level, pad1[3];
};

T31_UAPI_ASSERT(sizeof(struct t31_white_balance) == 8);
T31_UAPI_ASSERT(sizeof(struct t31_front_crop) == 20);
T31_UAPI_ASSERT(sizeof(struct t31_masks) == 172);
T31_UAPI_ASSERT(sizeof(struct t31_wait_frame) == 24);
T31_UAPI_ASSERT(sizeof(struct t31_csc) == 64);
T31_UAPI_ASSERT(sizeof(struct t31_colour_matrix) == 40);
T31_UAPI_ASSERT(sizeof(struct t31_auto_zoom) == 36);
T31_UAPI_ASSERT(sizeof(struct t31_scaler_level) == 12);

#endif
