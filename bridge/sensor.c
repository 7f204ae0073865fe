/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sensor.c - registration of sensors and calls into them (sensor_api.h) on top of the sensor ABI.
 * The only place where the core's plain values meet the sensors' kernel structs; attributes are
 * read anew by member name at every call, since sensors change them in their callbacks.
 */
#include "driver/port/port.h"

#include <linux/kmod.h>

#include "bridge.h"
#include "registered.h"

_Static_assert(sizeof(struct tx_isp_sensor_register_info) == 80, "registration ioctl");

static struct t31_sensor_host host; /* valid while attached */
static bool attached;
static struct t31_spinlock list_lock; /* guards the list and the members' sd */
static struct t31_sensor* registered;

struct t31_bridge_listener t31_bridge_listener;

static bool is_attached(void) {
  return __atomic_load_n(&attached, __ATOMIC_ACQUIRE);
}

void t31_sensor_attach_host(const struct t31_sensor_host* new_host) {
  t31_port_spin_init(&list_lock, "registered sensors");
  host = *new_host;
  __atomic_store_n(&attached, true, __ATOMIC_RELEASE);
}

void t31_sensor_detach_host(void) {
  if (__atomic_exchange_n(&attached, false, __ATOMIC_ACQ_REL)) t31_port_spin_destroy(&list_lock);
}

int t31_bridge_notify(struct tx_isp_module* module, unsigned int event, void* data) {
  int result;

  (void)module; /* there is one ISP */
  if (!is_attached()) return 0;
  if (event == TX_ISP_EVENT_SYNC_SENSOR_ATTR) {
    if (host.attributes_changed) host.attributes_changed(host.context);
    return 0;
  }
  result = host.notify ? host.notify(host.context, event, data) : 0;
  return result == -ENOIOCTLCMD ? 0 : result;
}

/* ---- The list ---- */

static void list_add_sensor(struct t31_sensor* sensor) {
  unsigned long flags = t31_port_spin_lock_irqsave(&list_lock);

  sensor->next = registered;
  registered = sensor;
  t31_port_spin_unlock_irqrestore(&list_lock, flags);
}

static void list_remove_sensor(struct t31_sensor* sensor) {
  unsigned long flags = t31_port_spin_lock_irqsave(&list_lock);
  struct t31_sensor** link = &registered;

  while (*link && *link != sensor) link = &(*link)->next;
  if (*link) *link = sensor->next;
  t31_port_spin_unlock_irqrestore(&list_lock, flags);
}

void t31_bridge_subdev_gone(struct tx_isp_subdev* sd) {
  struct t31_sensor* sensor;
  unsigned long flags;

  if (t31_bridge_listener.unbound) t31_bridge_listener.unbound(sd);
  if (!is_attached()) return;
  flags = t31_port_spin_lock_irqsave(&list_lock);
  for (sensor = registered; sensor; sensor = sensor->next) {
    if (sensor->sd == sd)
      __atomic_store_n(&sensor->sd, (struct tx_isp_subdev*)NULL, __ATOMIC_RELEASE);
  }
  t31_port_spin_unlock_irqrestore(&list_lock, flags);
}

struct tx_isp_subdev* t31_bridge_subdev(const struct t31_sensor* sensor) {
  return sensor ? __atomic_load_n(&sensor->sd, __ATOMIC_ACQUIRE) : NULL;
}

struct tx_isp_sensor_attribute* t31_bridge_attributes(const struct t31_sensor* sensor) {
  return t31_bridge_subdev(sensor) ? sensor->video->attr : NULL;
}

/* ---- Registration ---- */

/*
 * Sensor modules of SDK 1.1.1 (binaries for 32-bit kernels) have a shorter attribute struct, so
 * their video description begins one word earlier. Where ours has a pointer to the attributes they
 * have the largest width, which is no kernel address.
 */
static bool has_sdk_1_1_1_layout(const struct tx_isp_sensor* device) {
  const unsigned long lowest_kernel_address = 0x80000000UL;

  return sizeof(void*) == 4 && (unsigned long)device->video.attr < lowest_kernel_address;
}

struct tx_isp_video_in* t31_bridge_video(struct tx_isp_sensor* device) {
  const size_t shift = has_sdk_1_1_1_layout(device) ? sizeof(u32) : 0;

  return (void*)((char*)&device->video - shift);
}

static void locate(struct t31_sensor* sensor, struct tx_isp_subdev* sd) {
  struct tx_isp_sensor* device = tx_isp_get_subdev_hostdata(sd);

  sensor->device = device;
  sensor->sdk_1_1_1 = has_sdk_1_1_1_layout(device);
  sensor->video = t31_bridge_video(device);
  sensor->sd = sd;
}

