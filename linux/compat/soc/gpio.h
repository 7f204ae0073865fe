/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * soc/gpio.h for kernels without the vendor's platform code: pin functions are then the board's
 * business (linux/glue/board.h), or, where there is none, the firmware's or the device tree's.
 */
#ifndef T31_COMPAT_SOC_GPIO_H
#define T31_COMPAT_SOC_GPIO_H

#define GPIO_PA(n) (0 * 32 + (n))
#define GPIO_PB(n) (1 * 32 + (n))
#define GPIO_PC(n) (2 * 32 + (n))

enum gpio_port { GPIO_PORT_A, GPIO_PORT_B, GPIO_PORT_C, GPIO_NR_PORTS };

enum gpio_function {
  GPIO_FUNC_0 = 0x10,
  GPIO_FUNC_1 = 0x11,
  GPIO_FUNC_2 = 0x12,
  GPIO_FUNC_3 = 0x13,
};

/* linux/glue/platform.c */
int jzgpio_set_func(enum gpio_port port, enum gpio_function function, unsigned long pins);

#endif
