/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * streamers.c - the calls of two streamers that people use, prudynt and raptor, in their order,
 * with the files that they read. Encoders and sound are left out.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "camera.h"

#define HUE "IMP_ISP_Tuning_SetBcshHue"
#define DEFOG "IMP_ISP_Tuning_SetDefog_Strength"
#define BACKLIGHT "IMP_ISP_Tuning_SetBacklightComp"

/* A line of a file, without its end; 0 when there is no such file. */
static int read_line(const char* path, char* line, int room) {
  FILE* file = fopen(path, "r");
  line[0] = '\0';
  if (file == NULL) return 0;
  if (fgets(line, room, file) == NULL) line[0] = '\0';
  fclose(file);
  line[strcspn(line, "\n")] = '\0';
  return 1;
}

/* What a file says of the sensor is true, if there is such a file. */
static void expect_line(const char* folder, const char* name, const char* wanted) {
  char path[96];
  char line[64];
  snprintf(path, sizeof(path), "/proc/jz/sensor/%s%s", folder, name);
  if (!read_line(path, line, sizeof(line))) return;
  printf("%s: \"%s\"\n", path, line);
  check("the file says what the sensor is", strcmp(line, wanted) == 0);
}

static void set_level(const char* name, unsigned value) {
  value_call call = (value_call)library_function(name);
  if (call != NULL) expect(name, call(value), 0);
}

static void set_defog(unsigned char value) {
  pointer_call call = (pointer_call)library_function(DEFOG);
  if (call != NULL) expect(DEFOG, call(&value), 0);
}

/* The value after a label of isp-m0, as day/night daemons read it; -1: there is none. */
static int core_value(const char* format) {
  char line[160];
  int value = -1;
  FILE* file = fopen("/proc/jz/isp/isp-m0", "r");
  if (file == NULL) return -1;
  while (fgets(line, sizeof(line), file) != NULL) {
    int found = 0;
    if (sscanf(line, format, &found) == 1) value = found;
  }
  fclose(file);
  return value;
}

static void look_at_core(void) {
  check("isp-m0 tells the sensor's size", core_value(" SENSOR OUTPUT WIDTH : %d") == 1920 &&
                                              core_value(" SENSOR OUTPUT HEIGHT : %d") == 1080);
  check("isp-m0 tells the exposure", core_value("SENSOR Integration Time : %d lines") > 0 &&
                                         core_value("ISP EV value us: %d") > 0 &&
                                         core_value("ISP EV value log2: %d") > 0);
  check("isp-m0 tells the gains", core_value("MAX SENSOR analog gain : %d") > 0 &&
                                      core_value("SENSOR analog gain : %d") >= 0 &&
                                      core_value("ISP digital gain : %d") >= 0);
  check("isp-m0 tells the white balance", core_value("ISP WB color temperature: %d") > 0);
}

/* A frame as both fetch one beside a running encoder: the depth is raised for it. */
static void one_frame(int channel, unsigned size) {
  IMPFrameInfo* frame = NULL;
  expect("IMP_FrameSource_SetFrameDepth", IMP_FrameSource_SetFrameDepth(channel, 1), 0);
  expect("IMP_FrameSource_GetFrame", get_frame(channel, &frame), 0);
  if (frame != NULL) {
    check("it has its size", frame->size == size);
    expect("IMP_FrameSource_ReleaseFrame", IMP_FrameSource_ReleaseFrame(channel, frame), 0);
  }
  expect("IMP_FrameSource_SetFrameDepth", IMP_FrameSource_SetFrameDepth(channel, 0), 0);
}

static unsigned size_of(const struct client_options* options, int channel) {
  return (unsigned)options->width[channel] * options->height[channel] * 3 / 2;
}

/* ---- prudynt */

