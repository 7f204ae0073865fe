/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bridge.h - between the files of the bridge. */
#ifndef T31_BRIDGE_BRIDGE_H
#define T31_BRIDGE_BRIDGE_H

#include "driver/input/sensor_api.h"
#include "tx-isp-common.h"

/* What sensors send through their notify pointer. */
int t31_bridge_notify(struct tx_isp_module* module, unsigned int event, void* data);
/* The sensor driver is about to free this sub-device. */
void t31_bridge_subdev_gone(struct tx_isp_subdev* sd);

/* A sensor driver's video description, wherever its SDK's layout has it. */
struct tx_isp_video_in* t31_bridge_video(struct tx_isp_sensor* device);

/* Who wants to know of sensors that come and go (linux/glue/registry.c); NULL: nobody. */
struct t31_bridge_listener {
  void (*bound)(struct tx_isp_subdev* sd);
  void (*unbound)(struct tx_isp_subdev* sd);
};
extern struct t31_bridge_listener t31_bridge_listener;

/*
 * What the bus and the clock of one sensor do while it is being identified. Registrations come one
 * at a time; transfers of other sensors may run meanwhile and are not counted.
 */
void t31_bridge_watch_start(struct t31_sensor_probe_report* report,
                            const struct i2c_adapter* adapter, u16 address);
void t31_bridge_watch_stop(struct clk* sensor_clock);
void t31_bridge_saw_transfer(const struct i2c_adapter* adapter, const struct i2c_msg* messages,
                             int count, int result);
void t31_bridge_saw_clock(struct clk* clk, int result);

#endif
