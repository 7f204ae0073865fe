/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sensor_bus.h - registers of a sensor on I2C: 8- or 16-bit addresses, 8-bit values. All functions
 * but the first sleep.
 */
#ifndef T31_SENSORS_COMMON_SENSOR_BUS_H
#define T31_SENSORS_COMMON_SENSOR_BUS_H

#include <tx-isp-common.h>

struct sensor_reg {
  u16 address;
  u8 value;
};

/* Of this module's chip: 1 or 2 (at load). */
void sensor_set_address_bytes(unsigned bytes);

/* 0 or a negative errno. */
int sensor_read(struct i2c_client* client, u16 address, u8* value);
int sensor_write(struct i2c_client* client, u16 address, u8 value);
/* In order; stops at the first error. */
int sensor_write_list(struct i2c_client* client, const struct sensor_reg* list, size_t count);
/* `bytes` registers from `address` on, most significant first; at most four. */
int sensor_read_number(struct i2c_client* client, u16 address, unsigned bytes, u32* value);

#endif
