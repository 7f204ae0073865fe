/* SPDX-License-Identifier: GPL-2.0-or-later */
/* interrupt.h - results of interrupt handlers */
#ifndef T31_STANDIN_LINUX_INTERRUPT_H
#define T31_STANDIN_LINUX_INTERRUPT_H

#include <linux/types.h>

typedef enum irqreturn { IRQ_NONE = 0, IRQ_HANDLED = 1, IRQ_WAKE_THREAD = 2 } irqreturn_t;

#endif
