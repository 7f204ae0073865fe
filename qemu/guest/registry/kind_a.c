// SPDX-License-Identifier: GPL-2.0-or-later
/* kind_a.c - a sensor module that makes the folder itself and calls nobody. */
#include <sensor-common.h>
#include <tx-isp-common.h>

#include "own_files.h"

#define private_i2c_add_driver(driver) own_add_driver(driver)
#define private_i2c_del_driver(driver) own_del_driver(driver)
#define tx_isp_sinfo_driver_add(driver, address, owner) ((void)(driver))
#define tx_isp_sinfo_driver_del(driver) ((void)(driver))

#include "sensors/sc2336.c"
