/* SPDX-License-Identifier: GPL-2.0-or-later */
/* io.h - register access by the virtual addresses of a MIPS kernel (KSEG1) */
#ifndef T31_STANDIN_LINUX_IO_H
#define T31_STANDIN_LINUX_IO_H

#include <linux/types.h>

void writel(u32 value, void __iomem* address);
u32 readl(const void __iomem* address);

#endif
