/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sensor_chip.h"

#include <linux/math64.h>

#define MAX_FRAME_LENGTH 0xffffu
#define MASTER_CLOCK_NAME "cgu_cim"

/* Names the sub-device; never registered. */
static struct platform_device platform = {.id = -1};

static struct sensor_device* device_of(struct tx_isp_subdev* sd) {
  return sd ? tx_isp_get_subdev_hostdata(sd) : NULL;
}

/* ---- Attributes ---- */

static void set_frame_length_attributes(struct sensor_device* device, u32 lines, u32 fps) {
  struct tx_isp_sensor_attribute* attr = &device->sensor.attr;
  const struct sensor_chip* chip = device->chip;
  u32 longest =
      lines - (chip->exposure_margin_of ? chip->exposure_margin_of(device) : chip->exposure_margin);

  device->sensor.video.fps = fps;
  attr->total_height = lines;
  attr->max_integration_time = longest;
  attr->max_integration_time_native = longest;
  attr->integration_time_limit = longest;
}

static void set_mode_attributes(struct sensor_device* device) {
  const struct sensor_mode* mode = &device->mode;
  struct tx_isp_video_in* video = &device->sensor.video;

  video->mbus.width = mode->width;
  video->mbus.height = mode->height;
  video->mbus.code = mode->code;
  video->mbus.field = V4L2_FIELD_NONE;
  video->mbus.colorspace = V4L2_COLORSPACE_SRGB;
  video->vi_max_width = mode->width;
  video->vi_max_height = mode->height;
  device->sensor.attr.total_width = mode->line_length;
  set_frame_length_attributes(device, mode->frame_length, mode->fps);
}

unsigned int sensor_no_digital_gain(unsigned int log2_q16, unsigned char shift,
                                    unsigned int* code) {
  (void)log2_q16;
  (void)shift;
  *code = 0;
  return 0;
}

void sensor_describe_mipi(struct sensor_device* device, u32 lanes, u32 mbps, u32 bits) {
  struct tx_isp_sensor_attribute* attr = &device->sensor.attr;
  struct tx_isp_mipi_bus* mipi = &attr->mipi;

  attr->dbus_type = TX_SENSOR_DATA_INTERFACE_MIPI;
  mipi->mode = SENSOR_MIPI_OTHER_MODE;
  mipi->clk = mbps;
  mipi->lans = lanes;
  mipi->image_twidth = device->mode.width;
  mipi->image_theight = device->mode.height;
  mipi->mipi_sc.data_type_value = bits == 8 ? RAW8 : bits == 10 ? RAW10 : RAW12;
  mipi->mipi_sc.sensor_csi_fmt = bits == 8    ? TX_SENSOR_RAW8
                                 : bits == 10 ? TX_SENSOR_RAW10
                                              : TX_SENSOR_RAW12;
}

static int sync_attributes(struct sensor_device* device) {
  return tx_isp_call_subdev_notify(&device->sensor.sd, TX_ISP_EVENT_SYNC_SENSOR_ATTR,
                                   &device->sensor.video);
}

/* ---- Identification ---- */

/* Drives a pin through three levels, milliseconds apart. True when the pin is ours now. */
static bool pulse_pin(int pin, const char* label, int active) {
  if (pin < 0) return false;
  if (private_gpio_request(pin, label)) {
    ISP_WARNING("%s: pin %d is taken, going on without", label, pin);
    return false;
  }
  private_gpio_direction_output(pin, !active);
  private_msleep(5);
  private_gpio_direction_output(pin, active);
  private_msleep(10);
  private_gpio_direction_output(pin, !active);
  private_msleep(10);
  return true;
}

static int identify(struct tx_isp_subdev* sd, struct tx_isp_chip_ident* ident) {
  struct sensor_device* device = device_of(sd);
  const struct sensor_chip* chip;
  u32 id;
  int error;

  if (!device) return -EINVAL;
  chip = device->chip;
  if (!device->has_power_down_pin)
    device->has_power_down_pin = pulse_pin(*chip->power_down_pin, "sensor_pwdn", 1);
  if (!device->has_reset_pin)
    device->has_reset_pin = pulse_pin(*chip->reset_pin, "sensor_reset", 0);
  error = sensor_read_number(device->client, chip->id_register, 2, &id);
  if (error) return error;
  if (id != chip->id) return -ENODEV;
  error = chip->describe(device);
  if (error) return error;
  set_mode_attributes(device);
  if (ident) {
    snprintf(ident->name, sizeof(ident->name), "%s", chip->name);
    ident->ident = chip->id;
    ident->revision = (char*)chip->version;
  }
  return 0;
}

