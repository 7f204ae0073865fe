/* SPDX-License-Identifier: GPL-2.0-or-later */
/* glue.h - between the files of the kernel's side. */
#ifndef T31_LINUX_GLUE_H
#define T31_LINUX_GLUE_H

#include <linux/device.h>
#include <linux/types.h>

#include "compat.h"
#include "driver/port/port.h"

/* Everything of the ISP that asks for a device: DMA, clocks. Exists while the module is loaded. */
extern struct device* t31_device;

/* Module parameter: messages of at least this level are printed (0 all, 3 none). */
extern int t31_print_level;

/* platform.c: the platform devices of the documented names. */
int t31_platform_register(void);
void t31_platform_unregister(void);
/* Linux interrupt for a line of the chip's interrupt controller. */
int t31_platform_irq(u32 line);
/* A test wants this call to fail. Never on a camera. */
bool t31_platform_fails(const char* what);

/* memory.c: what rmem= and ispmem= of the boot line reserve. */
void t31_memory_find_reserved(void);

/* proc.c: the folder jz/isp. */
int t31_proc_folder_create(void);
void t31_proc_folder_remove(void);

/* Storage of a port object, and the kernel object that lives in it. */
#define T31_STORED(kernel_type, port_object)                    \
  ({                                                            \
    BUILD_BUG_ON(sizeof(kernel_type) > sizeof(*(port_object))); \
    (kernel_type*)(void*)(port_object);                         \
  })

#endif
