/* SPDX-License-Identifier: GPL-2.0-or-later */
/* changes.c - what programs change while frames flow. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "camera.h"

static void take(const struct client_options* options, int frames) {
  struct client_options some = *options;
  some.frames = frames;
  some.folder = NULL;
  channels_take(&some);
}

/* Time between frames of channel 0, once the rate has settled; in us. */
static long frame_time(void) {
  int64_t before = 0;
  long time = 0;
  for (int frame = 0; frame < 8; ++frame) {
    IMPFrameInfo* info = NULL;
    if (IMP_FrameSource_GetFrame(0, &info) != 0) return -1;
    time = (long)(info->timeStamp - before);
    before = info->timeStamp;
    IMP_FrameSource_ReleaseFrame(0, info);
  }
  return time;
}

static void snapshot(int channel, int width, int height) {
  IMPFrameInfo info;
  unsigned bytes = (unsigned)(width * height) * 3 / 2;
  unsigned char* picture = calloc(1, bytes + 4096);
  memset(&info, 0, sizeof(info));
  expect("IMP_FrameSource_SnapFrame",
         IMP_FrameSource_SnapFrame(channel, PIX_FMT_NV12, width, height, picture, &info), 0);
  unsigned sum = 0;
  for (unsigned at = 0; at < bytes; ++at) sum |= picture[at];
  check("the snapshot holds a picture", sum != 0);
  free(picture);
}

/* `wanted` and the time between frames in us. */
static void check_distance(const struct client_options* options, const char* what, long wanted) {
  const long time = frame_time();
  if (options->untimed) {
    check("frames come after the change", time > 0);
  } else {
    check(what, time > wanted - 1000 && time < wanted + 1000);
  }
}

static void frame_rates(const struct client_options* options) {
  expect("IMP_ISP_Tuning_SetSensorFPS", IMP_ISP_Tuning_SetSensorFPS(20, 1), 0);
  check_distance(options, "20 fps: frames are 50 ms apart", 50000);
  expect("IMP_ISP_Tuning_SetSensorFPS", IMP_ISP_Tuning_SetSensorFPS(25, 1), 0);
  check_distance(options, "25 fps: frames are 40 ms apart", 40000);
}

static void modes(const struct client_options* options) {
  expect("IMP_ISP_Tuning_SetISPRunningMode",
         IMP_ISP_Tuning_SetISPRunningMode(IMPISP_RUNNING_MODE_NIGHT), 0);
  take(options, 3);
  IMPISPRunningMode mode = IMPISP_RUNNING_MODE_DAY;
  expect("IMP_ISP_Tuning_GetISPRunningMode", IMP_ISP_Tuning_GetISPRunningMode(&mode), 0);
  check("night is night", mode == IMPISP_RUNNING_MODE_NIGHT);
  expect("IMP_ISP_Tuning_SetISPRunningMode",
         IMP_ISP_Tuning_SetISPRunningMode(IMPISP_RUNNING_MODE_DAY), 0);
  take(options, 3);
  expect("IMP_ISP_Tuning_SetISPHflip", IMP_ISP_Tuning_SetISPHflip(IMPISP_TUNING_OPS_MODE_ENABLE),
         0);
  expect("IMP_ISP_Tuning_SetISPVflip", IMP_ISP_Tuning_SetISPVflip(IMPISP_TUNING_OPS_MODE_ENABLE),
         0);
  take(options, 3);
  expect("IMP_ISP_Tuning_SetISPHflip", IMP_ISP_Tuning_SetISPHflip(IMPISP_TUNING_OPS_MODE_DISABLE),
         0);
  expect("IMP_ISP_Tuning_SetISPVflip", IMP_ISP_Tuning_SetISPVflip(IMPISP_TUNING_OPS_MODE_DISABLE),
         0);
}

void check_changes(const struct client_options* options) {
  take(options, 3);
  frame_rates(options);
  modes(options);
  snapshot(1, options->width[1], options->height[1]);
  for (int round = 0; round < 3; ++round) {
    channel_stop(1);
    channel_start(options, 1);
    take(options, 2);
  }
  channel_stop(0);
  channel_stop(1);
  channel_start(options, 1);
  channel_start(options, 0);
  take(options, 3);
}
