// SPDX-License-Identifier: GPL-2.0-or-later
/* proc.c - files below /proc/jz/isp. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>

#include "glue.h"

#define LONGEST_COMMAND 4095
#define FIRST_BUFFER (4 * PAGE_SIZE)

struct t31_proc {
  const struct t31_proc_ops* ops;
  void* context;
  char name[24];
};

static struct proc_dir_entry* jz; /* when we made it */
static struct proc_dir_entry* folder;

/* The chip's platform code has made /proc/jz; elsewhere nobody has. */
int t31_proc_folder_create(void) {
  folder = proc_mkdir("jz/isp", NULL);
  if (folder) return 0;
  jz = proc_mkdir("jz", NULL);
  if (jz) folder = proc_mkdir("isp", jz);
  if (folder) return 0;
  if (jz) remove_proc_entry("jz", NULL);
  jz = NULL;
  return -ENOMEM;
}

void t31_proc_folder_remove(void) {
  if (jz)
    remove_proc_entry("isp", jz);
  else
    remove_proc_entry("jz/isp", NULL);
  if (jz) remove_proc_entry("jz", NULL);
  jz = NULL;
  folder = NULL;
}

static int proc_show(struct seq_file* text, void* unused) {
  const struct t31_proc* proc = text->private;

  (void)unused;
  proc->ops->show(proc->context, (struct t31_proc_text*)text);
  return 0;
}

static int proc_open(struct inode* inode, struct file* file) {
  return single_open_size(file, proc_show, t31_pde_data(inode), FIRST_BUFFER);
}

static ssize_t proc_write(struct file* file, const char __user* from, size_t size, loff_t* at) {
  const struct t31_proc* proc = t31_pde_data(file_inode(file));
  char* text;
  long result;

  (void)at;
  if (!proc->ops->write) return -EIO;
  if (size > LONGEST_COMMAND) return -EINVAL;
  text = kzalloc(size + 1, GFP_KERNEL);
  if (!text) return -ENOMEM;
  if (copy_from_user(text, from, size)) {
    kfree(text);
    return -EFAULT;
  }
  result = proc->ops->write(proc->context, text, (u32)size);
  kfree(text);
  return result;
}

T31_PROC_OPERATIONS(operations, proc_open, proc_write);

int t31_port_proc_create(const char* name, const struct t31_proc_ops* ops, void* context,
                         struct t31_proc** out) {
  struct t31_proc* proc;

  if (t31_platform_fails("proc_create")) return -ENOMEM;
  proc = kzalloc(sizeof(*proc), GFP_KERNEL);
  if (!proc) return -ENOMEM;
  strncpy(proc->name, name, sizeof(proc->name) - 1);
  proc->ops = ops;
  proc->context = context;
  if (!proc_create_data(proc->name, ops->write ? 0644 : 0444, folder, &operations, proc)) {
    kfree(proc);
    return -ENOMEM;
  }
  *out = proc;
  return 0;
}

void t31_port_proc_destroy(struct t31_proc* proc) {
  remove_proc_entry(proc->name, folder);
  kfree(proc);
}

void t31_port_proc_printf(struct t31_proc_text* text, const char* format, ...) {
  struct va_format message;
  va_list arguments;

  va_start(arguments, format);
  message.fmt = format;
  message.va = &arguments;
  seq_printf((struct seq_file*)text, "%pV", &message);
  va_end(arguments);
}