/* ---- Operations ---- */

static int init(struct tx_isp_subdev* sd, int on) {
  struct sensor_device* device = device_of(sd);
  int error;

  if (!device) return -EINVAL;
  if (!on) return 0;
  error = device->chip->start(device);
  if (error) return error;
  set_mode_attributes(device);
  return sync_attributes(device);
}

static int reset(struct tx_isp_subdev* sd, int on) {
  (void)on;
  return sd ? 0 : -EINVAL;
}

static int stream(struct tx_isp_subdev* sd, int on) {
  struct sensor_device* device = device_of(sd);

  return device ? device->chip->stream(device, on) : -EINVAL;
}

/* Register access from user space names the sensor it means. */
static int check_access(struct tx_isp_subdev* sd, const char* name) {
  if (!device_of(sd)) return -EINVAL;
  if (!name || strncmp(name, sd->chip.name, strlen(sd->chip.name))) return -EINVAL;
  return private_capable(CAP_SYS_ADMIN) ? 0 : -EPERM;
}

static int get_register(struct tx_isp_subdev* sd, struct tx_isp_dbg_register* reg) {
  int error = check_access(sd, reg->name);
  u8 value;

  if (!error) error = sensor_read(device_of(sd)->client, reg->reg & 0xffff, &value);
  if (error) return error;
  reg->val = value;
  reg->size = 2;
  return 0;
}

static int set_register(struct tx_isp_subdev* sd, const struct tx_isp_dbg_register* reg) {
  int error = check_access(sd, reg->name);

  return error ? error : sensor_write(device_of(sd)->client, reg->reg & 0xffff, reg->val & 0xff);
}

/* ---- Events ---- */

/* The frame rate is set by the frame length. */
static int set_frame_rate(struct sensor_device* device, u32 fps) {
  const struct sensor_chip* chip = device->chip;
  u32 numerator = fps >> 16;
  u32 denominator = fps & 0xffff;
  u32 line_length, lines;
  int error;

  if (!numerator || !denominator || numerator < chip->min_fps * denominator ||
      numerator > chip->max_fps * denominator)
    return -EINVAL;
  error = chip->read_line_length(device, &line_length);
  if (error) return error;
  if (!line_length) return -EIO;
  lines = div_u64((u64)device->mode.pixel_clock * denominator, line_length * numerator);
  if (lines < device->mode.height + chip->min_frame_blanking || lines > MAX_FRAME_LENGTH)
    return -EINVAL;
  error = chip->set_frame_length(device, lines);
  if (error) return error;
  set_frame_length_attributes(device, lines, fps);
  return sync_attributes(device);
}

/* One exposure or two: stops, and takes over the attributes of the other mode. */
static int change_exposures(struct sensor_device* device, bool wdr) {
  int error;

  if (!device->chip->set_short_exposure) return -EINVAL;
  error = device->chip->stream(device, false);
  if (error) return error;
  device->wdr = wdr;
  error = device->chip->describe(device);
  if (error) return error;
  set_mode_attributes(device);
  return sync_attributes(device);
}

/* In the mode that change_exposures() has chosen. */
static int start_again(struct sensor_device* device) {
  int error;

  if (!device->chip->set_short_exposure) return -EINVAL;
  error = device->chip->start(device);
  return error ? error : device->chip->stream(device, true);
}

