/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * port_mmio.h (camera) - register access on silicon: one load, one store. A mapping is the address
 * of its first register in uncached memory (kseg1), as ioremap gives it; offsets are bytes.
 */
#ifndef T31_PORT_MIPS_PORT_MMIO_H
#define T31_PORT_MIPS_PORT_MMIO_H

static inline u32 t31_port_read32(const struct t31_mmio* mapping, u32 offset) {
  return *(const volatile u32*)((const volatile char*)mapping + offset);
}

static inline void t31_port_write32(struct t31_mmio* mapping, u32 offset, u32 value) {
  *(volatile u32*)((volatile char*)mapping + offset) = value;
}

#endif
