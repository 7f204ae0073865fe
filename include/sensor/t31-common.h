/* SPDX-License-Identifier: GPL-2.0-or-later */
/* t31-common.h - all of it, for drivers that include one header only. */
#ifndef T31_SENSOR_T31_COMMON_H
#define T31_SENSOR_T31_COMMON_H

#include "sensor-common.h"
#include "sensor-info.h"
#include "tx-isp-common.h"

#endif
