/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * compat.h - what differs between the kernels that the module is built for: 3.10.14 and 4.4.94 of
 * the chip's vendor, and current ones. Nothing else in the module asks for a version.
 */
#ifndef T31_LINUX_COMPAT_H
#define T31_LINUX_COMPAT_H

#include <linux/clk.h>
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/poll.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/time.h>
#include <linux/uaccess.h>
#include <linux/version.h>
#include <linux/vmalloc.h>
#include <linux/wait.h>

#include "compat_proc.h"

/* ---- Poll: the result has a type of its own since 4.16. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(4, 16, 0)
typedef __poll_t t31_poll_t;
#define T31_POLL_READABLE (EPOLLIN | EPOLLRDNORM)
#else
typedef unsigned int t31_poll_t;
#define T31_POLL_READABLE (POLLIN | POLLRDNORM)
#endif

/* ---- Files: kernel_read's arguments changed with 4.14, kernel_write's too. */
static inline ssize_t t31_kernel_read(struct file* file, void* buffer, size_t size, loff_t at) {
#if LINUX_VERSION_CODE >= KERNEL_VERSION(4, 14, 0)
  return kernel_read(file, buffer, size, &at);
#else
  return kernel_read(file, at, buffer, size);
#endif
}

static inline ssize_t t31_kernel_write(struct file* file, const void* buffer, size_t size,
                                       loff_t at) {
#if LINUX_VERSION_CODE >= KERNEL_VERSION(4, 14, 0)
  return kernel_write(file, buffer, size, &at);
#else
  mm_segment_t before = get_fs();
  ssize_t written;

  set_fs(KERNEL_DS);
  written = vfs_write(file, (const char __user*)buffer, size, &at);
  set_fs(before);
  return written;
#endif
}

/* ---- Time: raw monotonic clock. */
static inline u64 t31_raw_ns(void) {
#if LINUX_VERSION_CODE >= KERNEL_VERSION(3, 17, 0)
  return ktime_get_raw_ns();
#else
  struct timespec now;

  getrawmonotonic(&now);
  return (u64)now.tv_sec * NSEC_PER_SEC + now.tv_nsec;
#endif
}

/* ---- Registers: uncached is what ioremap means, and its older name is gone. */
static inline void __iomem* t31_map_registers(phys_addr_t base, size_t size) {
  return ioremap(base, size);
}

/*
 * ---- Caches, for memory that user space owns: it lies outside of what the kernel manages (mem= on
 * the boot line), so there are no pages to map, or inside (memmap=), and then there are.
 */
static inline void t31_discard_cached(struct device* device, u32 bus_address, u32 size) {
#if LINUX_VERSION_CODE >= KERNEL_VERSION(4, 14, 0)
  dma_addr_t mapped;

  if (!pfn_valid(bus_address >> PAGE_SHIFT)) return;
  mapped = dma_map_single(device, phys_to_virt(bus_address), size, DMA_FROM_DEVICE);
  if (!dma_mapping_error(device, mapped)) dma_unmap_single(device, mapped, size, DMA_FROM_DEVICE);
#else
  dma_cache_sync(device, (void*)CKSEG0ADDR(bus_address), size, DMA_FROM_DEVICE);
#endif
}

#endif
