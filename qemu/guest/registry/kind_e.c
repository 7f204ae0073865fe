// SPDX-License-Identifier: GPL-2.0-or-later
/* kind_e.c - a sensor module that has files made for it and never says that it goes. */
#define T31_SENSOR_INFO
#include <sensor-common.h>
#include <tx-isp-common.h>

static struct sensor_info said = {
    .name = "sc2336", .chip_id = 0xcb3a, .version = "E", .max_fps = 30};

static inline int announced_add(struct i2c_driver* driver) {
  sensor_common_init(&said);
  return private_i2c_add_driver(driver);
}
#undef private_i2c_add_driver
#define private_i2c_add_driver(driver) announced_add(driver)
#define tx_isp_sinfo_driver_add(driver, address, owner) ((void)(driver))
#define tx_isp_sinfo_driver_del(driver) ((void)(driver))

#include "sensors/sc2336.c"
