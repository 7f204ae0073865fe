/* SPDX-License-Identifier: GPL-2.0-or-later */
/* device.h - devices and drivers */
#ifndef T31_STANDIN_LINUX_DEVICE_H
#define T31_STANDIN_LINUX_DEVICE_H

#include <linux/errno.h>
#include <linux/types.h>

struct module;
struct device_driver;

struct bus_type {
  const char* name;
};

struct device {
  struct device* parent;
  struct device_driver* driver; /* NULL while unbound */
  void* platform_data;
  void* driver_data;
  u64* dma_mask;
  u64 coherent_dma_mask;
};

struct device_driver {
  const char* name;
  struct bus_type* bus;
  struct module* owner;
};

static inline void* dev_get_drvdata(const struct device* device) {
  return device->driver_data;
}

static inline void dev_set_drvdata(struct device* device, void* data) {
  device->driver_data = data;
}

/* Calls `function` for every driver of the bus until one returns non-zero, which is the result. */
int bus_for_each_drv(struct bus_type* bus, struct device_driver* start, void* data,
                     int (*function)(struct device_driver* driver, void* data));

#endif
