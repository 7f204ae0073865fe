// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * locks.c - spin locks, mutexes, wait queues, delays, time. Each name is a class of its own for the
 * lock validator, which otherwise tells locks apart by the place where they are initialised.
 */
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "glue.h"

#define MOST_CLASSES 64
static struct lock_class_key keys[MOST_CLASSES];
static const char* names[MOST_CLASSES];
static DEFINE_SPINLOCK(classes_lock);

static struct lock_class_key* class_of(const char* name) {
  unsigned int i;

  spin_lock(&classes_lock);
  for (i = 0; i < MOST_CLASSES - 1 && names[i]; i++)
    if (!strcmp(names[i], name)) break;
  names[i] = name;
  spin_unlock(&classes_lock);
  return &keys[i];
}

void t31_port_spin_init(struct t31_spinlock* lock, const char* name) {
  spinlock_t* stored = T31_STORED(spinlock_t, lock);

  spin_lock_init(stored);
  lockdep_set_class_and_name(stored, class_of(name), name);
}

void t31_port_spin_destroy(struct t31_spinlock* lock) {
  (void)lock;
}

unsigned long t31_port_spin_lock_irqsave(struct t31_spinlock* lock) {
  unsigned long flags;

  spin_lock_irqsave(T31_STORED(spinlock_t, lock), flags);
  return flags;
}

void t31_port_spin_unlock_irqrestore(struct t31_spinlock* lock, unsigned long flags) {
  spin_unlock_irqrestore(T31_STORED(spinlock_t, lock), flags);
}

void t31_port_mutex_init(struct t31_mutex* mutex, const char* name) {
  struct mutex* stored = T31_STORED(struct mutex, mutex);

  mutex_init(stored);
  lockdep_set_class_and_name(stored, class_of(name), name);
}

void t31_port_mutex_destroy(struct t31_mutex* mutex) {
  mutex_destroy(T31_STORED(struct mutex, mutex));
}

void t31_port_mutex_lock(struct t31_mutex* mutex) {
  mutex_lock(T31_STORED(struct mutex, mutex));
}

void t31_port_mutex_unlock(struct t31_mutex* mutex) {
  mutex_unlock(T31_STORED(struct mutex, mutex));
}

void t31_port_wait_init(struct t31_wait* wait, const char* name) {
  wait_queue_head_t* stored = T31_STORED(wait_queue_head_t, wait);

  init_waitqueue_head(stored);
  lockdep_set_class_and_name(&stored->lock, class_of(name), name);
}

void t31_port_wait_destroy(struct t31_wait* wait) {
  (void)wait;
}

void t31_port_wake_all(struct t31_wait* wait) {
  wake_up_all(T31_STORED(wait_queue_head_t, wait));
}

int t31_port_wait(struct t31_wait* wait, int (*condition)(void* context), void* context,
                  u32 milliseconds, int interruptible) {
  wait_queue_head_t* queue = T31_STORED(wait_queue_head_t, wait);
  const long time = milliseconds == T31_WAIT_FOREVER ? MAX_SCHEDULE_TIMEOUT
                                                     : (long)msecs_to_jiffies(milliseconds);
  long left;

  if (interruptible)
    left = wait_event_interruptible_timeout(*queue, condition(context), time);
  else
    left = wait_event_timeout(*queue, condition(context), time);
  if (left < 0) return -ERESTARTSYS;
  return left ? 0 : -ETIMEDOUT;
}

void t31_port_msleep(u32 milliseconds) {
  if (milliseconds < 20)
    usleep_range(milliseconds * 1000, milliseconds * 1000 + 500);
  else
    msleep(milliseconds);
}

u64 t31_port_time_ns(void) {
  return t31_raw_ns();
}
