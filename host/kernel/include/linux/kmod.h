/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmod.h - loading modules on demand */
#ifndef T31_STANDIN_LINUX_KMOD_H
#define T31_STANDIN_LINUX_KMOD_H

#include <linux/module.h>

#endif
