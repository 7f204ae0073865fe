/* SPDX-License-Identifier: GPL-2.0-or-later */
/* spinlock.h - spin locks: without size, as on the camera's single-processor kernel */
#ifndef T31_STANDIN_LINUX_SPINLOCK_H
#define T31_STANDIN_LINUX_SPINLOCK_H

#include <linux/types.h>

typedef struct spinlock {
} spinlock_t;

#endif
