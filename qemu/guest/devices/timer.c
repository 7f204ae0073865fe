// SPDX-License-Identifier: GPL-2.0-or-later
/* timer.c - the operating system's timer. Only its two counters are compared: no other clock. */
#include "qemu/guest/devices/devices.h"

#define TICKS 15000u /* 10 ms at 1.5 MHz */

static uint32_t since(uint32_t start) {
  return REG(OST + 0x20) - start;
}

/* Timer 1 from zero, its interrupt let through. */
static void start_timer_1(uint32_t ticks) {
  REG(OST + 0x38) = 1;
  REG(OST + 0x08) = 1;
  REG(OST + 0x0c) = ~1u;
  REG(OST + 0x14) = ticks - 1;
  REG(OST + 0x10) = 0;
  REG(OST + 0x34) = 1;
}

void timer_tests(void) {
  uint32_t start, waited;

  REG(OST + 0x00) = 2u << 2 | 2; /* both divide by 16 */
  REG(OST + 0x08) = 2;
  REG(OST + 0x34) = 2;
  start = REG(OST + 0x20);
  for (unsigned int i = 0; i < 1000 && REG(OST + 0x20) == start; i++) continue;
  check("timer 2 counts", since(start) > 0 && REG(OST + 0x24) == 0);

  start = REG(OST + 0x20);
  start_timer_1(TICKS);
  check("timer 1: no flag before its time, or the time has passed",
        !(REG(OST + 0x0c) & 1) || since(start) >= TICKS);
  while (!(REG(OST + 0x0c) & 1) && since(start) < 100 * TICKS) continue;
  waited = since(start);
  check("timer 1: the flag comes after its period", waited >= TICKS - 2 && waited < 100 * TICKS);
  check("timer 1: interrupt 4 of the CPU", CAUSE_HAS(4));
  REG(OST + 0x10) = 1;
  check("timer 1: masked, it leaves the CPU alone", !CAUSE_HAS(4));
  REG(OST + 0x0c) = ~1u;
  check("timer 1: a flag that is written as 0 goes", !(REG(OST + 0x0c) & 1));

  /* WAIT with interrupts disabled, as the chip's kernels sleep: an unmasked one ends it. */
  start = REG(OST + 0x20);
  start_timer_1(TICKS);
  SET_CP0(12, 1u << (8 + 4));
  __asm__ volatile("wait");
  SET_CP0(12, 0);
  check("sleep ends with an interrupt even where interrupts are disabled",
        since(start) >= TICKS - 2 && CAUSE_HAS(4));
  REG(OST + 0x38) = 1;
  REG(OST + 0x0c) = 0;
  check("timer 1: stopped and cleared", !(REG(OST + 0x04) & 1) && !CAUSE_HAS(4));
}
