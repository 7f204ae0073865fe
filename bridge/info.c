/* SPDX-License-Identifier: GPL-2.0-or-later */
/* info.c - a sensor's attributes as plain values, read through the sensor's own pointers. */
#include "registered.h"

static void read_video(const struct tx_isp_video_in* video, struct t31_sensor_info* info) {
  info->mbus_width = video->mbus.width;
  info->mbus_height = video->mbus.height;
  info->mbus_code = video->mbus.code;
  info->mbus_field = video->mbus.field;
  info->mbus_colorspace = video->mbus.colorspace;
  info->mbus_change = video->mbus_change;
  info->max_width = video->vi_max_width;
  info->max_height = video->vi_max_height;
  info->fps = video->fps;
  info->flips_in_sensor = video->shvflip;
}

static void read_exposure(const struct tx_isp_sensor_attribute* attr,
                          struct t31_sensor_info* info) {
  info->max_again = attr->max_again;
  info->max_dgain = attr->max_dgain;
  info->max_again_short = attr->max_again_short;
  info->min_integration_time = attr->min_integration_time;
  info->min_integration_time_native = attr->min_integration_time_native;
  info->max_integration_time_native = attr->max_integration_time_native;
  info->integration_time_limit = attr->integration_time_limit;
  info->max_integration_time = attr->max_integration_time;
  info->min_integration_time_short = attr->min_integration_time_short;
  info->max_integration_time_short = attr->max_integration_time_short;
  info->total_width = attr->total_width;
  info->total_height = attr->total_height;
  info->integration_time_apply_delay = attr->integration_time_apply_delay;
  info->again_apply_delay = attr->again_apply_delay;
  info->dgain_apply_delay = attr->dgain_apply_delay;
  info->wdr_cache = attr->wdr_cache;
  info->integration_time = attr->integration_time;
  info->again = attr->again;
  info->dgain = attr->dgain;
}

static void read_mipi(const struct tx_isp_mipi_bus* mipi, struct t31_sensor_info* info) {
  const struct vic_mipi_sensor_ctl* control = &mipi->mipi_sc;

  info->mipi.mode = mipi->mode;
  info->mipi.mbps = mipi->clk;
  info->mipi.lanes = mipi->lans;
  info->mipi.image_twidth = mipi->image_twidth;
  info->mipi.image_theight = mipi->image_theight;
  info->mipi.settle_time_adaptive = mipi->settle_time_apative_en;
  info->mipi.hcrop_diff_en = control->hcrop_diff_en;
  info->mipi.vcomp_en = control->mipi_vcomp_en;
  info->mipi.hcomp_en = control->mipi_hcomp_en;
  info->mipi.line_sync_mode = control->line_sync_mode;
  info->mipi.work_start_flag = control->work_start_flag;
  info->mipi.data_type_en = control->data_type_en;
  info->mipi.data_type_value = control->data_type_value;
  info->mipi.del_start = control->del_start;
  info->mipi.fid_mode = control->sensor_fid_mode;
  info->mipi.frame_mode = control->sensor_frame_mode;
  info->mipi.sensor_mode = control->sensor_mode;
  info->mipi.csi_format = control->sensor_csi_fmt;
  info->mipi.crop_x[0] = control->mipi_crop_start0x;
  info->mipi.crop_y[0] = control->mipi_crop_start0y;
  info->mipi.crop_x[1] = control->mipi_crop_start1x;
  info->mipi.crop_y[1] = control->mipi_crop_start1y;
  info->mipi.crop_x[2] = control->mipi_crop_start2x;
  info->mipi.crop_y[2] = control->mipi_crop_start2y;
  info->mipi.crop_x[3] = control->mipi_crop_start3x;
  info->mipi.crop_y[3] = control->mipi_crop_start3y;
}

static void read_dvp(const struct tx_isp_dvp_bus* dvp, struct t31_sensor_info* info) {
  info->dvp.pins = dvp->gpio;
  info->dvp.timing = dvp->mode;
  info->dvp.vertical_blanking = dvp->blanking.vblanking;
  info->dvp.horizontal_blanking = dvp->blanking.hblanking;
  info->dvp.hsync_polarity = dvp->polar.hsync_polar;
  info->dvp.vsync_polarity = dvp->polar.vsync_polar;
  info->dvp.hcomp_en = dvp->dvp_hcomp_en;
}

static void read_bus(const struct tx_isp_sensor_attribute* attr, struct t31_sensor_info* info) {
  info->bus = attr->dbus_type;
  switch (attr->dbus_type) {
    case TX_SENSOR_DATA_INTERFACE_MIPI:
      read_mipi(&attr->mipi, info);
      break;
    case TX_SENSOR_DATA_INTERFACE_DVP:
      read_dvp(&attr->dvp, info);
      break;
    default:
      info->bt_bits = attr->bt601bus.gpio; /* the same place for all three */
      break;
  }
}

int t31_sensor_read_info(struct t31_sensor* sensor, struct t31_sensor_info* info) {
  const struct tx_isp_sensor_attribute* attr = t31_bridge_attributes(sensor);
  const char* name;
  size_t i;

  memset(info, 0, sizeof(*info));
  if (!attr) return -EINVAL;
  name = attr->name ? attr->name : sensor->name;
  for (i = 0; i + 1 < sizeof(info->name) && name[i]; i++) info->name[i] = name[i];
  info->chip_id = attr->chip_id;
  info->data_type = attr->data_type;
  /* In modules of SDK 1.1.1 the word is a private pointer, never set: exposure at any time. */
  info->expo_fs = attr->expo_fs != 0;
  read_video(sensor->video, info);
  read_exposure(attr, info);
  read_bus(attr, info);
  return 0;
}

const char* t31_sensor_name(const struct t31_sensor* sensor) {
  return sensor->name;
}

u32 t31_sensor_input_type(const struct t31_sensor* sensor) {
  return t31_bridge_subdev(sensor) ? sensor->device->type : 0;
}

void t31_sensor_set_index(struct t31_sensor* sensor, int index) {
  if (t31_bridge_subdev(sensor)) sensor->device->index = index;
}

void t31_sensor_clear_mbus_change(struct t31_sensor* sensor) {
  if (t31_bridge_subdev(sensor)) sensor->video->mbus_change = 0;
}

void t31_sensor_set_line_time(struct t31_sensor* sensor, u32 microseconds) {
  struct tx_isp_sensor_attribute* attr = t31_bridge_attributes(sensor);

  if (attr)
    attr->one_line_expr_in_us = (unsigned short)(microseconds < 0xffff ? microseconds : 0xffff);
}
