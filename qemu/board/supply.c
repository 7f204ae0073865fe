// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * supply.c - clocks by name and GPIOs by number, on the chip's own registers (hw-pipeline 1.4), so
 * that the virtual chip runs, or doesn't, as a camera would.
 */
#include <linux/clk-provider.h>
#include <linux/clkdev.h>
#include <linux/gpio/driver.h>
#include <linux/kernel.h>
#include <linux/module.h>

#include "board.h"

#define GATES 0x20
#define SOURCE_SHIFT 30
#define SOURCE_MASK (3u << SOURCE_SHIFT)
#define SOURCE_MPLL (1u << SOURCE_SHIFT)
#define STOPPED (1u << 27)
#define CHANGE (1u << 29)

static DEFINE_SPINLOCK(cpm_lock);

struct t31_clock {
  struct clk_hw hw;
  const char* name;
  const char* alias;   /* what Linux 4.4 calls it, where sensor drivers do */
  unsigned long hertz; /* of a PLL; 0: none */
  u32 divider;         /* register; 0: a gate */
  u32 mask;            /* of the divider, or the gate's bit */
  struct clk_lookup* lookup;
  struct clk_lookup* alias_lookup;
  bool registered;
};
static struct t31_clock clocks[] = {
    {.name = "sclka", .hertz = 1404000000},
    {.name = "mpll", .hertz = 1200000000},
    {.name = "vpll", .hertz = 1200000000},
    {.name = "cgu_isp", .divider = 0x80, .mask = 0xf},
    {.name = "cgu_cim", .alias = "div_cim", .divider = 0x7c, .mask = 0xff},
    {.name = "isp", .mask = 1u << 23},
    {.name = "csi", .mask = 1u << 25},
};
/* In the order of a divider's source field. */
static const char* const sources[] = {"sclka", "mpll", "vpll"};

#define to_clock(clk_hw) container_of(clk_hw, struct t31_clock, hw)

static void change(u32 offset, u32 clear, u32 set) {
  unsigned long flags;

  spin_lock_irqsave(&cpm_lock, flags);
  writel((readl(t31_cpm + offset) & ~clear) | set, t31_cpm + offset);
  spin_unlock_irqrestore(&cpm_lock, flags);
}

/* ---- PLLs: only their rate is kept; the virtual chip runs by the dividers ---- */

static unsigned long pll_rate(struct clk_hw* hw, unsigned long parent) {
  (void)parent;
  return to_clock(hw)->hertz;
}

static long pll_round(struct clk_hw* hw, unsigned long rate, unsigned long* parent) {
  (void)hw;
  (void)parent;
  return (long)rate;
}

static int pll_set(struct clk_hw* hw, unsigned long rate, unsigned long parent) {
  (void)parent;
  to_clock(hw)->hertz = rate;
  return 0;
}

static const struct clk_ops pll_ops = {
    .recalc_rate = pll_rate,
    .round_rate = pll_round,
    .set_rate = pll_set,
};

/* ---- Dividers ---- */

static u32 divider_for(const struct t31_clock* clock, unsigned long rate, unsigned long parent) {
  const unsigned long ratio = rate ? DIV_ROUND_UP(parent, rate) : clock->mask + 1;

  return (u32)clamp(ratio, 1ul, (unsigned long)clock->mask + 1) - 1;
}

static int divider_enable(struct clk_hw* hw) {
  change(to_clock(hw)->divider, STOPPED, CHANGE);
  return 0;
}

static void divider_disable(struct clk_hw* hw) {
  change(to_clock(hw)->divider, 0, STOPPED | CHANGE);
}

static unsigned long divider_rate(struct clk_hw* hw, unsigned long parent) {
  const struct t31_clock* clock = to_clock(hw);

  return parent / ((readl(t31_cpm + clock->divider) & clock->mask) + 1);
}

static long divider_round(struct clk_hw* hw, unsigned long rate, unsigned long* parent) {
  return *parent / (divider_for(to_clock(hw), rate, *parent) + 1);
}

static int divider_set(struct clk_hw* hw, unsigned long rate, unsigned long parent) {
  const struct t31_clock* clock = to_clock(hw);

  change(clock->divider, clock->mask, CHANGE | divider_for(clock, rate, parent));
  return 0;
}

static u8 divider_source(struct clk_hw* hw) {
  return readl(t31_cpm + to_clock(hw)->divider) >> SOURCE_SHIFT;
}

static int divider_set_source(struct clk_hw* hw, u8 source) {
  change(to_clock(hw)->divider, SOURCE_MASK, CHANGE | (u32)source << SOURCE_SHIFT);
  return 0;
}

static const struct clk_ops divider_ops = {
    .enable = divider_enable,
    .disable = divider_disable,
    .recalc_rate = divider_rate,
    .round_rate = divider_round,
    .set_rate = divider_set,
    .get_parent = divider_source,
    .set_parent = divider_set_source,
};

