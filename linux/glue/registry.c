// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * registry.c - the sensors there are, for /proc/jz/sensor: a slot for every sensor driver, bound
 * while the driver has a sensor. Sensor modules of current firmware call the four exported
 * functions; the bridge binds besides, for those that only add their driver.
 *
 * Slots keep their numbers. What is printed is read from the sensor when it is asked for.
 */
#include <linux/i2c.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>

#include "bridge/bridge.h"
#include "registry.h"

struct slot {
  struct i2c_driver* driver; /* NULL: free */
  u32 default_address;
  struct tx_isp_subdev* sd; /* NULL: the driver has no sensor */
};
static struct slot slots[T31_REGISTRY_SLOTS];

/*
 * Outer lock of changes, files included: creating and removing a file waits for its readers. Inner
 * lock of the slots, which readers take.
 */
static DEFINE_MUTEX(changes);
static DEFINE_MUTEX(slots_lock);

/* ---- What the files say ---- */

static struct i2c_client* client_of(const struct slot* slot) {
  return slot->sd ? tx_isp_get_subdevdata(slot->sd) : NULL;
}

static const struct tx_isp_video_in* video_of(const struct slot* slot) {
  struct tx_isp_sensor* device = slot->sd ? tx_isp_get_subdev_hostdata(slot->sd) : NULL;

  return device ? t31_bridge_video(device) : NULL;
}

/* `rate` is numerator << 16 | denominator. */
static void show_rate(struct seq_file* text, u32 rate) {
  if (rate >> 16 && (rate & 0xffff)) seq_printf(text, "%u\n", (rate >> 16) / (rate & 0xffff));
}

static void show_name(struct seq_file* text, const struct slot* slot) {
  const struct tx_isp_video_in* video = video_of(slot);

  seq_printf(
      text, "%s\n",
      video && video->attr && video->attr->name ? video->attr->name : slot->driver->driver.name);
}

/* A value that isn't known is an empty file. */
static void show_value(struct seq_file* text, const struct slot* slot,
                       enum t31_registry_value value) {
  const struct tx_isp_video_in* video = video_of(slot);
  const struct i2c_client* client = client_of(slot);

  switch (value) {
    case T31_REGISTRY_NAME:
      show_name(text, slot);
      break;
    case T31_REGISTRY_CHIP_ID:
      if (video && video->attr) seq_printf(text, "0x%x\n", video->attr->chip_id);
      break;
    case T31_REGISTRY_I2C_ADDR:
      seq_printf(text, "0x%x\n", client ? client->addr : slot->default_address);
      break;
    case T31_REGISTRY_I2C_ADAPTER:
      seq_printf(text, "%d\n", client ? client->adapter->nr : 0);
      break;
    case T31_REGISTRY_WIDTH:
      if (video && video->mbus.width) seq_printf(text, "%u\n", video->mbus.width);
      break;
    case T31_REGISTRY_HEIGHT:
      if (video && video->mbus.height) seq_printf(text, "%u\n", video->mbus.height);
      break;
    case T31_REGISTRY_FPS:
      if (video) show_rate(text, video->fps);
      break;
    case T31_REGISTRY_STATUS:
      seq_puts(text, slot->sd ? "active\n" : "loaded\n");
      break;
  }
}

void t31_registry_show(struct seq_file* text, unsigned int number, enum t31_registry_value value) {
  mutex_lock(&slots_lock);
  if (slots[number].driver) show_value(text, &slots[number], value);
  mutex_unlock(&slots_lock);
}

unsigned int t31_registry_count(void) {
  unsigned int i, count = 0;

  mutex_lock(&slots_lock);
  for (i = 0; i < T31_REGISTRY_SLOTS; i++) count += slots[i].driver != NULL;
  mutex_unlock(&slots_lock);
  return count;
}

/* ---- Slots. With `changes` held. ---- */

static struct slot* find(const struct i2c_driver* driver) {
  unsigned int i;

  for (i = 0; i < T31_REGISTRY_SLOTS; i++)
    if (slots[i].driver == driver) return &slots[i];
  return NULL;
}

static void set_slot(struct slot* slot, struct slot value) {
  mutex_lock(&slots_lock);
  *slot = value;
  mutex_unlock(&slots_lock);
}

/* Again for a driver that has a slot: an address that is known beats one that isn't. */
static struct slot* add(struct i2c_driver* driver, int address) {
  struct slot* slot = find(driver);
  struct slot value = {.driver = driver, .default_address = (u32)address};

  if (slot) {
    value.sd = slot->sd;
    if (!address) value.default_address = slot->default_address;
    set_slot(slot, value);
    return slot;
  }
  slot = find(NULL);
  if (!slot) return NULL;
  set_slot(slot, value);
  t31_registry_files_create(slot - slots);
  return slot;
}

int tx_isp_sinfo_driver_add(struct i2c_driver* driver, int default_address, struct module* owner) {
  struct slot* slot;

  (void)owner;
  if (!driver) return -EINVAL;
  mutex_lock(&changes);
  slot = add(driver, default_address);
  mutex_unlock(&changes);
  return slot ? 0 : -ENOSPC;
}
EXPORT_SYMBOL(tx_isp_sinfo_driver_add);

void tx_isp_sinfo_driver_del(struct i2c_driver* driver) {
  const struct slot none = {NULL};
  struct slot* slot;

  if (!driver) return;
  mutex_lock(&changes);
  slot = find(driver);
  if (slot) {
    set_slot(slot, none);
    t31_registry_files_remove(slot - slots);
  }
  mutex_unlock(&changes);
}
EXPORT_SYMBOL(tx_isp_sinfo_driver_del);

/* A driver that was never added keeps its own files: nothing is shown for it. */
int tx_isp_sinfo_sensor_bind(struct tx_isp_subdev* sd, struct module* owner) {
  struct i2c_client* client = sd ? tx_isp_get_subdevdata(sd) : NULL;
  struct slot* slot;

  (void)owner;
  if (!client || !client->dev.driver) return -EINVAL;
  mutex_lock(&changes);
  slot = find(to_i2c_driver(client->dev.driver));
  if (slot) {
    struct slot value = *slot;

    value.sd = sd;
    set_slot(slot, value);
  }
  mutex_unlock(&changes);
  return slot ? 0 : -ENOENT;
}
EXPORT_SYMBOL(tx_isp_sinfo_sensor_bind);

void tx_isp_sinfo_sensor_unbind(struct tx_isp_subdev* sd) {
  unsigned int i;

  mutex_lock(&slots_lock);
  for (i = 0; i < T31_REGISTRY_SLOTS && sd; i++)
    if (slots[i].sd == sd) slots[i].sd = NULL;
  mutex_unlock(&slots_lock);
}
EXPORT_SYMBOL(tx_isp_sinfo_sensor_unbind);

static void bound(struct tx_isp_subdev* sd) {
  tx_isp_sinfo_sensor_bind(sd, NULL);
}

/* Sensor modules are gone when this one is unloaded, and their slots with them. */
void t31_registry_start(void) {
  t31_bridge_listener.bound = bound;
  t31_bridge_listener.unbound = tx_isp_sinfo_sensor_unbind;
}

void t31_registry_stop(void) {
  t31_bridge_listener.bound = NULL;
  t31_bridge_listener.unbound = NULL;
}
