/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * replay.c - the sensor that plays recorded raw frames. It tells its geometry in registers, most
 * significant byte first; frames last line length * frame length / pixel clock. It may be wired to
 * the MIPI link or to the parallel port, in every way that the port knows.
 */
#include <sensor-common.h>

#include <linux/math64.h>

#include "common/sensor_chip.h"

#define REG_CHIP_ID 0x0000 /* "RP" */
#define REG_WIDTH 0x0002
#define REG_HEIGHT 0x0004
#define REG_BITS 0x0006  /* 8, 10, 12 */
#define REG_ORDER 0x0007 /* 0 RGGB, 1 BGGR, 2 GRBG, 3 GBRG */
#define REG_LINE_LENGTH 0x0008
#define REG_FRAME_LENGTH 0x000a /* writable */
#define REG_PIXEL_CLOCK 0x000c
#define REG_LANES 0x0010
#define REG_STREAM 0x0100
#define REG_EXPOSURE 0x0200 /* lines */
#define REG_GAIN 0x0202     /* 0x100 = 1x */

#define GAIN_SHIFT 8
#define MAX_DOUBLINGS 5
#define MAX_GAIN_LOG2 (MAX_DOUBLINGS << TX_ISP_GAIN_FIXED_POINT)
#define FPS_DENOMINATOR 1000

SENSOR_PIN_PARAMETERS();

static int data_interface = TX_SENSOR_DATA_INTERFACE_MIPI;
module_param(data_interface, int, S_IRUGO);
MODULE_PARM_DESC(data_interface, "1 MIPI, 2 DVP, 3 BT.601, 4 BT.656, 5 BT.1120");

static int sensor_gpio_func = DVP_PA_12BIT;
module_param(sensor_gpio_func, int, S_IRUGO);
MODULE_PARM_DESC(sensor_gpio_func, "Data pins: 0 low 10, 1 high 10, 2 all 12, 3 low 8, 4 high 8");

static int dvp_mode = SENSOR_DVP_HREF_MODE;
module_param(dvp_mode, int, S_IRUGO);
MODULE_PARM_DESC(dvp_mode, "DVP timing: 0 HREF, 1 HSYNC, 2 Sony");

static int hsync_polar = DVP_POLARITY_DEFAULT;
module_param(hsync_polar, int, S_IRUGO);
MODULE_PARM_DESC(hsync_polar, "HSYNC: 0 default, 1 active high, 2 active low");

static int vsync_polar = DVP_POLARITY_DEFAULT;
module_param(vsync_polar, int, S_IRUGO);
MODULE_PARM_DESC(vsync_polar, "VSYNC: 0 default, 1 active high, 2 active low");

static int hblanking;
module_param(hblanking, int, S_IRUGO);
MODULE_PARM_DESC(hblanking, "DVP: pixel clocks between lines, 0: not told");

static int vblanking;
module_param(vblanking, int, S_IRUGO);
MODULE_PARM_DESC(vblanking, "DVP: lines between frames, 0: not told");

static int dvp_hcomp_en;
module_param(dvp_hcomp_en, int, S_IRUGO);
MODULE_PARM_DESC(dvp_hcomp_en, "DVP: short lines are completed");

static int bt_mode = SENSOR_BT_8BIT;
module_param(bt_mode, int, S_IRUGO);
MODULE_PARM_DESC(bt_mode, "BT: 0 8 bits, 1 16 bits");

static int mipi_mode = SENSOR_MIPI_OTHER_MODE;
module_param(mipi_mode, int, S_IRUGO);
MODULE_PARM_DESC(mipi_mode, "MIPI timing: 0 other, 1 Sony");

static int mbus_code;
module_param(mbus_code, int, S_IRUGO);
MODULE_PARM_DESC(mbus_code, "Media bus code instead of the film's, 0: the film's");

static const int no_flips;

