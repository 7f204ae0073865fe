/* SPDX-License-Identifier: GPL-2.0-or-later */
/* i2c.h - the I2C core: adapters 0 and 1, clients, drivers, transfers */
#ifndef T31_STANDIN_LINUX_I2C_H
#define T31_STANDIN_LINUX_I2C_H

#include <linux/device.h>
#include <linux/kernel.h>
#include <linux/mod_devicetable.h>
#include <linux/types.h>

#define I2C_M_RD 0x0001
#define I2C_M_TEN 0x0010

struct i2c_msg {
  u16 addr;
  u16 flags;
  u16 len;
  u8* buf;
};

struct i2c_adapter {
  struct device dev;
  int nr;
  char name[48];
};

struct i2c_driver;

struct i2c_client {
  unsigned short flags;
  unsigned short addr;
  char name[I2C_NAME_SIZE];
  struct i2c_adapter* adapter;
  struct i2c_driver* driver;
  struct device dev;
  struct i2c_client* next; /* the core's list */
};

struct i2c_board_info {
  char type[I2C_NAME_SIZE];
  unsigned short flags;
  unsigned short addr;
  void* platform_data;
};

struct i2c_driver {
  int (*probe)(struct i2c_client* client, const struct i2c_device_id* id);
  int (*remove)(struct i2c_client* client);
  struct device_driver driver;
  const struct i2c_device_id* id_table;
  struct i2c_driver* next; /* the core's list */
};

#define to_i2c_driver(d) container_of(d, struct i2c_driver, driver)

extern struct bus_type i2c_bus_type;

struct i2c_adapter* i2c_get_adapter(int number);
void i2c_put_adapter(struct i2c_adapter* adapter);

/* NULL when the address is not valid, in use on that adapter, or memory is short. */
struct i2c_client* i2c_new_device(struct i2c_adapter* adapter, const struct i2c_board_info* info);
void i2c_unregister_device(struct i2c_client* client);

int i2c_register_driver(struct module* owner, struct i2c_driver* driver);
#define i2c_add_driver(driver) i2c_register_driver(THIS_MODULE, driver)
void i2c_del_driver(struct i2c_driver* driver);

/* Number of messages done or a negative errno. */
int i2c_transfer(struct i2c_adapter* adapter, struct i2c_msg* messages, int count);

static inline void* i2c_get_clientdata(const struct i2c_client* client) {
  return dev_get_drvdata(&client->dev);
}

static inline void i2c_set_clientdata(struct i2c_client* client, void* data) {
  dev_set_drvdata(&client->dev, data);
}

#endif
