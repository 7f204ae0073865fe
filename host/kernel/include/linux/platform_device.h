/* SPDX-License-Identifier: GPL-2.0-or-later */
/* platform_device.h - platform devices: sensors declare one and never register it */
#ifndef T31_STANDIN_LINUX_PLATFORM_DEVICE_H
#define T31_STANDIN_LINUX_PLATFORM_DEVICE_H

#include <linux/device.h>
#include <linux/ioport.h>

struct platform_device {
  const char* name;
  int id;
  struct device dev;
  u32 num_resources;
  struct resource* resource;
};

#endif