/* By bits and Bayer order. */
static const u32 codes[3][4] = {
    {V4L2_MBUS_FMT_SRGGB8_1X8, V4L2_MBUS_FMT_SBGGR8_1X8, V4L2_MBUS_FMT_SGRBG8_1X8,
     V4L2_MBUS_FMT_SGBRG8_1X8},
    {V4L2_MBUS_FMT_SRGGB10_1X10, V4L2_MBUS_FMT_SBGGR10_1X10, V4L2_MBUS_FMT_SGRBG10_1X10,
     V4L2_MBUS_FMT_SGBRG10_1X10},
    {V4L2_MBUS_FMT_SRGGB12_1X12, V4L2_MBUS_FMT_SBGGR12_1X12, V4L2_MBUS_FMT_SGRBG12_1X12,
     V4L2_MBUS_FMT_SGBRG12_1X12},
};

static unsigned int alloc_again(unsigned int log2_q16, unsigned char shift, unsigned int* code) {
  u32 gain = log2_q16 < MAX_GAIN_LOG2 ? log2_q16 : MAX_GAIN_LOG2;

  (void)shift; /* always 16 */
  *code = private_math_exp2(gain, TX_ISP_GAIN_FIXED_POINT, GAIN_SHIFT);
  return private_log2_fixed_to_fixed(*code << (TX_ISP_GAIN_FIXED_POINT - GAIN_SHIFT),
                                     TX_ISP_GAIN_FIXED_POINT, TX_ISP_GAIN_FIXED_POINT);
}

/* What the film says of itself. */
struct film {
  u32 bits, order, lanes, lines;
};

static int read_film(struct sensor_device* device, struct film* film) {
  struct i2c_client* client = device->client;
  struct sensor_mode* mode = &device->mode;
  int error = sensor_read_number(client, REG_WIDTH, 2, &mode->width);

  if (!error) error = sensor_read_number(client, REG_HEIGHT, 2, &mode->height);
  if (!error) error = sensor_read_number(client, REG_BITS, 1, &film->bits);
  if (!error) error = sensor_read_number(client, REG_ORDER, 1, &film->order);
  if (!error) error = sensor_read_number(client, REG_LINE_LENGTH, 2, &mode->line_length);
  if (!error) error = sensor_read_number(client, REG_FRAME_LENGTH, 2, &mode->frame_length);
  if (!error) error = sensor_read_number(client, REG_PIXEL_CLOCK, 4, &mode->pixel_clock);
  if (!error) error = sensor_read_number(client, REG_LANES, 1, &film->lanes);
  if (!error) error = sensor_read_number(client, REG_EXPOSURE, 2, &film->lines);
  return error;
}

static bool plausible(const struct sensor_mode* mode, const struct film* film) {
  return mode->width && mode->height && mode->line_length >= mode->width &&
         mode->frame_length > mode->height && mode->pixel_clock && film->order < 4 &&
         (film->bits == 8 || film->bits == 10 || film->bits == 12) &&
         (film->lanes == 1 || film->lanes == 2);
}

/* Frames per second, exact when whole, else in thousandths. 0 when out of the format's range. */
static u32 frame_rate(const struct sensor_mode* mode) {
  u32 clocks = mode->line_length * mode->frame_length;
  u64 thousandths;

  if (mode->pixel_clock % clocks == 0 && mode->pixel_clock / clocks <= 0x7fff)
    return (mode->pixel_clock / clocks) << 16 | 1;
  thousandths = div_u64((u64)mode->pixel_clock * FPS_DENOMINATOR + clocks / 2, clocks);
  return thousandths && thousandths <= 0xffff ? (u32)thousandths << 16 | FPS_DENOMINATOR : 0;
}

/* The attributes of MIPI, DVP and BT share their place. */
static int describe_parallel(struct tx_isp_sensor_attribute* attr) {
  attr->dbus_type = data_interface;
  memset(&attr->dvp, 0, sizeof(attr->dvp));
  if (data_interface == TX_SENSOR_DATA_INTERFACE_DVP) {
    attr->dvp.gpio = sensor_gpio_func;
    attr->dvp.mode = dvp_mode;
    attr->dvp.blanking.hblanking = hblanking;
    attr->dvp.blanking.vblanking = vblanking;
    attr->dvp.polar.hsync_polar = hsync_polar;
    attr->dvp.polar.vsync_polar = vsync_polar;
    attr->dvp.dvp_hcomp_en = dvp_hcomp_en;
  } else {
    attr->bt601bus.gpio = bt_mode; /* the same place for all three */
  }
  return set_sensor_gpio_function(sensor_gpio_func) < 0 ? -EINVAL : 0;
}

