/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sdk_1_1_1.h - the structs that were different in SDK 1.1.1, for a sensor module as its headers
 * would have compiled it: attributes without expo_fs, core operations without the two register
 * lists. What today's headers have for them gets other names. Included before all sensor headers.
 */
#ifndef T31_GUEST_SDK_1_1_1_H
#define T31_GUEST_SDK_1_1_1_H

#define tx_isp_subdev_core_ops today_core_ops
#define tx_isp_sensor_attribute today_sensor_attribute
#define tx_isp_video_in today_video_in
#define tx_isp_sensor today_sensor
#define tx_isp_subdev_ops today_subdev_ops
#include <tx-isp-common.h>
#undef tx_isp_subdev_core_ops
#undef tx_isp_sensor_attribute
#undef tx_isp_video_in
#undef tx_isp_sensor
#undef tx_isp_subdev_ops

struct tx_isp_subdev_core_ops {
  int (*g_chip_ident)(struct tx_isp_subdev* sd, struct tx_isp_chip_ident* chip);
  int (*init)(struct tx_isp_subdev* sd, int on);
  int (*reset)(struct tx_isp_subdev* sd, int on);
  int (*g_register)(struct tx_isp_subdev* sd, struct tx_isp_dbg_register* reg);
  int (*s_register)(struct tx_isp_subdev* sd, const struct tx_isp_dbg_register* reg);
  int (*ioctl)(struct tx_isp_subdev* sd, unsigned int cmd, void* arg);
  irqreturn_t (*interrupt_service_routine)(struct tx_isp_subdev* sd, u32 status, bool* handled);
  irqreturn_t (*interrupt_service_thread)(struct tx_isp_subdev* sd, void* data);
};

struct tx_isp_subdev_ops {
  struct tx_isp_subdev_core_ops* core;
  struct tx_isp_subdev_video_ops* video;
  struct tx_isp_subdev_pad_ops* pad;
  struct tx_isp_subdev_sensor_ops* sensor;
  struct tx_isp_subdev_internal_ops* internal;
};

struct tx_isp_sensor_attribute {
  const char* name;
  unsigned int chip_id;
  enum tx_sensor_control_bus_type cbus_type;
  unsigned int cbus_mask;
  unsigned int cbus_device;
  enum tx_sensor_data_bus_type dbus_type;
  union {
    struct tx_isp_mipi_bus mipi;
    struct tx_isp_dvp_bus dvp;
    char string[64];
  };
  enum tx_sensor_data_type data_type;
  unsigned int max_again;
  unsigned int max_dgain;
  unsigned int again;
  unsigned int dgain;
  unsigned short min_integration_time;
  unsigned short min_integration_time_native;
  unsigned short max_integration_time_native;
  unsigned short integration_time_limit;
  unsigned int integration_time;
  unsigned short total_width;
  unsigned short total_height;
  unsigned short max_integration_time;
  unsigned short integration_time_apply_delay;
  unsigned short again_apply_delay;
  unsigned short dgain_apply_delay;
  unsigned short one_line_expr_in_us;
  struct tx_isp_sensor_ctrl sensor_ctrl;
  unsigned short min_integration_time_short;
  unsigned short max_integration_time_short;
  unsigned int integration_time_short;
  unsigned int max_again_short;
  unsigned int again_short;
  unsigned int wdr_cache;
  unsigned int expo;
  void* priv;
};

struct tx_isp_video_in {
  struct v4l2_mbus_framefmt mbus;
  unsigned int mbus_change;
  struct tx_isp_sensor_attribute* attr;
  unsigned int vi_max_width;
  unsigned int vi_max_height;
  unsigned int fps;
  int grp_id;
  unsigned int shvflip;
};

struct tx_isp_sensor {
  struct tx_isp_subdev sd;
  int index;
  unsigned int type;
  struct list_head list;
  struct tx_isp_sensor_register_info info;
  struct tx_isp_sensor_attribute attr;
  struct tx_isp_video_in video;
  struct clk* mclk;
  void* priv;
};

/* Offsets of that SDK on Linux 3.10; a larger misc device moves what is behind it. */
#define OLD_MOVED ((int)sizeof(struct miscdevice) - 36 + (int)sizeof(spinlock_t))
_Static_assert(sizeof(struct tx_isp_subdev_core_ops) == 0x20, "core operations");
_Static_assert(offsetof(struct tx_isp_subdev_core_ops, s_register) == 0x10, "s_register");
_Static_assert(sizeof(struct tx_isp_sensor_attribute) == 0xf4, "attributes");
_Static_assert(offsetof(struct tx_isp_sensor_attribute, expo) == 0xec, "expo");
_Static_assert(offsetof(struct tx_isp_sensor_attribute, priv) == 0xf0, "priv");
_Static_assert(sizeof(struct tx_isp_sensor) == 0x284 + OLD_MOVED, "sensor");
_Static_assert(offsetof(struct tx_isp_sensor, video) == 0x230 + OLD_MOVED, "video");
_Static_assert(offsetof(struct tx_isp_sensor, video.vi_max_width) == 0x268 + OLD_MOVED, "width");

#endif
