/* SPDX-License-Identifier: GPL-2.0-or-later */
/* camera.c - start and end of a camera, in the order of user-abi 5. */
#define _GNU_SOURCE
#include "camera.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

static IMPSensorInfo sensor;
static int failed;

void call_begins(const char* name, const char* what) {
  printf("api %s %s\n", name, what);
  fflush(stdout);
}

int call_ended(const char* name, const char* what, int result, int wanted) {
  const int good = result == wanted;
  printf("result %s %s: %d%s\n", name, what, result, good ? "" : " WRONG");
  if (!good) {
    printf("FAILED %s %s: %d, expected %d\n", name, what, result, wanted);
    ++failed;
  }
  fflush(stdout);
  return result;
}

int call_noted(const char* name, int result) {
  printf("result %s noted: %d\n", name, result);
  fflush(stdout);
  return result;
}

void check(const char* what, int holds) {
  printf("%s %s\n", holds ? "ok" : "FAILED", what);
  fflush(stdout);
  if (!holds) ++failed;
}

int failures(void) {
  return failed;
}

void* library_function(const char* name) {
  return dlsym(RTLD_DEFAULT, name);
}

IMPSensorInfo* sensor_of(const struct client_options* options) {
  memset(&sensor, 0, sizeof(sensor));
  strncpy(sensor.name, options->sensor, sizeof(sensor.name) - 1);
  sensor.cbus_type = TX_SENSOR_CONTROL_INTERFACE_I2C;
  strncpy(sensor.i2c.type, options->sensor, sizeof(sensor.i2c.type) - 1);
  sensor.i2c.addr = options->address;
  return &sensor;
}

int camera_start(const struct client_options* options, void (*added)(void)) {
  IMPSensorInfo* info = sensor_of(options);
  if (expect("IMP_ISP_Open", IMP_ISP_Open(), 0) != 0) return -1;
  if (expect("IMP_ISP_AddSensor", IMP_ISP_AddSensor(info), 0) != 0) return -1;
  if (added != NULL) added();
  if (expect("IMP_ISP_EnableSensor", IMP_ISP_EnableSensor(), 0) != 0) return -1;
  if (expect("IMP_System_Init", IMP_System_Init(), 0) != 0) return -1;
  if (expect("IMP_ISP_EnableTuning", IMP_ISP_EnableTuning(), 0) != 0) return -1;
  return 0;
}

int camera_stop(void) {
  const int before = failed;
  expect("IMP_ISP_DisableTuning", IMP_ISP_DisableTuning(), 0);
  expect("IMP_System_Exit", IMP_System_Exit(), 0);
  expect("IMP_ISP_DisableSensor", IMP_ISP_DisableSensor(), 0);
  expect("IMP_ISP_DelSensor", IMP_ISP_DelSensor(&sensor), 0);
  expect("IMP_ISP_Close", IMP_ISP_Close(), 0);
  return failed - before;
}
