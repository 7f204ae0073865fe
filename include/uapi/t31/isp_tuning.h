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
  T31_CONTROL_WHITE_BALANCE_IN_USE = 0x8000005, /* red << 16 | blue, 65536 over the gain */
  T31_CONTROL_RGB_COEFFICIENTS = 0x8000008,
  T31_CONTROL_GREY_WORLD = 0x8000009, /* red << 16 | blue over green, Q8 */
  T31_CONTROL_AWB_START = 0x800000a,
  T31_CONTROL_AWB_ZONES = 0x800000b,
  T31_CONTROL_AWB_ALGORITHM = 0x800000c,
  T31_CONTROL_AWB_KELVIN = 0x800000d,
  T31_CONTROL_AWB_CLUSTERS = 0x800000e,
  T31_CONTROL_AWB_TREND = 0x800000f,
  T31_CONTROL_AE_COMPENSATION = 0x8000023,
  T31_CONTROL_AE_REGION = 0x8000024,
  T31_CONTROL_EXPOSURE = 0x8000025,
  T31_CONTROL_EXPOSURE_VALUE = 0x8000026,
  T31_CONTROL_TOTAL_GAIN = 0x8000027,
  T31_CONTROL_MAX_AGAIN = 0x8000028,
  T31_CONTROL_MAX_DGAIN = 0x8000029,
  T31_CONTROL_HIGHLIGHT_DEPRESS = 0x800002a,
  T31_CONTROL_GAMMA = 0x800002b,
  T31_CONTROL_AE_WEIGHTS = 0x800002d,
  T31_CONTROL_AE_BINS = 0x800002e,
  T31_CONTROL_AE_MINIMA = 0x800002f,
  T31_CONTROL_AE_ZONES = 0x8000030,
  T31_CONTROL_AE_HISTOGRAM = 0x8000031,
  T31_CONTROL_AE_MAX_LINES = 0x8000032,
  T31_CONTROL_AE_LUMA = 0x8000033,
  T31_CONTROL_AE_FREEZE = 0x8000034,
  T31_CONTROL_AE = 0x8000035,
  T31_CONTROL_AE_STATE = 0x8000036,
  T31_CONTROL_BACKLIGHT = 0x8000037,
  T31_CONTROL_AE_TARGETS = 0x8000038,
  T31_CONTROL_DEFOG_STRENGTH = 0x8000039,
  T31_CONTROL_FOCUS = 0x8000042,
  T31_CONTROL_FOCUS_METRIC = 0x8000043, /* value 0: answered in place, else 4 bytes there */
  T31_CONTROL_FOCUS_WEIGHTS = 0x8000044,
  T31_CONTROL_SENSOR_ATTRIBUTES = 0x8000045,
  T31_CONTROL_FOCUS_ZONES = 0x8000046,
  T31_CONTROL_DPC_STRENGTH = 0x8000062,
  T31_CONTROL_NOISE_BUFFER = 0x8000084,
  T31_CONTROL_TEMPER_STRENGTH = 0x8000085,
  T31_CONTROL_SINTER_STRENGTH = 0x8000086,
  T31_CONTROL_DRC_STRENGTH = 0x80000a2,
  T31_CONTROL_DRC = 0x80000a3,
  T31_CONTROL_DEFOG = 0x80000a4,
  T31_CONTROL_BLACK_LEVEL = 0x80000a5,
  T31_CONTROL_CSC = 0x80000a6,
  T31_CONTROL_FPS = 0x80000e0,
  T31_CONTROL_RUNNING_MODE = 0x80000e1, /* 0 day, 1 night */
  T31_CONTROL_MODULES = 0x80000e2,
  T31_CONTROL_FRONT_CROP = 0x80000e3,
  T31_CONTROL_HVFLIP = 0x80000e4,
  T31_CONTROL_MASK = 0x80000e5,
  T31_CONTROL_START_EV = 0x80000e6,
  T31_CONTROL_CUSTOM_MODE = 0x80000e7,
  T31_CONTROL_AUTO_ZOOM = 0x80000e8,
  T31_CONTROL_SCALER_LEVEL = 0x80000e9,
  T31_CONTROL_WDR_OUTPUT = 0x80000ea, /* 0 fused, 1 long, 2 short exposure */
  T31_CONTROL_COLOUR_MATRIX = 0x8000100,
  T31_CONTROL_HUE = 0x8000101,
  T31_CONTROL_FIXED_CONTRAST = 0x8000102,
  T31_CONTROL_WAIT_FRAME = 0x8000162,
  T31_CONTROL_ISP_PROCESS = 0x8000164 /* 1: pictures; anything else: raw frames on channel 0 */
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
  T31_AE_SHORT_INTEGRATION_TIME_MANUAL = 16,
  T31_AE_SHORT_AGAIN_MANUAL = 17,
  T31_AE_SHORT_AGAIN = 18,
  T31_AE_SHORT_INTEGRATION_TIME = 19,
  T31_AE_SHORT_FREEZE = 24,
  T31_AE_SHORT_DGAIN = 25,
  T31_AE_SHORT_ISP_DGAIN_MANUAL = 26,
  T31_AE_SHORT_ISP_DGAIN = 27,
  T31_AE_DGAIN_MANUAL = 36,
  T31_AE_SHORT_DGAIN_MANUAL = 37,
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

