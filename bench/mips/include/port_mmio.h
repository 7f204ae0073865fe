/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * port_mmio.h (instruction counting) - registers are plain memory, one load or store as on silicon.
 * Only the register at offset 0 is asked for: the video input's control register, whose commands
 * are done at once.
 */
#ifndef T31_BENCH_MIPS_PORT_MMIO_H
#define T31_BENCH_MIPS_PORT_MMIO_H

#ifdef __cplusplus
extern "C"
#endif
    u32
    bench_read_first(const struct t31_mmio* mapping);

static inline u32 t31_port_read32(const struct t31_mmio* mapping, u32 offset) {
  if (__builtin_constant_p(offset) && offset == 0) return bench_read_first(mapping);
  return *(const volatile u32*)((const volatile char*)mapping + offset);
}

static inline void t31_port_write32(struct t31_mmio* mapping, u32 offset, u32 value) {
  *(volatile u32*)((volatile char*)mapping + offset) = value;
}

#endif
