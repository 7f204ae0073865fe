// SPDX-License-Identifier: GPL-2.0-or-later
/* files.c - tuning files in, raw captures out. */
#include <linux/kernel.h>

#include "glue.h"

#define CAPTURE_MODE 0766

long t31_port_file_size(const char* path) {
  struct file* file;
  long size;

  if (t31_platform_fails("file_size")) return -ENOMEM;
  file = filp_open(path, O_RDONLY, 0);
  if (IS_ERR(file)) return PTR_ERR(file);
  size = S_ISREG(file_inode(file)->i_mode) ? (long)i_size_read(file_inode(file)) : -EINVAL;
  filp_close(file, NULL);
  return size;
}

long t31_port_file_read(const char* path, void* buffer, u32 size) {
  struct file* file;
  u32 done = 0;
  ssize_t got = 0;

  if (t31_platform_fails("file_read")) return -ENOMEM;
  file = filp_open(path, O_RDONLY, 0);
  if (IS_ERR(file)) return PTR_ERR(file);
  while (done < size) {
    got = t31_kernel_read(file, (char*)buffer + done, size - done, done);
    if (got <= 0) break;
    done += (u32)got;
  }
  filp_close(file, NULL);
  return got < 0 ? got : (long)done;
}

long t31_port_file_write(const char* path, const void* data, u32 size) {
  struct file* file;
  u32 done = 0;
  ssize_t put = 0;

  if (t31_platform_fails("file_write")) return -ENOMEM;
  file = filp_open(path, O_WRONLY | O_CREAT | O_TRUNC, CAPTURE_MODE);
  if (IS_ERR(file)) return PTR_ERR(file);
  while (done < size) {
    put = t31_kernel_write(file, (const char*)data + done, size - done, done);
    if (put <= 0) break;
    done += (u32)put;
  }
  filp_close(file, NULL);
  return put < 0 ? put : (long)done;
}
