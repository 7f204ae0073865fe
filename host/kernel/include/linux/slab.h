/* SPDX-License-Identifier: GPL-2.0-or-later */
/* slab.h - kernel memory over the port */
#ifndef T31_STANDIN_LINUX_SLAB_H
#define T31_STANDIN_LINUX_SLAB_H

#include <linux/types.h>

#define GFP_KERNEL 0u

void* kzalloc(size_t size, gfp_t flags);
void* kmalloc(size_t size, gfp_t flags);
void kfree(const void* memory);

#endif