static void prudynt_picture(void) {
  IMPISPWB white;
  for (int twice = 0; twice < 2; ++twice) {
    set_level("IMP_ISP_Tuning_SetContrast", 128);
    set_level("IMP_ISP_Tuning_SetSharpness", 128);
    set_level("IMP_ISP_Tuning_SetSaturation", 128);
    set_level("IMP_ISP_Tuning_SetBrightness", 128);
  }
  set_level("IMP_ISP_Tuning_SetSinterStrength", 128);
  set_level("IMP_ISP_Tuning_SetTemperStrength", 128);
  set_level("IMP_ISP_Tuning_SetISPHflip", 0);
  set_level("IMP_ISP_Tuning_SetISPVflip", 0);
  set_level("IMP_ISP_Tuning_SetISPRunningMode", 0);
  set_level("IMP_ISP_Tuning_SetISPBypass", 1);
  set_level("IMP_ISP_Tuning_SetAntiFlickerAttr", 2);
  set_level("IMP_ISP_Tuning_SetAeComp", 128);
  set_level("IMP_ISP_Tuning_SetMaxAgain", 160);
  set_level("IMP_ISP_Tuning_SetMaxDgain", 80);
  memset(&white, 0, sizeof(white));
  expect("IMP_ISP_Tuning_SetWB", IMP_ISP_Tuning_SetWB(&white), 0);
  set_level(HUE, 128);
  set_defog(128);
  set_level("IMP_ISP_Tuning_SetDPC_Strength", 128);
  set_level("IMP_ISP_Tuning_SetDRC_Strength", 128);
  expect("IMP_ISP_Tuning_SetSensorFPS", IMP_ISP_Tuning_SetSensorFPS(25, 1), 0);
  set_level("IMP_ISP_Tuning_SetISPRunningMode", 0);
}

static void prudynt_channel(const struct client_options* options, int channel) {
  IMPFSChnAttr set[2];
  IMPFSChnFifoAttr fifo;
  memset(set, 0, sizeof(set));
  note("IMP_FrameSource_GetChnAttr", IMP_FrameSource_GetChnAttr(channel, set)); /* there is none */
  channel_attributes(options, channel, set);
  set[0].nrVBs = 2;
  set[0].scaler.enable = channel != 0;
  set[0].crop.width = 1920, set[0].crop.height = 1080;
  expect("IMP_FrameSource_CreateChn", IMP_FrameSource_CreateChn(channel, set), 0);
  expect("IMP_FrameSource_SetChnAttr", IMP_FrameSource_SetChnAttr(channel, set), 0);
  expect("IMP_FrameSource_GetChnFifoAttr", IMP_FrameSource_GetChnFifoAttr(channel, &fifo), 0);
  fifo.maxdepth = 0;
  expect("IMP_FrameSource_SetChnFifoAttr", IMP_FrameSource_SetChnFifoAttr(channel, &fifo), 0);
  expect("IMP_FrameSource_SetFrameDepth", IMP_FrameSource_SetFrameDepth(channel, 0), 0);
  expect("IMP_FrameSource_EnableChn", IMP_FrameSource_EnableChn(channel), 0);
}

/* What its web page changes. */
static void prudynt_changes(void) {
  IMPISPWB white;
  IMPISPRunningMode mode;
  set_level("IMP_ISP_Tuning_SetISPRunningMode", 1);
  expect("IMP_ISP_Tuning_GetISPRunningMode", IMP_ISP_Tuning_GetISPRunningMode(&mode), 0);
  check("night is night", mode == IMPISP_RUNNING_MODE_NIGHT);
  set_level("IMP_ISP_Tuning_SetISPRunningMode", 0);
  expect("IMP_ISP_Tuning_GetWB", IMP_ISP_Tuning_GetWB(&white), 0);
  white.mode = ISP_CORE_WB_MODE_DAY_LIGHT;
  expect("IMP_ISP_Tuning_SetWB", IMP_ISP_Tuning_SetWB(&white), 0);
  white.mode = ISP_CORE_WB_MODE_AUTO;
  expect("IMP_ISP_Tuning_SetWB", IMP_ISP_Tuning_SetWB(&white), 0);
  set_level("IMP_ISP_Tuning_SetISPVflip", 1);
  set_level("IMP_ISP_Tuning_SetISPVflip", 0);
  set_level("IMP_ISP_Tuning_SetHiLightDepress", 5);
  set_level(BACKLIGHT, 5);
  set_level(BACKLIGHT, 0);
}

