/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gpio.c - pins over the port, pin functions and side accesses over the registers. */
#include <linux/errno.h>
#include <linux/gpio.h>
#include <linux/io.h>
#include <soc/gpio.h>

#include "driver/port/port.h"
#include "t31_host.h"

/* KSEG0 and KSEG1 of a MIPS kernel show physical memory in their low 29 bits. */
#define PHYSICAL_MASK 0x1fffffffUL

/*
 * The GPIO unit: shadow registers of "group Z" take the settings of several pins, which the last
 * write loads into a port at once.
 */
#define GPIO_SHADOW 0x10017000u
#define INT_CLEAR 0x18u
#define MASK_CLEAR 0x28u
#define PATTERN1_SET 0x34u
#define PATTERN1_CLEAR 0x38u
#define PATTERN0_SET 0x44u
#define PATTERN0_CLEAR 0x48u
#define LOAD_PORT 0xf0u

int gpio_request(unsigned int gpio, const char* label) {
  return t31_port_gpio_request(gpio, label);
}

void gpio_free(unsigned int gpio) {
  t31_port_gpio_free(gpio);
}

int gpio_direction_output(unsigned int gpio, int level) {
  return t31_port_gpio_direction_output(gpio, level);
}

int jzgpio_set_func(enum gpio_port port, enum gpio_function function, unsigned long pins) {
  u32 bits = (u32)pins;

  if (port > GPIO_PORT_C || function > GPIO_FUNC_3) return -EINVAL;
  t31_host_poke(GPIO_SHADOW + INT_CLEAR, bits);
  t31_host_poke(GPIO_SHADOW + MASK_CLEAR, bits);
  t31_host_poke(GPIO_SHADOW + (function & 2 ? PATTERN1_SET : PATTERN1_CLEAR), bits);
  t31_host_poke(GPIO_SHADOW + (function & 1 ? PATTERN0_SET : PATTERN0_CLEAR), bits);
  t31_host_poke(GPIO_SHADOW + LOAD_PORT, (u32)port);
  return 0;
}

void writel(u32 value, void __iomem* address) {
  t31_host_poke((u32)((unsigned long)address & PHYSICAL_MASK), value);
}

u32 readl(const void __iomem* address) {
  return t31_host_peek((u32)((unsigned long)address & PHYSICAL_MASK));
}
