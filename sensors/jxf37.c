/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * jxf37.c - SOI JX-F37: 1920x1080, 10 bits, two MIPI lanes; one exposure, or two line by line.
 *
 * Exposure registers count lines, the short one's in steps of two from one line on. One gain holds
 * for both exposures: 2^(G >> 4) (1 + (G & 15) / 16), G up to 0x4f.
 */
#include <sensor-common.h>

#include "common/sensor_chip.h"

#define REG_GAIN 0x00
#define REG_EXPOSURE 0x01 /* low byte; the high one follows */
#define REG_SHORT_EXPOSURE 0x05
#define REG_EXPOSURES 0x06 /* bit 0: two. Not from a public source: our model's */
#define REG_CHIP_ID 0x0a
#define REG_CONTROL 0x12
#define REG_LINE_LENGTH 0x20 /* half the clocks, low byte first */
#define REG_FRAME_LENGTH 0x22

#define CONTROL_RUN 0x20
#define CONTROL_SLEEP 0x40

#define GAIN_LAST 0x4f
#define MAX_GAIN_LOG2 259142
#define START_EXPOSURE 600 /* lines */
#define START_SHORT_CODE 18
#define LONGEST_SHORT 505
#define SHORT_EXPOSURE_ROOM 517 /* lines of a frame that are not the long exposure's */

/* Delay line of 520 lines in the ISP's memory. */
#define WDR_CACHE (1920 * 2 * 520)

SENSOR_PIN_PARAMETERS();

static int data_type = TX_SENSOR_DATA_TYPE_LINEAR;
module_param(data_type, int, S_IRUGO);
MODULE_PARM_DESC(data_type, "0: one exposure, 2: two, line by line");

/* What the long exposure's gain has been set to: the short one can't have another. */
static unsigned int gain_in_force;

static u32 gain_log2(u32 code) {
  u32 fine = 16 + (code & 15);

  return ((code >> 4) << TX_ISP_GAIN_FIXED_POINT) +
         private_log2_fixed_to_fixed(fine << (TX_ISP_GAIN_FIXED_POINT - 4), TX_ISP_GAIN_FIXED_POINT,
                                     TX_ISP_GAIN_FIXED_POINT);
}

/* The largest gain not above `log2_q16`. */
static unsigned int alloc_again(unsigned int log2_q16, unsigned char shift, unsigned int* code) {
  u32 chosen = log2_q16 >> TX_ISP_GAIN_FIXED_POINT << 4;

  (void)shift; /* always 16 */
  if (chosen > GAIN_LAST - 15) chosen = GAIN_LAST - 15;
  while (chosen < GAIN_LAST && gain_log2(chosen + 1) <= log2_q16) chosen++;
  *code = chosen;
  gain_in_force = gain_log2(chosen);
  return gain_in_force;
}

static unsigned int alloc_again_short(unsigned int log2_q16, unsigned char shift,
                                      unsigned int* code) {
  (void)log2_q16;
  (void)shift;
  *code = 0;
  return gain_in_force;
}

/* Two exposures: the long one takes odd numbers of lines. */
static unsigned int alloc_lines(unsigned int lines, unsigned char shift, unsigned int* code) {
  (void)shift;
  *code = lines < 2 ? 1 : (lines - 1) | 1;
  if (*code > lines) *code -= 2;
  return *code;
}

static unsigned int alloc_short_lines(unsigned int lines, unsigned char shift, unsigned int* code) {
  (void)shift;
  *code = lines < 1 ? 0 : (lines - 1) / 2;
  return 2 * *code + 1;
}

static void describe_one(struct sensor_device* device) {
  struct tx_isp_sensor_attribute* attr = &device->sensor.attr;

  device->mode = (struct sensor_mode){
      .width = 1920,
      .height = 1080,
      .code = V4L2_MBUS_FMT_SBGGR10_1X10,
      .line_length = 3456,
      .frame_length = 1500,
      .pixel_clock = 129600000,
      .fps = 25 << 16 | 1,
  };
  sensor_describe_mipi(device, 2, 648, 10);
  attr->data_type = TX_SENSOR_DATA_TYPE_LINEAR;
  attr->wdr_cache = 0;
  attr->mipi.mipi_sc.sensor_frame_mode = TX_SENSOR_DEFAULT_FRAME_MODE;
  attr->sensor_ctrl.alloc_integration_time = NULL;
  attr->sensor_ctrl.alloc_integration_time_short = NULL;
}

