/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t31_host_kernel.h - what the kernel stand-ins for sensor drivers (host/kernel) need of the host beyond
 * the port interface.
 */
#ifndef T31_HOST_KERNEL_H
#define T31_HOST_KERNEL_H

#include "t31_model.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * One I2C transfer on the virtual T31's bus; sleeps for its time on the wire (400 kHz). Returns the
 * number of messages or a negative errno. A fallible call: fault injection may make it fail (-EIO).
 */
int t31_host_i2c_transfer(unsigned bus, struct t31_model_i2c_msg* messages, int count);

#ifdef __cplusplus
}
#endif

#endif
