// SPDX-License-Identifier: GPL-2.0-or-later
/* main.c - start, console, arguments, interrupts of the CPU, and the two ways to end. */
#include "qemu/guest/devices/devices.h"

static unsigned int failures;

/* What the boot loader hands over. The stack is its own. */
__asm__(
    ".section .text.start\n"
    ".globl _start\n"
    "_start:\n"
    "  .set noreorder\n"
    "  la $t9, run\n"
    "  jr $t9\n"
    "  nop\n"
    "  .set reorder\n"
    ".text\n");

static void put(char c) {
  while (!(REG(UART1 + 0x14) & 0x20)) continue;
  REG(UART1) = (uint32_t)c;
}

void print(const char* text) {
  while (*text) put(*text++);
}

void check(const char* what, bool holds) {
  print(holds ? "@@PASS 0 0 " : "@@FAIL 0 0 ");
  print(what);
  print("\n");
  failures += !holds;
}

static bool same(const char* a, const char* b) {
  while (*a && *a == *b) a++, b++;
  return *a == *b;
}

static bool has(const char* text, const char* word) {
  for (; *text; text++) {
    const char* a = text;
    const char* b = word;

    while (*b && *a == *b) a++, b++;
    if (!*b) return true;
  }
  return false;
}

static void interrupt_tests(void) {
  /* The port's "nothing to send" is source 50. */
  const uint32_t source = 50;

  INTC_MASK(source);
  REG(UART1 + 0x04) = 2;
  check("interrupt controller: a masked source is seen, and kept from the CPU",
        (REG(INTC + 0x20) >> source % 32 & 1) && !INTC_PENDING(source) && !CAUSE_HAS(2));
  INTC_UNMASK(source);
  check("interrupt controller: an unmasked source is interrupt 2 of the CPU",
        INTC_PENDING(source) && CAUSE_HAS(2));
  REG(UART1 + 0x04) = 0;
  check("serial port: its interrupt goes when it is switched off",
        !INTC_PENDING(source) && !CAUSE_HAS(2));
  INTC_MASK(source);
}

static void all_tests(int count, char** words) {
  check("arguments: a name, and the kernel's whole line",
        count == 2 && same(words[0], "linux") && has(words[1], "devices=all"));
  check("CPU: its identity is the chip's", CP0(15, 0) == 0x2ed1024f);
  check("chip identity: a T31X", (REG(0x1300002c) >> 12 & 0xffff) == 0x0031 &&
                                     REG(0x1300002c) >> 28 == 1 && REG(0x13540238) >> 16 == 0x2222);
  interrupt_tests();
  timer_tests();
  supply_tests();
  bus_tests();
  storage_tests();
}

/* Ticks of timer 2, 1.5 million a second. */
static void wait(uint32_t ticks) {
  REG(OST) = 2u << 2;
  REG(OST + 0x34) = 2;
  for (uint32_t start = REG(OST + 0x20); REG(OST + 0x20) - start < ticks;) continue;
}

static void end(const char* line) {
  const bool by_watchdog = has(line, "end=watchdog");

  if (!by_watchdog) {
    print("@@RC 1\n");
    REG(RTC + 0x20) = 1; /* locked: nothing happens */
    wait(300000);
  }
  print(failures ? "@@RC 1\n" : "@@RC 0\n");
  if (by_watchdog) {
    REG(WDT + 0x3c) = 1u << 16;
    REG(WDT + 0x00) = 2; /* of 64 / 32768 s */
    REG(WDT + 0x08) = 0;
    REG(WDT + 0x0c) = 3u << 3 | 1u << 1;
    REG(WDT + 0x04) = 1;
  } else {
    REG(RTC + 0x3c) = 0xa55a;
    if (REG(RTC + 0x3c) >> 31 && REG(RTC) >> 7 & 1) REG(RTC + 0x20) = 1;
  }
  wait(3000000);
  print(by_watchdog ? "@@FAIL 0 0 the watchdog restarts the chip\n@@RC 1\n"
                    : "@@FAIL 0 0 the clock takes the power away\n@@RC 1\n");
  for (;;) continue;
}

__attribute__((used)) void run(int count, char** words) {
  SET_CP0(12, 0);
  if (has(words[1], "devices=all")) {
    all_tests(count, words);
  } else {
    check("arguments: no tests are wanted", has(words[1], "devices=none"));
  }
  end(words[1]);
}
