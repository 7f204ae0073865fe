/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * calls.c - calls into a registered sensor. A missing operation is -ENOIOCTLCMD, for events and
 * registers simply success; a positive result, which some drivers return, is success too.
 */
#include "registered.h"

static int settle(int result) {
  return result > 0 ? 0 : result;
}

int t31_sensor_init(struct t31_sensor* sensor, int on) {
  struct tx_isp_subdev* sd = t31_bridge_subdev(sensor);

  if (!sd) return -ENODEV;
  if (!sd->ops || !sd->ops->core || !sd->ops->core->init) return -ENOIOCTLCMD;
  return settle(sd->ops->core->init(sd, on));
}

int t31_sensor_stream(struct t31_sensor* sensor, int on) {
  struct tx_isp_subdev* sd = t31_bridge_subdev(sensor);

  if (!sd) return -ENODEV;
  if (!sd->ops || !sd->ops->video || !sd->ops->video->s_stream) return -ENOIOCTLCMD;
  return settle(sd->ops->video->s_stream(sd, on));
}

int t31_sensor_event(struct t31_sensor* sensor, u32 event, s32* value) {
  struct tx_isp_subdev* sd = t31_bridge_subdev(sensor);
  int result;

  if (!sd) return -ENODEV;
  /* Drivers divide by both halves of a frame rate. */
  if (event == TX_ISP_EVENT_SENSOR_FPS &&
      (!value || !((u32)*value >> 16) || !((u32)*value & 0xffff)))
    return -EINVAL;
  if (!sd->ops || !sd->ops->sensor || !sd->ops->sensor->ioctl) return 0;
  result = settle(sd->ops->sensor->ioctl(sd, event, value));
  return result == -ENOIOCTLCMD ? 0 : result;
}

static void copy_name(char* to, size_t size, const char* from) {
  size_t i;

  for (i = 0; i + 1 < size && from && from[i]; i++) to[i] = from[i];
  to[i] = '\0';
}

int t31_sensor_read_register(struct t31_sensor* sensor, const char* name, u64 reg, u64* value,
                             u32* size) {
  struct tx_isp_subdev* sd = t31_bridge_subdev(sensor);
  struct tx_isp_dbg_register access = {.reg = reg};
  char terminated[32];
  int result;

  if (!sd) return -ENODEV;
  *value = 0;
  *size = 0;
  if (!sd->ops || !sd->ops->core || !sd->ops->core->g_register) return 0;
  copy_name(terminated, sizeof(terminated), name);
  access.name = terminated;
  result = settle(sd->ops->core->g_register(sd, &access));
  *value = access.val;
  *size = access.size;
  return result == -ENOIOCTLCMD ? 0 : result;
}

int t31_sensor_write_register(struct t31_sensor* sensor, const char* name, u64 reg, u64 value) {
  int (*write)(struct tx_isp_subdev * sd, const struct tx_isp_dbg_register* access);
  struct tx_isp_subdev* sd = t31_bridge_subdev(sensor);
  struct tx_isp_dbg_register access = {.reg = reg, .val = value};
  char terminated[32];
  int result;

  if (!sd) return -ENODEV;
  if (!sd->ops || !sd->ops->core) return 0;
  write = sd->ops->core->s_register;
  if (sensor->sdk_1_1_1) /* there it has the place of g_register_list, which came later */
    memcpy(&write, &sd->ops->core->g_register_list, sizeof(write));
  if (!write) return 0;
  copy_name(terminated, sizeof(terminated), name);
  access.name = terminated;
  result = settle(write(sd, &access));
  return result == -ENOIOCTLCMD ? 0 : result;
}

/* ---- Gains and integration time ---- */

typedef unsigned int (*allocator)(unsigned int value, unsigned char shift, unsigned int* code);

static u32 allocate_gain(allocator pick, u32 log2_q16, u32 maximum, u32* code) {
  unsigned int chosen = 0; /* some drivers leave it untouched */
  u32 achieved;

  *code = 0;
  if (!pick) return 0;
  /* Their table searches run off the end above the maximum. */
  achieved = pick(log2_q16 < maximum ? log2_q16 : maximum, TX_ISP_GAIN_FIXED_POINT, &chosen);
  *code = chosen & 0xffff;
  return achieved;
}

u32 t31_sensor_alloc_again(struct t31_sensor* sensor, u32 log2_q16, u32* code) {
  struct tx_isp_sensor_attribute* attr = t31_bridge_attributes(sensor);

  return allocate_gain(attr ? attr->sensor_ctrl.alloc_again : NULL, log2_q16,
                       attr ? attr->max_again : 0, code);
}

u32 t31_sensor_alloc_dgain(struct t31_sensor* sensor, u32 log2_q16, u32* code) {
  struct tx_isp_sensor_attribute* attr = t31_bridge_attributes(sensor);

  return allocate_gain(attr ? attr->sensor_ctrl.alloc_dgain : NULL, log2_q16,
                       attr ? attr->max_dgain : 0, code);
}

u32 t31_sensor_alloc_integration_time(struct t31_sensor* sensor, u32 lines, u32* code) {
  struct tx_isp_sensor_attribute* attr = t31_bridge_attributes(sensor);
  unsigned int chosen = 0;
  u32 achieved = lines;

  if (attr && attr->sensor_ctrl.alloc_integration_time)
    achieved = attr->sensor_ctrl.alloc_integration_time(lines, 0, &chosen);
  else
    chosen = lines;
  *code = chosen & 0xffff;
  return achieved;
}

u32 t31_sensor_alloc_again_short(struct t31_sensor* sensor, u32 log2_q16, u32* code) {
  struct tx_isp_sensor_attribute* attr = t31_bridge_attributes(sensor);

  return allocate_gain(attr ? attr->sensor_ctrl.alloc_again_short : NULL, log2_q16,
                       attr ? attr->max_again_short : 0, code);
}

u32 t31_sensor_alloc_integration_time_short(struct t31_sensor* sensor, u32 lines, u32* code) {
  struct tx_isp_sensor_attribute* attr = t31_bridge_attributes(sensor);
  unsigned int chosen = 0;
  u32 achieved = lines;

  if (attr && attr->sensor_ctrl.alloc_integration_time &&
      attr->sensor_ctrl.alloc_integration_time_short)
    achieved = attr->sensor_ctrl.alloc_integration_time_short(lines, 0, &chosen);
  else
    chosen = lines;
  *code = chosen & 0xffff;
  return achieved;
}

void t31_sensor_store_exposure(struct t31_sensor* sensor, u32 again, u32 dgain,
                               u32 integration_time) {
  struct tx_isp_sensor_attribute* attr = t31_bridge_attributes(sensor);

  if (!attr) return;
  attr->again = again;
  attr->dgain = dgain;
  attr->integration_time = integration_time;
  attr->expo = again << 16 | (integration_time & 0xffff);
}

void t31_sensor_store_short_exposure(struct t31_sensor* sensor, u32 again, u32 integration_time) {
  struct tx_isp_sensor_attribute* attr = t31_bridge_attributes(sensor);

  if (!attr) return;
  attr->again_short = again;
  attr->integration_time_short = integration_time;
}
