/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tx-isp-modes.h - the choices a sensor driver makes: buses, data types, frame modes, pins.
 */
#ifndef T31_SENSOR_TX_ISP_MODES_H
#define T31_SENSOR_TX_ISP_MODES_H

#include <linux/version.h>

/* Gains between core and sensors are log2 values with 16 fractional bits. */
#define TX_ISP_GAIN_FIXED_POINT 16
#define LOG2_GAIN_SHIFT 16

#define TX_ISP_SENSOR_PREVIEW_RES_MAX_FPS 1
#define TX_ISP_SENSOR_FULL_RES_MAX_FPS 2

#define V4L2_SBUS_MASK_SAMPLE_8BITS 0x01
#define V4L2_SBUS_MASK_SAMPLE_16BITS 0x02
#define V4L2_SBUS_MASK_SAMPLE_32BITS 0x04
#define V4L2_SBUS_MASK_ADDR_8BITS 0x08
#define V4L2_SBUS_MASK_ADDR_16BITS 0x10
#define V4L2_SBUS_MASK_ADDR_32BITS 0x20
#define V4L2_SBUS_MASK_ADDR_STEP_16BITS 0x40
#define V4L2_SBUS_MASK_ADDR_STEP_32BITS 0x80
#define V4L2_SBUS_MASK_SAMPLE_SWAP_BYTES 0x100
#define V4L2_SBUS_MASK_SAMPLE_SWAP_WORDS 0x200
#define V4L2_SBUS_MASK_ADDR_SWAP_BYTES 0x400
#define V4L2_SBUS_MASK_ADDR_SWAP_WORDS 0x800
#define V4L2_SBUS_MASK_ADDR_SKIP 0x1000
#define V4L2_SBUS_MASK_SPI_READ_MSB_SET 0x2000
#define V4L2_SBUS_MASK_SPI_INVERSE_DATA 0x4000
#define V4L2_SBUS_MASK_SPI_HALF_ADDR 0x8000
#define V4L2_SBUS_MASK_SPI_LSB 0x10000

enum tx_sensor_control_bus_type {
  TX_SENSOR_CONTROL_INTERFACE_I2C = 1,
  TX_SENSOR_CONTROL_INTERFACE_SPI = 2,
};

enum tx_sensor_data_bus_type {
  TX_SENSOR_DATA_INTERFACE_MIPI = 1,
  TX_SENSOR_DATA_INTERFACE_DVP = 2,
  TX_SENSOR_DATA_INTERFACE_BT601 = 3,
  TX_SENSOR_DATA_INTERFACE_BT656 = 4,
  TX_SENSOR_DATA_INTERFACE_BT1120 = 5,
};

enum tx_sensor_data_type {
  TX_SENSOR_DATA_TYPE_LINEAR = 0,
  TX_SENSOR_DATA_TYPE_WDR_FS = 1,     /* exposures in turn, frame by frame */
  TX_SENSOR_DATA_TYPE_WDR_DOL = 2,    /* exposures interleaved by lines */
  TX_SENSOR_DATA_TYPE_WDR_NATIVE = 3, /* combined in the sensor */
};

enum tx_sensor_frm_mode {
  TX_SENSOR_DEFAULT_FRAME_MODE = 0,
  TX_SENSOR_WDR_2_FRAME_MODE = 1,
  TX_SENSOR_WDR_3_FRAME_MODE = 2,
  TX_SENSOR_WDR_4_FRAME_MODE = 3,
};

/* How WDR exposures are told apart: by MIPI virtual channel or not. */
enum tx_sensor_mode {
  TX_SENSOR_DEFAULT_MODE = 0,
  TX_SENSOR_NOT_VC_MODE = 1,
  TX_SENSOR_VC_MODE = 2,
};

enum tx_sensor_csi_fmt {
  TX_SENSOR_RAW8 = 0,
  TX_SENSOR_RAW10 = 1,
  TX_SENSOR_RAW12 = 2,
  TX_SENSOR_YUV422 = 7,
};

/* CSI-2 data types */
enum mipi_sensor_data_type_value {
  YUV422_8BIT = 0x1e,
  RAW8 = 0x2a,
  RAW10 = 0x2b,
  RAW12 = 0x2c,
};

