/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * txx-funcs.h - the functions that the ISP module exports to sensor drivers, beside those of
 * tx-isp-subdev.h and tx-isp-debug.h.
 */
#ifndef T31_SENSOR_TXX_FUNCS_H
#define T31_SENSOR_TXX_FUNCS_H

#include <linux/capability.h>
#include <linux/clk.h>
#include <linux/delay.h>
#include <linux/gpio.h>
#include <linux/i2c.h>
#include <linux/types.h>
#include <soc/gpio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* 0: the platform gives what the ISP module needs. */
int private_driver_get_interface(void);

/* The driver stays the property of its own module (driver.owner). */
int private_i2c_add_driver(struct i2c_driver* driver);
void private_i2c_del_driver(struct i2c_driver* driver);
/* Number of messages done or a negative errno. Sleeps. */
int private_i2c_transfer(struct i2c_adapter* adapter, struct i2c_msg* messages, int count);
void private_i2c_set_clientdata(struct i2c_client* client, void* data);
void* private_i2c_get_clientdata(const struct i2c_client* client);

/* Prepares as well, where clocks want it. */
int private_clk_enable(struct clk* clk);
void private_clk_disable(struct clk* clk);
void private_clk_put(struct clk* clk);
int private_clk_set_rate(struct clk* clk, unsigned long hertz);

int private_gpio_request(unsigned int gpio, const char* label);
void private_gpio_free(unsigned int gpio);
int private_gpio_direction_output(unsigned int gpio, int level);
int private_jzgpio_set_func(enum gpio_port port, enum gpio_function function, unsigned long pins);

void private_msleep(unsigned int milliseconds);
bool private_capable(int capability);

/*
 * Fixed-point logarithms and powers of two.
 *   private_log2_int_to_fixed: log2(value) with out_precision fractional bits, then shifted left by
 *     shift_out (at most 15) with the remainder's bits below. 0 for 0.
 *   private_log2_fixed_to_fixed: log2(value / 2^in_fix) with out_fix fractional bits.
 *   private_math_exp2: 2^(value / 2^shift_in) * 2^shift_out, largest value when that does not fit.
 */
u32 private_log2_int_to_fixed(u32 value, u8 out_precision, u8 shift_out);
u32 private_log2_fixed_to_fixed(u32 value, int in_fix, u8 out_fix);
u32 private_math_exp2(u32 value, u8 shift_in, u8 shift_out);

#ifdef __cplusplus
}
#endif

#endif
