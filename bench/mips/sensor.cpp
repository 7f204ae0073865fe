// SPDX-License-Identifier: GPL-2.0-or-later
// A sensor that answers at once: 1920x1080 RAW10 on two lanes, as an SC2336 describes itself.
#include <cstring>

#include "driver/input/sensor_api.h"

struct t31_sensor {
  char name[32];
};

namespace {

t31_sensor the_sensor;
s32 last_event = 0;

}  // namespace

extern "C" {

void t31_sensor_set_print_level(int) {}
void t31_sensor_attach_host(const struct t31_sensor_host*) {}
void t31_sensor_detach_host(void) {}

int t31_sensor_register(const void* info80, struct t31_sensor** out, enum t31_sensor_failure* why,
                        struct t31_sensor_probe_report*) {
  std::memcpy(the_sensor.name, info80, sizeof the_sensor.name);
  *why = T31_SENSOR_OK;
  *out = &the_sensor;
  return 0;
}
void t31_sensor_unregister(struct t31_sensor*) {}

int t31_sensor_read_info(struct t31_sensor* sensor, struct t31_sensor_info* info) {
  std::memset(info, 0, sizeof *info);
  std::memcpy(info->name, sensor->name, sizeof info->name);
  info->chip_id = 0xcb3a;
  info->mbus_width = info->max_width = 1920;
  info->mbus_height = info->max_height = 1080;
  info->mbus_code = 0x3007;
  info->mbus_field = 1;
  info->mbus_colorspace = 8;
  info->fps = 25u << 16 | 1;
  info->bus = T31_BUS_MIPI;
  info->max_again = 327680;
  info->min_integration_time = info->min_integration_time_native = 2;
  info->max_integration_time = info->max_integration_time_native = info->integration_time_limit =
      1346;
  info->total_width = 2000;
  info->total_height = 1350;
  info->mipi.mbps = 400;
  info->mipi.lanes = 2;
  info->mipi.image_twidth = 1920;
  info->mipi.image_theight = 1080;
  info->mipi.data_type_value = 0x2b;
  info->mipi.csi_format = 1;
  return 0;
}
const char* t31_sensor_name(const struct t31_sensor* sensor) {
  return sensor->name;
}
u32 t31_sensor_input_type(const struct t31_sensor*) {
  return 2;
}
void t31_sensor_set_index(struct t31_sensor*, int) {}
void t31_sensor_clear_mbus_change(struct t31_sensor*) {}
void t31_sensor_set_line_time(struct t31_sensor*, u32) {}
int t31_sensor_init(struct t31_sensor*, int) {
  return 0;
}
int t31_sensor_stream(struct t31_sensor*, int) {
  return 0;
}
int t31_sensor_event(struct t31_sensor*, u32, s32* value) {
  last_event = *value;
  return 0;
}
int t31_sensor_read_register(struct t31_sensor*, const char*, u64, u64* value, u32* size) {
  *value = 0;
  *size = 1;
  return 0;
}
int t31_sensor_write_register(struct t31_sensor*, const char*, u64, u64) {
  return 0;
}
u32 t31_sensor_alloc_again(struct t31_sensor*, u32 log2_q16, u32* code) {
  *code = log2_q16 >> 10;
  return log2_q16;
}
u32 t31_sensor_alloc_dgain(struct t31_sensor*, u32, u32* code) {
  *code = 0;
  return 0;
}
u32 t31_sensor_alloc_integration_time(struct t31_sensor*, u32 lines, u32* code) {
  return *code = lines;
}
void t31_sensor_store_exposure(struct t31_sensor*, u32, u32, u32) {}
u32 t31_sensor_alloc_again_short(struct t31_sensor* sensor, u32 log2_q16, u32* code) {
  return t31_sensor_alloc_again(sensor, log2_q16, code);
}
u32 t31_sensor_alloc_integration_time_short(struct t31_sensor*, u32 lines, u32* code) {
  return *code = lines;
}
void t31_sensor_store_short_exposure(struct t31_sensor*, u32, u32) {}

}  // extern "C"
