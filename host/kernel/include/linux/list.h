/* SPDX-License-Identifier: GPL-2.0-or-later */
/* list.h - doubly linked lists */
#ifndef T31_STANDIN_LINUX_LIST_H
#define T31_STANDIN_LINUX_LIST_H

#include <linux/kernel.h>

static inline void INIT_LIST_HEAD(struct list_head* list) {
  list->next = list;
  list->prev = list;
}

#endif
