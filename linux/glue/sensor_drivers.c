// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sensor_drivers.c - I2C drivers of sensors on kernels whose probe takes the client alone (6.3 on).
 * Sensor drivers are written for 3.10, whose probe has the client's table entry besides: between
 * the kernel and such a driver stands a probe that looks it up.
 */
#include <linux/version.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "linux/compat/bridge.h"

typedef int (*client_probe)(struct i2c_client* client);
typedef int (*table_probe)(struct i2c_client* client, const struct i2c_device_id* id);

struct sensor_driver {
  struct list_head link;
  struct i2c_driver* driver;
  client_probe probe; /* what the driver says it is */
};
static LIST_HEAD(drivers);
static DEFINE_MUTEX(drivers_lock);

static struct sensor_driver* find(const struct i2c_driver* driver) {
  struct sensor_driver* at;
  struct sensor_driver* found = NULL;

  mutex_lock(&drivers_lock);
  list_for_each_entry(at, &drivers, link) {
    if (at->driver == driver) found = at;
  }
  mutex_unlock(&drivers_lock);
  return found;
}

/* Runs while the driver is registered, so what is found stays. */
static int probe(struct i2c_client* client) {
  const struct sensor_driver* sensor = find(to_i2c_driver(client->dev.driver));

  if (!sensor || !sensor->probe) return -ENODEV;
  return ((table_probe)(void*)sensor->probe)(client, i2c_client_get_device_id(client));
}

static void forget(struct sensor_driver* sensor) {
  mutex_lock(&drivers_lock);
  list_del(&sensor->link);
  mutex_unlock(&drivers_lock);
  sensor->driver->probe = sensor->probe;
  kfree(sensor);
}

int t31_sensor_driver_add(struct module* owner, struct i2c_driver* driver) {
  struct sensor_driver* sensor;
  int result;

  if (find(driver)) return -EBUSY;
  sensor = kzalloc(sizeof(*sensor), GFP_KERNEL);
  if (!sensor) return -ENOMEM;
  sensor->driver = driver;
  sensor->probe = driver->probe;
  driver->probe = probe;
  mutex_lock(&drivers_lock);
  list_add(&sensor->link, &drivers);
  mutex_unlock(&drivers_lock);
  result = (i2c_register_driver)(owner, driver);
  if (result) forget(sensor);
  return result;
}
EXPORT_SYMBOL(t31_sensor_driver_add);

void t31_sensor_driver_remove(struct i2c_driver* driver) {
  struct sensor_driver* sensor = find(driver);

  (i2c_del_driver)(driver);
  if (sensor) forget(sensor);
}
EXPORT_SYMBOL(t31_sensor_driver_remove);
#endif
