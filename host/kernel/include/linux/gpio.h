/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gpio.h - pins over the port */
#ifndef T31_STANDIN_LINUX_GPIO_H
#define T31_STANDIN_LINUX_GPIO_H

#include <linux/types.h>

int gpio_request(unsigned int gpio, const char* label);
void gpio_free(unsigned int gpio);
int gpio_direction_output(unsigned int gpio, int level);

#endif
