/* SPDX-License-Identifier: GPL-2.0-or-later */
/* proc_fs.h - files and folders below /proc, read through the host's clients */
#ifndef T31_STANDIN_LINUX_PROC_FS_H
#define T31_STANDIN_LINUX_PROC_FS_H

#include <linux/fs.h>

struct proc_dir_entry;

/* `path` is below `parent`, or below /proc. NULL, with a line in the log, when the name is taken
 * (as on Linux 4.4; 3.10 complains too, and makes a second one) or a folder of the path is missing.
 */
struct proc_dir_entry* proc_mkdir(const char* path, struct proc_dir_entry* parent);
struct proc_dir_entry* proc_create_data(const char* path, umode_t mode,
                                        struct proc_dir_entry* parent,
                                        const struct file_operations* operations, void* data);
void remove_proc_entry(const char* path, struct proc_dir_entry* parent);
/* With all that is in it. */
int remove_proc_subtree(const char* path, struct proc_dir_entry* parent);

static inline void* PDE_DATA(const struct inode* inode) {
  return inode->i_private;
}

#endif
