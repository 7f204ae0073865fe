/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * replay.c - the sensor that plays recorded raw frames. It tells its geometry in registers, most
 * significant byte first; frames last line length * frame length / pixel clock.
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

static int describe(struct sensor_device* device) {
  struct tx_isp_sensor_attribute* attr = &device->sensor.attr;
  struct sensor_mode* mode = &device->mode;
  const u32 mega = 1000000;
  struct film film;
  int error = read_film(device, &film);

  if (error) return error;
  if (!plausible(mode, &film)) return -EINVAL;
  mode->code = codes[(film.bits - 8) / 2][film.order];
  mode->fps = frame_rate(mode);
  if (!mode->fps) return -EINVAL;
  sensor_describe_mipi(
      device, film.lanes,
      div_u64((u64)mode->pixel_clock * film.bits + film.lanes * mega - 1, film.lanes * mega),
      film.bits);
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
