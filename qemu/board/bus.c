// SPDX-License-Identifier: GPL-2.0-or-later
/* bus.c - I2C bus 0, with the virtual machine's sensor on it. */
#include <linux/dma-mapping.h>
#include <linux/i2c.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/string.h>

#include "board.h"

static struct t31_mailbox_transfer* shared;
static dma_addr_t shared_address;

/* The I2C core runs one transfer of an adapter at a time. */
static int transfer(struct i2c_adapter* adapter, struct i2c_msg* messages, int count) {
  unsigned int used = 0;
  int i, result;

  (void)adapter;
  if (count <= 0 || count > T31_MAILBOX_MESSAGES) return -EOPNOTSUPP;
  shared->count = count;
  for (i = 0; i < count; i++) {
    if (used + messages[i].len > T31_MAILBOX_DATA) return -EOPNOTSUPP;
    shared->message[i].address = messages[i].addr;
    shared->message[i].flags = messages[i].flags & I2C_M_RD ? 1 : 0;
    shared->message[i].length = messages[i].len;
    shared->message[i].offset = used;
    memcpy(shared->data + used, messages[i].buf, messages[i].len);
    used += messages[i].len;
  }
  mutex_lock(&t31_mailbox_mutex);
  wmb();
  writel((u32)shared_address, t31_mailbox + T31_MAILBOX_I2C);
  result = (int)readl(t31_mailbox + T31_MAILBOX_RESULT);
  mutex_unlock(&t31_mailbox_mutex);
  for (i = 0; i < result; i++) {
    if (messages[i].flags & I2C_M_RD)
      memcpy(messages[i].buf, shared->data + shared->message[i].offset, messages[i].len);
  }
  return result;
}

static u32 functions(struct i2c_adapter* adapter) {
  (void)adapter;
  return I2C_FUNC_I2C | I2C_FUNC_SMBUS_EMUL;
}

static const struct i2c_algorithm algorithm = {
    .master_xfer = transfer,
    .functionality = functions,
};
static struct i2c_adapter adapter = {
    .owner = THIS_MODULE,
    .name = "t31-board",
    .algo = &algorithm,
    .nr = 0,
};

int t31_bus_create(void) {
  int result;

  shared = dma_alloc_coherent(t31_board_device, sizeof(*shared), &shared_address, GFP_KERNEL);
  if (!shared) return -ENOMEM;
  adapter.dev.parent = t31_board_device;
  result = i2c_add_numbered_adapter(&adapter);
  if (result) dma_free_coherent(t31_board_device, sizeof(*shared), shared, shared_address);
  return result;
}

void t31_bus_remove(void) {
  i2c_del_adapter(&adapter);
  dma_free_coherent(t31_board_device, sizeof(*shared), shared, shared_address);
}
