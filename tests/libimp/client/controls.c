/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * controls.c - every control of the library with values from edge to edge. The library's functions
 * are looked up by name, since its versions have different ones; arguments are bytes as the
 * structures of user-abi 3.3 have them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "camera.h"
#include "table.h"

#define MOST_BYTES 2048
#define GUARD 0xa5

static const char* prefix = "IMP_ISP_Tuning_";

static const char* full_name(const char* name) {
  static char full[2][80];
  static int turn;
  char* room = full[turn ^= 1];
  snprintf(room, sizeof(full[0]), "%s%s", strncmp(name, "IMP_", 4) == 0 ? "" : prefix, name);
  return room;
}

static void* find(const char* name) {
  return library_function(full_name(name));
}

static void begin(const char* name, const char* what) {
  call_begins(full_name(name), what);
}

/* One call and what it has to answer. */
static int report(const char* name, const char* what, int result, int wanted) {
  return call_ended(full_name(name), what, result, wanted) == wanted;
}

static int get(const struct control* control, unsigned char* bytes, const char* what) {
  pointer_call call = (pointer_call)find(control->get);
  unsigned char room[MOST_BYTES];
  if (call == NULL) return 0;
  memset(room, GUARD, sizeof(room));
  if (control->ask != NULL) memcpy(room, control->ask, control->bytes);
  begin(control->get, what);
  const int result = call(room);
  report(control->get, what, result, 0);
  for (unsigned at = control->bytes; at < sizeof(room); ++at) {
    if (room[at] == GUARD) continue;
    printf("FAILED %s writes byte %u of %u\n", full_name(control->get), at, control->bytes);
    check(control->get, 0);
    break;
  }
  memcpy(bytes, room, control->bytes);
  return result == 0;
}

static void compare(const struct control* control, const unsigned char* wanted, const char* what) {
  unsigned char got[MOST_BYTES];
  if (control->get == NULL || find(control->get) == NULL || !control->keeps) return;
  if (!get(control, got, what)) return;
  memcpy(got + control->measured, wanted + control->measured, control->measured_bytes);
  if (memcmp(got, wanted, control->compared != 0 ? control->compared : control->bytes) == 0) return;
  printf("FAILED %s after %s: reads", full_name(control->get), what);
  for (unsigned at = 0; at < control->bytes && at < 24; ++at) printf(" %02x", got[at]);
  printf(", set was");
  for (unsigned at = 0; at < control->bytes && at < 24; ++at) printf(" %02x", wanted[at]);
  printf("\n");
  check(control->set, 0);
}

static void put(unsigned char* bytes, const struct change* change, long value) {
  for (int at = 0; at < change->width; ++at) {
    bytes[change->offset + at] = (unsigned char)((unsigned)value >> 8 * at);
  }
}

/* What is read after an accepted change. */
static void put_read(unsigned char* bytes, const struct change* change) {
  put(bytes, change, change->other ? change->reads : change->value);
}

static void set_value(const struct control* control, const unsigned char* before) {
  value_call call = (value_call)find(control->set);
  unsigned char current[MOST_BYTES];
  memcpy(current, before, sizeof(current));
  for (const struct change* change = control->changes; change->width != 0; ++change) {
    char what[32];
    snprintf(what, sizeof(what), "%u", (unsigned)change->value);
    begin(control->set, what);
    report(control->set, what, call((unsigned)change->value), change->wanted);
    if (change->wanted == 0) put_read(current, change);
    compare(control, current, what);
  }
}

static void set_bytes(const struct control* control, const unsigned char* before) {
  pointer_call call = (pointer_call)find(control->set);
  unsigned char current[MOST_BYTES];
  memcpy(current, before, sizeof(current));
  if (control->get != NULL && find(control->get) != NULL) {
    unsigned char bytes[MOST_BYTES];
    memcpy(bytes, current, sizeof(bytes));
    begin(control->set, "unchanged");
    report(control->set, "unchanged", call(bytes), 0);
    compare(control, current, "unchanged");
  }
  for (const struct change* change = control->changes; change->width != 0; ++change) {
    unsigned char bytes[MOST_BYTES];
    char what[48];
    memcpy(bytes, current, sizeof(bytes));
    put(bytes, change, change->value);
    snprintf(what, sizeof(what), "[%d]=%u", change->offset, (unsigned)change->value);
    begin(control->set, what);
    report(control->set, what, call(bytes), change->wanted);
    if (change->wanted == 0) put_read(current, change);
    compare(control, current, what);
  }
}

static void check_control(const struct control* control) {
  unsigned char before[MOST_BYTES] = {0};
  if (control->get != NULL) get(control, before, "");
  if (control->set == NULL || find(control->set) == NULL) return;
  if (control->by_value) {
    set_value(control, before);
  } else {
    set_bytes(control, before);
  }
  if (control->get == NULL || find(control->get) == NULL || !control->keeps) return;
  /* as it was */
  if (control->by_value) {
    unsigned value = 0;
    memcpy(&value, before, control->bytes);
    ((value_call)find(control->set))(value);
  } else {
    ((pointer_call)find(control->set))(before);
  }
}

static void frame_rate(unsigned numerator, unsigned denominator, int wanted) {
  uint32_t got[2] = {0, 0};
  char what[32];
  snprintf(what, sizeof(what), "%u/%u", numerator, denominator);
  begin("SetSensorFPS", what);
  const int result = IMP_ISP_Tuning_SetSensorFPS(numerator, denominator);
  report("SetSensorFPS", what, result, wanted);
  begin("GetSensorFPS", what);
  report("GetSensorFPS", what, IMP_ISP_Tuning_GetSensorFPS(&got[0], &got[1]), 0);
  if (wanted == 0)
    check("the frame rate is what was set", got[0] * denominator == numerator * got[1]);
}

void check_bypass(void) {
  begin("SetISPBypass", "1");
  report("SetISPBypass", "1", IMP_ISP_Tuning_SetISPBypass(IMPISP_TUNING_OPS_MODE_ENABLE), 0);
}

static void custom_mode(void) {
  value_call set = (value_call)find("SetISPCustomMode");
  pointer_call get = (pointer_call)find("GetISPCustomMode");
  unsigned mode = 0;
  if (set == NULL || get == NULL) return;
  begin("GetISPCustomMode", "without a file");
  report("GetISPCustomMode", "without a file", get(&mode), -1);
}

static void movement(void) {
  /* Not EnableMovestate: without /etc/sensor/NAMEmove.txt the library divides by zero. */
  begin("DisableMovestate", "");
  report("DisableMovestate", "", IMP_ISP_Tuning_DisableMovestate(), 0);
}

void check_controls(void) {
  for (unsigned at = 0; at < control_count; ++at) check_control(&controls[at]);
  check_exposure();
  custom_mode();
  movement();
  frame_rate(5, 1, 0);    /* the slowest and the fastest of the SC2336, */
  frame_rate(49, 10, -1); /* slower than slow, */
  frame_rate(30, 1, 0);
  frame_rate(31, 1, -1); /* faster than fast */
  frame_rate(15, 1, 0);
  frame_rate(25, 2, 0);
  frame_rate(0, 1, -1);
  frame_rate(25, 0, -1);
  frame_rate(1000, 1, -1);
  frame_rate(25, 1, 0);
}
