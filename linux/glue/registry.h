/* SPDX-License-Identifier: GPL-2.0-or-later */
/* registry.h - the sensors there are, and their files in /proc/jz/sensor. */
#ifndef T31_LINUX_REGISTRY_H
#define T31_LINUX_REGISTRY_H

#include <linux/seq_file.h>

#define T31_REGISTRY_SLOTS 16u

enum t31_registry_value {
  T31_REGISTRY_NAME,
  T31_REGISTRY_CHIP_ID,
  T31_REGISTRY_I2C_ADDR,
  T31_REGISTRY_I2C_ADAPTER,
  T31_REGISTRY_WIDTH,
  T31_REGISTRY_HEIGHT,
  T31_REGISTRY_FPS,
  T31_REGISTRY_STATUS,
};

/* registry.c */
void t31_registry_start(void);
void t31_registry_stop(void);
void t31_registry_show(struct seq_file* text, unsigned int number, enum t31_registry_value value);
unsigned int t31_registry_count(void);

/* registry_files.c: the folder sensorN of a slot, and what belongs to all of them. One at a time.
 */
void t31_registry_files_create(unsigned int number);
void t31_registry_files_remove(unsigned int number);

#endif