static int describe(struct sensor_device* device) {
  struct tx_isp_sensor_attribute* attr = &device->sensor.attr;
  struct sensor_mode* mode = &device->mode;
  const u32 mega = 1000000;
  struct film film;
  int error = read_film(device, &film);

  if (error) return error;
  if (!plausible(mode, &film)) return -EINVAL;
  mode->code = mbus_code ? (u32)mbus_code : codes[(film.bits - 8) / 2][film.order];
  mode->fps = frame_rate(mode);
  if (!mode->fps) return -EINVAL;
  sensor_describe_mipi(
      device, film.lanes,
      div_u64((u64)mode->pixel_clock * film.bits + film.lanes * mega - 1, film.lanes * mega),
      film.bits);
  attr->mipi.mode = mipi_mode;
  if (mode->code == V4L2_MBUS_FMT_YUYV8_1X16) {
    attr->mipi.mipi_sc.sensor_csi_fmt = TX_SENSOR_YUV422;
    attr->mipi.mipi_sc.data_type_value = YUV422_8BIT;
  }
  if (data_interface != TX_SENSOR_DATA_INTERFACE_MIPI) error = describe_parallel(attr);
  if (error) return error;
  attr->max_again = MAX_GAIN_LOG2;
  attr->min_integration_time = 1;
  attr->min_integration_time_native = 1;
  attr->integration_time_apply_delay = 2;
  attr->again_apply_delay = 2;
  attr->again = 1 << GAIN_SHIFT;
  attr->integration_time = film.lines;
  attr->expo = 1 << GAIN_SHIFT << 16 | film.lines;
  attr->sensor_ctrl.alloc_again = alloc_again;
  attr->sensor_ctrl.alloc_dgain = sensor_no_digital_gain;
  return 0;
}

static int stream(struct sensor_device* device, bool on) {
  return sensor_write(device->client, REG_STREAM, on);
}

static int set_exposure(struct sensor_device* device, u32 gain_code, u32 lines) {
  const struct sensor_reg writes[] = {
      {REG_EXPOSURE, lines >> 8},
      {REG_EXPOSURE + 1, lines & 0xff},
      {REG_GAIN, gain_code >> 8},
      {REG_GAIN + 1, gain_code & 0xff},
  };

  return sensor_write_list(device->client, writes, ARRAY_SIZE(writes));
}

static int read_line_length(struct sensor_device* device, u32* line_length) {
  return sensor_read_number(device->client, REG_LINE_LENGTH, 2, line_length);
}

static int set_frame_length(struct sensor_device* device, u32 lines) {
  const struct sensor_reg writes[] = {
      {REG_FRAME_LENGTH, lines >> 8},
      {REG_FRAME_LENGTH + 1, lines & 0xff},
  };

  return sensor_write_list(device->client, writes, ARRAY_SIZE(writes));
}

static int start(struct sensor_device* device) {
  int error = stream(device, false);

  return error ? error : set_frame_length(device, device->mode.frame_length);
}

static const struct sensor_chip chip = {
    .name = "replay",
    .version = "1",
    .id = 0x5250,
    .id_register = REG_CHIP_ID,
    .address = 0x3d,
    .master_clock = 24000000,
    .min_fps = 1,
    .max_fps = 120,
    .min_frame_blanking = 16,
    .exposure_margin = 4,
    .reset_pin = &reset_gpio,
    .power_down_pin = &pwdn_gpio,
    .flips_in_sensor = &no_flips,
    .describe = describe,
    .start = start,
    .stream = stream,
    .set_exposure = set_exposure,
    .read_line_length = read_line_length,
    .set_frame_length = set_frame_length,
};

SENSOR_MODULE("replay", chip, "Replay of recorded raw frames as an image sensor");
