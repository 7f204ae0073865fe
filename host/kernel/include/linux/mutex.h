/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mutex.h - sleeping locks that exist without being made: whoever waits sleeps in virtual time */
#ifndef T31_STANDIN_LINUX_MUTEX_H
#define T31_STANDIN_LINUX_MUTEX_H

#include <linux/delay.h>
#include <linux/types.h>

struct mutex {
  bool held;
};

#define DEFINE_MUTEX(name) struct mutex name = {false}

static inline void mutex_lock(struct mutex* mutex) {
  while (__atomic_exchange_n(&mutex->held, true, __ATOMIC_ACQUIRE)) msleep(1);
}

static inline void mutex_unlock(struct mutex* mutex) {
  __atomic_store_n(&mutex->held, false, __ATOMIC_RELEASE);
}

#endif
