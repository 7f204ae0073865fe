/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sensor-registry.h - sensor drivers that carry nothing for /proc/jz/sensor themselves (current
 * SDKs) publish through the calls that every driver makes. Asked for with -DT31_SENSOR_REGISTRY;
 * the driver defines SENSOR_I2C_ADDRESS, as the SDK demands.
 */
#ifndef T31_SENSOR_SENSOR_REGISTRY_H
#define T31_SENSOR_SENSOR_REGISTRY_H

static inline int t31_published_add(struct i2c_driver* driver, int address, struct module* owner,
                                    int result) {
  if (!result) tx_isp_sinfo_driver_add(driver, address, owner);
  return result;
}

static inline int t31_published_init(struct tx_isp_subdev* sd, struct module* owner, int result) {
  if (!result) tx_isp_sinfo_sensor_bind(sd, owner);
  return result;
}

/* A function's name in parentheses is the function, not the macro of that name. */
#define private_i2c_add_driver(driver) \
  t31_published_add((driver), SENSOR_I2C_ADDRESS, THIS_MODULE, (private_i2c_add_driver)(driver))
#define private_i2c_del_driver(driver) \
  (tx_isp_sinfo_driver_del(driver), (private_i2c_del_driver)(driver))
#undef i2c_add_driver
#define i2c_add_driver(driver)                                 \
  t31_published_add((driver), SENSOR_I2C_ADDRESS, THIS_MODULE, \
                    i2c_register_driver(THIS_MODULE, (driver)))
#ifdef i2c_del_driver /* kernels from 6.3 on (linux/compat/bridge.h) */
#undef i2c_del_driver
#define i2c_del_driver(driver) (tx_isp_sinfo_driver_del(driver), t31_sensor_driver_remove(driver))
#else
#define i2c_del_driver(driver) (tx_isp_sinfo_driver_del(driver), (i2c_del_driver)(driver))
#endif
#define tx_isp_subdev_init(pdev, sd, ops) \
  t31_published_init((sd), THIS_MODULE, (tx_isp_subdev_init)((pdev), (sd), (ops)))
#define tx_isp_subdev_deinit(sd) (tx_isp_sinfo_sensor_unbind(sd), (tx_isp_subdev_deinit)(sd))

#endif
