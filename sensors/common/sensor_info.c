// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sensor_info.c - what a sensor driver says of itself in /proc/jz/sensor: the second object of
 * modules that call sensor_common_init (sensor-info.h). Files lie in a folder of the sensor's name,
 * and for the first sensor also beside it. The folder jz/sensor is shared: made where there is
 * none, and left. A sensor's folder that is there already is somebody else's.
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/namei.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/string.h>

#include "linux/glue/compat_proc.h"
#include "sensor-info.h"

#define FOLDER "jz/sensor"

enum format { TEXT, NUMBER, HEX };

struct value {
  const char* name;
  size_t offset;
  enum format format;
};

#define VALUE(name, member, format) \
  { name, offsetof(struct sensor_info, member), format }
static const struct value values[] = {
    VALUE("name", name, TEXT),
    VALUE("chip_id", chip_id, HEX),
    VALUE("version", version, TEXT),
    VALUE("min_fps", min_fps, NUMBER),
    VALUE("max_fps", max_fps, NUMBER),
    VALUE("actual_fps", actual_fps, NUMBER),
    VALUE("i2c_addr", chip_i2c_addr, HEX),
    VALUE("width", width, NUMBER),
    VALUE("height", height, NUMBER),
};

static struct sensor_info* published;
static bool flat_are_ours;

static bool exists(const char* path) {
  struct path found;

  if (kern_path(path, LOOKUP_FOLLOW, &found)) return false;
  path_put(&found);
  return true;
}

static int value_show(struct seq_file* text, void* unused) {
  const struct value* value = text->private;
  const char* place = (const char*)published + value->offset;

  (void)unused;
  switch (value->format) {
    case TEXT:
      seq_printf(text, "%s\n", *(const char* const*)place ? *(const char* const*)place : "");
      break;
    case NUMBER:
      seq_printf(text, "%d\n", *(const int*)place);
      break;
    case HEX:
      seq_printf(text, "0x%x\n", *(const unsigned int*)place);
      break;
  }
  return 0;
}

static int value_open(struct inode* inode, struct file* file) {
  return single_open(file, value_show, t31_pde_data(inode));
}

T31_PROC_OPERATIONS(value_operations, value_open, NULL);

static void path_of(char* path, size_t size, const char* folder, const char* name) {
  snprintf(path, size, FOLDER "%s%s/%s", folder ? "/" : "", folder ? folder : "", name);
}

static void create_all(const char* folder) {
  char path[96];
  size_t i;

  for (i = 0; i < ARRAY_SIZE(values); i++) {
    path_of(path, sizeof(path), folder, values[i].name);
    proc_create_data(path, 0444, NULL, &value_operations, (void*)&values[i]);
  }
}

void sensor_common_init(struct sensor_info* info) {
  char path[96];

  if (!info || !info->name || published) return;
  snprintf(path, sizeof(path), "/proc/" FOLDER "/%s", info->name);
  if (exists(path)) {
    printk(KERN_WARNING "sensor %s: %s is another module's, or left by one that is gone\n",
           info->name, path);
    return;
  }
  published = info;
  if (!exists("/proc/" FOLDER)) proc_mkdir(FOLDER, NULL);
  snprintf(path, sizeof(path), FOLDER "/%s", info->name);
  if (proc_mkdir(path, NULL)) create_all(info->name);
  flat_are_ours = !exists("/proc/" FOLDER "/name");
  if (flat_are_ours) create_all(NULL);
}

void sensor_common_exit(void) {
  char path[96];
  size_t i;

  if (!published) return;
  for (i = 0; flat_are_ours && i < ARRAY_SIZE(values); i++) {
    path_of(path, sizeof(path), NULL, values[i].name);
    remove_proc_entry(path, NULL);
  }
  snprintf(path, sizeof(path), FOLDER "/%s", published->name);
  remove_proc_subtree(path, NULL);
  published = NULL;
  flat_are_ours = false;
}

void sensor_update_actual_fps(int fps) {
  if (published) published->actual_fps = fps;
}

void sensor_common_update(struct sensor_info* info, int rst_gpio, int pwdn_gpio, int boot, int mclk,
                          int video_interface, int i2c_adapter) {
  if (!info) return;
  if (rst_gpio >= 0) info->rst_gpio = rst_gpio;
  if (pwdn_gpio >= 0) info->pwdn_gpio = pwdn_gpio;
  if (boot >= 0) info->boot = boot;
  if (mclk >= 0) info->mclk = mclk;
  if (video_interface >= 0) info->video_interface = video_interface;
  if (i2c_adapter >= 0) info->i2c_adapter = i2c_adapter;
}
