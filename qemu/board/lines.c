// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * lines.c - the chip's two interrupt lines. Both arrive over one interrupt of the PC-like
 * controller, which sees edges; the mailbox tells which lines are high, and raises the interrupt
 * anew when told that they have been looked at.
 */
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/kernel.h>

#include "board.h"
#include "qemu/counter.h"

#define FIRST_LINE 37 /* ISP; the VIC is 38 */

static int first = -1; /* Linux number of the first line */
static DEFINE_SPINLOCK(enable_lock);

static void set_enabled(const struct irq_data* data, bool enabled) {
  const u32 bit = 1u << (data->irq - first);
  unsigned long flags;
  u32 word;

  spin_lock_irqsave(&enable_lock, flags);
  word = readl(t31_mailbox + T31_MAILBOX_ENABLE);
  writel(enabled ? word | bit : word & ~bit, t31_mailbox + T31_MAILBOX_ENABLE);
  spin_unlock_irqrestore(&enable_lock, flags);
}

static void line_mask(struct irq_data* data) {
  set_enabled(data, false);
}

static void line_unmask(struct irq_data* data) {
  set_enabled(data, true);
}

static struct irq_chip chip = {
    .name = "T31",
    .irq_mask = line_mask,
    .irq_unmask = line_unmask,
};

static void count_from_here(u32 counter_register) {
  if (t31_counter) writel(0, t31_counter + counter_register);
}

static irqreturn_t serve(int irq, void* unused) {
  u32 pending = readl(t31_mailbox + T31_MAILBOX_PENDING);
  const irqreturn_t result = pending ? IRQ_HANDLED : IRQ_NONE;

  (void)irq;
  (void)unused;
  while (pending) {
    const u32 line = __ffs(pending);

    count_from_here(T31_COUNTER_ENTER);
    generic_handle_irq(first + line);
    count_from_here(T31_COUNTER_LEAVE);
    pending &= ~(1u << line);
  }
  writel(0, t31_mailbox + T31_MAILBOX_END);
  return result;
}

int t31_lines_create(void) {
  unsigned int i;
  int result;

  writel(0, t31_mailbox + T31_MAILBOX_ENABLE);
  first = irq_alloc_descs(-1, 0, T31_MAILBOX_LINES, NUMA_NO_NODE);
  if (first < 0) return first;
  for (i = 0; i < T31_MAILBOX_LINES; i++) {
    irq_set_chip_and_handler(first + i, &chip, handle_level_irq);
    irq_clear_status_flags(first + i, IRQ_NOREQUEST | IRQ_NOPROBE);
  }
  result = request_irq(T31_MAILBOX_ISA_IRQ, serve, IRQF_NO_THREAD, "t31-board", &chip);
  if (result) irq_free_descs(first, T31_MAILBOX_LINES);
  return result;
}

void t31_lines_remove(void) {
  writel(0, t31_mailbox + T31_MAILBOX_ENABLE);
  free_irq(T31_MAILBOX_ISA_IRQ, &chip);
  irq_free_descs(first, T31_MAILBOX_LINES);
}

int t31_lines_number(u32 line) {
  return line - FIRST_LINE < T31_MAILBOX_LINES ? first + (int)(line - FIRST_LINE) : -ENOENT;
}
