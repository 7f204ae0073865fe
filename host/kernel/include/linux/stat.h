/* SPDX-License-Identifier: GPL-2.0-or-later */
/* stat.h - permission bits of module parameters */
#ifndef T31_STANDIN_LINUX_STAT_H
#define T31_STANDIN_LINUX_STAT_H

#define S_IRUGO 0444
#define S_IWUSR 0200

#endif
