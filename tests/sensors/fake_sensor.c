/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fake_sensor.c - a sensor driver that misbehaves as told by its module parameter `fault`. Written
 * as those of the vendor's kit are: static attributes, one file.
 */
#include <sensor-common.h>

enum fault {
  NO_FAULT,
  INIT_FAILS,
  PROBE_FAILS,
  NO_CLIENT_DATA,
  NO_HOST_DATA,
  NO_OPS,
  NO_CORE_OPS,
  NO_IDENT_OP,
  IDENT_FAILS,
  NO_CALLBACKS, /* neither init, stream, ioctl, registers nor gain allocation */
  NO_ATTRIBUTES,
  CODE_UNTOUCHED,
  CODE_TOO_WIDE,
  NOT_IMPLEMENTED,  /* every operation returns -ENOIOCTLCMD */
  POSITIVE_RESULTS, /* as drivers that add up transfer counts */
};

static int fault;
module_param(fault, int, S_IRUGO);
MODULE_PARM_DESC(fault, "What goes wrong");

static int answer = 7;
module_param(answer, int, S_IRUGO);
MODULE_PARM_DESC(answer, "Goes into attr.max_dgain, to be seen from outside");

static unsigned int asked_gain;

static unsigned int alloc_again(unsigned int gain, unsigned char shift, unsigned int* code) {
  asked_gain = gain;
  if (fault == CODE_UNTOUCHED) return gain;
  *code = fault == CODE_TOO_WIDE ? 0xabc12345u : gain >> 10;
  return gain & ~0x3ffu;
}

static unsigned int alloc_integration_time(unsigned int lines, unsigned char shift,
                                           unsigned int* code) {
  *code = lines | 1;
  return lines | 1;
}

static struct tx_isp_sensor_attribute attributes = {
    .name = "fake",
    .chip_id = 0xfa4e,
    .cbus_type = TX_SENSOR_CONTROL_INTERFACE_I2C,
    .cbus_device = 0x30,
    .dbus_type = TX_SENSOR_DATA_INTERFACE_DVP,
    .dvp = {.gpio = DVP_PA_HIGH_10BIT,
            .mode = SENSOR_DVP_SONY_MODE,
            .blanking = {.vblanking = 5, .hblanking = 6},
            .polar = {.hsync_polar = DVP_POLARITY_LOW, .vsync_polar = DVP_POLARITY_HIGH},
            .dvp_hcomp_en = 1},
    .max_again = 0x30000,
    .min_integration_time = 2,
    .max_integration_time = 700,
    .total_width = 2000,
    .total_height = 750,
    .expo_fs = 3,
    .sensor_ctrl.alloc_again = alloc_again,
    .sensor_ctrl.alloc_integration_time = alloc_integration_time,
};

static int result(int value) {
  if (fault == NOT_IMPLEMENTED) return -ENOIOCTLCMD;
  return fault == POSITIVE_RESULTS ? 3 : value;
}

static int read_id_register(struct tx_isp_subdev* sd, unsigned char reg, unsigned char* value) {
  struct i2c_client* client = tx_isp_get_subdevdata(sd);
  struct i2c_msg messages[2] = {
      {.addr = client->addr, .len = 1, .buf = &reg},
      {.addr = client->addr, .flags = I2C_M_RD, .len = 1, .buf = value},
  };

  return private_i2c_transfer(client->adapter, messages, 2);
}

static int ident(struct tx_isp_subdev* sd, struct tx_isp_chip_ident* chip) {
  unsigned char value = 0;

  if (read_id_register(sd, 0x0a, &value) < 0 || value != 0xfa) return -ENODEV;
  strncpy(chip->name, "fake", sizeof(chip->name));
  return fault == IDENT_FAILS ? -1 : 0;
}

static int init(struct tx_isp_subdev* sd, int on) {
  if (!on) return result(0);
  return result(tx_isp_call_subdev_notify(sd, TX_ISP_EVENT_SYNC_SENSOR_ATTR, NULL));
}

static int stream(struct tx_isp_subdev* sd, int on) {
  return result(on ? 0 : -EIO);
}

/* INT_TIME comes back changed, DGAIN is passed on to the core as an event the core doesn't know. */
static int event(struct tx_isp_subdev* sd, unsigned int number, void* argument) {
  if (number == TX_ISP_EVENT_SENSOR_INT_TIME) *(int*)argument += 1;
  if (number == TX_ISP_EVENT_SENSOR_DGAIN)
    return tx_isp_call_subdev_notify(sd, TX_ISP_EVENT_SENSOR_WDR_OPEN, argument);
  if (number == TX_ISP_EVENT_SENSOR_AGAIN) return -EIO;
  return result(0);
}

static int get_register(struct tx_isp_subdev* sd, struct tx_isp_dbg_register* reg) {
  if (strncmp(sd->chip.name, reg->name, strlen(sd->chip.name))) return -EINVAL;
  reg->val = asked_gain + reg->reg;
  reg->size = 2;
  return result(0);
}

static int set_register(struct tx_isp_subdev* sd, const struct tx_isp_dbg_register* reg) {
  if (strncmp(sd->chip.name, reg->name, strlen(sd->chip.name))) return -EINVAL;
  asked_gain = reg->val - reg->reg;
  return result(0);
}

