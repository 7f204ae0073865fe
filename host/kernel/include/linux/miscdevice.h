/* SPDX-License-Identifier: GPL-2.0-or-later */
/* miscdevice.h - misc devices, in the layout of Linux 3.10 */
#ifndef T31_STANDIN_LINUX_MISCDEVICE_H
#define T31_STANDIN_LINUX_MISCDEVICE_H

#include <linux/fs.h>

struct device;

struct miscdevice {
  int minor;
  const char* name;
  const struct file_operations* fops;
  struct list_head list;
  struct device* parent;
  struct device* this_device;
  const char* nodename;
  umode_t mode;
};

#endif
