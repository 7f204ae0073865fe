/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gpio.h - pins and pin functions of the T31, as the board support package names them */
#ifndef T31_STANDIN_SOC_GPIO_H
#define T31_STANDIN_SOC_GPIO_H

#define GPIO_PA(n) (0 * 32 + (n))
#define GPIO_PB(n) (1 * 32 + (n))
#define GPIO_PC(n) (2 * 32 + (n))

enum gpio_port { GPIO_PORT_A = 0, GPIO_PORT_B = 1, GPIO_PORT_C = 2 };
enum gpio_function { GPIO_FUNC_0 = 0, GPIO_FUNC_1 = 1, GPIO_FUNC_2 = 2, GPIO_FUNC_3 = 3 };

int jzgpio_set_func(enum gpio_port port, enum gpio_function function, unsigned long pins);

#endif
