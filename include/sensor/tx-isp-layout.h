/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tx-isp-layout.h - proof, at compile time, that the structs have the vendor's layout. Holds where
 * pointers have 32 bits. The misc device at the head of every module is 36 bytes on Linux 3.10;
 * what follows it moves with the kernel's size of it (40 bytes on 4.4).
 */
#ifndef T31_SENSOR_TX_ISP_LAYOUT_H
#define T31_SENSOR_TX_ISP_LAYOUT_H

#include "tx-isp-sensor.h"

#if !defined(__cplusplus) && defined(__SIZEOF_POINTER__) && __SIZEOF_POINTER__ == 4

#define T31_MOVED ((int)sizeof(struct miscdevice) - 36 + (int)sizeof(spinlock_t))
#define T31_SIZE(type, bytes) _Static_assert(sizeof(type) == (bytes), #type)
#define T31_AT(type, member, offset) \
  _Static_assert(__builtin_offsetof(type, member) == (offset), #type "." #member)

T31_SIZE(struct tx_isp_module, 128 + (int)sizeof(struct miscdevice) - 36);
T31_AT(struct tx_isp_module, miscdev, 0x0c);
T31_AT(struct tx_isp_module, notify, 0x7c + (int)sizeof(struct miscdevice) - 36);
T31_SIZE(struct tx_isp_irq_device, 12 + (int)sizeof(spinlock_t));
T31_SIZE(struct tx_isp_chip_ident, 40);
T31_SIZE(struct tx_isp_subdev, 220 + T31_MOVED);
T31_AT(struct tx_isp_subdev, chip, 0x8c + T31_MOVED);
T31_AT(struct tx_isp_subdev, ops, 0xc4 + T31_MOVED);
T31_AT(struct tx_isp_subdev, dev_priv, 0xd4 + T31_MOVED);
T31_AT(struct tx_isp_subdev, host_priv, 0xd8 + T31_MOVED);
T31_SIZE(struct tx_isp_subdev_pad, 36);
T31_AT(struct tx_isp_subdev_pad, event, 0x1c);
T31_SIZE(struct tx_isp_subdev_ops, 20);
T31_AT(struct tx_isp_subdev_ops, sensor, 0x0c);
T31_SIZE(struct tx_isp_subdev_core_ops, 40);
T31_AT(struct tx_isp_subdev_core_ops, s_register, 0x18);
T31_AT(struct tx_isp_subdev_core_ops, interrupt_service_thread, 0x24);
T31_SIZE(struct tx_isp_subdev_video_ops, 12);
T31_SIZE(struct tx_isp_subdev_sensor_ops, 12);
T31_AT(struct tx_isp_subdev_sensor_ops, ioctl, 0x08);
T31_SIZE(struct tx_isp_dbg_register, 24);
T31_AT(struct tx_isp_dbg_register, reg, 0x08);
T31_SIZE(struct tx_isp_dbg_register_list, 12);

T31_SIZE(struct vic_mipi_sensor_ctl, 64);
T31_AT(struct vic_mipi_sensor_ctl, line_sync_mode, 0x1c);
T31_AT(struct vic_mipi_sensor_ctl, sensor_csi_fmt, 0x3c);
T31_SIZE(struct tx_isp_mipi_bus, 120);
T31_AT(struct tx_isp_mipi_bus, lans, 0x0c);
T31_AT(struct tx_isp_mipi_bus, settle_time_apative_en, 0x24);
T31_AT(struct tx_isp_mipi_bus, mipi_sc, 0x28);
T31_AT(struct tx_isp_mipi_bus, mipi_vcropdel, 0x68);
T31_SIZE(struct tx_isp_dvp_bus, 20);
T31_AT(struct tx_isp_dvp_bus, polar, 0x0c);
T31_AT(struct tx_isp_dvp_bus, dvp_hcomp_en, 0x10);
T31_SIZE(struct tx_isp_sensor_ctrl, 24);

T31_SIZE(struct tx_isp_sensor_attribute, 248);
T31_AT(struct tx_isp_sensor_attribute, mipi, 0x18);
T31_AT(struct tx_isp_sensor_attribute, data_type, 0x90);
T31_AT(struct tx_isp_sensor_attribute, again, 0x9c);
T31_AT(struct tx_isp_sensor_attribute, min_integration_time, 0xa4);
T31_AT(struct tx_isp_sensor_attribute, integration_time, 0xac);
T31_AT(struct tx_isp_sensor_attribute, total_width, 0xb0);
T31_AT(struct tx_isp_sensor_attribute, one_line_expr_in_us, 0xbc);
T31_AT(struct tx_isp_sensor_attribute, sensor_ctrl, 0xc0);
T31_AT(struct tx_isp_sensor_attribute, min_integration_time_short, 0xd8);
T31_AT(struct tx_isp_sensor_attribute, wdr_cache, 0xe8);
T31_AT(struct tx_isp_sensor_attribute, expo, 0xec);
T31_AT(struct tx_isp_sensor_attribute, expo_fs, 0xf0);
T31_AT(struct tx_isp_sensor_attribute, priv, 0xf4);

T31_SIZE(struct v4l2_mbus_framefmt, 48);
T31_SIZE(struct tx_isp_video_in, 76);
T31_AT(struct tx_isp_video_in, attr, 0x34);
T31_AT(struct tx_isp_video_in, fps, 0x40);
T31_AT(struct tx_isp_video_in, shvflip, 0x48);
T31_SIZE(struct tx_isp_sensor_register_info, 80);
T31_AT(struct tx_isp_sensor_register_info, i2c.addr, 0x38);
T31_AT(struct tx_isp_sensor_register_info, rst_gpio, 0x48);
T31_SIZE(struct tx_isp_sensor_win_setting, 24);
T31_SIZE(struct tx_isp_sensor, 648 + T31_MOVED);
T31_AT(struct tx_isp_sensor, index, 0xdc + T31_MOVED);
T31_AT(struct tx_isp_sensor, list, 0xe4 + T31_MOVED);
T31_AT(struct tx_isp_sensor, info, 0xec + T31_MOVED);
T31_AT(struct tx_isp_sensor, attr, 0x13c + T31_MOVED);
T31_AT(struct tx_isp_sensor, video, 0x234 + T31_MOVED);
T31_AT(struct tx_isp_sensor, mclk, 0x280 + T31_MOVED);
T31_AT(struct tx_isp_sensor, priv, 0x284 + T31_MOVED);

#undef T31_AT
#undef T31_SIZE
#undef T31_MOVED

#endif
#endif
