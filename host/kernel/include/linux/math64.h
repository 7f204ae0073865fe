/* SPDX-License-Identifier: GPL-2.0-or-later */
/* math64.h - 64-bit division, which a 32-bit kernel does not do by operator */
#ifndef T31_STANDIN_LINUX_MATH64_H
#define T31_STANDIN_LINUX_MATH64_H

#include <linux/types.h>

static inline u64 div_u64(u64 dividend, u32 divisor) {
  return dividend / divisor;
}

#endif
