/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * port_mmio.h (host) - register access goes to the virtual T31. On a camera the same two functions
 * are one load and one store.
 */
#ifndef T31_HOST_PORT_MMIO_H
#define T31_HOST_PORT_MMIO_H

#ifdef __cplusplus
extern "C" {
#endif

u32 t31_host_mmio_read(const struct t31_mmio* mapping, u32 offset);
void t31_host_mmio_write(struct t31_mmio* mapping, u32 offset, u32 value);

static inline u32 t31_port_read32(const struct t31_mmio* mapping, u32 offset) {
  return t31_host_mmio_read(mapping, offset);
}
static inline void t31_port_write32(struct t31_mmio* mapping, u32 offset, u32 value) {
  t31_host_mmio_write(mapping, offset, value);
}

#ifdef __cplusplus
}
#endif

#endif