static struct tx_isp_subdev_core_ops core_ops = {
    .g_chip_ident = ident, .init = init, .g_register = get_register, .s_register = set_register};
static struct tx_isp_subdev_core_ops ident_only = {.g_chip_ident = ident};
static struct tx_isp_subdev_core_ops no_ident = {.init = init};
static struct tx_isp_subdev_video_ops video_ops = {.s_stream = stream};
static struct tx_isp_subdev_sensor_ops sensor_ops = {.ioctl = event};
static struct tx_isp_subdev_ops ops = {
    .core = &core_ops, .video = &video_ops, .sensor = &sensor_ops};

static struct platform_device platform = {.name = "fake", .id = -1};

static void choose_ops(void) {
  if (fault == NO_CORE_OPS) ops.core = NULL;
  if (fault == NO_IDENT_OP) ops.core = &no_ident;
  if (fault == NO_CALLBACKS) {
    ops.core = &ident_only;
    ops.video = NULL;
    ops.sensor = NULL;
    attributes.sensor_ctrl.alloc_again = NULL;
    attributes.sensor_ctrl.alloc_integration_time = NULL;
  }
}

static int probe(struct i2c_client* client, const struct i2c_device_id* id) {
  struct tx_isp_sensor* sensor;

  if (fault == PROBE_FAILS) return -ENODEV;
  sensor = kzalloc(sizeof(*sensor), GFP_KERNEL);
  if (!sensor) return -ENOMEM;
  sensor->mclk = clk_get(NULL, "cgu_cim");
  if (IS_ERR(sensor->mclk)) {
    kfree(sensor);
    return -ENODEV;
  }
  private_clk_set_rate(sensor->mclk, 24000000);
  private_clk_enable(sensor->mclk);
  attributes.max_dgain = answer;
  sensor->type = 5;
  sensor->video.attr = fault == NO_ATTRIBUTES ? NULL : &attributes;
  sensor->video.mbus.width = 1280;
  sensor->video.mbus.height = 720;
  sensor->video.mbus.code = V4L2_MBUS_FMT_SGBRG10_1X10;
  sensor->video.mbus_change = 1;
  sensor->video.fps = 30 << 16 | 1;
  choose_ops();
  tx_isp_subdev_init(&platform, &sensor->sd, fault == NO_OPS ? NULL : &ops);
  tx_isp_set_subdevdata(&sensor->sd, client);
  tx_isp_set_subdev_hostdata(&sensor->sd, fault == NO_HOST_DATA ? NULL : sensor);
  sensor->priv = sensor;
  private_i2c_set_clientdata(client, &sensor->sd);
  return 0;
}

static struct tx_isp_sensor* bound;

static int remember_probe(struct i2c_client* client, const struct i2c_device_id* id) {
  int error = probe(client, id);
  struct tx_isp_subdev* sd = private_i2c_get_clientdata(client);

  bound = error ? NULL : container_of(sd, struct tx_isp_sensor, sd);
  if (fault == NO_CLIENT_DATA) private_i2c_set_clientdata(client, NULL);
  return error;
}

static int take_off(struct i2c_client* client) {
  if (bound) {
    private_clk_disable(bound->mclk);
    private_clk_put(bound->mclk);
    tx_isp_subdev_deinit(&bound->sd);
    kfree(bound);
    bound = NULL;
  }
  return 0;
}

static const struct i2c_device_id ids[] = {{"fake", 0}, {}};
MODULE_DEVICE_TABLE(i2c, ids);

static struct i2c_driver driver = {
    .driver = {.owner = THIS_MODULE, .name = "fake"},
    .probe = remember_probe,
    .remove = take_off,
    .id_table = ids,
};

/* How the sensor modules of the different kits publish themselves (registry_test.cpp). */
#ifdef FAKE_OWN_FILES
#include <sensor-info.h>
static struct sensor_info published = {.name = "fake",
                                       .chip_id = 0xfa4e,
                                       .version = "H1",
                                       .min_fps = 5,
                                       .max_fps = 30,
                                       .chip_i2c_addr = 0x30,
                                       .width = 1920,
                                       .height = 1080};
static void publish(void) {
  sensor_common_init(&published);
}
static void withdraw(void) {
#ifndef FAKE_FORGETS
  sensor_common_exit();
#endif
}
#else
static void publish(void) {}
static void withdraw(void) {}
#endif

static int __init load(void) {
  int result;

  if (fault == INIT_FAILS) return -ENODEV;
  publish();
  result = private_i2c_add_driver(&driver);
#ifdef FAKE_ADDS_DRIVER
  if (!result) tx_isp_sinfo_driver_add(&driver, 0x30, THIS_MODULE);
#endif
  if (result) withdraw();
  return result;
}

static void __exit unload(void) {
#ifdef FAKE_ADDS_DRIVER
  tx_isp_sinfo_driver_del(&driver);
#endif
  private_i2c_del_driver(&driver);
  withdraw();
}

module_init(load);
module_exit(unload);
MODULE_LICENSE("GPL");
