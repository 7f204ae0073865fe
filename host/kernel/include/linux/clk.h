/* SPDX-License-Identifier: GPL-2.0-or-later */
/* clk.h - clocks over the port */
#ifndef T31_STANDIN_LINUX_CLK_H
#define T31_STANDIN_LINUX_CLK_H

#include <linux/err.h>

struct clk;
struct device;

/* `device` is ignored: the T31's clocks are found by name. Errors are inside the pointer. */
struct clk* clk_get(struct device* device, const char* name);
void clk_put(struct clk* clk);
int clk_enable(struct clk* clk);
void clk_disable(struct clk* clk);
int clk_prepare_enable(struct clk* clk);
void clk_disable_unprepare(struct clk* clk);
unsigned long clk_get_rate(struct clk* clk);
int clk_set_rate(struct clk* clk, unsigned long hertz);
struct clk* clk_get_parent(struct clk* clk);
int clk_set_parent(struct clk* clk, struct clk* parent);

#endif
