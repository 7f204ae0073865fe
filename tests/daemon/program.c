/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * program.c - a camera program as small as one can be, on t31d through the preloaded library: for
 * MIPS and for this machine. All that the driver reads or writes lies in static memory, below 4 GiB
 * on this machine, too. Says what is wrong; exit status 0: nothing.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#include "uapi/t31/framechan.h"
#include "uapi/t31/isp_tuning.h"
#include "uapi/t31/tx_isp.h"

#define WIDTH 640
#define HEIGHT 368
#define BUFFERS 3

static struct t31_sensor_register sensor = {
    .name = "sc2336", .cbus_type = 1, .i2c = {"sc2336", 0x30, 0}};
static int32_t number;
static struct t31_buffer_info work;
static struct t31_frame_format format;
static struct t31_request_buffers request;
static struct t31_buffer buffer;
static struct t31_extended_control control;
static uint32_t wait_frame[6];
static uint32_t zones[15 * 15];

static int failed;
static uint32_t memory_base = 0x6000000;
static unsigned char* memory;

static void wanted(const char* what, int holds) {
  if (holds) return;
  printf("FAILED %s (errno %d)\n", what, errno);
  failed = 1;
}

static int call(int descriptor, uint32_t command, void* argument) {
  return ioctl(descriptor, (unsigned long)command, argument);
}

static int start_sensor(void) {
  const int camera = open("/dev/tx-isp", O_RDWR | O_CLOEXEC);
  wanted("tx-isp opens", camera >= 0);
  wanted("the sensor is there", call(camera, T31_TX_ISP_REGISTER_SENSOR, &sensor) == 0);
  number = 0;
  wanted("it is selected", call(camera, T31_TX_ISP_S_INPUT, &number) == 0);
  wanted("its size comes back", number == (1920 << 16 | 1080));
  wanted("the size of the work buffer is known", call(camera, T31_TX_ISP_GET_BUF_INFO, &work) == 0);
  work.paddr = memory_base + 0x1000000;
  wanted("the work buffer is taken", call(camera, T31_TX_ISP_SET_BUF_INFO, &work) == 0);
  wanted("the sensor streams", call(camera, T31_TX_ISP_STREAMON, NULL) == 0);
  number = 0;
  wanted("links are made", call(camera, T31_TX_ISP_LINK_SETUP, &number) == 0);
  return camera;
}

static int start_channel(void) {
  const int channel = open("/dev/framechan1", O_RDWR | O_CLOEXEC);
  wanted("framechan1 opens", channel >= 0);
  wanted("a second time it doesn't", open("/dev/framechan1", O_RDWR) == -1 && errno == EBUSY);
  format.type = request.type = T31_BUF_TYPE_VIDEO_CAPTURE;
  format.pix.width = format.crop.scaler_width = WIDTH;
  format.pix.height = format.crop.scaler_height = HEIGHT;
  format.pix.pixelformat = T31_FOURCC_NV12;
  format.pix.colorspace = T31_COLORSPACE_SRGB;
  format.crop.scaler_enable = 1;
  wanted("the format is taken", call(channel, T31_FRAMECHAN_SET_FORMAT, &format) == 0);
  wanted("its size is that of the picture", format.pix.sizeimage == WIDTH * HEIGHT * 3 / 2);
  request.count = BUFFERS;
  request.memory = T31_MEMORY_USERPTR;
  wanted("buffers are made", call(channel, T31_FRAMECHAN_REQBUFS, &request) == 0);
  return channel;
}

static void queue(int channel, uint32_t index) {
  memset(&buffer, 0, sizeof(buffer));
  buffer.index = index;
  buffer.type = T31_BUF_TYPE_VIDEO_CAPTURE;
  buffer.memory = T31_MEMORY_USERPTR;
  buffer.userptr = memory_base + index * 0x100000;
  buffer.length = format.pix.sizeimage;
  wanted("a buffer is queued", call(channel, T31_FRAMECHAN_QBUF, &buffer) == 0);
}

static long microseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC_RAW, &now);
  return now.tv_sec * 1000000L + now.tv_nsec / 1000;
}

