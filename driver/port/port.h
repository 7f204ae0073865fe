/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * port.h - everything the driver asks of an operating system, and the only way out of it.
 *
 * Two homes implement this header: linux/ inside a kernel, host/ inside a PC process on top of the
 * virtual T31. The driver core can't tell which one it lives in.
 *
 * Conventions
 *  - Errors are negative errno values (port_errno.h); 0 or a positive count is success.
 *  - "may sleep" functions must not be called in interrupt context nor under a spin lock. The host
 *    aborts a test that does so.
 *  - A user address is 32 bits wide, as on the camera, and belongs to the calling client.
 *  - A bus address is what the T31's DMA engines see: a physical address, 32 bits wide.
 */
#ifndef T31_DRIVER_PORT_PORT_H
#define T31_DRIVER_PORT_PORT_H

#include "driver/port/port_errno.h"
#include "driver/port/port_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Logging ------------------------------------------------------------------------------- */

enum t31_log_level { T31_LOG_INFO = 0, T31_LOG_WARNING = 1, T31_LOG_ERROR = 2 };

/* Prints one line (the port adds the prefix "tx-isp: " and the newline). Any context. */
void t31_port_log(enum t31_log_level level, const char* format, ...)
    __attribute__((format(printf, 2, 3)));

/* A state that the code proves impossible: reports and stops (kernel: BUG, host: abort). */
void t31_port_panic(const char* what) __attribute__((noreturn));

/* snprintf of the home. Only %d %u %x %lx %c %s %% and widths are portable. Any context. */
int t31_port_snprintf(char* buffer, u32 size, const char* format, ...)
    __attribute__((format(printf, 3, 4)));

/* ---- Registers ------------------------------------------------------------------------------ */

/*
 * Maps `size` bytes of registers at physical address `base`. NULL when the range is taken or can't
 * be mapped. Access is t31_port_read32/t31_port_write32 of the home's port_mmio.h. May sleep.
 */
struct t31_mmio* t31_port_ioremap(u32 base, u32 size, const char* name);
void t31_port_iounmap(struct t31_mmio* mapping);

/* ---- Interrupts ------------------------------------------------------------------------------ */

enum t31_irq_result { T31_IRQ_NONE = 0, T31_IRQ_HANDLED = 1, T31_IRQ_WAKE_THREAD = 2 };

typedef enum t31_irq_result (*t31_irq_handler)(void* context);

/*
 * Requests Linux interrupt `line` (ISP core 37, VIC 38). `handler` runs in interrupt context; when
 * it returns T31_IRQ_WAKE_THREAD, `thread` runs in process context. The line starts disabled.
 * Errors: -EBUSY, -ENOMEM. May sleep.
 */
int t31_port_irq_request(u32 line, t31_irq_handler handler, t31_irq_handler thread,
                         const char* name, void* context, struct t31_irq** out);
/* Waits for running handlers, then frees. May sleep. */
void t31_port_irq_free(struct t31_irq* irq);
void t31_port_irq_enable(struct t31_irq* irq);
/* Waits until no handler and no interrupt thread runs any more. May sleep. */
void t31_port_irq_disable(struct t31_irq* irq);

/* ---- Clocks ------------------------------------------------------------------------------------
 */

/* Clock by name: "cgu_isp", "isp", "csi", "cgu_cim". -ENOENT when there is none. May sleep. */
int t31_port_clk_get(const char* name, struct t31_clk** out);
void t31_port_clk_put(struct t31_clk* clk);
int t31_port_clk_set_rate(struct t31_clk* clk, u32 hertz);
u32 t31_port_clk_get_rate(struct t31_clk* clk);
int t31_port_clk_enable(struct t31_clk* clk);
void t31_port_clk_disable(struct t31_clk* clk);

/* ---- GPIO
 * ---------------------------------------------------------------------------------------- */

int t31_port_gpio_request(u32 gpio, const char* label);
void t31_port_gpio_free(u32 gpio);
/* Drives the pin. Any context. */
int t31_port_gpio_direction_output(u32 gpio, int level);

/* ---- Memory
 * ---------------------------------------------------------------------------------------- */

/* Zeroed memory or NULL. May sleep. */
void* t31_port_alloc(u32 size);
void t31_port_free(void* memory);

/* Memory that a DMA engine writes: zeroed, 4 KiB aligned, below 4 GiB. NULL on failure. May sleep.
 */
void* t31_port_dma_alloc(u32 size, u32* bus_address);
void t31_port_dma_free(void* memory, u32 size, u32 bus_address);
/* Before the CPU reads what the device wrote / before the device gets the memory. Any context. */
void t31_port_dma_sync_for_cpu(u32 bus_address, u32 size);
void t31_port_dma_sync_for_device(u32 bus_address, u32 size);

/*
 * True when [bus_address, bus_address + size) lies in memory that a client may hand to the DMA
 * engines: the reserved area of the boot line's rmem=, or other RAM the home allows. Any context.
 */
int t31_port_dma_range_valid(u32 bus_address, u32 size);
/* CPU view of such a range, NULL when invalid. Valid until unmapped. May sleep. */
void* t31_port_rmem_map(u32 bus_address, u32 size);
void t31_port_rmem_unmap(void* memory, u32 size);

/* The driver's private area (boot line ispmem=): bus address or 0 when absent. */
u32 t31_port_ispmem_base(void);
u32 t31_port_ispmem_size(void);

/* ---- Locks (storage in port_types.h)
 * ------------------------------------------------------------- */

