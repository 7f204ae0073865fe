/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * i2c.c - the I2C core that sensor drivers see: two adapters, clients made by name and address,
 * drivers found by their id tables. Transfers go to the virtual T31's bus.
 *
 * One lock guards the lists. It is never held across a call into a driver or the port.
 */
#include <pthread.h>
#include <string.h>

#include <linux/i2c.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "host/kernel/kernel.h"
#include "t31_host_kernel.h"

#define MAX_MESSAGES 8

static pthread_mutex_t lists = PTHREAD_MUTEX_INITIALIZER;
static struct i2c_driver* drivers;
static struct i2c_client* clients;
static unsigned int adapter_users;

struct bus_type i2c_bus_type = {.name = "i2c"};

static struct i2c_adapter adapters[] = {
    {.nr = 0, .name = "i2c0"},
    {.nr = 1, .name = "i2c1"},
};

struct i2c_adapter* i2c_get_adapter(int number) {
  if (number < 0 || number >= (int)ARRAY_SIZE(adapters)) return NULL;
  pthread_mutex_lock(&lists);
  adapter_users++;
  pthread_mutex_unlock(&lists);
  return &adapters[number];
}

void i2c_put_adapter(struct i2c_adapter* adapter) {
  if (!adapter) return;
  pthread_mutex_lock(&lists);
  adapter_users--;
  pthread_mutex_unlock(&lists);
}

static const struct i2c_device_id* find_id(const struct i2c_driver* driver, const char* name) {
  const struct i2c_device_id* id = driver->id_table;

  for (; id && id->name[0]; id++) {
    if (!strncmp(id->name, name, I2C_NAME_SIZE)) return id;
  }
  return NULL;
}

/* A driver for `client`, its module held. Called with the lists locked. */
static struct i2c_driver* match_driver(const struct i2c_client* client,
                                       const struct i2c_device_id** id) {
  struct i2c_driver* driver;

  for (driver = drivers; driver; driver = driver->next) {
    *id = find_id(driver, client->name);
    if (*id && try_module_get(driver->driver.owner)) return driver;
  }
  return NULL;
}

static bool add_client(struct i2c_client* client) {
  struct i2c_client* other;
  bool taken = false;

  pthread_mutex_lock(&lists);
  for (other = clients; other; other = other->next)
    taken |= other->adapter == client->adapter && other->addr == client->addr;
  if (!taken) {
    client->next = clients;
    clients = client;
  }
  pthread_mutex_unlock(&lists);
  return !taken;
}

static void set_driver(struct i2c_client* client, struct i2c_driver* driver) {
  pthread_mutex_lock(&lists);
  client->driver = driver;
  client->dev.driver = driver ? &driver->driver : NULL;
  if (!driver) client->dev.driver_data = NULL;
  pthread_mutex_unlock(&lists);
}

static void bind_client(struct i2c_client* client) {
  const struct i2c_device_id* id = NULL;
  struct i2c_driver* driver;

  pthread_mutex_lock(&lists);
  driver = match_driver(client, &id);
  pthread_mutex_unlock(&lists);
  if (!driver) return;
  set_driver(client, driver);
  if (!driver->probe || driver->probe(client, id)) set_driver(client, NULL);
  module_put(driver->driver.owner);
}

static void unbind_client(struct i2c_client* client) {
  struct i2c_driver* driver = client->driver;

  if (!driver) return;
  if (driver->remove) driver->remove(client);
  set_driver(client, NULL);
}

struct i2c_client* i2c_new_device(struct i2c_adapter* adapter, const struct i2c_board_info* info) {
  struct i2c_client* client;

  if (!info->addr || info->addr > 0x7f) return NULL;
  client = kzalloc(sizeof(*client), GFP_KERNEL);
  if (!client) return NULL;
  memcpy(client->name, info->type, sizeof(client->name));
  client->name[sizeof(client->name) - 1] = '\0';
  client->addr = info->addr;
  client->flags = info->flags;
  client->adapter = adapter;
  client->dev.platform_data = info->platform_data;
  if (!add_client(client)) {
    kfree(client);
    return NULL;
  }
  bind_client(client);
  return client;
}

void i2c_unregister_device(struct i2c_client* client) {
  struct i2c_client** link;

  if (!client) return;
  unbind_client(client);
  pthread_mutex_lock(&lists);
  for (link = &clients; *link && *link != client; link = &(*link)->next)
    ;
  if (*link) *link = client->next;
  pthread_mutex_unlock(&lists);
  kfree(client);
}

int i2c_register_driver(struct module* owner, struct i2c_driver* driver) {
  driver->driver.owner = owner;
  driver->driver.bus = &i2c_bus_type;
  pthread_mutex_lock(&lists);
  driver->next = drivers;
  drivers = driver;
  pthread_mutex_unlock(&lists);
  return 0;
}

/* Any client still bound to `driver`. */
static struct i2c_client* bound_client(const struct i2c_driver* driver) {
  struct i2c_client* client;

  pthread_mutex_lock(&lists);
  for (client = clients; client && client->driver != driver; client = client->next)
    ;
  pthread_mutex_unlock(&lists);
  return client;
}

void i2c_del_driver(struct i2c_driver* driver) {
  struct i2c_driver** link;
  struct i2c_client* client;

  pthread_mutex_lock(&lists);
  for (link = &drivers; *link && *link != driver; link = &(*link)->next)
    ;
  if (*link) *link = driver->next;
  pthread_mutex_unlock(&lists);
  while ((client = bound_client(driver))) unbind_client(client);
}

int bus_for_each_drv(struct bus_type* bus, struct device_driver* start, void* data,
                     int (*function)(struct device_driver* driver, void* data)) {
  struct i2c_driver* driver;
  int result = 0;

  if (bus != &i2c_bus_type || start) return -EINVAL;
  pthread_mutex_lock(&lists);
  for (driver = drivers; driver && !result; driver = driver->next)
    result = function(&driver->driver, data);
  pthread_mutex_unlock(&lists);
  return result;
}

int i2c_transfer(struct i2c_adapter* adapter, struct i2c_msg* messages, int count) {
  struct t31_model_i2c_msg wire[MAX_MESSAGES];
  int i;

  if (!adapter || count < 0 || count > MAX_MESSAGES) return -EINVAL;
  for (i = 0; i < count; i++) {
    wire[i].address = messages[i].addr;
    wire[i].flags = messages[i].flags & I2C_M_RD;
    wire[i].length = messages[i].len;
    wire[i].data = messages[i].buf;
  }
  return t31_host_i2c_transfer((unsigned int)adapter->nr, wire, count);
}

unsigned int t31_host_i2c_leftovers(void) {
  unsigned int count;
  struct i2c_client* client;
  struct i2c_driver* driver;

  pthread_mutex_lock(&lists);
  count = adapter_users;
  for (client = clients; client; client = client->next) count++;
  for (driver = drivers; driver; driver = driver->next) count++;
  pthread_mutex_unlock(&lists);
  return count;
}
