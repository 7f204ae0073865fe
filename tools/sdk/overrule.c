/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sdk/overrule.h"

#include "bridge/bridge.h"

static struct tx_isp_subdev_ops ops;
static struct tx_isp_subdev_core_ops core;
static struct tx_isp_subdev_core_ops* drivers_own;
static void (*bound_before)(struct tx_isp_subdev* sd);
static int active;

/* What it does to pins and clock is needed. */
static int identify(struct tx_isp_subdev* sd, struct tx_isp_chip_ident* chip) {
  if (drivers_own->g_chip_ident) drivers_own->g_chip_ident(sd, chip);
  return 0;
}

static void bound(struct tx_isp_subdev* sd) {
  if (bound_before) bound_before(sd);
  if (!sd->ops || !sd->ops->core) return;
  drivers_own = sd->ops->core;
  core = *drivers_own;
  core.g_chip_ident = identify;
  ops = *sd->ops;
  ops.core = &core;
  sd->ops = &ops;
}

void t31_sdk_overrule(int on) {
  if (on == active) return;
  active = on;
  if (on) {
    bound_before = t31_bridge_listener.bound;
    t31_bridge_listener.bound = bound;
  } else if (t31_bridge_listener.bound == bound) {
    t31_bridge_listener.bound = bound_before;
  }
}
