/* SPDX-License-Identifier: GPL-2.0-or-later */
/* clk.c - the kernel's clocks over the port. A parent is borrowed: it is put with its child. */
#include <linux/clk.h>
#include <linux/slab.h>

#include "t31_host_kernel.h"

struct clk {
  struct t31_clk* port;
  struct clk* parent;
};

struct clk* clk_get(struct device* device, const char* name) {
  struct clk* clk;
  int error;

  (void)device;
  clk = kzalloc(sizeof(*clk), GFP_KERNEL);
  if (!clk) return ERR_PTR(-ENOMEM);
  error = t31_port_clk_get(name, &clk->port);
  if (error) {
    kfree(clk);
    return ERR_PTR(error);
  }
  return clk;
}

void clk_put(struct clk* clk) {
  if (IS_ERR_OR_NULL(clk)) return;
  clk_put(clk->parent);
  t31_port_clk_put(clk->port);
  kfree(clk);
}

int clk_enable(struct clk* clk) {
  return IS_ERR_OR_NULL(clk) ? -EINVAL : t31_port_clk_enable(clk->port);
}

void clk_disable(struct clk* clk) {
  if (!IS_ERR_OR_NULL(clk)) t31_port_clk_disable(clk->port);
}

int clk_prepare_enable(struct clk* clk) {
  return clk_enable(clk);
}

void clk_disable_unprepare(struct clk* clk) {
  clk_disable(clk);
}

unsigned long clk_get_rate(struct clk* clk) {
  return IS_ERR_OR_NULL(clk) ? 0 : t31_port_clk_get_rate(clk->port);
}

int clk_set_rate(struct clk* clk, unsigned long hertz) {
  return IS_ERR_OR_NULL(clk) ? -EINVAL : t31_port_clk_set_rate(clk->port, (u32)hertz);
}

struct clk* clk_get_parent(struct clk* clk) {
  const char* name;

  if (IS_ERR_OR_NULL(clk)) return NULL;
  name = t31_host_clk_parent_name(clk->port);
  if (!clk->parent && name[0]) {
    struct clk* parent = clk_get(NULL, name);

    if (IS_ERR(parent)) return NULL;
    clk->parent = parent;
  }
  return clk->parent;
}

int clk_set_parent(struct clk* clk, struct clk* parent) {
  int error;

  if (IS_ERR_OR_NULL(clk) || IS_ERR_OR_NULL(parent)) return -EINVAL;
  error = t31_host_clk_set_parent(clk->port, parent->port);
  if (!error && clk->parent) {
    clk_put(clk->parent); /* of the former parent; the next question finds the new one */
    clk->parent = NULL;
  }
  return error;
}
