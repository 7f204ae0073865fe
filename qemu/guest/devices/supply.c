// SPDX-License-Identifier: GPL-2.0-or-later
/* supply.c - clocks, reset, and the ISP's registers, which live by them. */
#include "qemu/guest/devices/devices.h"

#define ISP_GATE (1u << 23)
#define ISP_STOP (1u << 21)
#define ISP_STOPPED (1u << 20)
#define ISP_RESET (1u << 22)

/* 24 MHz from the MPLL: 1200 / 50; and the pin that lets the sensor live, PA18. */
static void supply_sensor(void) {
  REG(CPM + 0x7c) = 1u << 30 | 1u << 29 | 49;
  REG(GPIO_A + 0x18) = 1u << 18;
  REG(GPIO_A + 0x24) = 1u << 18;
  REG(GPIO_A + 0x38) = 1u << 18;
  REG(GPIO_A + 0x44) = 1u << 18;
}

static bool isp_stops(void) {
  const uint32_t start = REG(OST + 0x20);

  REG(CPM + 0xc4) = ISP_STOP;
  while (!(REG(CPM + 0xc4) & ISP_STOPPED) && REG(OST + 0x20) - start < 1500000u) continue;
  return REG(CPM + 0xc4) & ISP_STOPPED;
}

void supply_tests(void) {
  bool acknowledged;

  REG(CPM + 0x10) = 0x07405100;
  acknowledged = REG(CPM + 0x10) & 8;
  REG(CPM + 0x10) = 0x07405101;
  check("clocks: a PLL that is switched on locks", !acknowledged && (REG(CPM + 0x10) & 8));
  supply_sensor();
  check("GPIO: an output has the level it drives", REG(GPIO_A) >> 18 & 1);

  REG(CPM + 0x80) = 1u << 30 | 1u << 29 | 11; /* 100 MHz */
  REG(CPM + 0x20) |= ISP_GATE;
  REG(ISP + 0xb0) = 0x1234;
  acknowledged = REG(ISP + 0xb0) == 0;
  REG(CPM + 0x20) &= ~ISP_GATE;
  REG(ISP + 0xb0) = 0x1000;
  check("ISP: registers without a clock read 0; with one they keep what is written",
        acknowledged && REG(ISP + 0xb0) == 0x1000);
  acknowledged = isp_stops();
  REG(CPM + 0xc4) = ISP_STOP | ISP_RESET;
  REG(CPM + 0xc4) = 0;
  check("ISP: stops when asked, and a reset restores its registers",
        acknowledged && REG(ISP + 0xb0) != 0x1000);
}
