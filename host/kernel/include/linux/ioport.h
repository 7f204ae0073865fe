/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ioport.h - address ranges */
#ifndef T31_STANDIN_LINUX_IOPORT_H
#define T31_STANDIN_LINUX_IOPORT_H

#include <linux/types.h>

struct resource {
  unsigned long start, end;
  const char* name;
  unsigned long flags;
};

#endif
