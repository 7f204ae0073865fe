/* SPDX-License-Identifier: GPL-2.0-or-later */
/* errno.h - error numbers: those of the machine, and the kernel's internal one that sensors meet */
#ifndef T31_STANDIN_LINUX_ERRNO_H
#define T31_STANDIN_LINUX_ERRNO_H

#include <asm/errno.h>

#define ENOIOCTLCMD 515

#endif