/* `name` shows in the host's lock-order reports. */
void t31_port_spin_init(struct t31_spinlock* lock, const char* name);
void t31_port_spin_destroy(struct t31_spinlock* lock);
unsigned long t31_port_spin_lock_irqsave(struct t31_spinlock* lock);
void t31_port_spin_unlock_irqrestore(struct t31_spinlock* lock, unsigned long flags);

void t31_port_mutex_init(struct t31_mutex* mutex, const char* name);
void t31_port_mutex_destroy(struct t31_mutex* mutex);
void t31_port_mutex_lock(struct t31_mutex* mutex);
void t31_port_mutex_unlock(struct t31_mutex* mutex);

/* ---- Waiting
 * ---------------------------------------------------------------------------------------- */

void t31_port_wait_init(struct t31_wait* wait, const char* name);
void t31_port_wait_destroy(struct t31_wait* wait);
/* Wakes all waiters, which re-evaluate their condition. Any context. */
void t31_port_wake_all(struct t31_wait* wait);

#define T31_WAIT_FOREVER 0xffffffffu

/*
 * Sleeps until condition(context) is non-zero. The condition runs without port locks held and takes
 * what it needs itself. Returns 0 when it holds, -ETIMEDOUT after `milliseconds`, -ERESTARTSYS when
 * `interruptible` and the client got a signal. May sleep.
 */
int t31_port_wait(struct t31_wait* wait, int (*condition)(void* context), void* context,
                  u32 milliseconds, int interruptible);

void t31_port_msleep(u32 milliseconds);
/* CLOCK_MONOTONIC_RAW in nanoseconds. Any context. */
u64 t31_port_time_ns(void);

/* ---- Deferred work
 * ------------------------------------------------------------------------------------ */

/*
 * An ordered queue: its items run one after another in process context on a thread of their own.
 * May sleep (create, destroy).
 */
int t31_port_queue_create(const char* name, struct t31_queue** out);
void t31_port_queue_destroy(struct t31_queue* queue);

/* A work item; storage in port_types.h. Queued at most once at a time. */
void t31_port_work_init(struct t31_work* work, void (*function)(void* context), void* context);
/* Returns 1 when queued, 0 when it was already pending. Any context. */
int t31_port_work_queue(struct t31_queue* queue, struct t31_work* work);
int t31_port_work_queue_delayed(struct t31_queue* queue, struct t31_work* work, u32 milliseconds);
/* Afterwards the item is neither pending nor running. May sleep. */
void t31_port_work_cancel(struct t31_queue* queue, struct t31_work* work);
/* Waits until what was queued before the call has run. May sleep. */
void t31_port_queue_flush(struct t31_queue* queue);

/* ---- Files
 * --------------------------------------------------------------------------------------------------
 */

/* Size of a regular file or a negative errno (-ENOENT ...). May sleep. */
long t31_port_file_size(const char* path);
/* Reads up to `size` bytes from the start; returns the bytes read. May sleep. */
long t31_port_file_read(const char* path, void* buffer, u32 size);
/* Creates or truncates (mode octal 0766 as the vendor's) and writes all of it. May sleep. */
long t31_port_file_write(const char* path, const void* data, u32 size);

/* ---- The calling client
 * --------------------------------------------------------------------------------------- */

/* 0 or -EFAULT; checks the whole range. May sleep. */
int t31_port_copy_from_user(void* to, u32 user_address, u32 size);
int t31_port_copy_to_user(u32 user_address, const void* from, u32 size);

/* ---- Nodes
 * ------------------------------------------------------------------------------------------------------
 */

#define T31_OPEN_NONBLOCK 1u

/*
 * A device node. `node` is the pointer given at creation, `file` what open stored. Operations run
 * in process context and may sleep; they may run concurrently. mmap is -ENODEV, a missing read or
 * write is -EINVAL, a missing poll is "always ready". `read` returns bytes.
 */
struct t31_node_ops {
  int (*open)(void* node, void** file);
  void (*release)(void* node, void* file);
  long (*ioctl)(void* node, void* file, u32 command, u32 argument, u32 open_flags);
  long (*read)(void* node, void* file, u32 user_address, u32 size, u32 open_flags);
  /* 1 when readable; `wait` is what a poller sleeps on. */
  int (*poll)(void* node, void* file, struct t31_wait** wait);
};

/* Creates /dev/<name>. Errors: -ENOMEM, -EEXIST. May sleep. */
int t31_port_node_create(const char* name, const struct t31_node_ops* ops, void* node,
                         struct t31_node** out);
/* Returns when no operation runs any more. May sleep. */
void t31_port_node_destroy(struct t31_node* node);

/* A file below /proc/jz/isp. `show` prints its text with t31_port_proc_printf; `write` may be NULL.
 */
struct t31_proc_ops {
  void (*show)(void* context, struct t31_proc_text* text);
  /* Kernel copy of what was written, NUL terminated; returns the count consumed or an errno. */
  long (*write)(void* context, const char* text, u32 size);
};

int t31_port_proc_create(const char* name, const struct t31_proc_ops* ops, void* context,
                         struct t31_proc** out);
void t31_port_proc_destroy(struct t31_proc* proc);
void t31_port_proc_printf(struct t31_proc_text* text, const char* format, ...)
    __attribute__((format(printf, 2, 3)));

#ifdef __cplusplus
}
#endif

#include "port_mmio.h" /* the home's: static inline t31_port_read32, t31_port_write32 */

#endif