typedef enum {
  SENSOR_MIPI_OTHER_MODE = 0,
  SENSOR_MIPI_SONY_MODE = 1,
} sensor_mipi_mode;

/* Pins of port A that carry parallel data. */
typedef enum {
  DVP_PA_LOW_10BIT = 0,
  DVP_PA_HIGH_10BIT = 1,
  DVP_PA_12BIT = 2,
  DVP_PA_LOW_8BIT = 3,
  DVP_PA_HIGH_8BIT = 4,
} sensor_dvp_gpio_mode;

typedef enum {
  SENSOR_DVP_HREF_MODE = 0,
  SENSOR_DVP_HSYNC_MODE = 1,
  SENSOR_DVP_SONY_MODE = 2,
} sensor_dvp_timing_mode;

enum tx_isp_dvp_polarity {
  DVP_POLARITY_DEFAULT = 0,
  DVP_POLARITY_HIGH = 1,
  DVP_POLARITY_LOW = 2,
};

typedef enum {
  SENSOR_BT_8BIT = 0,
  SENSOR_BT_16BIT = 1,
} sensor_bt_mode;

typedef enum {
  ISP_CLK_960P_MODE = 60000000,
  ISP_CLK_1080P_MODE = 90000000,
  ISP_CLK_3M_MODE = 100000000,
} isp_clk_mode;

/* Values of the module parameter sensor_max_fps. */
typedef enum {
  TX_SENSOR_MAX_FPS_120 = 120,
  TX_SENSOR_MAX_FPS_110 = 110,
  TX_SENSOR_MAX_FPS_100 = 100,
  TX_SENSOR_MAX_FPS_90 = 90,
  TX_SENSOR_MAX_FPS_80 = 80,
  TX_SENSOR_MAX_FPS_70 = 70,
  TX_SENSOR_MAX_FPS_60 = 60,
  TX_SENSOR_MAX_FPS_50 = 50,
  TX_SENSOR_MAX_FPS_45 = 45,
  TX_SENSOR_MAX_FPS_40 = 40,
  TX_SENSOR_MAX_FPS_30 = 30,
  TX_SENSOR_MAX_FPS_25 = 25,
  TX_SENSOR_MAX_FPS_20 = 20,
  TX_SENSOR_MAX_FPS_15 = 15,
  TX_SENSOR_MAX_FPS_12 = 12,
  TX_SENSOR_MAX_FPS_10 = 10,
  TX_SENSOR_MAX_FPS_5 = 5,
} sensor_max_fps_mode;

/* Values of the module parameter sensor_resolution: ten thousands of pixels. */
typedef enum {
  TX_SENSOR_RES_30 = 30,
  TX_SENSOR_RES_100 = 100,
  TX_SENSOR_RES_130 = 130,
  TX_SENSOR_RES_200 = 200,
  TX_SENSOR_RES_300 = 300,
  TX_SENSOR_RES_400 = 400,
  TX_SENSOR_RES_500 = 500,
  TX_SENSOR_RES_800 = 800,
} sensor_resolution_type;

/* Kernels since 3.19 name the bus formats differently inside the kernel; sensors use these names.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(3, 19, 0)
enum v4l2_mbus_pixelcode {
  V4L2_MBUS_FMT_YUYV8_1X16 = 0x2011,
  V4L2_MBUS_FMT_SBGGR8_1X8 = 0x3001,
  V4L2_MBUS_FMT_SGRBG8_1X8 = 0x3002,
  V4L2_MBUS_FMT_SBGGR10_1X10 = 0x3007,
  V4L2_MBUS_FMT_SBGGR12_1X12 = 0x3008,
  V4L2_MBUS_FMT_SGRBG10_1X10 = 0x300a,
  V4L2_MBUS_FMT_SGBRG10_1X10 = 0x300e,
  V4L2_MBUS_FMT_SRGGB10_1X10 = 0x300f,
  V4L2_MBUS_FMT_SGBRG12_1X12 = 0x3010,
  V4L2_MBUS_FMT_SGRBG12_1X12 = 0x3011,
  V4L2_MBUS_FMT_SRGGB12_1X12 = 0x3012,
  V4L2_MBUS_FMT_SGBRG8_1X8 = 0x3013,
  V4L2_MBUS_FMT_SRGGB8_1X8 = 0x3014,
};
#endif

#endif