#define T31_ZONES 225u /* 15 rows of 15 */

struct t31_weights {
  uint8_t zone[T31_ZONES]; /* 0..8 each */
};

struct t31_rgb_coefficients {
  uint16_t red, green, blue; /* added to the colours; 1024 = 0 */
};

struct t31_awb_start {
  uint32_t red, blue; /* Q8 over the sensor's static gains: 256 = 1.0 */
};

struct t31_awb_clusters {
  uint32_t enable, tolerance_enable, tolerance;
  uint32_t clusters[7];
};

struct t31_awb_trend {
  uint32_t offsets[6]; /* of red and blue: high, middle, low colour temperature; 1024 = 0 */
};

struct t31_ae_bins {
  uint8_t thresholds[4];
  uint16_t share[5]; /* get: of 65535 */
  uint8_t rows, columns;
};

struct t31_ae_minima {
  uint32_t lines, again; /* again Q10 */
  uint32_t short_lines, short_again;
};

struct t31_ae_state {
  uint8_t stable, pad[3];
  uint32_t target, mean;
};

struct t31_ae_targets {
  uint32_t luma[10]; /* 0..255, by exposure value */
};

/* The form of every public header; the vendor's driver 1.1.6 writes 88 bytes. */
struct t31_focus {
  uint32_t metric, metric_alt; /* get */
  uint8_t enable, shift;
  uint16_t delta, theta, highlight, alpha_alt;
  uint8_t hstart, vstart, columns, rows, frame, pad;
};

struct t31_fixed_contrast {
  uint8_t mode, pad[3]; /* 1: fixed */
  uint8_t low, high;
};

T31_UAPI_ASSERT(sizeof(struct t31_weights) == 225);
T31_UAPI_ASSERT(sizeof(struct t31_rgb_coefficients) == 6);
T31_UAPI_ASSERT(sizeof(struct t31_awb_start) == 8);
T31_UAPI_ASSERT(sizeof(struct t31_awb_clusters) == 40);
T31_UAPI_ASSERT(sizeof(struct t31_awb_trend) == 24);
T31_UAPI_ASSERT(sizeof(struct t31_ae_bins) == 16);
T31_UAPI_ASSERT(sizeof(struct t31_ae_minima) == 16);
T31_UAPI_ASSERT(sizeof(struct t31_ae_state) == 12);
T31_UAPI_ASSERT(sizeof(struct t31_ae_targets) == 40);
T31_UAPI_ASSERT(sizeof(struct t31_focus) == 24);
T31_UAPI_ASSERT(sizeof(struct t31_fixed_contrast) == 6);
T31_UAPI_ASSERT(sizeof(struct t31_white_balance) == 8);
T31_UAPI_ASSERT(sizeof(struct t31_front_crop) == 20);
T31_UAPI_ASSERT(sizeof(struct t31_masks) == 172);
T31_UAPI_ASSERT(sizeof(struct t31_wait_frame) == 24);
T31_UAPI_ASSERT(sizeof(struct t31_csc) == 64);
T31_UAPI_ASSERT(sizeof(struct t31_colour_matrix) == 40);
T31_UAPI_ASSERT(sizeof(struct t31_auto_zoom) == 36);
T31_UAPI_ASSERT(sizeof(struct t31_scaler_level) == 12);

#endif
