/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sensor-files.h - sensor drivers with files of their own in /proc/jz/sensor (sensor-info.h), some
 * of which never call sensor_common_exit: whoever read a file after such a module had gone ran code
 * that was no longer there. So the files go with the driver, by the call that every driver makes.
 * Asked for with -DT31_SENSOR_INFO, by modules that sensors/common/sensor_info.c is linked into.
 */
#ifndef T31_SENSOR_SENSOR_FILES_H
#define T31_SENSOR_SENSOR_FILES_H

#include "sensor-info.h"

static inline int t31_files_of(int result) {
  if (result) sensor_common_exit();
  return result;
}

/* A function's name in parentheses is the function, not the macro of that name. */
#define private_i2c_add_driver(driver) t31_files_of((private_i2c_add_driver)(driver))
#define private_i2c_del_driver(driver) (sensor_common_exit(), (private_i2c_del_driver)(driver))
#undef i2c_add_driver
#define i2c_add_driver(driver) t31_files_of(i2c_register_driver(THIS_MODULE, (driver)))
#ifdef i2c_del_driver /* kernels from 6.3 on (linux/compat/bridge.h) */
#undef i2c_del_driver
#define i2c_del_driver(driver) (sensor_common_exit(), t31_sensor_driver_remove(driver))
#else
#define i2c_del_driver(driver) (sensor_common_exit(), (i2c_del_driver)(driver))
#endif

#endif
