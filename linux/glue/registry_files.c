// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * registry_files.c - /proc/jz/sensor. Sensor modules of some SDKs make the folder themselves,
 * before they add their driver, and publish files of their own in it; two folders of one name are a
 * complaint of the kernel. So the folder is made only where there is none, files are made by full
 * path, which works in anybody's folder, and only what was made here is removed.
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/namei.h>
#include <linux/string.h>

#include "compat_proc.h"
#include "registry.h"

#define FOLDER "jz/sensor"

struct entry {
  const char* name;
  enum t31_registry_value value;
};

static const struct entry slot_files[] = {
    {"name", T31_REGISTRY_NAME},         {"chip_id", T31_REGISTRY_CHIP_ID},
    {"i2c_addr", T31_REGISTRY_I2C_ADDR}, {"i2c_adapter", T31_REGISTRY_I2C_ADAPTER},
    {"width", T31_REGISTRY_WIDTH},       {"height", T31_REGISTRY_HEIGHT},
    {"fps", T31_REGISTRY_FPS},           {"status", T31_REGISTRY_STATUS},
};
/* The first slot once more, for programs that know one sensor only. */
static const struct entry flat_files[] = {
    {"name", T31_REGISTRY_NAME},         {"chip_id", T31_REGISTRY_CHIP_ID},
    {"i2c_addr", T31_REGISTRY_I2C_ADDR}, {"width", T31_REGISTRY_WIDTH},
    {"height", T31_REGISTRY_HEIGHT},     {"min_fps", T31_REGISTRY_FPS},
    {"max_fps", T31_REGISTRY_FPS},
};

static bool folder_is_ours, count_is_ours, flat_are_ours;
static unsigned int folders; /* slots that have one */

static bool exists(const char* path) {
  struct path found;

  if (kern_path(path, LOOKUP_FOLLOW, &found)) return false;
  path_put(&found);
  return true;
}

/* ---- Contents: slot and value in the file's number ---- */

static void* pack(unsigned int slot, enum t31_registry_value value) {
  return (void*)(unsigned long)(slot << 8 | value);
}

static int value_show(struct seq_file* text, void* unused) {
  const unsigned long packed = (unsigned long)text->private;

  (void)unused;
  t31_registry_show(text, packed >> 8, (enum t31_registry_value)(packed & 0xff));
  return 0;
}

static int count_show(struct seq_file* text, void* unused) {
  (void)unused;
  seq_printf(text, "%u\n", t31_registry_count());
  return 0;
}

static int value_open(struct inode* inode, struct file* file) {
  return single_open(file, value_show, t31_pde_data(inode));
}

static int count_open(struct inode* inode, struct file* file) {
  (void)inode;
  return single_open(file, count_show, NULL);
}

T31_PROC_OPERATIONS(value_operations, value_open, NULL);
T31_PROC_OPERATIONS(count_operations, count_open, NULL);

/* ---- Files ---- */

static void create_all(const char* folder, const struct entry* files, unsigned int count,
                       unsigned int slot) {
  char path[48];
  unsigned int i;

  for (i = 0; i < count; i++) {
    snprintf(path, sizeof(path), "%s/%s", folder, files[i].name);
    proc_create_data(path, 0444, NULL, &value_operations, pack(slot, files[i].value));
  }
}

static void remove_all(const char* folder, const struct entry* files, unsigned int count) {
  char path[48];
  unsigned int i;

  for (i = 0; i < count; i++) {
    snprintf(path, sizeof(path), "%s/%s", folder, files[i].name);
    remove_proc_entry(path, NULL);
  }
}

static void create_common(void) {
  if (!exists("/proc/" FOLDER)) folder_is_ours = proc_mkdir(FOLDER, NULL) != NULL;
  if (!exists("/proc/" FOLDER "/count"))
    count_is_ours = proc_create_data(FOLDER "/count", 0444, NULL, &count_operations, NULL) != NULL;
}

static void remove_common(void) {
  if (count_is_ours) remove_proc_entry(FOLDER "/count", NULL);
  count_is_ours = false;
  /* Somebody else's files may lie in it by now. */
  if (folder_is_ours && !exists("/proc/" FOLDER "/name")) remove_proc_entry(FOLDER, NULL);
  folder_is_ours = false;
}

void t31_registry_files_create(unsigned int number) {
  char folder[32];

  if (!folders++) create_common();
  snprintf(folder, sizeof(folder), FOLDER "/sensor%u", number);
  if (!proc_mkdir(folder, NULL)) return;
  create_all(folder, slot_files, ARRAY_SIZE(slot_files), number);
  if (number || exists("/proc/" FOLDER "/name")) return;
  flat_are_ours = true;
  create_all(FOLDER, flat_files, ARRAY_SIZE(flat_files), number);
}

void t31_registry_files_remove(unsigned int number) {
  char folder[32];

  if (!number && flat_are_ours) {
    remove_all(FOLDER, flat_files, ARRAY_SIZE(flat_files));
    flat_are_ours = false;
  }
  snprintf(folder, sizeof(folder), FOLDER "/sensor%u", number);
  remove_proc_subtree(folder, NULL);
  if (!--folders) remove_common();
}
