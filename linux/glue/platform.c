// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * platform.c - the platform devices whose names user space and scripts know, and the interrupt
 * numbers. Nothing is bound to the devices but the first, which DMA and clocks belong to.
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/string.h>
#include <soc/gpio.h>

#include "glue.h"
#include "linux/glue/board.h"

struct device* t31_device;

static const char* const names[] = {"tx-isp", "isp-m0", "isp-w02", "isp-w01", "isp-w00", "isp-fs"};
static struct platform_device* devices[ARRAY_SIZE(names)];
static const struct t31_board* board;

static int is_board(struct device* device, const void* unused) {
  (void)unused;
  return !strcmp(dev_name(device), T31_BOARD_DEVICE);
}

static int find_board(struct device* device, void* out) {
  if (!is_board(device, NULL)) return 0;
  *(const struct t31_board**)out = device->platform_data;
  return 1;
}

int t31_platform_register(void) {
  unsigned int i;

  for (i = 0; i < ARRAY_SIZE(names); i++) {
    devices[i] = platform_device_register_simple(names[i], -1, NULL, 0);
    if (IS_ERR(devices[i])) {
      const int error = PTR_ERR(devices[i]);

      devices[i] = NULL;
      t31_platform_unregister();
      return error;
    }
  }
  t31_device = &devices[0]->dev;
  t31_device->coherent_dma_mask = DMA_BIT_MASK(32);
  t31_device->dma_mask = &t31_device->coherent_dma_mask;
  board = NULL;
  bus_for_each_dev(&platform_bus_type, NULL, &board, find_board);
  return 0;
}

void t31_platform_unregister(void) {
  unsigned int i = ARRAY_SIZE(names);

  while (i-- > 0) {
    if (devices[i]) platform_device_unregister(devices[i]);
    devices[i] = NULL;
  }
  t31_device = NULL;
}

int t31_platform_irq(u32 line) {
  return board && board->irq ? board->irq(line) : (int)line;
}

bool t31_platform_fails(const char* what) {
  return board && board->fails && board->fails(what);
}

#ifdef T31_COMPAT_SOC_GPIO_H
/* Some sensor drivers call it themselves. */
int jzgpio_set_func(enum gpio_port port, enum gpio_function function, unsigned long pins) {
  if (port >= GPIO_NR_PORTS || function < GPIO_FUNC_0 || function > GPIO_FUNC_3) return -EINVAL;
  if (!board || !board->set_pin_function) return 0;
  return board->set_pin_function(port, function - GPIO_FUNC_0, (u32)pins);
}
EXPORT_SYMBOL(jzgpio_set_func);
#endif
