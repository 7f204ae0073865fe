/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * devices.h - a program without an operating system that looks at the devices of -M t31 (qemu/vm/
 * devices.py builds and starts it): addresses and bits as the chip's documents have them, nothing
 * shared with what it tests.
 */
#ifndef T31_QEMU_GUEST_DEVICES_H
#define T31_QEMU_GUEST_DEVICES_H

#include <stdbool.h>
#include <stdint.h>

#define REG(physical) (*(volatile uint32_t*)(0xa0000000u | (physical)))

#define CPM 0x10000000u
#define INTC 0x10001000u
#define WDT 0x10002000u
#define RTC 0x10003000u
#define GPIO_A 0x10010000u
#define UART1 0x10031000u
#define I2C0 0x10050000u
#define OST 0x12000000u
#define ISP 0x13300000u
#define SFC 0x13440000u
#define MSC0 0x13450000u

/* Interrupt controller: source s is bit s % 32 of bank s / 32. */
#define INTC_PENDING(s) (REG(INTC + 0x10 + (s) / 32 * 0x20) >> (s) % 32 & 1)
#define INTC_UNMASK(s) (REG(INTC + 0x0c + (s) / 32 * 0x20) = 1u << (s) % 32)
#define INTC_MASK(s) (REG(INTC + 0x08 + (s) / 32 * 0x20) = 1u << (s) % 32)

#define CP0(number, select)                                             \
  ({                                                                    \
    uint32_t value_;                                                    \
    __asm__ volatile("mfc0 %0, $" #number ", " #select : "=r"(value_)); \
    value_;                                                             \
  })
#define SET_CP0(number, value) __asm__ volatile("mtc0 %0, $" #number "\n ehb" ::"r"(value))
/* Hardware interrupt n is asked for. */
#define CAUSE_HAS(n) (CP0(13, 0) >> (8 + (n)) & 1)

void print(const char* text);
/* A test: one line for t31vm. */
void check(const char* what, bool holds);

void supply_tests(void);
void timer_tests(void);
void bus_tests(void);
void storage_tests(void);

#endif
