// SPDX-License-Identifier: GPL-2.0-or-later
/* hardware.c - interrupts, clocks, GPIOs. */
#include <linux/gpio.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "glue.h"

struct t31_irq {
  int number;
  t31_irq_handler handler;
  t31_irq_handler thread;
  void* context;
};

static irqreturn_t translate(enum t31_irq_result result) {
  switch (result) {
    case T31_IRQ_HANDLED:
      return IRQ_HANDLED;
    case T31_IRQ_WAKE_THREAD:
      return IRQ_WAKE_THREAD;
    default:
      return IRQ_NONE;
  }
}

static irqreturn_t run_handler(int number, void* data) {
  struct t31_irq* irq = data;

  (void)number;
  return translate(irq->handler(irq->context));
}

static irqreturn_t run_thread(int number, void* data) {
  struct t31_irq* irq = data;

  (void)number;
  irq->thread(irq->context);
  return IRQ_HANDLED;
}

int t31_port_irq_request(u32 line, t31_irq_handler handler, t31_irq_handler thread,
                         const char* name, void* context, struct t31_irq** out) {
  struct t31_irq* irq;
  int result;

  if (t31_platform_fails("irq_request")) return -ENOMEM;
  irq = kzalloc(sizeof(*irq), GFP_KERNEL);
  if (!irq) return -ENOMEM;
  irq->number = t31_platform_irq(line);
  irq->handler = handler;
  irq->thread = thread;
  irq->context = context;
  result = request_threaded_irq(irq->number, run_handler, thread ? run_thread : NULL,
                                thread ? IRQF_ONESHOT : 0, name, irq);
  if (result) {
    kfree(irq);
    return result;
  }
  /* The chip raises nothing before it is set up: the line is quiet until here. */
  disable_irq(irq->number);
  *out = irq;
  return 0;
}

void t31_port_irq_free(struct t31_irq* irq) {
  free_irq(irq->number, irq);
  kfree(irq);
}

void t31_port_irq_enable(struct t31_irq* irq) {
  enable_irq(irq->number);
}

void t31_port_irq_disable(struct t31_irq* irq) {
  disable_irq(irq->number);
}

/* ---- Clocks ---- */

/* The 4.4 kernel has these names besides; some trees have only them. */
static const char* other_name(const char* name) {
  if (!strcmp(name, "cgu_isp")) return "div_isp";
  if (!strcmp(name, "isp")) return "gate_isp";
  if (!strcmp(name, "csi")) return "gate_csi";
  if (!strcmp(name, "cgu_cim")) return "div_cim";
  return NULL;
}

int t31_port_clk_get(const char* name, struct t31_clk** out) {
  struct clk* clock;

  if (t31_platform_fails("clk_get")) return -ENOENT;
  clock = clk_get(NULL, name);
  if (IS_ERR(clock) && other_name(name)) clock = clk_get(NULL, other_name(name));
  if (IS_ERR(clock)) return -ENOENT;
  *out = (struct t31_clk*)clock;
  return 0;
}

void t31_port_clk_put(struct t31_clk* clock) {
  clk_put((struct clk*)clock);
}

int t31_port_clk_set_rate(struct t31_clk* clock, u32 hertz) {
  if (t31_platform_fails("clk_set_rate")) return -EINVAL;
  return clk_set_rate((struct clk*)clock, hertz);
}

u32 t31_port_clk_get_rate(struct t31_clk* clock) {
  return (u32)clk_get_rate((struct clk*)clock);
}

int t31_port_clk_enable(struct t31_clk* clock) {
  if (t31_platform_fails("clk_enable")) return -EINVAL;
  return clk_prepare_enable((struct clk*)clock);
}

void t31_port_clk_disable(struct t31_clk* clock) {
  clk_disable_unprepare((struct clk*)clock);
}

/* ---- GPIOs ---- */

int t31_port_gpio_request(u32 gpio, const char* label) {
  if (t31_platform_fails("gpio_request")) return -EBUSY;
  return gpio_request(gpio, label);
}

void t31_port_gpio_free(u32 gpio) {
  gpio_free(gpio);
}

int t31_port_gpio_direction_output(u32 gpio, int level) {
  return gpio_direction_output(gpio, level);
}
