/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sensor-info.h - what a sensor driver publishes below /proc/jz/sensor. The functions are linked
 * into each sensor module; nothing of the ISP depends on them. The struct has the members of
 * the 3.10 and the 4.4 interface: drivers only name them.
 */
#ifndef T31_SENSOR_SENSOR_INFO_H
#define T31_SENSOR_SENSOR_INFO_H

/* Some drivers name these without defining them; a driver's own #define overrides. */
enum {
  SENSOR_MAX_WIDTH = 0,
  SENSOR_MAX_HEIGHT = 0,
  SENSOR_OUTPUT_MAX_FPS = 0,
  SENSOR_OUTPUT_MIN_FPS = 0,
};

struct sensor_info {
  const char* name;
  unsigned int chip_id;
  const char* version;
  int min_fps;
  int max_fps;
  int actual_fps;
  unsigned int chip_i2c_addr;
  int width;
  int height;
  int rst_gpio;
  int pwdn_gpio;
  int boot;
  int mclk;
  int video_interface;
  int i2c_adapter;
  void* priv;
};

#ifdef __cplusplus
extern "C" {
#endif

/* `info` must outlive the module's use of it; called before the I2C driver is registered. */
void sensor_common_init(struct sensor_info* info);
void sensor_common_exit(void);
void sensor_update_actual_fps(int fps);
/* Negative values keep what was. */
void sensor_common_update(struct sensor_info* info, int rst_gpio, int pwdn_gpio, int boot, int mclk,
                          int video_interface, int i2c_adapter);

#ifdef __cplusplus
}
#endif

#endif
