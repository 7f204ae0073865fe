/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t31_host_kernel.h - what the kernel stand-ins for sensor drivers (host/kernel) need of the host
 * beyond the port interface.
 */
#ifndef T31_HOST_KERNEL_H
#define T31_HOST_KERNEL_H

#include "driver/port/port.h"
#include "t31_model.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- I2C --------------------------------------------------------------------------------------
 */

/*
 * One I2C transfer on the virtual T31's bus; sleeps for its time on the wire (400 kHz). Returns the
 * number of messages or a negative errno. A fallible call: fault injection may make it fail (-EIO).
 */
int t31_host_i2c_transfer(unsigned bus, struct t31_model_i2c_msg* messages, int count);
/* Hears every transfer when it is done, on the thread that made it. One function; NULL: none. */
typedef void (*t31_host_i2c_listener)(void* context, const struct t31_model_i2c_msg* messages,
                                      int count, int result);
void t31_host_set_i2c_listener(t31_host_i2c_listener listener, void* context);

/* ---- Clocks beyond port.h ----------------------------------------------------------------------
 */

/*
 * t31_port_clk_get also knows the PLLs: "sclka" (APLL), "mpll", "vpll"; t31_port_clk_set_rate sets
 * them to any rate. Only cgu_isp and cgu_cim can be given another parent: -EINVAL otherwise.
 */
int t31_host_clk_set_parent(struct t31_clk* clk, struct t31_clk* parent);
/* Name of the clock's parent ("mpll" ...), "" for a PLL. */
const char* t31_host_clk_parent_name(struct t31_clk* clk);

/* ---- Proc files in other directories
 * -------------------------------------------------------------- */

/* As t31_port_proc_create, but `path` is below /proc ("jz/sensor/name"). Free with
 * t31_port_proc_destroy. */
int t31_host_proc_create(const char* path, const struct t31_proc_ops* ops, void* context,
                         struct t31_proc** out);

/* ---- Modules
 * --------------------------------------------------------------------------------------- */

/* A module that uses the driver's exports holds it: unloading is -EBUSY meanwhile. 0 or -ENOENT. */
int t31_host_driver_get(void);
void t31_host_driver_put(void);

/*
 * Called by t31_host_shutdown and t31_host_reset before the driver is unloaded, with all
 * descriptors closed: here the sensor modules that are still there are removed. One function; NULL:
 * none.
 */
void t31_host_set_shutdown_hook(void (*hook)(void));

/* ---- Kernel log and trace
 * ------------------------------------------------------------------------------ */

/* One line of the kernel log as it stands, no prefix (printk of a sensor driver). Any context. */
void t31_host_kernel_log(const char* line);
/* A marker line "# ..." of the register trace. Any context; nothing without a trace. */
void t31_host_trace_mark(const char* format, ...) __attribute__((format(printf, 1, 2)));

#ifdef __cplusplus
}
#endif

#endif
