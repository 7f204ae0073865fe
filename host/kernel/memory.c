/* SPDX-License-Identifier: GPL-2.0-or-later */
/* memory.c - kernel memory, sleeping and capabilities over the port. */
#include <linux/capability.h>
#include <linux/delay.h>
#include <linux/slab.h>

#include "driver/port/port.h"

void* kzalloc(size_t size, gfp_t flags) {
  (void)flags;
  return t31_port_alloc((u32)size);
}

void* kmalloc(size_t size, gfp_t flags) {
  return kzalloc(size, flags);
}

void kfree(const void* memory) {
  if (memory) t31_port_free((void*)memory);
}

void msleep(unsigned int milliseconds) {
  t31_port_msleep(milliseconds);
}

bool capable(int capability) {
  (void)capability;
  return true;
}
