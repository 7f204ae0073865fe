/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fs.h - files as proc files need them */
#ifndef T31_STANDIN_LINUX_FS_H
#define T31_STANDIN_LINUX_FS_H

#include <linux/types.h>
#include <sys/types.h>

struct module;

struct inode {
  void* i_private;
};

struct file {
  struct inode* f_inode;
  void* private_data;
};

struct file_operations {
  struct module* owner;
  int (*open)(struct inode* inode, struct file* file);
  ssize_t (*read)(struct file* file, char* buffer, size_t size, loff_t* position);
  ssize_t (*write)(struct file* file, const char* buffer, size_t size, loff_t* position);
  loff_t (*llseek)(struct file* file, loff_t offset, int whence);
  int (*release)(struct inode* inode, struct file* file);
};

static inline struct inode* file_inode(const struct file* file) {
  return file->f_inode;
}

/* Bytes of `from` behind *position, which moves on. */
ssize_t simple_read_from_buffer(void* to, size_t count, loff_t* position, const void* from,
                                size_t available);

#endif
