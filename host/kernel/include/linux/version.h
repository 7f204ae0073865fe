/* SPDX-License-Identifier: GPL-2.0-or-later */
/* version.h - the kernel whose interface these stand-ins have */
#ifndef T31_STANDIN_LINUX_VERSION_H
#define T31_STANDIN_LINUX_VERSION_H

#define KERNEL_VERSION(a, b, c) (((a) << 16) + ((b) << 8) + (c))
#define LINUX_VERSION_CODE KERNEL_VERSION(3, 10, 14)

#endif
