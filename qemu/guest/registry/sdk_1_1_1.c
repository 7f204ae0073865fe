/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sdk_1_1_1.c - a sensor module with the structs of SDK 1.1.1; that SDK makes no files. */
#include "sdk_1_1_1.h"

#define sensor_chip_probe old_sdk_probe
#define sensor_chip_remove old_sdk_remove
#define tx_isp_sinfo_driver_add(driver, address, owner) ((void)(driver))
#define tx_isp_sinfo_driver_del(driver) ((void)(driver))

#include "sensors/sc2336.c"
