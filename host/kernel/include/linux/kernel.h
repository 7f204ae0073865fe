/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kernel.h - container_of, array sizes, formatting */
#ifndef T31_STANDIN_LINUX_KERNEL_H
#define T31_STANDIN_LINUX_KERNEL_H

#include <linux/errno.h>
#include <linux/printk.h>
#include <linux/types.h>
#include <stdarg.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define container_of(pointer, type, member) ((type*)((char*)(pointer)-offsetof(type, member)))
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))

int snprintf(char* buffer, size_t size, const char* format, ...)
    __attribute__((format(printf, 3, 4)));
int vsnprintf(char* buffer, size_t size, const char* format, va_list arguments)
    __attribute__((format(printf, 3, 0)));

#endif