static int driver_knows(struct device_driver* driver, void* type) {
  const struct i2c_device_id* id = to_i2c_driver(driver)->id_table;

  for (; id && id->name[0]; id++) {
    if (!strncmp(id->name, type, I2C_NAME_SIZE)) return 1;
  }
  return 0;
}

static bool have_driver(char* type) {
  return bus_for_each_drv(&i2c_bus_type, NULL, type, driver_knows) > 0;
}

/* Creates the client, which runs the sensor driver's probe, and finds the sensor behind it. */
static enum t31_sensor_failure bind_client(struct t31_sensor* sensor,
                                           struct tx_isp_sensor_register_info* info) {
  struct i2c_board_info board;
  struct tx_isp_subdev* sd;

  memset(&board, 0, sizeof(board));
  memcpy(board.type, info->i2c.type, sizeof(board.type));
  board.addr = (unsigned short)info->i2c.addr;
  if (!board.addr) return T31_SENSOR_BAD_ADDRESS;
  if (!have_driver(board.type)) request_module("i2c:%s", board.type);
  sensor->client = i2c_new_device(sensor->adapter, &board);
  if (!sensor->client) return T31_SENSOR_BAD_ADDRESS;
  if (!sensor->client->dev.driver)
    return have_driver(board.type) ? T31_SENSOR_PROBE_FAILED : T31_SENSOR_NO_DRIVER;
  if (!try_module_get(sensor->client->dev.driver->owner)) return T31_SENSOR_NO_DRIVER;
  sensor->owner_held = true;
  sensor->owner = sensor->client->dev.driver->owner;
  sd = i2c_get_clientdata(sensor->client);
  if (!sd || !tx_isp_get_subdev_hostdata(sd)) return T31_SENSOR_PROBE_FAILED;
  locate(sensor, sd);
  if (t31_bridge_listener.bound) t31_bridge_listener.bound(sd);
  return T31_SENSOR_OK;
}

static enum t31_sensor_failure identify(struct t31_sensor* sensor) {
  struct tx_isp_subdev* sd = sensor->sd;

  if (!sd->ops || !sd->ops->core || !sd->ops->core->g_chip_ident) return T31_SENSOR_NOT_IDENTIFIED;
  if (sd->ops->core->g_chip_ident(sd, &sd->chip)) return T31_SENSOR_NOT_IDENTIFIED;
  return T31_SENSOR_OK;
}

static enum t31_sensor_failure set_up(struct t31_sensor* sensor,
                                      struct tx_isp_sensor_register_info* info,
                                      struct t31_sensor_probe_report* report) {
  enum t31_sensor_failure failure;

  if (info->cbus_type != TX_SENSOR_CONTROL_INTERFACE_I2C) return T31_SENSOR_BAD_BUS_TYPE;
  sensor->adapter = i2c_get_adapter(info->i2c.i2c_adapter_id);
  if (!sensor->adapter) return T31_SENSOR_NO_ADAPTER;
  t31_bridge_watch_start(report, sensor->adapter, (u16)info->i2c.addr);
  failure = bind_client(sensor, info);
  if (!failure) {
    list_add_sensor(sensor);
    INIT_LIST_HEAD(&sensor->device->list);
    memcpy(&sensor->device->info, info, sizeof(*info));
    failure = identify(sensor);
  }
  t31_bridge_watch_stop(sensor->device ? *t31_bridge_clock(sensor) : NULL);
  return failure;
}

int t31_sensor_register(const void* info80, struct t31_sensor** out, enum t31_sensor_failure* why,
                        struct t31_sensor_probe_report* report) {
  struct tx_isp_sensor_register_info info;
  struct t31_sensor* sensor;

  *out = NULL;
  memset(report, 0, sizeof(*report));
  memcpy(&info, info80, sizeof(info));
  info.name[sizeof(info.name) - 1] = '\0';
  if (info.cbus_type == TX_SENSOR_CONTROL_INTERFACE_I2C)
    info.i2c.type[sizeof(info.i2c.type) - 1] = '\0';
  *why = T31_SENSOR_NO_MEMORY;
  sensor = t31_port_alloc(sizeof(*sensor));
  if (!sensor) return -ENOMEM;
  memcpy(sensor->name, info.name, sizeof(sensor->name));
  *why = set_up(sensor, &info, report);
  if (*why) {
    t31_sensor_unregister(sensor);
    return -EINVAL;
  }
  *out = sensor;
  return 0;
}

/* Also undoes any part of a registration. The sensor's remove frees the object behind it. */
void t31_sensor_unregister(struct t31_sensor* sensor) {
  if (!sensor) return;
  if (sensor->client) i2c_unregister_device(sensor->client);
  if (sensor->device) list_remove_sensor(sensor);
  if (sensor->owner_held) module_put(sensor->owner);
  if (sensor->adapter) i2c_put_adapter(sensor->adapter);
  t31_port_free(sensor);
}
