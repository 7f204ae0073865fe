/* SPDX-License-Identifier: GPL-2.0-or-later */
/* capability.h - what the caller may do: the host's clients are root */
#ifndef T31_STANDIN_LINUX_CAPABILITY_H
#define T31_STANDIN_LINUX_CAPABILITY_H

#include <linux/types.h>

#define CAP_SYS_ADMIN 21

bool capable(int capability);

#endif