static void take_frames(int channel) {
  uint32_t before = 0;
  for (int frame = 0; frame < 3; ++frame) {
    wanted("a frame is done", call(channel, T31_FRAMECHAN_WAIT_FRAME_DONE, &number) == 0);
    memset(&buffer, 0, sizeof(buffer));
    buffer.type = T31_BUF_TYPE_VIDEO_CAPTURE;
    buffer.memory = T31_MEMORY_USERPTR;
    wanted("a frame is taken", call(channel, T31_FRAMECHAN_DQBUF, &buffer) == 0);
    wanted("frames are numbered", frame == 0 || buffer.sequence > before);
    before = buffer.sequence;
    const long age = microseconds() - (buffer.tv_sec * 1000000L + buffer.tv_usec);
    wanted("the clock is the camera's: a frame is no older than a second",
           age >= 0 && age < 1000000);
    const unsigned char* picture = memory + buffer.index * 0x100000;
    unsigned lightest = 0, darkest = 255;
    for (int at = 0; at < WIDTH * HEIGHT; ++at) {
      if (picture[at] > lightest) lightest = picture[at];
      if (picture[at] < darkest) darkest = picture[at];
    }
    wanted("the picture has light and dark", lightest > darkest + 20);
    queue(channel, buffer.index);
  }
}

static int set_control(int tuning, uint32_t direction, uint32_t id, uint32_t value) {
  control.dir = direction;
  control.id = id;
  control.value = value;
  return call(tuning, T31_ISP_CTRL, &control);
}

static void check_controls(int tuning) {
  wanted("a control is set", set_control(tuning, 0, T31_CONTROL_BRIGHTNESS, 77) == 0);
  wanted("and read", set_control(tuning, 1, T31_CONTROL_BRIGHTNESS, 0) == 0 && control.value == 77);
  wanted("an address of nothing is refused",
         set_control(tuning, 1, T31_CONTROL_AE_ZONES, 0x10) == -1 && errno == EFAULT);
  wanted("so is one of nothing itself",
         call(tuning, T31_ISP_CTRL, (void*)0x10) == -1 && errno == EFAULT);
  wait_frame[0] = 10;
  wanted("waiting has this machine's number for late",
         set_control(tuning, 1, T31_CONTROL_WAIT_FRAME, (uint32_t)(uintptr_t)wait_frame) == -1 &&
             errno == ETIMEDOUT);
  wanted("nodes are always ready, as without a poll operation",
         poll(&(struct pollfd){.fd = tuning, .events = POLLIN}, 1, 0) == 1);
}

static void check_statistics(int tuning) {
  wanted("a control with a struct is read",
         set_control(tuning, 1, T31_CONTROL_AE_ZONES, (uint32_t)(uintptr_t)zones) == 0);
  unsigned sum = 0;
  for (unsigned at = 0; at < sizeof(zones) / sizeof(zones[0]); ++at) sum |= zones[at];
  wanted("the struct is filled", sum != 0);
}

static void check_files(void) {
  char line[200] = "";
  FILE* file = fopen("/proc/jz/isp/isp-m0", "r");
  wanted("a proc file opens", file != NULL && fgets(line, sizeof(line), file) != NULL);
  wanted("it is the driver's", strstr(line, "ISP INFO") != NULL);
  if (file != NULL) fclose(file);
  wanted("another doesn't", open("/proc/jz/isp/nothing", O_RDONLY) == -1 && errno == ENOENT);
  const int chip = open("/dev/mem", O_RDONLY);
  const uint32_t* page = mmap(NULL, 4096, PROT_READ, MAP_SHARED, chip, 0x13000000);
  wanted("the chip says that it is a T31",
         page != MAP_FAILED && (page[0x2c / 4] >> 12 & 0xffff) == 0x31);
  close(chip);
  const int ordinary = open("/dev/null", O_RDWR);
  wanted("other files are as ever", write(ordinary, "x", 1) == 1 && read(ordinary, line, 1) == 0);
  close(ordinary);
}

/* A command through a stream, and one that is refused, as a shell's echo writes them. */
static int write_line(const char* path, const char* line) {
  FILE* file = fopen(path, "w");
  if (file == NULL) return -1;
  const int written = fputs(line, file) >= 0;
  return fclose(file) == 0 && written ? 0 : -1;
}

static void check_commands(int tuning) {
  const char* control_file = "/proc/jz/isp/control";
  wanted("a command goes through a stream", write_line(control_file, "brightness 90\n") == 0);
  wanted("and acts", set_control(tuning, 1, T31_CONTROL_BRIGHTNESS, 0) == 0 && control.value == 90);
  wanted("one that is refused is an error", write_line(control_file, "brightness 300\n") == -1);
  wanted("and changes nothing",
         set_control(tuning, 1, T31_CONTROL_BRIGHTNESS, 0) == 0 && control.value == 90);
}

