/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * chip_1_1_1.c - a sensor as modules of SDK 1.1.1 have it, with traps behind everything that the
 * ISP driver may look at: where today's core operations go on, and where today's attributes have
 * a word more. A trap makes the kernel complain, which fails the test.
 */
#include "sdk_1_1_1.h"

#include "sensors/common/sensor_chip.c"

static int trap(void) {
  pr_err("BUG: an operation of an SDK 1.1.1 sensor that nobody may call\n");
  return -EINVAL;
}

/* Today's operations are two longer. */
static struct {
  struct tx_isp_subdev_core_ops ops;
  int (*behind[2])(void);
} trapped;

int old_sdk_probe(struct i2c_client* client, const struct i2c_device_id* id) {
  int error = sensor_chip_probe(client, id);

  if (error) return error;
  trapped.ops = core_ops;
  trapped.ops.ioctl = (void*)trap;
  trapped.ops.interrupt_service_routine = (void*)trap;
  trapped.ops.interrupt_service_thread = (void*)trap;
  trapped.behind[0] = trapped.behind[1] = trap;
  subdev_ops.core = &trapped.ops;
  return 0;
}

int old_sdk_remove(struct i2c_client* client) {
  struct tx_isp_subdev* sd = private_i2c_get_clientdata(client);

  if (device_of(sd)->sensor.attr.priv)
    pr_err("BUG: written behind the attributes of an SDK 1.1.1 sensor\n");
  return sensor_chip_remove(client);
}