/* ---- Gates ---- */

static int gate_enable(struct clk_hw* hw) {
  change(GATES, to_clock(hw)->mask, 0);
  return 0;
}

static void gate_disable(struct clk_hw* hw) {
  change(GATES, 0, to_clock(hw)->mask);
}

static const struct clk_ops gate_ops = {
    .enable = gate_enable,
    .disable = gate_disable,
};

static void remove_clocks(void) {
  unsigned int i;

  for (i = 0; i < ARRAY_SIZE(clocks); i++) {
    if (clocks[i].alias_lookup) clkdev_drop(clocks[i].alias_lookup);
    if (clocks[i].lookup) clkdev_drop(clocks[i].lookup);
    if (clocks[i].registered) clk_hw_unregister(&clocks[i].hw);
    clocks[i].lookup = clocks[i].alias_lookup = NULL;
    clocks[i].registered = false;
  }
}

static int create_clock(struct t31_clock* clock) {
  struct clk_init_data init = {.name = clock->name, .ops = &gate_ops};
  int result;

  if (clock->hertz) init.ops = &pll_ops;
  if (clock->divider) {
    init.ops = &divider_ops;
    init.parent_names = sources;
    init.num_parents = ARRAY_SIZE(sources);
    change(clock->divider, SOURCE_MASK, SOURCE_MPLL | CHANGE);
  }
  clock->hw.init = &init;
  result = clk_hw_register(NULL, &clock->hw);
  if (result) return result;
  clock->registered = true;
  clock->lookup = clkdev_hw_create(&clock->hw, clock->name, NULL);
  if (!clock->lookup) return -ENOMEM;
  if (!clock->alias) return 0;
  clock->alias_lookup = clkdev_hw_create(&clock->hw, clock->alias, NULL);
  return clock->alias_lookup ? 0 : -ENOMEM;
}

static int create_clocks(void) {
  unsigned int i;

  for (i = 0; i < ARRAY_SIZE(clocks); i++) {
    const int result = create_clock(&clocks[i]);

    if (result) return result;
  }
  return 0;
}

/* ---- GPIOs: ports of 32 pins, each function a value, a set and a clear register ---- */

#define PORT_STRIDE 0x1000
#define PIN 0x00
#define INTERRUPT_CLEAR 0x18
#define MASK_SET 0x24
#define MASK_CLEAR 0x28
#define PATTERN1_CLEAR 0x38
#define PATTERN1_SET 0x34
#define PATTERN0_SET 0x44
#define PATTERN0_CLEAR 0x48

static void __iomem* port_of(unsigned int offset) {
  return t31_gpio + offset / 32 * PORT_STRIDE;
}

static int gpio_input(struct gpio_chip* chip, unsigned int offset) {
  (void)chip;
  writel(1u << offset % 32, port_of(offset) + INTERRUPT_CLEAR);
  writel(1u << offset % 32, port_of(offset) + MASK_SET);
  writel(1u << offset % 32, port_of(offset) + PATTERN1_SET);
  return 0;
}

static int gpio_get(struct gpio_chip* chip, unsigned int offset) {
  (void)chip;
  return readl(port_of(offset) + PIN) >> offset % 32 & 1;
}

static void gpio_set(struct gpio_chip* chip, unsigned int offset, int value) {
  (void)chip;
  writel(1u << offset % 32, port_of(offset) + (value ? PATTERN0_SET : PATTERN0_CLEAR));
}

static int gpio_output(struct gpio_chip* chip, unsigned int offset, int value) {
  gpio_set(chip, offset, value);
  writel(1u << offset % 32, port_of(offset) + INTERRUPT_CLEAR);
  writel(1u << offset % 32, port_of(offset) + MASK_SET);
  writel(1u << offset % 32, port_of(offset) + PATTERN1_CLEAR);
  return 0;
}

int t31_supply_pin_function(u32 port, u32 function, u32 pins) {
  void __iomem* registers = port_of(port * 32);

  writel(pins, registers + INTERRUPT_CLEAR);
  writel(pins, registers + MASK_CLEAR);
  writel(pins, registers + (function & 2 ? PATTERN1_SET : PATTERN1_CLEAR));
  writel(pins, registers + (function & 1 ? PATTERN0_SET : PATTERN0_CLEAR));
  return 0;
}

static struct gpio_chip gpios = {
    .label = "t31",
    .owner = THIS_MODULE,
    .base = 0,
    .ngpio = 96,
    .direction_input = gpio_input,
    .direction_output = gpio_output,
    .get = gpio_get,
    .set = gpio_set,
};

int t31_supply_create(void) {
  int result = create_clocks();

  if (!result) result = gpiochip_add_data(&gpios, NULL);
  if (result) remove_clocks();
  return result;
}

void t31_supply_remove(void) {
  gpiochip_remove(&gpios);
  remove_clocks();
}
