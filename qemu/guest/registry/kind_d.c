// SPDX-License-Identifier: GPL-2.0-or-later
/* kind_d.c - a sensor module that announces and binds itself, and makes the folder, too. */
#define T31_SENSOR_REGISTRY
#define SENSOR_I2C_ADDRESS 0x30
#include <sensor-common.h>
#include <tx-isp-common.h>

#include "own_files.h"

#undef private_i2c_add_driver
#undef private_i2c_del_driver
#define private_i2c_add_driver(driver) own_add_driver(driver)
#define private_i2c_del_driver(driver) own_del_driver(driver)

#include "sensors/sc2336.c"