static void describe_two(struct sensor_device* device) {
  struct tx_isp_sensor_attribute* attr = &device->sensor.attr;

  device->mode = (struct sensor_mode){
      .width = 1920,
      .height = 1080,
      .code = V4L2_MBUS_FMT_SBGGR10_1X10,
      .line_length = 2300,
      .frame_length = 2400,
      .pixel_clock = 82800000,
      .fps = 15 << 16 | 1,
  };
  sensor_describe_mipi(device, 2, 300, 10);
  attr->data_type = TX_SENSOR_DATA_TYPE_WDR_DOL;
  attr->wdr_cache = WDR_CACHE;
  attr->mipi.mipi_sc.sensor_frame_mode = TX_SENSOR_WDR_2_FRAME_MODE;
  attr->sensor_ctrl.alloc_integration_time = alloc_lines;
  attr->sensor_ctrl.alloc_integration_time_short = alloc_short_lines;
}

static int describe(struct sensor_device* device) {
  struct tx_isp_sensor_attribute* attr = &device->sensor.attr;

  if (device->wdr)
    describe_two(device);
  else
    describe_one(device);
  attr->mipi.settle_time_apative_en = 1;
  attr->max_again = MAX_GAIN_LOG2;
  attr->max_again_short = MAX_GAIN_LOG2;
  attr->max_dgain = 0;
  attr->min_integration_time = 2;
  attr->min_integration_time_native = 2;
  attr->min_integration_time_short = 1;
  attr->max_integration_time_short = LONGEST_SHORT;
  attr->integration_time_apply_delay = 2;
  attr->again_apply_delay = 2;
  attr->dgain_apply_delay = 0;
  attr->expo_fs = 1;
  attr->again = 0;
  attr->integration_time = START_EXPOSURE;
  attr->expo = START_EXPOSURE;
  attr->sensor_ctrl.alloc_again = alloc_again;
  attr->sensor_ctrl.alloc_again_short = alloc_again_short;
  attr->sensor_ctrl.alloc_dgain = sensor_no_digital_gain;
  gain_in_force = 0;
  return 0;
}

static int write_pair(struct sensor_device* device, u16 address, u32 value) {
  const struct sensor_reg writes[] = {
      {address, value & 0xff},
      {address + 1, value >> 8 & 0xff},
  };

  return sensor_write_list(device->client, writes, ARRAY_SIZE(writes));
}

static int set_exposure(struct sensor_device* device, u32 gain_code, u32 lines) {
  int error = write_pair(device, REG_EXPOSURE, lines);

  return error ? error : sensor_write(device->client, REG_GAIN, gain_code & 0x7f);
}

static int set_short_exposure(struct sensor_device* device, u32 code) {
  return sensor_write(device->client, REG_SHORT_EXPOSURE, code & 0xff);
}

/* Asleep until streaming begins. */
static int start(struct sensor_device* device) {
  const struct sensor_reg writes[] = {
      {REG_CONTROL, CONTROL_SLEEP},
      {REG_EXPOSURES, device->wdr},
      {REG_SHORT_EXPOSURE, START_SHORT_CODE},
  };
  int error = sensor_write_list(device->client, writes, ARRAY_SIZE(writes));

  if (!error) error = write_pair(device, REG_LINE_LENGTH, device->mode.line_length / 2);
  if (!error) error = write_pair(device, REG_FRAME_LENGTH, device->mode.frame_length);
  return error ? error : set_exposure(device, 0, START_EXPOSURE);
}

static int stream(struct sensor_device* device, bool on) {
  return sensor_write(device->client, REG_CONTROL, on ? CONTROL_RUN : CONTROL_SLEEP);
}

static int read_line_length(struct sensor_device* device, u32* line_length) {
  u8 low, high;
  int error = sensor_read(device->client, REG_LINE_LENGTH, &low);

  if (!error) error = sensor_read(device->client, REG_LINE_LENGTH + 1, &high);
  if (error) return error;
  *line_length = 2 * (low | high << 8);
  return 0;
}

static int set_frame_length(struct sensor_device* device, u32 lines) {
  return write_pair(device, REG_FRAME_LENGTH, lines);
}

static u32 exposure_margin(const struct sensor_device* device) {
  return device->wdr ? SHORT_EXPOSURE_ROOM : 4;
}

static const struct sensor_chip chip = {
    .name = "jxf37",
    .version = "1",
    .id = 0x0f37,
    .id_register = REG_CHIP_ID,
    .address = 0x40,
    .address_bytes = 1,
    .master_clock = 24000000,
    .min_fps = 5,
    .max_fps = 30,
    .min_frame_blanking = 8,
    .exposure_margin_of = exposure_margin,
    .reset_pin = &reset_gpio,
    .power_down_pin = &pwdn_gpio,
    .data_type = &data_type,
    .describe = describe,
    .start = start,
    .stream = stream,
    .set_exposure = set_exposure,
    .set_short_exposure = set_short_exposure,
    .read_line_length = read_line_length,
    .set_frame_length = set_frame_length,
};

SENSOR_MODULE("jxf37", chip, "SOI JX-F37 image sensor");
