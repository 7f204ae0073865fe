/* SPDX-License-Identifier: GPL-2.0-or-later */
/* registered.h - a registered sensor as the bridge knows it. */
#ifndef T31_BRIDGE_REGISTERED_H
#define T31_BRIDGE_REGISTERED_H

#include "bridge.h"

struct t31_sensor {
  struct t31_sensor* next;
  struct i2c_adapter* adapter;
  struct i2c_client* client;
  struct module* owner; /* of the sensor driver; kept loaded while the sensor is registered */
  bool owner_held;
  struct tx_isp_subdev* sd; /* NULL once the driver let go of it */
  struct tx_isp_sensor* device;
  struct tx_isp_video_in* video;
  bool sdk_1_1_1;
  char name[32];
};

/* NULL when the driver has let go of the sensor (unbound by hand), or has no attributes. */
struct tx_isp_subdev* t31_bridge_subdev(const struct t31_sensor* sensor);
struct tx_isp_sensor_attribute* t31_bridge_attributes(const struct t31_sensor* sensor);

/* The clock's place: behind the video description, wherever that is. */
static inline struct clk** t31_bridge_clock(const struct t31_sensor* sensor) {
  return (struct clk**)((char*)sensor->video + offsetof(struct tx_isp_sensor, mclk) -
                        offsetof(struct tx_isp_sensor, video));
}

#endif
