/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bridge.h - for code written against the sensor ABI (../bridge and sensor drivers), whose kernel
 * calls are those of 3.10: what newer kernels call otherwise. Included before everything else.
 */
#ifndef T31_COMPAT_BRIDGE_H
#define T31_COMPAT_BRIDGE_H

#include <linux/version.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 3, 0)
#include <linux/err.h>
#include <linux/i2c.h>

static inline struct i2c_client* i2c_new_device(struct i2c_adapter* adapter,
                                                struct i2c_board_info const* info) {
  struct i2c_client* client = i2c_new_client_device(adapter, info);

  return IS_ERR(client) ? NULL : client;
}
#endif

/* Since 6.3 a driver's probe takes one argument: glue/sensor_drivers.c. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
int t31_sensor_driver_add(struct module* owner, struct i2c_driver* driver);
void t31_sensor_driver_remove(struct i2c_driver* driver);
#define i2c_register_driver(owner, driver) t31_sensor_driver_add(owner, driver)
#define i2c_del_driver(driver) t31_sensor_driver_remove(driver)
#endif

#endif
