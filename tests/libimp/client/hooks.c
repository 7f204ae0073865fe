/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hooks.c - a program's own exposure and white balance (IMP_ISP_SetAeAlgoFunc and its like). Older
 * headers don't have the structures, so they stand here as user-abi 2.14 and 2.15 have them,
 * without the two words in front that are the library's.
 */
#include <stdio.h>
#include <string.h>

#include "camera.h"

#define SET_AE "IMP_ISP_SetAeAlgoFunc"
#define SET_AWB "IMP_ISP_SetAwbAlgoFunc"

struct ae_start {
  uint32_t unit, lines, again, dgain, isp_dgain;
  uint32_t least[4], most[4], shorter[4], shorter_least[4], shorter_most[4];
  uint32_t fps;
  uint8_t bins[16];
};

struct ae_seen {
  uint32_t zones[225], histogram[256];
  uint8_t bins[16];
  uint32_t unit, lines, again, dgain, isp_dgain, shorter[4], wdr, hts, vts, fps, width, height;
} __attribute__((packed));

struct ae_wish {
  uint32_t change, unit, lines, again, dgain, isp_dgain, shorter[4], luma, scene_luma;
};

struct awb_seen {
  uint32_t red, blue, red_all, blue_all, red_weighted, blue_weighted;
  uint8_t zones[3][225];
} __attribute__((packed));

struct awb_wish {
  uint32_t change, red, blue, kelvin;
};

/* Both libraries of functions have this form. */
struct functions {
  void* data;
  int (*open)(void* data, void* start);
  void (*close)(void* data);
  void (*handle)(void* data, const void* seen, void* wish);
  int (*notify)(void* data, int what, void* value);
};

enum { kLines = 700, kAgain = 2048, kRed = 400, kBlue = 300, kKelvin = 4200 };

static struct {
  volatile int opened, closed, handled, wrong_data, notified;
  struct ae_start start;
  struct ae_seen ae;
  struct awb_seen awb;
} ae, awb;

static int data_of_ae, data_of_awb;

static int open_ae(void* data, void* start) {
  ++ae.opened;
  if (data != &data_of_ae) printf("the library gives open() an address of its own as data\n");
  memcpy(&ae.start, start, sizeof(ae.start));
  return 0;
}

static void close_ae(void* data) {
  ++ae.closed;
  ae.wrong_data += data != &data_of_ae;
}

static void handle_ae(void* data, const void* seen, void* wish) {
  struct ae_wish* settings = wish;
  ae.wrong_data += data != &data_of_ae;
  memcpy(&ae.ae, seen, sizeof(ae.ae));
  settings->change = 1;
  settings->unit = 0;
  settings->lines = kLines;
  settings->again = kAgain;
  settings->dgain = settings->isp_dgain = 1024;
  settings->luma = 100;
  settings->scene_luma = 100;
  ++ae.handled;
}

static int notify_ae(void* data, int what, void* value) {
  (void)data, (void)what, (void)value;
  ++ae.notified;
  return 0;
}

/* Its open() has only one argument. */
static int open_awb(void* data, void* unused) {
  (void)unused;
  ++awb.opened;
  awb.wrong_data += data != &data_of_awb;
  return 0;
}

static void close_awb(void* data) {
  ++awb.closed;
  awb.wrong_data += data != &data_of_awb;
}

static void handle_awb(void* data, const void* seen, void* wish) {
  struct awb_wish* settings = wish;
  awb.wrong_data += data != &data_of_awb;
  memcpy(&awb.awb, seen, sizeof(awb.awb));
  settings->change = 1;
  settings->red = kRed;
  settings->blue = kBlue;
  settings->kelvin = kKelvin;
  ++awb.handled;
}

static int notify_awb(void* data, int what, void* value) {
  (void)data, (void)what, (void)value;
  ++awb.notified;
  return 0;
}

static struct functions ae_functions = {&data_of_ae, open_ae, close_ae, handle_ae, notify_ae};
static struct functions awb_functions = {&data_of_awb, open_awb, close_awb, handle_awb, notify_awb};

