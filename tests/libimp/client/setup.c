/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * setup.c - what belongs before the sensor or beside the picture: two exposures, the tuning file's
 * path, the sensor's registers, pins, and the call that says that no pictures come any more.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "camera.h"

#define WDR "IMP_ISP_WDR_ENABLE"
#define WDR_GET "IMP_ISP_WDR_ENABLE_Get"
#define SET_PATH "IMP_ISP_SetDefaultBinPath"
#define GET_PATH "IMP_ISP_GetDefaultBinPath"
#define INIT_PINS "IMP_ISP_SET_GPIO_INIT_OR_FREE"
#define SET_PINS "IMP_ISP_SET_GPIO_STA"
#define ADD "IMP_ISP_AddSensor"
#define LONGEST_PATH 63

enum { kChipHigh = 0x3107, kChipLow = 0x3108, kStream = 0x0100, kFree = 0x3e16 };

static void expect_wdr(unsigned wanted) {
  pointer_call get = (pointer_call)library_function(WDR_GET);
  unsigned mode = 77;
  if (get == NULL) return;
  expect(WDR_GET, get(&mode), 0);
  check("two exposures are as they were switched", mode == wanted);
}

/* The SC2336 has one exposure: a camera that is to have two doesn't take it. */
static void two_exposures(IMPSensorInfo* sensor) {
  value_call set = (value_call)library_function(WDR);
  if (set == NULL) return;
  expect_wdr(0);
  expect(WDR " on", set(1), 0);
  expect_wdr(1);
  check("a sensor with one exposure is refused where two are wanted",
        note(ADD " for two exposures", IMP_ISP_AddSensor(sensor)) != 0);
  /* What the library has registered by then is in the way of the same sensor. */
  note("IMP_ISP_DelSensor", IMP_ISP_DelSensor(sensor));
  expect(WDR " off", set(0), 0);
  expect_wdr(0);
}

static void path_of(char* path, unsigned length) {
  memset(path, 'x', length);
  memcpy(path, "/tmp/", 5);
  path[length] = '\0';
}

static void set_path(char* path, int wanted) {
  pointer_call set = (pointer_call)library_function(SET_PATH);
  if (set != NULL) expect(SET_PATH, set(path), wanted);
}

static void expect_path(const char* wanted) {
  pointer_call get = (pointer_call)library_function(GET_PATH);
  char got[128];
  if (get == NULL) return;
  memset(got, 0, sizeof(got));
  expect(GET_PATH, get(got), 0);
  if (strcmp(got, wanted) != 0) printf("path %s\n", got);
  check("the path of the tuning file is as it was set", strcmp(got, wanted) == 0);
}

static unsigned sensor_register(unsigned number) {
  uint32_t value = 0xffffffff;
  expect("IMP_ISP_GetSensorRegister", IMP_ISP_GetSensorRegister(number, &value), 0);
  return value;
}

static void registers(void) {
  check("the sensor's registers say who it is",
        sensor_register(kChipHigh) == 0xcb && sensor_register(kChipLow) == 0x3a);
  expect("IMP_ISP_SetSensorRegister", IMP_ISP_SetSensorRegister(kFree, 0xff), 0);
  check("a register reads back its largest value", sensor_register(kFree) == 0xff);
  expect("IMP_ISP_SetSensorRegister", IMP_ISP_SetSensorRegister(kFree, 0), 0);
  check("a register reads back its smallest value", sensor_register(kFree) == 0);
}

/* gpio_num[10], gpio_sta[10], free */
struct pins {
  uint16_t number[10], state[10], release;
};

static void pins(void) {
  pointer_call init = (pointer_call)library_function(INIT_PINS);
  pointer_call set = (pointer_call)library_function(SET_PINS);
  struct pins two = {{20, 21, 0xff}, {1, 0}, 0};
  struct pins none = {{0xff}, {0}, 0};
  if (init == NULL || set == NULL) return;
  expect(INIT_PINS, init(&two), 0);
  two.state[0] = 0;
  two.state[1] = 1;
  expect(SET_PINS, set(&two), 0);
  skip_frames(0, 2);
  expect(SET_PINS " of none", set(&none), 0);
  skip_frames(0, 2);
  two.release = 1;
  expect(INIT_PINS " free", init(&two), 0);
  two.release = 0;
  expect(INIT_PINS " again", init(&two), 0);
  two.release = 1;
  expect(INIT_PINS " free", init(&two), 0);
}

static volatile int drops;

static void on_drop(void) {
  ++drops;
}

/* The library looks once a second; the sensor stops with its register. */
static void loss_of_video(void) {
  expect("IMP_ISP_Tuning_SetVideoDrop", IMP_ISP_Tuning_SetVideoDrop(on_drop), 0);
  for (int seconds = 0; seconds < 5; ++seconds) {
    skip_frames(0, 2);
    sleep(1);
  }
  check("video that comes is not reported as lost", drops == 0);
  expect("IMP_ISP_SetSensorRegister", IMP_ISP_SetSensorRegister(kStream, 0), 0);
  for (int seconds = 0; seconds < 15 && drops == 0; ++seconds) sleep(1);
  check("video that stops is reported as lost", drops > 0);
  expect("IMP_ISP_SetSensorRegister", IMP_ISP_SetSensorRegister(kStream, 1), 0);
  check("frames come again", skip_frames(0, 3) == 3);
}

void session_setup(const struct client_options* options) {
  char longest[LONGEST_PATH + 1];
  char too_long[LONGEST_PATH + 3];
  IMPSensorInfo* sensor = sensor_of(options);
  path_of(longest, LONGEST_PATH);
  path_of(too_long, LONGEST_PATH + 1);
  expect("IMP_ISP_Open", IMP_ISP_Open(), 0);
  two_exposures(sensor);
  set_path(longest, 0);
  set_path(too_long, -1);
  if (expect(ADD, IMP_ISP_AddSensor(sensor), 0) != 0) return;
  expect_path(longest);
  expect("IMP_ISP_EnableSensor", IMP_ISP_EnableSensor(), 0);
  expect("IMP_System_Init", IMP_System_Init(), 0);
  expect("IMP_ISP_EnableTuning", IMP_ISP_EnableTuning(), 0);
  channel_start(options, 0);
  skip_frames(0, 3);
  registers();
  pins();
  loss_of_video();
  channel_stop(0);
  camera_stop();
}
