/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * watch.c - listens to the I2C traffic and the clock of a sensor while it is being identified, so
 * that a failure can be told in words: nobody answers, another chip answers, or the clock never
 * ran.
 */
#include "bridge.h"

#define MAX_READS ((u32)ARRAY_SIZE(((struct t31_sensor_probe_report*)0)->reads))

/* NULL while nobody is being identified; the two below belong to it. */
static struct t31_sensor_probe_report* watched;
static const struct i2c_adapter* watched_adapter;
static u16 watched_address;
static bool clock_seen;

static struct t31_sensor_probe_report* current_report(void) {
  return __atomic_load_n(&watched, __ATOMIC_ACQUIRE);
}

void t31_bridge_watch_start(struct t31_sensor_probe_report* report,
                            const struct i2c_adapter* adapter, u16 address) {
  watched_adapter = adapter;
  watched_address = address;
  clock_seen = false;
  __atomic_store_n(&watched, report, __ATOMIC_RELEASE);
}

void t31_bridge_watch_stop(struct clk* sensor_clock) {
  struct t31_sensor_probe_report* report = current_report();

  /* Some drivers enable their clock by the kernel's own function. */
  if (report && !clock_seen && !IS_ERR_OR_NULL(sensor_clock))
    report->master_clock_hertz = (u32)clk_get_rate(sensor_clock);
  __atomic_store_n(&watched, (struct t31_sensor_probe_report*)NULL, __ATOMIC_RELEASE);
}

void t31_bridge_saw_clock(struct clk* clk, int result) {
  struct t31_sensor_probe_report* report = current_report();

  if (!report) return;
  clock_seen = true;
  report->master_clock_hertz = result ? 0 : (u32)clk_get_rate(clk);
}

/* A write of the register's address, then a read of its bytes. */
static void note_reads(struct t31_sensor_probe_report* report, const struct i2c_msg* address,
                       const struct i2c_msg* data) {
  u16 reg = 0;
  u16 i;

  if (!address->len || address->len > 2) return;
  for (i = 0; i < address->len; i++) reg = (u16)(reg << 8 | address->buf[i]);
  for (i = 0; i < data->len; i++) {
    u32 n = report->read_count++;

    if (n < MAX_READS) {
      report->reads[n].reg = (u16)(reg + i);
      report->reads[n].value = data->buf[i];
    }
  }
}

void t31_bridge_saw_transfer(const struct i2c_adapter* adapter, const struct i2c_msg* messages,
                             int count, int result) {
  struct t31_sensor_probe_report* report = current_report();
  int i;

  if (!report || adapter != watched_adapter || messages[0].addr != watched_address) return;
  report->transfers++;
  if (result < 0) {
    report->failed_transfers++;
    report->last_error = (u32)-result;
    return;
  }
  for (i = 1; i < count; i++) {
    if (messages[i].flags & I2C_M_RD && !(messages[i - 1].flags & I2C_M_RD))
      note_reads(report, &messages[i - 1], &messages[i]);
  }
}