static void register_both(void) {
  expect(SET_AE, ((pointer_call)library_function(SET_AE))(&ae_functions), 0);
  expect(SET_AWB, ((pointer_call)library_function(SET_AWB))(&awb_functions), 0);
}

static void check_start(void) {
  const struct ae_start* start = &ae.start;
  check("exposure and white balance were opened once", ae.opened == 1 && awb.opened == 1);
  check("the start says what the sensor can do",
        start->least[0] >= 1 && start->most[0] > start->least[0] && start->least[1] >= 1024 &&
            start->most[1] > start->least[1] && start->most[3] >= 1024);
  check("the start says what is in force",
        start->lines >= start->least[0] && start->lines <= start->most[0] && start->again >= 1024);
  check("the start says the frame rate", start->fps == (25 << 16 | 1));
}

static void check_exposure_seen(const struct client_options* options) {
  static struct ae_seen seen;
  unsigned long long pixels = 0;
  unsigned brightest = 0;
  IMPISPExpr exposure;
  uint32_t gain = 0;
  seen = ae.ae;
  for (unsigned bin = 0; bin < 256; ++bin) pixels += seen.histogram[bin];
  for (unsigned zone = 0; zone < 225; ++zone) {
    if (seen.zones[zone] > brightest) brightest = seen.zones[zone];
  }
  check("the histogram has pixels, the zones have light",
        pixels > 1000 && brightest > 0 && brightest <= 255);
  check("the exposure that is seen is the one that was wished",
        seen.lines == kLines && seen.again == kAgain && seen.isp_dgain == 1024);
  check("sensor and frame rate are seen", seen.width == (unsigned)options->width[0] &&
                                              seen.height == (unsigned)options->height[0] &&
                                              seen.fps == (25 << 16 | 1) && seen.vts > seen.height);
  memset(&exposure, 0, sizeof(exposure));
  expect("IMP_ISP_Tuning_GetExpr", IMP_ISP_Tuning_GetExpr(&exposure), 0);
  check("the camera exposes as was wished", exposure.g_attr.integration_time == kLines);
  expect("IMP_ISP_Tuning_GetTotalGain", IMP_ISP_Tuning_GetTotalGain(&gain), 0);
  check("the camera has the gain that was wished", gain == kAgain / 4);
}

static void check_balance_seen(void) {
  IMPISPWB white;
  unsigned long sum = 0;
  for (unsigned colour = 0; colour < 3; ++colour) {
    for (unsigned zone = 0; zone < 225; ++zone) sum += awb.awb.zones[colour][zone];
  }
  check("the zones have colours", sum > 0);
  check("the white balance that is seen is the one that was wished",
        awb.awb.red == kRed && awb.awb.blue == kBlue);
  memset(&white, 0, sizeof(white));
  expect("IMP_ISP_Tuning_GetWB", IMP_ISP_Tuning_GetWB(&white), 0);
  check("the camera has the white balance that was wished",
        white.mode == ISP_CORE_WB_MODE_MANUAL && white.rgain == kRed && white.bgain == kBlue);
}

void session_hooks(const struct client_options* options) {
  if (library_function(SET_AE) == NULL) {
    printf("this version has no algorithms of a program's own\n");
    return;
  }
  if (camera_start(options, register_both) != 0) return;
  channel_start(options, 0);
  check("frames come", skip_frames(0, 20) == 20);
  check_start();
  check("exposure is asked for with the frames", ae.handled >= 5);
  check("white balance is asked for with the frames", awb.handled >= 5);
  check_exposure_seen(options);
  check_balance_seen();
  expect("IMP_ISP_Tuning_SetSensorFPS", IMP_ISP_Tuning_SetSensorFPS(20, 1), 0);
  skip_frames(0, 5);
  check("the new frame rate is seen", ae.ae.fps == (20 << 16 | 1));
  printf("told of %d changes for exposure, %d for white balance\n", ae.notified, awb.notified);
  check("exposure was given its own data", ae.wrong_data == 0);
  check("white balance was given its own data", awb.wrong_data == 0);
  channel_stop(0);
  camera_stop();
  check("exposure and white balance were closed once", ae.closed == 1 && awb.closed == 1);
}
