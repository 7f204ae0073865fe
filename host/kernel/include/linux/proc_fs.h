/* SPDX-License-Identifier: GPL-2.0-or-later */
/* proc_fs.h - included by every sensor driver, used by none */
#ifndef T31_STANDIN_LINUX_PROC_FS_H
#define T31_STANDIN_LINUX_PROC_FS_H

#include <linux/fs.h>

#endif
