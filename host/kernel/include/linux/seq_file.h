/* SPDX-License-Identifier: GPL-2.0-or-later */
/* seq_file.h - files that are printed as a whole */
#ifndef T31_STANDIN_LINUX_SEQ_FILE_H
#define T31_STANDIN_LINUX_SEQ_FILE_H

#include <linux/fs.h>

struct seq_file {
  char* text;
  size_t length;
  bool shown;
  int (*show)(struct seq_file* text, void* unused);
  void* private;
};

int single_open(struct file* file, int (*show)(struct seq_file* text, void* unused), void* data);
int single_release(struct inode* inode, struct file* file);
ssize_t seq_read(struct file* file, char* buffer, size_t size, loff_t* position);
loff_t seq_lseek(struct file* file, loff_t offset, int whence);
int seq_printf(struct seq_file* text, const char* format, ...)
    __attribute__((format(printf, 2, 3)));
int seq_puts(struct seq_file* text, const char* line);

#endif
