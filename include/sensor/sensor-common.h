/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sensor-common.h - pins of parallel sensors, black level channels, RGB-IR formats.
 */
#ifndef T31_SENSOR_SENSOR_COMMON_H
#define T31_SENSOR_SENSOR_COMMON_H

#include <linux/io.h>

#include "tx-isp-common.h"

#define SENSOR_R_BLACK_LEVEL 0
#define SENSOR_GR_BLACK_LEVEL 1
#define SENSOR_GB_BLACK_LEVEL 2
#define SENSOR_B_BLACK_LEVEL 3

/* The sixteen colour orders of RGB-IR sensors; codes count up from `base` in this order. */
#define T31_RGBIR_FORMATS(bits, base)                                                       \
  V4L2_MBUS_FMT_SRGIB##bits = (base), V4L2_MBUS_FMT_SBGIR##bits, V4L2_MBUS_FMT_SRIGB##bits, \
  V4L2_MBUS_FMT_SBIGR##bits, V4L2_MBUS_FMT_SGRBI##bits, V4L2_MBUS_FMT_SGBRI##bits,          \
  V4L2_MBUS_FMT_SIRBG##bits, V4L2_MBUS_FMT_SIBRG##bits, V4L2_MBUS_FMT_SRGGI##bits,          \
  V4L2_MBUS_FMT_SBGGI##bits, V4L2_MBUS_FMT_SGRIG##bits, V4L2_MBUS_FMT_SGBIG##bits,          \
  V4L2_MBUS_FMT_SGIRG##bits, V4L2_MBUS_FMT_SGIBG##bits, V4L2_MBUS_FMT_SIGGR##bits,          \
  V4L2_MBUS_FMT_SIGGB##bits

enum rgbir_mbus_fmt {
  T31_RGBIR_FORMATS(8_1X8, 0x3100),
  T31_RGBIR_FORMATS(10_1X10, 0x3200),
  T31_RGBIR_FORMATS(12_1X12, 0x3300),
};

/* Drive strength and voltage of the parallel port's pins, as the vendor sets it. */
#define T31_GPIO_DRIVE_ADDRESS 0xb0010130UL /* uncached virtual address on MIPS */
#define T31_GPIO_DRIVE_DVP 0x02aaa000

/* Gives the pins of a parallel sensor (sensor_dvp_gpio_mode) to the camera interface. -1: no such
 * mode. */
static inline int set_sensor_gpio_function(int mode) {
  static const unsigned long pins[] = {0x000343ff, 0x00034ffc, 0x00034fff, 0x000340ff, 0x00034ff0};

  writel(T31_GPIO_DRIVE_DVP, (void __iomem*)T31_GPIO_DRIVE_ADDRESS);
  if (mode < DVP_PA_LOW_10BIT || mode > DVP_PA_HIGH_8BIT) return -1;
  return private_jzgpio_set_func(GPIO_PORT_A, GPIO_FUNC_1, pins[mode]);
}

#ifdef T31_SENSOR_REGISTRY
#include "sensor-registry.h"
#elif defined(T31_SENSOR_INFO)
#include "sensor-files.h"
#endif

#endif
