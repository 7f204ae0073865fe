// SPDX-License-Identifier: GPL-2.0-or-later
/* storage.c - flash memory, whose byte n of page p is p ^ n (4 MiB); a card slot without a card. */
#include "qemu/guest/devices/devices.h"

#define SOURCE 7u
#define END (1u << 4)
#define DMA (1u << 6)
#define WRITE (1u << 13)
#define HAS_DATA (1u << 16)
#define COMMAND (1u << 24)
#define BUFFER 0x00200000u

static bool transfer(uint32_t command, uint32_t address, uint32_t length, uint32_t mode) {
  REG(SFC + 0x64) = 4;
  REG(SFC + 0x6c) = 0x1f;
  REG(SFC + 0x00) = mode;
  REG(SFC + 0x14) = COMMAND | (length ? HAS_DATA : 0) | command;
  REG(SFC + 0x2c) = length;
  REG(SFC + 0x30) = address;
  REG(SFC + 0x60) = BUFFER;
  REG(SFC + 0x64) = 1;
  return REG(SFC + 0x68) & END;
}

static uint32_t expected(uint32_t address) {
  uint32_t word = 0;

  for (uint32_t i = 0; i < 4; i++) word |= (((address + i) >> 8 ^ (address + i)) & 0xff) << 8 * i;
  return word;
}

static bool reads_right(uint32_t address) {
  bool right = !transfer(0x03, address, 8, 0);

  right = right && REG(SFC + 0x1000) == expected(address);
  right = right && REG(SFC + 0x1000) == expected(address + 4);
  return right && (REG(SFC + 0x68) & END);
}

static bool dma_reads_right(uint32_t address) {
  REG(BUFFER + 256) = 0x600df00d;
  if (!transfer(0x0b, address, 256, DMA)) return false;
  for (uint32_t i = 0; i < 256; i += 4)
    if (REG(BUFFER + i) != expected(address + i)) return false;
  return REG(BUFFER + 256) == 0x600df00d;
}

static void flash_write_tests(void) {
  transfer(0x06, 0, 0, WRITE);
  transfer(0xd8, 0x20000, 0, WRITE);
  transfer(0x03, 0x2fffc, 4, DMA);
  check("flash: a block is erased, and only that",
        REG(BUFFER) == 0xffffffff && reads_right(0x30000) && reads_right(0x1fff8));
  REG(BUFFER) = 0x12345678;
  transfer(0x02, 0x20000, 4, DMA | WRITE);
  transfer(0x03, 0x20000, 4, DMA);
  check("flash: without permission nothing is written", REG(BUFFER) == 0xffffffff);
  REG(BUFFER) = 0x12345678;
  transfer(0x06, 0, 0, WRITE);
  transfer(0x02, 0x20000, 4, DMA | WRITE);
  REG(BUFFER) = 0;
  transfer(0x03, 0x20000, 4, DMA);
  check("flash: what is written is read", REG(BUFFER) == 0x12345678);
  transfer(0x06, 0, 0, WRITE);
  transfer(0x02, 0x213fe, 4, DMA | WRITE);
  transfer(0x03, 0x21300, 256, DMA);
  check("flash: what goes over the end of a page begins it anew",
        (REG(BUFFER) & 0xffff) == 0x1234 && REG(BUFFER + 252) >> 16 == 0x5678);
}

static void card_tests(void) {
  REG(MSC0 + 0x24) = ~0u;
  REG(MSC0 + 0x00) = 2;
  REG(MSC0 + 0x2c) = 52;
  REG(MSC0 + 0x0c) = 1;
  REG(MSC0 + 0x00) = 4;
  check("card slot: nobody answers", (REG(MSC0 + 0x04) & 2) && (REG(MSC0 + 0x28) & 1u << 9));
  REG(MSC0 + 0x24) = ~(1u << 9);
  INTC_UNMASK(37u);
  check("card slot: that is an interrupt", INTC_PENDING(37u));
  REG(MSC0 + 0x28) = 1u << 9;
  check("card slot: which is cleared", !INTC_PENDING(37u));
}

void storage_tests(void) {
  check("flash: a chip of 4 MiB", !transfer(0x9f, 0, 3, 0) && REG(SFC + 0x1000) == 0x1640ef);
  check("flash: reads word by word", reads_right(0x12340));
  check("flash: reads into memory, no byte more", dma_reads_right(0x002bcd00));
  REG(SFC + 0x6c) = 0x1f;
  INTC_UNMASK(SOURCE);
  transfer(0x05, 0, 1, DMA);
  REG(SFC + 0x70) = 0;
  check("flash: the end is an interrupt", INTC_PENDING(SOURCE));
  REG(SFC + 0x6c) = END;
  check("flash: which is cleared", !INTC_PENDING(SOURCE));
  flash_write_tests();
  card_tests();
}
