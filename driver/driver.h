/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * driver.h - the driver as its home loads and unloads it.
 */
#ifndef T31_DRIVER_DRIVER_H
#define T31_DRIVER_DRIVER_H

#include "driver/port/port_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Module parameters, names and defaults as user-abi 6. */
struct t31_parameters {
  s32 print_level;                           /* 1 */
  s32 isp_clk;                               /* 100000000 */
  s32 isp_ch0_pre_dequeue_time;              /* ms, 0 */
  s32 isp_ch0_pre_dequeue_interrupt_process; /* 0 */
  s32 isp_ch0_pre_dequeue_valid_lines;       /* 900 */
  s32 isp_ch1_dequeue_delay_time;            /* ms, 0 */
  s32 isp_day_night_switch_drop_frame_num;   /* 0 */
  s32 isp_memopt;                            /* 0 */
};

#define T31_PARAMETERS_DEFAULT \
  { 1, 100000000, 0, 0, 900, 0, 0, 0 }

/* insmod: creates the driver, its nodes and proc files. Negative errno; then nothing is left
 * behind. */
int t31_driver_load(const struct t31_parameters* parameters);
/* rmmod: the home guarantees that no node is open. */
void t31_driver_unload(void);

#ifdef __cplusplus
}
#endif

#endif
