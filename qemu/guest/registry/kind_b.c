// SPDX-License-Identifier: GPL-2.0-or-later
/* kind_b.c - a sensor module that announces and binds itself, the address twice. */
#define T31_SENSOR_REGISTRY
#define SENSOR_I2C_ADDRESS 0
#include <sensor-common.h>
#include <tx-isp-common.h>

#include "sensors/sc2336.c"
