/* SPDX-License-Identifier: GPL-2.0-or-later WITH Linux-syscall-note */
/*
 * tisp.h - /dev/tisp: tuning parameters for the tuning tool (user-abi 3.5), and, our addition,
 * single arrays by id and by name.
 *
 * One opener at a time (EBUSY). poll() reports a switch of day and night since the last read(),
 * which then returns four bytes: {1, 0, 0 day or 1 night, 0}. Sizes in numbers and structs are not
 * to be relied on: numbers are compared whole.
 */
#ifndef T31_UAPI_TISP_H
#define T31_UAPI_TISP_H

#ifndef __KERNEL__
#include <stdint.h>
#endif

#include "uapi/t31/tx_isp.h"

#define T31_TISP_DATA 0x5000u

struct t31_tool_exchange {
  uint32_t id;   /* a group or a parameter array */
  uint32_t size; /* bytes of data that count */
  uint32_t aux;  /* by group */
  uint8_t data[T31_TISP_DATA];
};

/* A group: the parameter arrays of one block one behind the other, in the order of their ids. */
#define T31_TISP_GET_GROUP 0x20007400u
#define T31_TISP_SET_GROUP 0x20007401u
#define T31_TISP_GET_AE 0x20007403u /* the 152 bytes of T31_CONTROL_AE */
#define T31_TISP_SET_AE 0x20007404u
#define T31_TISP_GET_WB 0x20007406u /* struct t31_tool_white_balance */
#define T31_TISP_SET_WB 0x20007407u
#define T31_TISP_VERSION 0x20007408u
#define T31_TISP_LONG_VERSION 0x20007409u

/*
 * Our addition: one array. Only the header and `size` bytes of data are moved, so the struct may
 * end behind them. GET_ARRAY   id in; size and data out. EFAULT when the array is longer than the
 * client's memory, EINVAL: no such array. SET_ARRAY   id, size (exactly the array's) and data in.
 * EINVAL: no such array or another size; EPERM: array 0 (the bypass words; use the module control).
 *   FIND_ARRAY  data in: the name in at most 48 bytes with its NUL; id and size out. ENOENT: none.
 * Reading needs a selected sensor (EPERM); what is set without one holds from the next on. An array
 * that was set stays above every bank, day, night and custom, until another tuning file is loaded.
 */
#define T31_TISP_GET_ARRAY 0x20007420u
#define T31_TISP_SET_ARRAY 0x20007421u
#define T31_TISP_FIND_ARRAY 0x20007422u
#define T31_TISP_NAME 48u
#define T31_TISP_ARRAYS 1095u

enum t31_tool_group {
  T31_TISP_TOP = 0, /* get only: struct t31_tool_top */
  T31_TISP_BLACK_LEVEL = 1,
  T31_TISP_LENS_SHADING = 2, /* aux 0: all but the three tables; set, aux 1..3: one table */
  T31_TISP_WDR = 3,
  T31_TISP_DEFECT_PIXELS = 4,
  T31_TISP_GIB = 5,
  T31_TISP_RAW_DENOISE = 6,
  T31_TISP_TONE_MAPPING = 7,
  T31_TISP_DEMOSAIC = 8,
  T31_TISP_COLOUR_MATRIX = 9,
  T31_TISP_GAMMA = 10,
  T31_TISP_DEFOG = 11,
  T31_TISP_TEMPORAL_DENOISE = 12,
  T31_TISP_LUMA_DENOISE = 13,
  T31_TISP_BCSH = 14,
  T31_TISP_COLOUR_MAP = 15,
  T31_TISP_SHARPEN = 16,
  T31_TISP_SPATIAL_DENOISE = 17,
  T31_TISP_FOCUS = 18,
  T31_TISP_LENS_DISTORTION = 19,
  T31_TISP_EXPOSURE = 20,
  T31_TISP_WHITE_BALANCE = 21,
  T31_TISP_REGISTER = 23, /* get: aux address; set and answer: {u32 address, u32 value} */
  T31_TISP_DAY_NIGHT = 24 /* u32 0 day, 1 night */
};

struct t31_tool_white_balance {
  uint32_t mode, red, blue;
  uint32_t grey_red, grey_blue;     /* zones' averages over green, Q8 */
  uint32_t in_use_red, in_use_blue; /* 65536 over the gain */
};

struct t31_tool_top {
  uint32_t width, height, bayer;
  char name[16];
  uint32_t max_again, max_dgain, again, dgain; /* log2, Q16 */
  uint32_t fps;                                /* numerator << 16 | denominator */
  uint16_t min_lines, min_lines_native, max_lines_native, lines_limit;
  uint32_t lines;
  uint16_t total_width, total_height, max_lines;
  uint16_t lines_delay, again_delay, dgain_delay, line_us;
  uint16_t min_lines_short, max_lines_short, pad;
  uint32_t lines_short, max_again_short, again_short, wdr;
};

T31_UAPI_ASSERT(sizeof(struct t31_tool_exchange) == 0x500c);
T31_UAPI_ASSERT(sizeof(struct t31_tool_white_balance) == 28);
T31_UAPI_ASSERT(sizeof(struct t31_tool_top) == 96);

#endif
