/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * port_types.h - types of the port interface. Lock, wait and work storage is embedded in its owner,
 * so its size is fixed here, generous enough for a debug kernel; each home asserts that it
 * suffices.
 */
#ifndef T31_DRIVER_PORT_PORT_TYPES_H
#define T31_DRIVER_PORT_PORT_TYPES_H

#ifdef T31_PORT_TYPES_FROM_KERNEL
#include <linux/types.h>
#else
#include <stdint.h>
typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int8_t s8;
typedef int16_t s16;
typedef int32_t s32;
typedef int64_t s64;
#endif

struct t31_mmio;
struct t31_irq;
struct t31_clk;
struct t31_queue;
struct t31_node;
struct t31_proc;
struct t31_proc_text;

struct t31_spinlock {
  u64 storage[12];
};
struct t31_mutex {
  u64 storage[24];
};
struct t31_wait {
  u64 storage[24];
};
struct t31_work {
  u64 storage[32];
};

#endif
