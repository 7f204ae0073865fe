// SPDX-License-Identifier: GPL-2.0-or-later
/* registry.c - sensors say that they are there; on a PC there is no /proc/jz/sensor to show them
 * in. */
#include "tx-isp-common.h"

int tx_isp_sinfo_driver_add(struct i2c_driver* driver, int default_address, struct module* owner) {
  (void)default_address;
  (void)owner;
  return driver ? 0 : -EINVAL;
}

void tx_isp_sinfo_driver_del(struct i2c_driver* driver) {
  (void)driver;
}

int tx_isp_sinfo_sensor_bind(struct tx_isp_subdev* sd, struct module* owner) {
  (void)owner;
  return sd ? 0 : -EINVAL;
}

void tx_isp_sinfo_sensor_unbind(struct tx_isp_subdev* sd) {
  (void)sd;
}
