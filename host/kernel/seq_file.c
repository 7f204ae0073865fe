// SPDX-License-Identifier: GPL-2.0-or-later
/* seq_file.c - files that are printed as a whole, at their first read. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/kernel.h>
#include <linux/seq_file.h>

int single_open(struct file* file, int (*show)(struct seq_file* text, void* unused), void* data) {
  struct seq_file* text = calloc(1, sizeof(*text));

  if (!text) return -ENOMEM;
  text->show = show;
  text->private = data;
  file->private_data = text;
  return 0;
}

int single_release(struct inode* inode, struct file* file) {
  struct seq_file* text = file->private_data;

  (void)inode;
  free(text->text);
  free(text);
  return 0;
}

ssize_t seq_read(struct file* file, char* buffer, size_t size, loff_t* position) {
  struct seq_file* text = file->private_data;

  if (!text->shown) {
    text->shown = true;
    text->show(text, NULL);
  }
  return simple_read_from_buffer(buffer, size, position, text->text, text->length);
}

loff_t seq_lseek(struct file* file, loff_t offset, int whence) {
  (void)file;
  (void)offset;
  (void)whence;
  return -EINVAL;
}

static int append(struct seq_file* text, const char* piece, size_t length) {
  char* grown = realloc(text->text, text->length + length);

  if (!grown) return -1;
  memcpy(grown + text->length, piece, length);
  text->text = grown;
  text->length += length;
  return 0;
}

int seq_printf(struct seq_file* text, const char* format, ...) {
  char line[256];
  va_list arguments;
  int length;

  va_start(arguments, format);
  length = vsnprintf(line, sizeof(line), format, arguments);
  va_end(arguments);
  if (length < 0) return -1;
  return append(text, line, (size_t)length < sizeof(line) ? (size_t)length : sizeof(line) - 1);
}

int seq_puts(struct seq_file* text, const char* line) {
  return append(text, line, strlen(line));
}
