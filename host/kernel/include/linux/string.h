/* SPDX-License-Identifier: GPL-2.0-or-later */
/* string.h - the string functions of the kernel are those of the C library */
#ifndef T31_STANDIN_LINUX_STRING_H
#define T31_STANDIN_LINUX_STRING_H

#include <string.h>

#endif
