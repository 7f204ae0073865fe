/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * compat_proc.h - proc files on the kernels that the module is built for, and on the host's
 * stand-in.
 */
#ifndef T31_LINUX_COMPAT_PROC_H
#define T31_LINUX_COMPAT_PROC_H

#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/version.h>

/* Operations of their own since 5.6, pde_data since 5.17. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 6, 0)
#define T31_PROC_OPERATIONS(name, open_function, write_function) \
  static const struct proc_ops name = {                          \
      .proc_open = open_function,                                \
      .proc_read = seq_read,                                     \
      .proc_lseek = seq_lseek,                                   \
      .proc_release = single_release,                            \
      .proc_write = write_function,                              \
  }
#else
#define T31_PROC_OPERATIONS(name, open_function, write_function) \
  static const struct file_operations name = {                   \
      .owner = THIS_MODULE,                                      \
      .open = open_function,                                     \
      .read = seq_read,                                          \
      .llseek = seq_lseek,                                       \
      .release = single_release,                                 \
      .write = write_function,                                   \
  }
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 17, 0)
#define t31_pde_data(inode) pde_data(inode)
#else
#define t31_pde_data(inode) PDE_DATA(inode)
#endif

#endif
