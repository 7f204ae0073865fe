// SPDX-License-Identifier: GPL-2.0-or-later
#include "sensors/common/sensor_info.c"
