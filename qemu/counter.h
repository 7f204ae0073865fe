/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * counter.h - a page of registers beside the mailbox, in a virtual machine that counts executed
 * instructions (libt31-count.so, `t31vm bench`). All are 32 bits wide, and counts wrap.
 */
#ifndef T31_QEMU_COUNTER_H
#define T31_QEMU_COUNTER_H

#define T31_COUNTER_BASE 0x13f01000u
#define T31_COUNTER_BYTES 0x1000u

#define T31_COUNTER_EXECUTED 0x00 /* by everything */
#define T31_COUNTER_OWN 0x04      /* by the thread that reads this, interrupts excluded */
#define T31_COUNTER_THREADS 0x08  /* by all threads but the idle one, interrupts excluded */
#define T31_COUNTER_LINES 0x0c    /* by hard interrupts of the chip's lines */

/* The board module writes these around the handlers of a hard interrupt of the chip's lines. */
#define T31_COUNTER_ENTER 0x10
#define T31_COUNTER_LEAVE 0x14
#define T31_COUNTER_TIMES 0x18   /* such interrupts */
#define T31_COUNTER_LONGEST 0x1c /* of one of them; a write starts anew */
#define T31_COUNTER_LATEST 0x20  /* EXECUTED when the latest began */

/* By code between two addresses, that of a module, whoever runs it. */
#define T31_COUNTER_CODE_BEGIN 0x24
#define T31_COUNTER_CODE_END 0x28
#define T31_COUNTER_CODE 0x2c

#endif
