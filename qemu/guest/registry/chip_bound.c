// SPDX-License-Identifier: GPL-2.0-or-later
/* chip_bound.c - the sub-device is bound by the sensor module itself. */
#define T31_SENSOR_REGISTRY
#define SENSOR_I2C_ADDRESS 0x30
#include <sensor-common.h>
#include <tx-isp-common.h>

#include "sensors/common/sensor_chip.c"
