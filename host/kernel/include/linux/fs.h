/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fs.h - what sub-devices name of the file system */
#ifndef T31_STANDIN_LINUX_FS_H
#define T31_STANDIN_LINUX_FS_H

#include <linux/types.h>

struct file_operations;

#endif