static int readable(int descriptor, int milliseconds) {
  return poll(&(struct pollfd){.fd = descriptor, .events = POLLIN}, 1, milliseconds);
}

/* Readable from a switch of day and night until it is read. */
static void check_events(int tuning) {
  char event[4] = {0};
  const int tool = open("/dev/tisp", O_RDWR);
  wanted("tisp opens", tool >= 0);
  read(tool, event, 4); /* what another program may have left */
  wanted("nothing has happened", readable(tool, 50) == 0 && read(tool, event, 4) == -1);
  wanted("night comes", set_control(tuning, 0, T31_CONTROL_RUNNING_MODE, 1) == 0);
  wanted("whoever waits sees it", readable(tool, 5000) == 1);
  wanted("until it is read", readable(tool, 0) == 1 && read(tool, event, 4) == 4);
  wanted("it was night", event[0] == 1 && event[2] == 1);
  wanted("then nothing has happened again", readable(tool, 50) == 0);
  wanted("day comes", set_control(tuning, 0, T31_CONTROL_RUNNING_MODE, 0) == 0);
  fd_set set;
  FD_ZERO(&set);
  FD_SET(tool, &set);
  wanted("select() sees it, too", select(tool + 1, &set, NULL, NULL, &(struct timeval){5, 0}) == 1);
  close(tool);
}

static void on_alarm(int signal) {
  (void)signal;
}

/* No buffer is queued, so no frame will come. */
static void check_interruption(int channel) {
  struct sigaction action = {.sa_handler = on_alarm};
  sigaction(SIGALRM, &action, NULL);
  ualarm(100000, 0);
  memset(&buffer, 0, sizeof(buffer));
  buffer.type = T31_BUF_TYPE_VIDEO_CAPTURE;
  buffer.memory = T31_MEMORY_USERPTR;
  wanted("a signal ends a wait",
         call(channel, T31_FRAMECHAN_DQBUF, &buffer) == -1 && errno == EINTR);
}

/* Killed with a call under way and frames flowing. */
static void* wait_for_frames(void* channel) {
  static int32_t done;
  while (call(*(int*)channel, T31_FRAMECHAN_WAIT_FRAME_DONE, &done) == 0) {
  }
  return NULL;
}

static void die(int channel) {
  pthread_t waiting;
  pthread_create(&waiting, NULL, wait_for_frames, &channel);
  usleep(100000);
  raise(SIGKILL);
}

int main(int argc, char** argv) {
  const int reserved = open("/dev/rmem", O_RDWR);
  memory = mmap(NULL, 0x2000000, PROT_READ | PROT_WRITE, MAP_SHARED, reserved, memory_base);
  wanted("reserved memory is there", memory != MAP_FAILED);
  if (memory == MAP_FAILED) return 1;
  wanted("before it is none",
         mmap(NULL, 4096, PROT_READ, MAP_SHARED, reserved, 0x1000000) == MAP_FAILED &&
             errno == EINVAL);
  wanted("nor behind it",
         mmap(NULL, 4096, PROT_READ, MAP_SHARED, reserved, 0xc000000) == MAP_FAILED &&
             errno == EINVAL);
  check_files();
  const int camera = start_sensor();
  const int tuning = open("/dev/isp-m0", O_RDWR);
  wanted("isp-m0 opens", tuning >= 0);
  check_controls(tuning);
  const int channel = start_channel();
  number = T31_BUF_TYPE_VIDEO_CAPTURE;
  wanted("the channel starts", call(channel, T31_FRAMECHAN_STREAMON, &number) == 0);
  check_interruption(channel);
  for (uint32_t index = 0; index < BUFFERS; ++index) queue(channel, index);
  take_frames(channel);
  check_statistics(tuning);
  check_commands(tuning);
  check_events(tuning);
  fflush(stdout);
  if (argc > 1 && strcmp(argv[1], "die") == 0) die(channel);
  number = T31_BUF_TYPE_VIDEO_CAPTURE;
  wanted("the channel stops", call(channel, T31_FRAMECHAN_STREAMOFF, &number) == 0);
  wanted("everything closes", close(channel) == 0 && close(tuning) == 0 && close(camera) == 0);
  wanted("a closed one is closed", call(camera, T31_TX_ISP_STREAMON, NULL) == -1);
  printf("%s\n", failed ? "failed" : "passed");
  return failed;
}
