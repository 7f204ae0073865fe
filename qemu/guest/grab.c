// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * grab.c - a client of the device nodes for the guest: selects the sensor, takes frames of
 * channel 0, checks their order, hands the last one to the host as NAME.nv12.
 *
 * usage: grab SENSOR I2C-ADDRESS FRAMES NAME
 * Needs rmem=SIZE@BASE on the boot line. Exit status 0: all as it should be.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "qemu/mailbox.h"
#include "uapi/t31/framechan.h"
#include "uapi/t31/tx_isp.h"

#define WIDTH 1920u
#define HEIGHT 1080u
#define ROWS ((HEIGHT + 15) / 16 * 16)
#define BYTES (WIDTH * ROWS * 3 / 2)
#define BUFFERS 3u
#define STEP 0x400000u
#define DENOISE (BUFFERS * STEP)

static void die(const char* what) {
  printf("grab: %s: %s\n", what, strerror(errno));
  exit(1);
}

static void check(long result, const char* what) {
  if (result < 0) die(what);
}

static uint32_t rmem_base(void) {
  char line[1024] = "";
  unsigned long base = 0;
  char* at;
  FILE* file = fopen("/proc/cmdline", "r");

  if (!file || !fgets(line, sizeof(line), file)) die("/proc/cmdline");
  fclose(file);
  at = strstr(line, "rmem=");
  at = at ? strchr(at, '@') : NULL;
  if (at) base = strtoul(at + 1, NULL, 0);
  if (!base) die("no rmem= on the boot line");
  return (uint32_t)base;
}

static void queue(int channel, unsigned index, uint32_t base) {
  struct t31_buffer buffer = {
      .index = index, .type = T31_BUF_TYPE_VIDEO_CAPTURE, .memory = T31_MEMORY_USERPTR};

  buffer.userptr = base + index * STEP;
  buffer.length = BYTES;
  check(ioctl(channel, T31_FRAMECHAN_QBUF, &buffer), "QBUF");
}

int main(int count, char** words) {
  struct t31_sensor_register sensor = {.cbus_type = 1};
  struct t31_frame_format format = {.type = T31_BUF_TYPE_VIDEO_CAPTURE};
  struct t31_request_buffers request = {
      .count = BUFFERS, .type = T31_BUF_TYPE_VIDEO_CAPTURE, .memory = T31_MEMORY_USERPTR};
  struct t31_buffer_info denoise;
  struct t31_mailbox_file file = {.bytes = BYTES};
  uint32_t base, one = 1, zero = 0;
  int32_t index = 0, none = -1;
  int isp, channel, memory, frames, failures = 0;
  long last_us = 0;

  if (count != 5) {
    fprintf(stderr, "usage: grab SENSOR I2C-ADDRESS FRAMES NAME\n");
    return 2;
  }
  frames = atoi(words[3]);
  base = rmem_base();
  isp = open("/dev/tx-isp", O_RDWR);
  check(isp, "/dev/tx-isp");
  snprintf(sensor.name, sizeof(sensor.name), "%s", words[1]);
  snprintf(sensor.i2c.type, sizeof(sensor.i2c.type), "%s", words[1]);
  sensor.i2c.addr = (uint32_t)strtoul(words[2], NULL, 0);
  sensor.rst_gpio = sensor.pwdn_gpio = sensor.power_gpio = 0xffff;
  check(ioctl(isp, T31_TX_ISP_REGISTER_SENSOR, &sensor), "REGISTER_SENSOR");
  check(ioctl(isp, T31_TX_ISP_S_INPUT, &index), "S_INPUT");
  check(ioctl(isp, T31_TX_ISP_GET_BUF_INFO, &denoise), "GET_BUF_INFO");
  denoise.paddr = base + DENOISE;
  check(ioctl(isp, T31_TX_ISP_SET_BUF_INFO, &denoise), "SET_BUF_INFO");
  check(ioctl(isp, T31_TX_ISP_STREAMON, 0), "STREAMON");
  check(ioctl(isp, T31_TX_ISP_LINK_SETUP, &zero), "LINK_SETUP");
  check(ioctl(isp, T31_TX_ISP_LINK_STREAMON, 0), "LINK_STREAMON");
  channel = open("/dev/framechan0", O_RDWR);
  check(channel, "/dev/framechan0");
  format.pix.width = WIDTH;
  format.pix.height = HEIGHT;
  format.pix.pixelformat = T31_FOURCC_NV12;
  format.pix.colorspace = T31_COLORSPACE_SRGB;
  check(ioctl(channel, T31_FRAMECHAN_SET_FORMAT, &format), "SET_FORMAT");
  check(ioctl(channel, T31_FRAMECHAN_REQBUFS, &request), "REQBUFS");
  for (unsigned i = 0; i < BUFFERS; i++) queue(channel, i, base);
  check(ioctl(channel, T31_FRAMECHAN_STREAMON, &one), "channel STREAMON");
  for (int i = 0; i < frames; i++) {
    struct t31_buffer buffer = {.type = T31_BUF_TYPE_VIDEO_CAPTURE, .memory = T31_MEMORY_USERPTR};
    long us;

    check(ioctl(channel, T31_FRAMECHAN_DQBUF, &buffer), "DQBUF");
    us = (long)buffer.tv_sec * 1000000 + buffer.tv_usec;
    if (buffer.sequence != (uint32_t)i) failures++;
    if (i > 0 && us <= last_us) failures++;
    if (i < 3 || i + 1 == frames)
      printf("frame %u buffer %u +%ld us\n", buffer.sequence, buffer.index, i ? us - last_us : 0);
    last_us = us;
    file.address = base + buffer.index * STEP;
    if (i + 1 < frames) queue(channel, buffer.index, base);
  }
  check(ioctl(channel, T31_FRAMECHAN_STREAMOFF, &one), "channel STREAMOFF");
  close(channel);
  memory = open("/dev/rmem", O_RDWR);
  check(memory, "/dev/rmem");
  snprintf(file.name, sizeof(file.name), "%s.nv12", words[4]);
  check(ioctl(memory, T31_RMEM_TO_HOST, &file), "picture to the host");
  close(memory);
  check(ioctl(isp, T31_TX_ISP_LINK_STREAMOFF, 0), "LINK_STREAMOFF");
  check(ioctl(isp, T31_TX_ISP_LINK_DESTROY, &zero), "LINK_DESTROY");
  check(ioctl(isp, T31_TX_ISP_STREAMOFF, 0), "STREAMOFF");
  check(ioctl(isp, T31_TX_ISP_S_INPUT, &none), "S_INPUT -1");
  check(ioctl(isp, T31_TX_ISP_RELEASE_SENSOR, &sensor), "RELEASE_SENSOR");
  close(isp);
  printf("%d frames, %d out of order\n", frames, failures);
  return failures ? 1 : 0;
}
