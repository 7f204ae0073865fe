/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sensor_gc2053.c - the sensor of the recorded session A (shared/data/golden/README.md): its
 * attributes, and operations that return 0 and write nothing.
 */
#include <linux/module.h>
#include <linux/slab.h>
#include <sensor-common.h>
#include <tx-isp-common.h>

/* 0 linear, 1 two exposures, as the recorded sessions have it. */
static int data_type = TX_SENSOR_DATA_TYPE_LINEAR;
module_param(data_type, int, S_IRUGO);
MODULE_PARM_DESC(data_type, "0 one exposure, 1 two");

static unsigned int alloc_gain(unsigned int log2_q16, unsigned char shift, unsigned int* code) {
  (void)shift;
  *code = log2_q16 >> 10;
  return log2_q16;
}

static struct tx_isp_sensor_attribute attributes = {
    .name = "gc2053",
    .chip_id = 0x2053,
    .cbus_type = TX_SENSOR_CONTROL_INTERFACE_I2C,
    .cbus_device = 0x37,
    .dbus_type = TX_SENSOR_DATA_INTERFACE_MIPI,
    .mipi =
        {
            .mode = SENSOR_MIPI_OTHER_MODE,
            .clk = 594,
            .lans = 2,
            .settle_time_apative_en = 0,
            .image_twidth = 1920,
            .image_theight = 1080,
            .mipi_sc.sensor_csi_fmt = TX_SENSOR_RAW10,
            .mipi_sc.data_type_value = RAW10,
        },
    .data_type = TX_SENSOR_DATA_TYPE_LINEAR,
    .max_again = 404346,
    .max_dgain = 0,
    .min_integration_time = 4,
    .min_integration_time_native = 4,
    .max_integration_time_native = 1122,
    .integration_time_limit = 1122,
    .max_integration_time = 1122,
    .total_width = 2200,
    .total_height = 1125,
    .integration_time_apply_delay = 4,
    .again_apply_delay = 4,
    .sensor_ctrl = {.alloc_again = alloc_gain, .alloc_dgain = alloc_gain},
};

static int identify(struct tx_isp_subdev* sd, struct tx_isp_chip_ident* chip) {
  (void)sd;
  memcpy(chip->name, "gc2053", 7);
  chip->ident = 0x2053;
  return 0;
}

static int switch_nothing(struct tx_isp_subdev* sd, int on) {
  (void)sd;
  (void)on;
  return 0;
}

static int ignore_event(struct tx_isp_subdev* sd, unsigned int event, void* argument) {
  (void)sd;
  (void)event;
  (void)argument;
  return 0;
}

static struct tx_isp_subdev_core_ops core_ops = {.g_chip_ident = identify, .init = switch_nothing};
static struct tx_isp_subdev_video_ops video_ops = {.s_stream = switch_nothing};
static struct tx_isp_subdev_sensor_ops sensor_ops = {.ioctl = ignore_event};
static struct tx_isp_subdev_ops ops = {
    .core = &core_ops, .video = &video_ops, .sensor = &sensor_ops};
static struct platform_device device = {.name = "gc2053", .id = -1};

static int probe(struct i2c_client* client, const struct i2c_device_id* id) {
  struct tx_isp_sensor* sensor = kzalloc(sizeof(*sensor), GFP_KERNEL);

  (void)id;
  if (!sensor) return -ENOMEM;
  attributes.data_type = data_type;
  sensor->video.attr = &attributes;
  sensor->video.mbus.width = 1920;
  sensor->video.mbus.height = 1080;
  sensor->video.mbus.code = V4L2_MBUS_FMT_SRGGB10_1X10;
  sensor->video.mbus.field = V4L2_FIELD_NONE;
  sensor->video.mbus.colorspace = V4L2_COLORSPACE_SRGB;
  sensor->video.vi_max_width = 1920;
  sensor->video.vi_max_height = 1080;
  sensor->video.fps = 25 << 16 | 1;
  tx_isp_subdev_init(&device, &sensor->sd, &ops);
  tx_isp_set_subdevdata(&sensor->sd, client);
  tx_isp_set_subdev_hostdata(&sensor->sd, sensor);
  private_i2c_set_clientdata(client, &sensor->sd);
  return 0;
}

static int remove_sensor(struct i2c_client* client) {
  struct tx_isp_subdev* sd = private_i2c_get_clientdata(client);
  struct tx_isp_sensor* sensor = tx_isp_get_subdev_hostdata(sd);

  tx_isp_subdev_deinit(sd);
  kfree(sensor);
  return 0;
}

static const struct i2c_device_id ids[] = {{"gc2053", 0}, {}};

static struct i2c_driver driver = {
    .driver = {.owner = THIS_MODULE, .name = "gc2053"},
    .probe = probe,
    .remove = remove_sensor,
    .id_table = ids,
};

static int __init load(void) {
  return private_i2c_add_driver(&driver);
}
static void __exit unload(void) {
  private_i2c_del_driver(&driver);
}

module_init(load);
module_exit(unload);
MODULE_LICENSE("GPL");
