/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sensor_infrared.c - the driver of recorded frames, telling of a filter array with infrared
 * pixels: red and green in one row, infrared and blue in the next.
 */
#include <sensor-common.h>

#include "sensors/common/sensor_chip.h"

#define V4L2_MBUS_FMT_SRGGB8_1X8 0x3100

#include "sensors/replay.c"
