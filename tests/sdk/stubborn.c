/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stubborn.c - a sensor driver as SDKs have them, for a chip that never was: its detection takes
 * no answer. Tests put it into a checkout, with a change or without.
 */
#include <tx-isp-common.h>

#include <sensor-common.h>

#define ID_HIGH 0x37

static struct tx_isp_subdev_ops sensor_ops;
static struct platform_device sensor_platform_device = {.name = "stubborn", .id = -1};
static struct tx_isp_sensor_win_setting win = {.width = 320,
                                               .height = 240,
                                               .fps = 25 << 16 | 1,
                                               .mbus_code = V4L2_MBUS_FMT_SBGGR10_1X10,
                                               .colorspace = V4L2_COLORSPACE_SRGB};

static unsigned int alloc_again(unsigned int gain, unsigned char shift, unsigned int* code) {
  *code = gain >> 12;
  return gain;
}

static unsigned int alloc_dgain(unsigned int gain, unsigned char shift, unsigned int* code) {
  return 0;
}

static struct tx_isp_sensor_attribute attributes = {
    .name = "stubborn",
    .chip_id = 0x3700,
    .cbus_type = TX_SENSOR_CONTROL_INTERFACE_I2C,
    .dbus_type = TX_SENSOR_DATA_INTERFACE_MIPI,
    .mipi = {.clk = 400,
             .lans = 2,
             .mipi_sc.sensor_csi_fmt = TX_SENSOR_RAW10,
             .image_twidth = 320,
             .image_theight = 240},
    .max_again = 0x20000,
    .min_integration_time = 2,
    .min_integration_time_native = 2,
    .max_integration_time = 496,
    .max_integration_time_native = 496,
    .integration_time_limit = 496,
    .total_width = 1000,
    .total_height = 500,
    .integration_time_apply_delay = 2,
    .again_apply_delay = 2,
    .sensor_ctrl.alloc_again = alloc_again,
    .sensor_ctrl.alloc_dgain = alloc_dgain,
};

static int read_byte(struct tx_isp_subdev* sd, unsigned char reg, unsigned char* value) {
  struct i2c_client* client = tx_isp_get_subdevdata(sd);
  struct i2c_msg messages[2] = {{.addr = client->addr, .len = 1, .buf = &reg},
                                {.addr = client->addr, .flags = I2C_M_RD, .len = 1, .buf = value}};
  int result = private_i2c_transfer(client->adapter, messages, 2);

  return result > 0 ? 0 : result;
}

static int write_byte(struct tx_isp_subdev* sd, unsigned char reg, unsigned char value) {
  struct i2c_client* client = tx_isp_get_subdevdata(sd);
  unsigned char bytes[2] = {reg, value};
  struct i2c_msg message = {.addr = client->addr, .len = 2, .buf = bytes};
  int result = private_i2c_transfer(client->adapter, &message, 1);

  return result > 0 ? 0 : result;
}

static int g_chip_ident(struct tx_isp_subdev* sd, struct tx_isp_chip_ident* chip) {
  unsigned char value = 0;

  if (read_byte(sd, 0x02, &value) || value != ID_HIGH) return -ENODEV;
  if (read_byte(sd, 0x03, &value)) return -ENODEV; /* the deciding read */
  if ((value | 0x10) != 0x00) return -ENODEV;      /* the verdict */
  chip->ident = 0x3700;
  return 0;
}

static int init(struct tx_isp_subdev* sd, int on) {
  if (!on) return 0;
  return write_byte(sd, 0x10, 1);
}

static int s_stream(struct tx_isp_subdev* sd, int on) {
  return write_byte(sd, 0x11, on);
}

static int handle(struct tx_isp_subdev* sd, unsigned int event, void* argument) {
  int result;

  if (!argument || event != TX_ISP_EVENT_SENSOR_EXPO) return 0;
  result = write_byte(sd, 0x12, *(int*)argument & 0xff);
  return result ? result : write_byte(sd, 0x13, *(int*)argument >> 16 & 0xff);
}

static int g_register(struct tx_isp_subdev* sd, struct tx_isp_dbg_register* reg) {
  unsigned char value = 0;
  int result = read_byte(sd, reg->reg & 0xff, &value);

  reg->val = value;
  reg->size = 1;
  return result;
}

static int s_register(struct tx_isp_subdev* sd, const struct tx_isp_dbg_register* reg) {
  return write_byte(sd, reg->reg & 0xff, reg->val & 0xff);
}

static struct tx_isp_subdev_core_ops core_ops = {
    .g_chip_ident = g_chip_ident, .init = init, .g_register = g_register, .s_register = s_register};
static struct tx_isp_subdev_video_ops video_ops = {.s_stream = s_stream};
static struct tx_isp_subdev_sensor_ops event_ops = {.ioctl = handle};
static struct tx_isp_subdev_ops sensor_ops = {
    .core = &core_ops, .video = &video_ops, .sensor = &event_ops};

static int probe(struct i2c_client* client, const struct i2c_device_id* id) {
  struct tx_isp_sensor* sensor = kzalloc(sizeof(*sensor), GFP_KERNEL);

  if (!sensor) return -ENOMEM;
  sensor->mclk = clk_get(NULL, "cgu_cim");
  private_clk_set_rate(sensor->mclk, 24000000);
  private_clk_enable(sensor->mclk);
  sensor->video.attr = &attributes;
  sensor->video.mbus_change = 0;
  sensor->video.mbus.width = win.width;
  sensor->video.mbus.height = win.height;
  sensor->video.mbus.code = win.mbus_code;
  sensor->video.mbus.field = V4L2_FIELD_NONE;
  sensor->video.mbus.colorspace = win.colorspace;
  sensor->video.fps = win.fps;
  sensor->video.vi_max_width = win.width;
  sensor->video.vi_max_height = win.height;
  tx_isp_subdev_init(&sensor_platform_device, &sensor->sd, &sensor_ops);
  tx_isp_set_subdevdata(&sensor->sd, client);
  tx_isp_set_subdev_hostdata(&sensor->sd, sensor);
  private_i2c_set_clientdata(client, &sensor->sd);
  return 0;
}

static int forget(struct i2c_client* client) {
  struct tx_isp_subdev* sd = private_i2c_get_clientdata(client);
  struct tx_isp_sensor* sensor = tx_isp_get_subdev_hostdata(sd);

  private_clk_disable(sensor->mclk);
  private_clk_put(sensor->mclk);
  tx_isp_subdev_deinit(sd);
  kfree(sensor);
  return 0;
}

static const struct i2c_device_id ids[] = {{"stubborn", 0}, {}};
static struct i2c_driver driver = {.driver = {.owner = THIS_MODULE, .name = "stubborn"},
                                   .probe = probe,
                                   .remove = forget,
                                   .id_table = ids};

static int __init start(void) {
  return private_i2c_add_driver(&driver);
}

static void __exit stop(void) {
  private_i2c_del_driver(&driver);
}

module_init(start);
module_exit(stop);
MODULE_LICENSE("GPL");
