/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tx-isp-sensor.h - what a sensor driver says of its sensor. Member names and nesting are part of
 * the interface: drivers fill these structs with designated initialisers.
 */
#ifndef T31_SENSOR_TX_ISP_SENSOR_H
#define T31_SENSOR_TX_ISP_SENSOR_H

#include <linux/clk.h>
#include <linux/v4l2-mediabus.h>
#include <linux/videodev2.h>

#include "tx-isp-modes.h"
#include "tx-isp-subdev.h"

#ifdef __cplusplus
extern "C" {
#endif

struct vic_mipi_sensor_ctl {
  unsigned int hcrop_diff_en;
  unsigned int mipi_vcomp_en;
  unsigned int mipi_hcomp_en;
  unsigned short mipi_crop_start0x;
  unsigned short mipi_crop_start0y;
  unsigned short mipi_crop_start1x;
  unsigned short mipi_crop_start1y;
  unsigned short mipi_crop_start2x;
  unsigned short mipi_crop_start2y;
  unsigned short mipi_crop_start3x;
  unsigned short mipi_crop_start3y;
  unsigned int line_sync_mode;
  unsigned int work_start_flag;
  unsigned int data_type_en;
  enum mipi_sensor_data_type_value data_type_value;
  unsigned int del_start;
  unsigned int sensor_fid_mode;
  enum tx_sensor_frm_mode sensor_frame_mode;
  enum tx_sensor_mode sensor_mode;
  enum tx_sensor_csi_fmt sensor_csi_fmt;
};

struct vic_mipi_vcrop_del {
  unsigned int del0;
  unsigned int del1;
  unsigned int del2;
  unsigned int del3;
};

struct tx_isp_mipi_bus {
  sensor_mipi_mode mode;
  unsigned int clk; /* lane rate, Mbit/s */
  unsigned int data;
  unsigned char lans; /* data lanes */
  unsigned int def2wdr;
  unsigned int image_twidth; /* width and height as transmitted */
  unsigned int image_theight;
  unsigned int front_invlid_pix;
  unsigned int after_invlid_pix;
  unsigned int settle_time_apative_en; /* non-zero: leave the settle time to the receiver */
  struct vic_mipi_sensor_ctl mipi_sc;
  struct vic_mipi_vcrop_del mipi_vcropdel;
};

struct tx_isp_dvp_blanking {
  unsigned short vblanking;
  unsigned short hblanking;
};

struct tx_isp_dvp_polar {
  unsigned char hsync_polar; /* enum tx_isp_dvp_polarity */
  unsigned char vsync_polar;
  unsigned char pclk_polar;
};

struct tx_isp_dvp_bus {
  sensor_dvp_gpio_mode gpio;
  sensor_dvp_timing_mode mode;
  struct tx_isp_dvp_blanking blanking;
  struct tx_isp_dvp_polar polar;
  unsigned int dvp_hcomp_en;
};

struct tx_isp_bt1120_bus {
  sensor_bt_mode gpio;
};

struct tx_isp_bt656_bus {
  sensor_bt_mode gpio;
};

struct tx_isp_bt601_bus {
  sensor_bt_mode gpio;
};

/*
 * Gains are log2 values, integration times lines, both shifted left by `shift`. Each callback picks
 * the largest supported value not above `value`, stores its register code and returns what it
 * picked.
 */
struct tx_isp_sensor_ctrl {
  unsigned int (*alloc_again)(unsigned int value, unsigned char shift, unsigned int* code);
  unsigned int (*alloc_again_short)(unsigned int value, unsigned char shift, unsigned int* code);
  unsigned int (*alloc_dgain)(unsigned int value, unsigned char shift, unsigned int* code);
  unsigned int (*alloc_dgain_short)(unsigned int value, unsigned char shift, unsigned int* code);
  unsigned int (*alloc_integration_time)(unsigned int value, unsigned char shift,
                                         unsigned int* code);
  unsigned int (*alloc_integration_time_short)(unsigned int value, unsigned char shift,
                                               unsigned int* code);
};

/* Gains are log2 with 16 fractional bits, times are lines, delays are frames. */
struct tx_isp_sensor_attribute {
  const char* name;
  unsigned int chip_id;
  enum tx_sensor_control_bus_type cbus_type;
  unsigned int cbus_mask;
  unsigned int cbus_device; /* I2C address */
  enum tx_sensor_data_bus_type dbus_type;
  union {
    struct tx_isp_mipi_bus mipi;
    struct tx_isp_dvp_bus dvp;
    struct tx_isp_bt1120_bus bt1120;
    struct tx_isp_bt656_bus bt656bus;
    struct tx_isp_bt601_bus bt601bus;
    char string[64];
  };
  enum tx_sensor_data_type data_type;
  unsigned int max_again;
  unsigned int max_dgain;
  unsigned int again; /* the core's: last code sent */
  unsigned int dgain; /* the core's */
  unsigned short min_integration_time;
  unsigned short min_integration_time_native;
  unsigned short max_integration_time_native;
  unsigned short integration_time_limit;
  unsigned int integration_time; /* the core's: last code sent */
  unsigned short total_width;    /* line length, pixel clocks */
  unsigned short total_height;   /* frame length, lines */
  unsigned short max_integration_time;
  unsigned short integration_time_apply_delay;
  unsigned short again_apply_delay;
  unsigned short dgain_apply_delay;
  unsigned short one_line_expr_in_us; /* the core's */
  struct tx_isp_sensor_ctrl sensor_ctrl;
  unsigned short min_integration_time_short;
  unsigned short max_integration_time_short;
  unsigned int integration_time_short; /* the core's */
  unsigned int max_again_short;
  unsigned int again_short; /* the core's */
  unsigned int wdr_cache;   /* bytes of line buffer that WDR wants */
  unsigned int expo;        /* the core's: gain code << 16 | integration code */
  unsigned int expo_fs;     /* 1: exposure is delivered at frame start */
  void* priv;
};

struct tx_isp_video_in {
  struct v4l2_mbus_framefmt mbus;
  unsigned int mbus_change; /* 1: the Bayer order changed */
  struct tx_isp_sensor_attribute* attr;
  unsigned int vi_max_width;
  unsigned int vi_max_height;
  unsigned int fps; /* numerator << 16 | denominator */
  int grp_id;
  unsigned int shvflip; /* 1: the sensor flips */
};

struct tx_isp_i2c_board_info {
  char type[20];
  int addr;
  int i2c_adapter_id;
};

struct tx_isp_spi_board_info {
  char modalias[32];
  int bus_num;
};

/* How user space names a sensor; the 80 bytes of the registration ioctl. */
struct tx_isp_sensor_register_info {
  char name[32];
  enum tx_sensor_control_bus_type cbus_type;
  union {
    struct tx_isp_i2c_board_info i2c;
    struct tx_isp_spi_board_info spi;
  };
  unsigned short rst_gpio;
  unsigned short pwdn_gpio;
  unsigned short power_gpio;
};

struct tx_isp_sensor_win_setting {
  int width;
  int height;
  int fps;
  enum v4l2_mbus_pixelcode mbus_code;
  enum v4l2_colorspace colorspace;
  void* regs;
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

#define sd_to_sensor_device(subdev) container_of(subdev, struct tx_isp_sensor, sd)

#ifdef __cplusplus
}
#endif

#endif
