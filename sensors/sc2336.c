/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sc2336.c - SmartSens SC2336: 1920x1080, 10 bits, two MIPI lanes.
 *
 * Exposure registers count lines. Gain is coarse (thermometer code, doubling) times fine (0x80 = 1x
 * in steps of 4); a gain code is coarse << 8 | fine.
 */
#include <sensor-common.h>

#include "common/sensor_chip.h"
#include "sc2336_start.h"

#define REG_STREAM 0x0100
#define REG_CHIP_ID 0x3107
#define REG_LINE_LENGTH 0x320c
#define REG_FRAME_LENGTH 0x320e
#define REG_READOUT 0x3221 /* bits 6:5 vertical flip */
#define REG_EXPOSURE 0x3e00
#define REG_GAIN_FINE 0x3e07
#define REG_GAIN_COARSE 0x3e09

#define FLIP_VERTICAL 0x60

#define PIXEL_CLOCK 81000000
#define LINE_LENGTH 2250
#define FRAME_LENGTH 1440
#define START_EXPOSURE 0x4ab /* lines, as the start list programs it */

#define FINE_UNITY 0x80
#define FINE_STEP 4
#define FINE_LAST 0xfc
#define MAX_DOUBLINGS 5
#define MAX_GAIN_LOG2 (MAX_DOUBLINGS << TX_ISP_GAIN_FIXED_POINT)

SENSOR_PIN_PARAMETERS();

static int shvflip;
module_param(shvflip, int, S_IRUGO);
MODULE_PARM_DESC(shvflip, "1: the sensor flips vertically, 0: the ISP does");

/* Coarse register values for 1x, 2x, 4x ... */
static const u8 coarse_codes[MAX_DOUBLINGS + 1] = {0x00, 0x08, 0x09, 0x0b, 0x0f, 0x1f};

static u32 fine_log2(u32 fine) {
  return private_log2_fixed_to_fixed(fine << (TX_ISP_GAIN_FIXED_POINT - 7), TX_ISP_GAIN_FIXED_POINT,
                                     TX_ISP_GAIN_FIXED_POINT);
}

/* The largest gain not above `log2_q16`. */
static unsigned int alloc_again(unsigned int log2_q16, unsigned char shift, unsigned int* code) {
  u32 gain = log2_q16 < MAX_GAIN_LOG2 ? log2_q16 : MAX_GAIN_LOG2;
  u32 doublings = gain >> TX_ISP_GAIN_FIXED_POINT;
  u32 rest = gain & ((1u << TX_ISP_GAIN_FIXED_POINT) - 1);
  u32 fine = FINE_UNITY;

  (void)shift; /* always 16 */
  while (fine < FINE_LAST && fine_log2(fine + FINE_STEP) <= rest) fine += FINE_STEP;
  *code = (u32)coarse_codes[doublings] << 8 | fine;
  return (doublings << TX_ISP_GAIN_FIXED_POINT) + fine_log2(fine);
}

static int describe(struct sensor_device* device) {
  struct tx_isp_sensor_attribute* attr = &device->sensor.attr;

  device->mode = (struct sensor_mode){
      .width = 1920,
      .height = 1080,
      .code = V4L2_MBUS_FMT_SBGGR10_1X10,
      .line_length = LINE_LENGTH,
      .frame_length = FRAME_LENGTH,
      .pixel_clock = PIXEL_CLOCK,
      .fps = 25 << 16 | 1,
  };
  sensor_describe_mipi(device, 2, 405, 10);
  attr->mipi.settle_time_apative_en = 1;
  attr->max_again = MAX_GAIN_LOG2;
  attr->max_dgain = 0;
  attr->min_integration_time = 2;
  attr->min_integration_time_native = 2;
  attr->integration_time_apply_delay = 2;
  attr->again_apply_delay = 2;
  attr->dgain_apply_delay = 0;
  attr->again = FINE_UNITY;
  attr->integration_time = START_EXPOSURE;
  attr->expo = FINE_UNITY << 16 | START_EXPOSURE;
  attr->sensor_ctrl.alloc_again = alloc_again;
  attr->sensor_ctrl.alloc_dgain = sensor_no_digital_gain;
  return 0;
}

static int start(struct sensor_device* device) {
  return sensor_write_list(device->client, sc2336_start, ARRAY_SIZE(sc2336_start));
}

static int stream(struct sensor_device* device, bool on) {
  return sensor_write(device->client, REG_STREAM, on);
}

static int set_exposure(struct sensor_device* device, u32 gain_code, u32 lines) {
  const struct sensor_reg writes[] = {
      {REG_EXPOSURE, lines >> 12 & 0x0f},      {REG_EXPOSURE + 1, lines >> 4 & 0xff},
      {REG_EXPOSURE + 2, (lines & 0x0f) << 4}, {REG_GAIN_COARSE, gain_code >> 8},
      {REG_GAIN_FINE, gain_code & 0xff},
  };

  return sensor_write_list(device->client, writes, ARRAY_SIZE(writes));
}

static int read_line_length(struct sensor_device* device, u32* line_length) {
  return sensor_read_number(device->client, REG_LINE_LENGTH, 2, line_length);
}

static int set_frame_length(struct sensor_device* device, u32 lines) {
  const struct sensor_reg writes[] = {
      {REG_FRAME_LENGTH + 1, lines & 0xff},
      {REG_FRAME_LENGTH, lines >> 8},
  };

  return sensor_write_list(device->client, writes, ARRAY_SIZE(writes));
}

/* The read-out starts one line off, so the Bayer order stays. */
static int set_vertical_flip(struct sensor_device* device, bool on) {
  u8 readout;
  int error = sensor_read(device->client, REG_READOUT, &readout);

  if (error) return error;
  return sensor_write(device->client, REG_READOUT,
                      on ? readout | FLIP_VERTICAL : readout & ~FLIP_VERTICAL);
}

static const struct sensor_chip chip = {
    .name = "sc2336",
    .version = "1",
    .id = 0xcb3a,
    .id_register = REG_CHIP_ID,
    .address = 0x30,
    .master_clock = 24000000,
    .min_fps = 5,
    .max_fps = 30,
    .min_frame_blanking = 8,
    .exposure_margin = 4,
    .reset_pin = &reset_gpio,
    .power_down_pin = &pwdn_gpio,
    .flips_in_sensor = &shvflip,
    .describe = describe,
    .start = start,
    .stream = stream,
    .set_exposure = set_exposure,
    .read_line_length = read_line_length,
    .set_frame_length = set_frame_length,
    .set_vertical_flip = set_vertical_flip,
};

SENSOR_MODULE("sc2336", chip, "SmartSens SC2336 image sensor");
