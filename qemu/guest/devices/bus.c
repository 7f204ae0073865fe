// SPDX-License-Identifier: GPL-2.0-or-later
/* bus.c - I2C bus 0 with an SC2336: registers of two address bytes, identity at 0x3107. */
#include "qemu/guest/devices/devices.h"

#define SOURCE 60u
#define SENSOR 0x30u
#define NOBODY 0x51u
#define READ 0x100u
#define STOP 0x200u
#define ABORTED (1u << 6)
#define STOPPED (1u << 9)

static void start(uint32_t address) {
  REG(I2C0 + 0x6c) = 0;
  REG(I2C0 + 0x00) = 0x65;
  REG(I2C0 + 0x04) = address;
  REG(I2C0 + 0x38) = 0;
  REG(I2C0 + 0x30) = 0;
  REG(I2C0 + 0x6c) = 1;
  (void)REG(I2C0 + 0x40);
}

static int read_register(uint32_t number) {
  REG(I2C0 + 0x10) = number >> 8;
  REG(I2C0 + 0x10) = number & 0xff;
  REG(I2C0 + 0x10) = READ | STOP;
  if (REG(I2C0 + 0x78) != 1) return -1;
  return (int)(REG(I2C0 + 0x10) & 0xff);
}

static bool write_register(uint32_t number, uint32_t value) {
  (void)REG(I2C0 + 0x60);
  REG(I2C0 + 0x10) = number >> 8;
  REG(I2C0 + 0x10) = number & 0xff;
  REG(I2C0 + 0x10) = value | STOP;
  return (REG(I2C0 + 0x34) & (STOPPED | ABORTED)) == STOPPED;
}

void bus_tests(void) {
  start(SENSOR);
  check("I2C: enabled", REG(I2C0 + 0x9c) == 1);
  check("I2C: the sensor says who it is",
        read_register(0x3107) == 0xcb && read_register(0x3108) == 0x3a);
  check("I2C: a register of the sensor keeps what is written",
        write_register(0x320e, 0x05) && read_register(0x320e) == 0x05 &&
            write_register(0x320e, 0x04) && read_register(0x320e) == 0x04);
  INTC_UNMASK(SOURCE);
  REG(I2C0 + 0x30) = 1u << 2;
  REG(I2C0 + 0x10) = READ | STOP;
  check("I2C: a byte that has come is an interrupt until it is read",
        INTC_PENDING(SOURCE) && (REG(I2C0 + 0x10), !INTC_PENDING(SOURCE)));

  start(NOBODY);
  REG(I2C0 + 0x30) = ABORTED;
  REG(I2C0 + 0x10) = 0x31;
  REG(I2C0 + 0x10) = 0x07;
  check("I2C: nobody at that address is an abort, and an interrupt",
        (REG(I2C0 + 0x80) & 1) && INTC_PENDING(SOURCE));
  (void)REG(I2C0 + 0x54);
  check("I2C: the abort goes when it is cleared", REG(I2C0 + 0x80) == 0 && !INTC_PENDING(SOURCE));
  INTC_MASK(SOURCE);
}
