/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sensor_api.h - sensors as the driver core sees them: plain values and calls, no kernel type.
 *
 * bridge/sensor.c implements it on top of the sensor ABI (include/sensor/), whose structs hold
 * kernel types and exist in several layouts. All calls run in process context and may sleep. A
 * sensor calls back (t31_sensor_host) from inside its callbacks: no lock that the host side takes
 * may be held.
 */
#ifndef T31_DRIVER_INPUT_SENSOR_API_H
#define T31_DRIVER_INPUT_SENSOR_API_H

#include "driver/port/port_types.h"

#ifdef __cplusplus
extern "C" {
#endif

struct t31_sensor; /* one registered sensor, owned by the bridge */

/* Kinds of data bus (attr.dbus_type). */
enum {
  T31_BUS_MIPI = 1,
  T31_BUS_DVP = 2,
  T31_BUS_BT601 = 3,
  T31_BUS_BT656 = 4,
  T31_BUS_BT1120 = 5
};

/* Everything of tx_isp_video_in and tx_isp_sensor_attribute that the core uses (sensor-abi 3.7). */
struct t31_sensor_info {
  char name[32]; /* attr.name, else the registered name */
  u32 chip_id;
  /* tx_isp_video_in */
  u32 mbus_width, mbus_height, mbus_code, mbus_field, mbus_colorspace;
  u32 mbus_change; /* Bayer order changed by a flip; cleared with t31_sensor_clear_mbus_change */
  u32 max_width, max_height; /* vi_max_* */
  u32 fps;                   /* numerator << 16 | denominator */
  u32 flips_in_sensor;       /* shvflip */
  /* tx_isp_sensor_attribute */
  u32 bus;       /* T31_BUS_* */
  u32 data_type; /* 0 linear, 1 WDR frame sequential, 2 WDR line interleaved, 3 native */
  u32 max_again, max_dgain, max_again_short; /* log2, Q16 */
  u32 min_integration_time, min_integration_time_native, max_integration_time_native; /* lines */
  u32 integration_time_limit, max_integration_time;                                   /* lines */
  u32 min_integration_time_short, max_integration_time_short;                         /* lines */
  u32 total_width, total_height; /* line length (pixel clocks), frame length (lines) */
  u32 integration_time_apply_delay, again_apply_delay, dgain_apply_delay; /* frames */
  u32 wdr_cache; /* bytes of line buffer for WDR */
  u32 expo_fs;   /* exposure is delivered at frame start */
  struct {
    u32 mode; /* 0 other, 1 Sony */
    u32 mbps; /* lane rate */
    u32 lanes;
    u32 image_twidth, image_theight;
    u32 settle_time_adaptive;
    u32 hcrop_diff_en, vcomp_en, hcomp_en, line_sync_mode, work_start_flag, data_type_en;
    u32 data_type_value, del_start, fid_mode, frame_mode, sensor_mode, csi_format;
    u32 crop_x[4], crop_y[4];
  } mipi;
  struct {
    u32 pins;   /* sensor_dvp_gpio_mode */
    u32 timing; /* sensor_dvp_timing_mode */
    u32 vertical_blanking, horizontal_blanking;
    u32 hsync_polarity, vsync_polarity;
    u32 hcomp_en;
  } dvp;
  u32 bt_bits; /* sensor_bt_mode of the BT interfaces */
  /* Start exposure as the driver's attributes say (0: unknown). */
  u32 integration_time, again, dgain;
};

/* Why a registration failed, for one log line that helps and for /proc/jz/isp/sensor. */
enum t31_sensor_failure {
  T31_SENSOR_OK = 0,
  T31_SENSOR_BAD_BUS_TYPE,   /* cbus_type is not I2C */
  T31_SENSOR_NO_ADAPTER,     /* I2C bus does not exist */
  T31_SENSOR_BAD_ADDRESS,    /* address 0 or taken */
  T31_SENSOR_NO_DRIVER,      /* no sensor driver of that name is loaded */
  T31_SENSOR_PROBE_FAILED,   /* the sensor driver's probe returned an error */
  T31_SENSOR_NOT_IDENTIFIED, /* g_chip_ident failed: see t31_sensor_last_i2c */
  T31_SENSOR_NO_MEMORY
};

/* What happened on I2C during the last identification: tells NAK, wrong id and no clock apart. */
struct t31_sensor_probe_report {
  u32 transfers, failed_transfers; /* seen by private_i2c_transfer */
  u32 last_error;                  /* positive errno of the last failed one */
  u32 read_count;                  /* bytes read; the first eight with their register addresses */
  struct {
    u16 reg;
    u8 value;
  } reads[8];
  u32 master_clock_hertz; /* rate of the clock the sensor asked for, 0: never enabled */
};

/* Upcalls, registered once by the driver core at load. `event` is a TX_ISP_EVENT_* number. */
struct t31_sensor_host {
  void* context;
  /* The sensor said SYNC_SENSOR_ATTR: its attributes changed. Must not sleep on a lock that is held
   * across a sensor callback; typically sets a flag. */
  void (*attributes_changed)(void* context);
  /* Any other event a sensor sends through its notify pointer. Returns 0, -errno or -ENOIOCTLCMD.
   */
  int (*notify)(void* context, u32 event, void* argument);
};

/* Module parameter print_level: sensors' messages of at least this level are logged. Default 1. */
void t31_sensor_set_print_level(int level);

void t31_sensor_attach_host(const struct t31_sensor_host* host);
void t31_sensor_detach_host(void);

/*
 * SENSOR_REGISTER up to a bound client (sensor-abi 3.2 steps 2-4): creates the I2C client, lets the
 * sensor's probe run, copies the 80-byte register info, identifies the chip. On failure nothing is
 * left. `info80`: struct t31_sensor_register (include/uapi/t31). Errors: -EINVAL, -ENOMEM.
 */
int t31_sensor_register(const void* info80, struct t31_sensor** out, enum t31_sensor_failure* why,
                        struct t31_sensor_probe_report* report);
/* Unregisters the client, which runs the sensor's remove and frees the object. */
void t31_sensor_unregister(struct t31_sensor* sensor);

/* Reads all attributes through the sensor's own pointers ("live"). 0 or -EINVAL (no attributes). */
int t31_sensor_read_info(struct t31_sensor* sensor, struct t31_sensor_info* info);
/* Name given at registration (32 bytes, NUL terminated). */
const char* t31_sensor_name(const struct t31_sensor* sensor);
u32 t31_sensor_input_type(const struct t31_sensor* sensor);
void t31_sensor_set_index(struct t31_sensor* sensor, int index);
void t31_sensor_clear_mbus_change(struct t31_sensor* sensor);
/* one_line_expr_in_us is the core's to compute (sensor-abi 3.7). */
void t31_sensor_set_line_time(struct t31_sensor* sensor, u32 microseconds);

/* core->init, video->s_stream: 0, negative errno, -ENOIOCTLCMD when the sensor has no such
 * operation. */
int t31_sensor_init(struct t31_sensor* sensor, int on);
int t31_sensor_stream(struct t31_sensor* sensor, int on);
/* sensor->ioctl with a pointer to `value`; the value may be changed by the sensor. */
int t31_sensor_event(struct t31_sensor* sensor, u32 event, s32* value);
int t31_sensor_read_register(struct t31_sensor* sensor, const char* name, u64 reg, u64* value,
                             u32* size);
int t31_sensor_write_register(struct t31_sensor* sensor, const char* name, u64 reg, u64 value);

/* Gain codes (sensor-abi 3.8): log2 Q16 in, achieved log2 Q16 out, register code in *code. Clamped
 * to the sensor's maximum; without a callback the result is 0 (1x) and code 0. */
u32 t31_sensor_alloc_again(struct t31_sensor* sensor, u32 log2_q16, u32* code);
u32 t31_sensor_alloc_dgain(struct t31_sensor* sensor, u32 log2_q16, u32* code);
/* Lines in, achieved lines out; without a callback code = lines. */
u32 t31_sensor_alloc_integration_time(struct t31_sensor* sensor, u32 lines, u32* code);
/* The same for the short exposure of two; the time passes unchanged unless the sensor quantises the
 * long one too. */
u32 t31_sensor_alloc_again_short(struct t31_sensor* sensor, u32 log2_q16, u32* code);
u32 t31_sensor_alloc_integration_time_short(struct t31_sensor* sensor, u32 lines, u32* code);
/* The core's scratch words in the attributes (again, dgain, integration_time, expo). */
void t31_sensor_store_exposure(struct t31_sensor* sensor, u32 again, u32 dgain,
                               u32 integration_time);
void t31_sensor_store_short_exposure(struct t31_sensor* sensor, u32 again, u32 integration_time);

#ifdef __cplusplus
}
#endif

#endif
