// SPDX-License-Identifier: GPL-2.0-or-later
/* main.c - load and unload: each part undoes itself, in reverse order. */
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/platform_device.h>

#include "board.h"
#include "linux/glue/board.h"
#include "qemu/counter.h"

#define CPM_BASE 0x10000000
#define CPM_BYTES 0x1000
#define GPIO_BASE 0x10010000
#define GPIO_BYTES 0x8000

DEFINE_MUTEX(t31_mailbox_mutex);
void __iomem* t31_mailbox;
void __iomem* t31_counter;
void __iomem* t31_cpm;
void __iomem* t31_gpio;
struct device* t31_board_device;

static bool count;
module_param(count, bool, 0444);
MODULE_PARM_DESC(count, "the virtual machine counts instructions");

static struct platform_device* device;
static const struct t31_board board = {
    .irq = t31_lines_number,
    .set_pin_function = t31_supply_pin_function,
    .fails = t31_faults_due,
};

struct part {
  int (*create)(void);
  void (*remove)(void);
};
static const struct part parts[] = {
    {t31_lines_create, t31_lines_remove},
    {t31_supply_create, t31_supply_remove},
    {t31_bus_create, t31_bus_remove},
    {t31_memory_create, t31_memory_remove},
};
static unsigned int created;

static void remove_all(void) {
  while (created > 0) parts[--created].remove();
  if (!IS_ERR_OR_NULL(device)) platform_device_unregister(device);
  if (t31_gpio) iounmap(t31_gpio);
  if (t31_cpm) iounmap(t31_cpm);
  if (t31_counter) iounmap(t31_counter);
  if (t31_mailbox) iounmap(t31_mailbox);
}

static int map_all(void) {
  t31_mailbox = ioremap(T31_MAILBOX_BASE, T31_MAILBOX_BYTES);
  t31_cpm = ioremap(CPM_BASE, CPM_BYTES);
  t31_gpio = ioremap(GPIO_BASE, GPIO_BYTES);
  if (!t31_mailbox || !t31_cpm || !t31_gpio) return -ENOMEM;
  if (readl(t31_mailbox + T31_MAILBOX_ID) != T31_MAILBOX_MAGIC) {
    pr_err("t31-board: no virtual T31 here: start QEMU with libt31-qemu.so preloaded\n");
    return -ENODEV;
  }
  if (count) t31_counter = ioremap(T31_COUNTER_BASE, T31_COUNTER_BYTES);
  return count && !t31_counter ? -ENOMEM : 0;
}

static int __init board_init(void) {
  int result = map_all();

  if (!result) {
    device = platform_device_register_data(NULL, T31_BOARD_DEVICE, -1, &board, sizeof(board));
    result = PTR_ERR_OR_ZERO(device);
  }
  if (!result) {
    t31_board_device = &device->dev;
    result = dma_coerce_mask_and_coherent(t31_board_device, DMA_BIT_MASK(32));
  }
  while (!result && created < ARRAY_SIZE(parts)) {
    result = parts[created].create();
    if (!result) created++;
  }
  if (result) remove_all();
  return result;
}

static void __exit board_exit(void) {
  remove_all();
}

module_init(board_init);
module_exit(board_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("T31 platform stand-ins for a virtual machine");
