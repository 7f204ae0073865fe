/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kernel.h - between the parts of the kernel stand-ins, and for their tests. */
#ifndef T31_HOST_KERNEL_KERNEL_H
#define T31_HOST_KERNEL_KERNEL_H

#ifdef __cplusplus
extern "C" {
#endif

/* I2C clients, drivers and adapter references that exist: 0 when nobody uses I2C. */
unsigned int t31_host_i2c_leftovers(void);

/* The machine ends: so do the folders below /proc. */
void t31_host_proc_forget_folders(void);

/*
 * True when shared objects can see the functions of this executable. Also what keeps the linker
 * from dropping those that only sensor drivers call.
 */
int t31_host_symbols_visible(void);

#ifdef __cplusplus
}
#endif

#endif
