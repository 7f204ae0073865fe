/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sensor_chip.h - a sensor driver for the T31 in terms of its chip. The chip's file describes it;
 * probe, reset, identification, events and attributes are the same for all and stand in
 * sensor_chip.c.
 */
#ifndef T31_SENSORS_COMMON_SENSOR_CHIP_H
#define T31_SENSORS_COMMON_SENSOR_CHIP_H

#include "sensor_bus.h"

/* A way of running the sensor. */
struct sensor_mode {
  u32 width, height; /* active pixels */
  u32 code;          /* enum v4l2_mbus_pixelcode */
  u32 line_length;   /* pixel clocks */
  u32 frame_length;  /* lines */
  u32 pixel_clock;   /* hertz */
  u32 fps;           /* numerator << 16 | denominator */
};

struct sensor_chip;

struct sensor_device {
  struct tx_isp_sensor sensor; /* first: the ISP finds the device by it */
  const struct sensor_chip* chip;
  struct i2c_client* client;
  struct sensor_mode mode;
  bool has_reset_pin, has_power_down_pin;
  bool wdr; /* two exposures */
};

/* What a chip is and does. Operations sleep and return 0 or a negative errno. */
struct sensor_chip {
  const char* name;
  const char* version;
  u32 id;                 /* 16 bits */
  u16 id_register;        /* high byte; the low one follows */
  u32 address;            /* I2C, 7 bits */
  unsigned address_bytes; /* of a register, 1 or 2 */
  u32 master_clock;       /* hertz */
  u32 min_fps, max_fps;
  u32 min_frame_blanking; /* frame length beyond the active lines, at least */
  u32 exposure_margin;    /* longest exposure = frame length - this */
  /* Instead of it, when it depends on the mode. */
  u32 (*exposure_margin_of)(const struct sensor_device* device);
  const int* reset_pin; /* module parameters; -1: not connected */
  const int* power_down_pin;
  const int* flips_in_sensor; /* NULL: never */
  const int* data_type;       /* enum tx_sensor_data_type to start with; NULL: linear */

  /* Fills mode and the attributes that no mode changes. The chip answers on I2C by now. */
  int (*describe)(struct sensor_device* device);
  /* Brings the chip into its mode, from whatever state. */
  int (*start)(struct sensor_device* device);
  int (*stream)(struct sensor_device* device, bool on);
  int (*set_exposure)(struct sensor_device* device, u32 gain_code, u32 lines);
  int (*read_line_length)(struct sensor_device* device, u32* line_length);
  int (*set_frame_length)(struct sensor_device* device, u32 lines);
  /* NULL: can't flip */
  int (*set_vertical_flip)(struct sensor_device* device, bool on);
  /* Of a chip with a mode of two exposures, which `describe` sees in device->wdr; NULL otherwise.
   */
  int (*set_short_exposure)(struct sensor_device* device, u32 code);
};

/* For struct i2c_driver. driver_data of the id is the chip. */
int sensor_chip_probe(struct i2c_client* client, const struct i2c_device_id* id);
int sensor_chip_remove(struct i2c_client* client);

/* Board pins as module parameters, reset_gpio and pwdn_gpio. */
#define SENSOR_PIN_PARAMETERS()                                 \
  static int reset_gpio = GPIO_PA(18);                          \
  module_param(reset_gpio, int, S_IRUGO);                       \
  MODULE_PARM_DESC(reset_gpio, "Reset pin, -1: not connected"); \
  static int pwdn_gpio = -1;                                    \
  module_param(pwdn_gpio, int, S_IRUGO);                        \
  MODULE_PARM_DESC(pwdn_gpio, "Power-down pin, -1: not connected")

/* The module around `chip`; `chip_name` is the name of its I2C device. */
#define SENSOR_MODULE(chip_name, chip, title)                                                 \
  static const struct i2c_device_id sensor_ids[] = {{chip_name, (unsigned long)&(chip)}, {}}; \
  MODULE_DEVICE_TABLE(i2c, sensor_ids);                                                       \
  static struct i2c_driver sensor_driver = {                                                  \
      .driver = {.owner = THIS_MODULE, .name = chip_name},                                    \
      .probe = sensor_chip_probe,                                                             \
      .remove = sensor_chip_remove,                                                           \
      .id_table = sensor_ids,                                                                 \
  };                                                                                          \
  static int __init sensor_load(void) {                                                       \
    int error = private_driver_get_interface();                                               \
                                                                                              \
    if (!error) error = private_i2c_add_driver(&sensor_driver);                               \
    if (!error) tx_isp_sinfo_driver_add(&sensor_driver, (int)(chip).address, THIS_MODULE);    \
    return error;                                                                             \
  }                                                                                           \
  static void __exit sensor_unload(void) {                                                    \
    tx_isp_sinfo_driver_del(&sensor_driver);                                                  \
    private_i2c_del_driver(&sensor_driver);                                                   \
  }                                                                                           \
  module_init(sensor_load);                                                                   \
  module_exit(sensor_unload);                                                                 \
  MODULE_DESCRIPTION(title);                                                                  \
  MODULE_LICENSE("GPL")

/* alloc_dgain of a chip whose digital gain stays at 1x: the ISP has its own. */
unsigned int sensor_no_digital_gain(unsigned int log2_q16, unsigned char shift, unsigned int* code);

/* MIPI attributes with everything that sensors of this project leave at its default. */
void sensor_describe_mipi(struct sensor_device* device, u32 lanes, u32 mbps, u32 bits);

#endif
