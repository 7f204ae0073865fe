// SPDX-License-Identifier: GPL-2.0-or-later
/* nodes.c - device nodes, and the memory of the client that calls. */
#include <linux/kernel.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/string.h>

#include "glue.h"

struct t31_node {
  struct miscdevice device;
  struct file_operations operations;
  const struct t31_node_ops* ops;
  void* context;
  char name[24];
};

/* What an open file is. */
struct open_file {
  struct t31_node* node;
  void* state;
};

static u32 flags_of(const struct file* file) {
  return file->f_flags & O_NONBLOCK ? T31_OPEN_NONBLOCK : 0;
}

static int node_open(struct inode* inode, struct file* file) {
  struct t31_node* node = container_of(file->private_data, struct t31_node, device);
  struct open_file* open = kzalloc(sizeof(*open), GFP_KERNEL);
  int result;

  (void)inode;
  if (!open) return -ENOMEM;
  open->node = node;
  result = node->ops->open ? node->ops->open(node->context, &open->state) : 0;
  if (result) {
    kfree(open);
    return result;
  }
  file->private_data = open;
  return 0;
}

static int node_release(struct inode* inode, struct file* file) {
  struct open_file* open = file->private_data;

  (void)inode;
  if (open->node->ops->release) open->node->ops->release(open->node->context, open->state);
  kfree(open);
  return 0;
}

static long node_ioctl(struct file* file, unsigned int command, unsigned long argument) {
  struct open_file* open = file->private_data;

  return open->node->ops->ioctl(open->node->context, open->state, command, (u32)argument,
                                flags_of(file));
}

static ssize_t node_read(struct file* file, char __user* to, size_t size, loff_t* at) {
  struct open_file* open = file->private_data;

  (void)at;
  return open->node->ops->read(open->node->context, open->state, (u32)(unsigned long)to,
                               (u32)min_t(size_t, size, INT_MAX), flags_of(file));
}

static t31_poll_t node_poll(struct file* file, poll_table* table) {
  struct open_file* open = file->private_data;
  struct t31_wait* wait = NULL;
  int readable = open->node->ops->poll(open->node->context, open->state, &wait);

  if (!wait) return readable ? T31_POLL_READABLE : 0;
  /* Queue first, then look: what happens in between must not be missed. */
  poll_wait(file, T31_STORED(wait_queue_head_t, wait), table);
  readable = open->node->ops->poll(open->node->context, open->state, &wait);
  return readable ? T31_POLL_READABLE : 0;
}

int t31_port_node_create(const char* name, const struct t31_node_ops* ops, void* context,
                         struct t31_node** out) {
  struct t31_node* node;
  int result;

  if (t31_platform_fails("node_create")) return -ENOMEM;
  node = kzalloc(sizeof(*node), GFP_KERNEL);
  if (!node) return -ENOMEM;
  strncpy(node->name, name, sizeof(node->name) - 1);
  node->ops = ops;
  node->context = context;
  node->operations.owner = THIS_MODULE;
  node->operations.open = node_open;
  node->operations.release = node_release;
  node->operations.unlocked_ioctl = ops->ioctl ? node_ioctl : NULL;
  node->operations.read = ops->read ? node_read : NULL;
  node->operations.poll = ops->poll ? node_poll : NULL;
  node->device.minor = MISC_DYNAMIC_MINOR;
  node->device.name = node->name;
  node->device.fops = &node->operations;
  result = misc_register(&node->device);
  if (result) {
    kfree(node);
    return result;
  }
  *out = node;
  return 0;
}

/* The module can't be unloaded while a node is open, so no operation runs. */
void t31_port_node_destroy(struct t31_node* node) {
  misc_deregister(&node->device);
  kfree(node);
}

int t31_port_copy_from_user(void* to, u32 user_address, u32 size) {
  if (t31_platform_fails("copy_from_user")) return -EFAULT;
  return copy_from_user(to, (const void __user*)(unsigned long)user_address, size) ? -EFAULT : 0;
}

int t31_port_copy_to_user(u32 user_address, const void* from, u32 size) {
  if (t31_platform_fails("copy_to_user")) return -EFAULT;
  return copy_to_user((void __user*)(unsigned long)user_address, from, size) ? -EFAULT : 0;
}