void session_prudynt(const struct client_options* options) {
  IMPSensorInfo* sensor = sensor_of(options);
  char address[16];
  snprintf(address, sizeof(address), "0x%x", options->address);
  expect("IMP_ISP_Open", IMP_ISP_Open(), 0);
  if (expect("IMP_ISP_AddSensor", IMP_ISP_AddSensor(sensor), 0) != 0) return;
  expect_line("", "name", options->sensor);
  expect_line("", "i2c_addr", address);
  expect_line("", "width", "1920");
  expect_line("", "height", "1080");
  expect_line("", "max_fps", "25"); /* of the mode that the sensor is in */
  expect("IMP_ISP_EnableSensor", IMP_ISP_EnableSensor(), 0);
  expect("IMP_System_Init", IMP_System_Init(), 0);
  expect("IMP_ISP_EnableTuning", IMP_ISP_EnableTuning(), 0);
  prudynt_picture();
  for (int channel = 0; channel < CHANNELS; ++channel) prudynt_channel(options, channel);
  for (int channel = 0; channel < CHANNELS; ++channel)
    one_frame(channel, size_of(options, channel));
  sleep(1);
  look_at_core();
  prudynt_changes();
  one_frame(0, size_of(options, 0));
  for (int channel = CHANNELS - 1; channel >= 0; --channel) {
    expect("IMP_FrameSource_DisableChn", IMP_FrameSource_DisableChn(channel), 0);
    expect("IMP_FrameSource_DestroyChn", IMP_FrameSource_DestroyChn(channel), 0);
  }
  /* The tuning last, when the sensor is gone. */
  expect("IMP_System_Exit", IMP_System_Exit(), 0);
  expect("IMP_ISP_DisableSensor", IMP_ISP_DisableSensor(), 0);
  expect("IMP_ISP_DelSensor", IMP_ISP_DelSensor(sensor), 0);
  expect("IMP_ISP_DisableTuning", IMP_ISP_DisableTuning(), 0);
  expect("IMP_ISP_Close", IMP_ISP_Close(), 0);
}

/* ---- raptor */

static void raptor_picture(void) {
  uint32_t numerator = 0, denominator = 0;
  expect("IMP_ISP_Tuning_SetSensorFPS", IMP_ISP_Tuning_SetSensorFPS(25, 1), 0);
  expect("IMP_ISP_Tuning_GetSensorFPS", IMP_ISP_Tuning_GetSensorFPS(&numerator, &denominator), 0);
  check("25 frames a second", denominator != 0 && numerator / denominator == 25);
  set_level("IMP_ISP_Tuning_SetBrightness", 128);
  set_level("IMP_ISP_Tuning_SetContrast", 128);
  set_level("IMP_ISP_Tuning_SetSaturation", 128);
  set_level("IMP_ISP_Tuning_SetSharpness", 128);
  set_level("IMP_ISP_Tuning_SetSinterStrength", 128);
  set_level("IMP_ISP_Tuning_SetTemperStrength", 128);
  set_level(HUE, 128);
  set_level("IMP_ISP_Tuning_SetAeComp", 128);
  set_level("IMP_ISP_Tuning_SetMaxAgain", 160);
  set_level("IMP_ISP_Tuning_SetMaxDgain", 80);
  set_level("IMP_ISP_Tuning_SetDPC_Strength", 128);
  set_level("IMP_ISP_Tuning_SetDRC_Strength", 128);
  set_level("IMP_ISP_Tuning_SetHiLightDepress", 0);
  set_level(BACKLIGHT, 0);
  set_defog(128);
  set_level("IMP_ISP_Tuning_SetISPRunningMode", 0);
  set_level("IMP_ISP_Tuning_SetISPBypass", 1);
  set_level("IMP_ISP_Tuning_SetAntiFlickerAttr", 2);
  set_level("IMP_ISP_Tuning_SetISPHflip", 0);
  set_level("IMP_ISP_Tuning_SetISPVflip", 0);
}

/* What its day/night part asks for. */
static void raptor_exposure(void) {
  IMPISPEVAttr ev;
  uint32_t gain = 0;
  int luma = -1;
  IMPISPWB white;
  memset(&ev, 0, sizeof(ev));
  expect("IMP_ISP_Tuning_GetEVAttr", IMP_ISP_Tuning_GetEVAttr(&ev), 0);
  expect("IMP_ISP_Tuning_GetTotalGain", IMP_ISP_Tuning_GetTotalGain(&gain), 0);
  expect("IMP_ISP_Tuning_GetAeLuma", IMP_ISP_Tuning_GetAeLuma(&luma), 0);
  expect("IMP_ISP_Tuning_GetWB_Statis", IMP_ISP_Tuning_GetWB_Statis(&white), 0);
  check("exposure, gain and luma make sense",
        ev.ev > 0 && ev.expr_us > 0 && gain >= 256 && luma > 0 && luma < 256);
  check("proc says the same exposure time", core_value("ISP EV value us: %d") == (int)ev.expr_us);
}

