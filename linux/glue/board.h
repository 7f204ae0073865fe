/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * board.h - what a board that isn't a T31 camera tells the module, through a platform device of
 * this name that exists before the module is loaded. On cameras there is none.
 */
#ifndef T31_LINUX_BOARD_H
#define T31_LINUX_BOARD_H

#include <linux/types.h>

#define T31_BOARD_DEVICE "t31-board"

struct t31_board {
  /* Linux interrupt for a line of the T31's interrupt controller (37 ISP, 38 VIC). */
  int (*irq)(u32 line);
  /* Pins of port 0 (A), 1 or 2 get device function 0 to 3. NULL: they have theirs. */
  int (*set_pin_function)(u32 port, u32 function, u32 pins);
  /* True when a call that asks the kernel for something is to fail, for tests; NULL: never. */
  bool (*fails)(const char* what);
};

#endif
