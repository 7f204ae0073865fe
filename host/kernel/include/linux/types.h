/* SPDX-License-Identifier: GPL-2.0-or-later */
/* types.h - kernel integer types, lists and annotations, as sensor drivers use them */
#ifndef T31_STANDIN_LINUX_TYPES_H
#define T31_STANDIN_LINUX_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef unsigned long long u64;
typedef int8_t s8;
typedef int16_t s16;
typedef int32_t s32;
typedef long long s64;

typedef unsigned int gfp_t;
typedef unsigned short umode_t;

#define __iomem
#define __user

struct list_head {
  struct list_head *next, *prev;
};

#endif