/* A raw frame through the proc file, as `raptorctl` asks for one. */
static void raptor_raw(void) {
  const char command[] = "saveraw 1";
  const char path[] = "/tmp/snap0.raw";
  struct stat status;
  unlink(path);
  const int file = open("/proc/jz/isp/isp-w02", O_WRONLY);
  check("isp-w02 can be written", file >= 0);
  if (file < 0) return;
  check("it takes the command", write(file, command, sizeof(command) - 1) == sizeof(command) - 1);
  close(file);
  memset(&status, 0, sizeof(status));
  for (int waits = 0; waits < 15 && status.st_size == 0; ++waits) {
    usleep(200000);
    if (stat(path, &status) != 0) status.st_size = 0;
  }
  check("the raw frame has two bytes a pixel", status.st_size == 1920 * 1080 * 2);
  unlink(path);
}

static void raptor_channel(const struct client_options* options, int channel) {
  IMPFSChnAttr set[2];
  IMPFSChnFifoAttr fifo;
  memset(set, 0, sizeof(set));
  channel_attributes(options, channel, set);
  set[0].nrVBs = 3;
  set[0].scaler.enable = channel != 0;
  expect("IMP_FrameSource_CreateChn", IMP_FrameSource_CreateChn(channel, set), 0);
  expect("IMP_FrameSource_SetChnAttr", IMP_FrameSource_SetChnAttr(channel, set), 0);
  memset(&fifo, 0, sizeof(fifo));
  expect("IMP_FrameSource_SetChnFifoAttr", IMP_FrameSource_SetChnFifoAttr(channel, &fifo), 0);
  expect("IMP_FrameSource_SetFrameDepth", IMP_FrameSource_SetFrameDepth(channel, 0), 0);
}

/* A new size without a new channel. */
static void raptor_resize(const struct client_options* options) {
  IMPFSChnAttr set[2];
  memset(set, 0, sizeof(set));
  channel_attributes(options, 1, set);
  set[0].picWidth = set[0].scaler.outwidth = 320;
  set[0].picHeight = set[0].scaler.outheight = 240;
  expect("IMP_FrameSource_DisableChn", IMP_FrameSource_DisableChn(1), 0);
  expect("IMP_FrameSource_SetChnAttr", IMP_FrameSource_SetChnAttr(1, set), 0);
  expect("IMP_FrameSource_EnableChn", IMP_FrameSource_EnableChn(1), 0);
  one_frame(1, 320 * 240 * 3 / 2);
}

void session_raptor(const struct client_options* options) {
  char address[16];
  snprintf(address, sizeof(address), "0x%x", options->address);
  expect_line("sensor0/", "name", options->sensor);
  expect_line("sensor0/", "i2c_addr", address);
  if (camera_start(options, NULL) != 0) return;
  expect_line("sensor0/", "width", "1920");
  expect_line("sensor0/", "height", "1080");
  expect_line("sensor0/", "status", "active");
  raptor_picture();
  for (int channel = 0; channel < CHANNELS; ++channel) raptor_channel(options, channel);
  for (int channel = 0; channel < CHANNELS; ++channel) {
    expect("IMP_FrameSource_EnableChn", IMP_FrameSource_EnableChn(channel), 0);
  }
  one_frame(0, size_of(options, 0));
  sleep(1);
  raptor_exposure();
  look_at_core();
  raptor_raw();
  one_frame(1, size_of(options, 1));
  raptor_resize(options);
  for (int channel = 0; channel < CHANNELS; ++channel) {
    expect("IMP_FrameSource_DisableChn", IMP_FrameSource_DisableChn(channel), 0);
    expect("IMP_FrameSource_DestroyChn", IMP_FrameSource_DestroyChn(channel), 0);
  }
  camera_stop();
}