static int event(struct tx_isp_subdev* sd, unsigned int number, void* argument) {
  struct sensor_device* device = device_of(sd);
  u32 value;

  if (!device) return -EINVAL;
  if (number == TX_ISP_EVENT_SENSOR_PREPARE_CHANGE) return device->chip->stream(device, false);
  if (number == TX_ISP_EVENT_SENSOR_FINISH_CHANGE) return device->chip->stream(device, true);
  if (!argument) return 0;
  value = *(u32*)argument;
  switch (number) {
    case TX_ISP_EVENT_SENSOR_EXPO:
      return device->chip->set_exposure(device, value >> 16, value & 0xffff);
    case TX_ISP_EVENT_SENSOR_FPS:
      return set_frame_rate(device, value);
    case TX_ISP_EVENT_SENSOR_VFLIP:
      if (!device->chip->set_vertical_flip) return 0;
      return device->chip->set_vertical_flip(device, value & 2);
    case TX_ISP_EVENT_SENSOR_INT_TIME_SHORT:
      return device->chip->set_short_exposure && device->wdr
                 ? device->chip->set_short_exposure(device, value)
                 : 0;
    case TX_ISP_EVENT_SENSOR_WDR_STOP:
      return change_exposures(device, value);
    case TX_ISP_EVENT_SENSOR_WDR:
      return start_again(device);
    case TX_ISP_EVENT_SENSOR_RESIZE:
      return sync_attributes(device);
    default:
      return 0;
  }
}

static struct tx_isp_subdev_core_ops core_ops = {
    .g_chip_ident = identify,
    .init = init,
    .reset = reset,
    .g_register = get_register,
    .s_register = set_register,
};
static struct tx_isp_subdev_video_ops video_ops = {.s_stream = stream};
static struct tx_isp_subdev_sensor_ops sensor_ops = {.ioctl = event};
static struct tx_isp_subdev_ops subdev_ops = {
    .core = &core_ops,
    .video = &video_ops,
    .sensor = &sensor_ops,
};

/* ---- Life ---- */

static int start_clock(struct sensor_device* device) {
  struct clk* clock = clk_get(NULL, MASTER_CLOCK_NAME);
  int error;

  if (IS_ERR(clock)) return PTR_ERR(clock);
  error = private_clk_set_rate(clock, device->chip->master_clock);
  if (!error) error = private_clk_enable(clock);
  if (error) {
    private_clk_put(clock);
    return error;
  }
  device->sensor.mclk = clock;
  return 0;
}

int sensor_chip_probe(struct i2c_client* client, const struct i2c_device_id* id) {
  const struct sensor_chip* chip = (const struct sensor_chip*)id->driver_data;
  struct sensor_device* device = kzalloc(sizeof(*device), GFP_KERNEL);
  struct tx_isp_sensor_attribute* attr;
  int error;

  if (!device) return -ENOMEM;
  device->chip = chip;
  device->client = client;
  sensor_set_address_bytes(chip->address_bytes == 1 ? 1 : 2);
  error = start_clock(device);
  if (error) {
    kfree(device);
    return error;
  }
  attr = &device->sensor.attr;
  attr->name = chip->name;
  attr->chip_id = chip->id;
  attr->cbus_type = TX_SENSOR_CONTROL_INTERFACE_I2C;
  attr->cbus_mask =
      V4L2_SBUS_MASK_SAMPLE_8BITS |
      (chip->address_bytes == 1 ? V4L2_SBUS_MASK_ADDR_8BITS : V4L2_SBUS_MASK_ADDR_16BITS);
  attr->cbus_device = chip->address;
  device->sensor.video.attr = attr;
  device->sensor.video.shvflip = chip->flips_in_sensor && *chip->flips_in_sensor == 1;
  device->wdr = chip->data_type && *chip->data_type == TX_SENSOR_DATA_TYPE_WDR_DOL;
  platform.name = chip->name;
  tx_isp_subdev_init(&platform, &device->sensor.sd, &subdev_ops);
  tx_isp_set_subdevdata(&device->sensor.sd, client);
  tx_isp_set_subdev_hostdata(&device->sensor.sd, &device->sensor);
  private_i2c_set_clientdata(client, &device->sensor.sd);
  return 0;
}

int sensor_chip_remove(struct i2c_client* client) {
  struct tx_isp_subdev* sd = private_i2c_get_clientdata(client);
  struct sensor_device* device = device_of(sd);

  if (device->has_reset_pin) private_gpio_free(*device->chip->reset_pin);
  if (device->has_power_down_pin) private_gpio_free(*device->chip->power_down_pin);
  private_clk_disable(device->sensor.mclk);
  private_clk_put(device->sensor.mclk);
  tx_isp_subdev_deinit(sd);
  kfree(device);
  return 0;
}
