// SPDX-License-Identifier: GPL-2.0-or-later
/* faults.c - calls of the driver's module that fail on demand, to prove its error paths. */
#include <linux/kernel.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "board.h"

static DEFINE_SPINLOCK(faults_lock);
static unsigned int nth;
static unsigned int calls;
static char failed[sizeof(((struct t31_mailbox_fault*)0)->failed)];

bool t31_faults_due(const char* what) {
  unsigned long flags;
  bool due;

  spin_lock_irqsave(&faults_lock, flags);
  due = ++calls == nth;
  if (due) strscpy(failed, what, sizeof(failed));
  spin_unlock_irqrestore(&faults_lock, flags);
  return due;
}

long t31_faults_request(unsigned long argument) {
  struct t31_mailbox_fault request;
  unsigned long flags;

  if (copy_from_user(&request, (const void __user*)argument, sizeof(request))) return -EFAULT;
  spin_lock_irqsave(&faults_lock, flags);
  request.calls = calls;
  memcpy(request.failed, failed, sizeof(failed));
  nth = request.nth;
  calls = 0;
  memset(failed, 0, sizeof(failed));
  spin_unlock_irqrestore(&faults_lock, flags);
  return copy_to_user((void __user*)argument, &request, sizeof(request)) ? -EFAULT : 0;
}
