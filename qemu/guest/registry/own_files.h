/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * own_files.h - the folder /proc/jz/sensor and the files in it that sensor modules of older SDKs
 * make themselves.
 */
#ifndef T31_GUEST_OWN_FILES_H
#define T31_GUEST_OWN_FILES_H

#include "linux/glue/compat_proc.h"

static struct proc_dir_entry* own_folder;

static int own_show(struct seq_file* text, void* unused) {
  (void)unused;
  seq_printf(text, "%s\n", (const char*)text->private);
  return 0;
}

static int own_open(struct inode* inode, struct file* file) {
  return single_open(file, own_show, t31_pde_data(inode));
}
T31_PROC_OPERATIONS(own_operations, own_open, NULL);

static int own_files_create(void) {
  static const char* const files[][2] = {
      {"name", "sc2336-own"}, {"chip_id", "0xcb3a"}, {"i2c_addr", "0x30"}, {"width", "1920"},
      {"height", "1080"},     {"min_fps", "5"},      {"max_fps", "30"}};
  unsigned int i;

  own_folder = proc_mkdir("jz/sensor", NULL);
  if (!own_folder) return -ENOMEM;
  for (i = 0; i < ARRAY_SIZE(files); i++)
    proc_create_data(files[i][0], 0444, own_folder, &own_operations, (void*)files[i][1]);
  return 0;
}

static void own_files_remove(void) {
  proc_remove(own_folder);
}

/* A function's name in parentheses is the function, not the macro of that name. */
static inline int own_add_driver(struct i2c_driver* driver) {
  const int result = own_files_create();

  return result ? result : (private_i2c_add_driver)(driver);
}

static inline void own_del_driver(struct i2c_driver* driver) {
  (private_i2c_del_driver)(driver);
  own_files_remove();
}

#endif
