/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tx-isp-common.h - everything a sensor driver needs of the ISP, and the kernel headers it counts
 * on. Sizes and offsets are those of the vendor's 1.1.6 interface: on Linux 3.10.14 binaries
 * interchange.
 */
#ifndef T31_SENSOR_TX_ISP_COMMON_H
#define T31_SENSOR_TX_ISP_COMMON_H

#include <linux/capability.h>
#include <linux/clk.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/gpio.h>
#include <linux/i2c.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/printk.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/types.h>
#include <linux/v4l2-mediabus.h>
#include <linux/videodev2.h>
#include <soc/gpio.h>

#include "tx-isp-debug.h"
#include "tx-isp-events.h"
#include "tx-isp-modes.h"
#include "tx-isp-sensor.h"
#include "tx-isp-subdev.h"
#include "txx-funcs.h"

#include "tx-isp-layout.h"

#endif
