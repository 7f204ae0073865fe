/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mod_devicetable.h - tables of device names */
#ifndef T31_STANDIN_LINUX_MOD_DEVICETABLE_H
#define T31_STANDIN_LINUX_MOD_DEVICETABLE_H

#include <linux/types.h>

#define I2C_NAME_SIZE 20

struct i2c_device_id {
  char name[I2C_NAME_SIZE];
  unsigned long driver_data;
};

#endif
