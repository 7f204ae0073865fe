/* SPDX-License-Identifier: GPL-2.0-or-later */
/* err.h - errors inside pointers */
#ifndef T31_STANDIN_LINUX_ERR_H
#define T31_STANDIN_LINUX_ERR_H

#include <linux/errno.h>
#include <linux/types.h>

#define MAX_ERRNO 4095

static inline void* ERR_PTR(long error) {
  return (void*)error;
}

static inline long PTR_ERR(const void* pointer) {
  return (long)pointer;
}

static inline bool IS_ERR(const void* pointer) {
  return (unsigned long)pointer >= (unsigned long)-MAX_ERRNO;
}

static inline bool IS_ERR_OR_NULL(const void* pointer) {
  return !pointer || IS_ERR(pointer);
}

#endif
