/* SPDX-License-Identifier: GPL-2.0-or-later */
/* channels.c - frame sources: start, stop, and threads that take frames of all of them. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "camera.h"

#define DEPTH 4
#define MOST_TRIES 20

void channel_attributes(const struct client_options* options, int channel,
                        IMPFSChnAttr* attributes) {
  memset(attributes, 0, sizeof(*attributes));
  attributes->picWidth = options->width[channel];
  attributes->picHeight = options->height[channel];
  attributes->pixFmt = PIX_FMT_NV12;
  attributes->scaler.enable = 1;
  attributes->scaler.outwidth = options->width[channel];
  attributes->scaler.outheight = options->height[channel];
  attributes->outFrmRateNum = 25;
  attributes->outFrmRateDen = 1;
  attributes->nrVBs = 6;
  attributes->type = FS_PHY_CHANNEL;
}

int channel_start_as(int channel, IMPFSChnAttr* attributes, int wanted) {
  IMPFSChnAttr set[2]; /* some libraries read more than the structure of their headers: zeros */
  IMPFSChnAttr got[2];
  const int before = failures();
  memset(set, 0, sizeof(set));
  memset(got, 0, sizeof(got));
  set[0] = *attributes;
  expect("IMP_FrameSource_CreateChn", IMP_FrameSource_CreateChn(channel, set), 0);
  expect("IMP_FrameSource_SetChnAttr", IMP_FrameSource_SetChnAttr(channel, set), 0);
  expect("IMP_FrameSource_GetChnAttr", IMP_FrameSource_GetChnAttr(channel, got), 0);
  check("the channel has the size that was asked for",
        got[0].picWidth == attributes->picWidth && got[0].picHeight == attributes->picHeight);
  expect("IMP_FrameSource_EnableChn", IMP_FrameSource_EnableChn(channel), wanted);
  if (wanted != 0) return failures() - before;
  expect("IMP_FrameSource_SetFrameDepth", IMP_FrameSource_SetFrameDepth(channel, DEPTH), 0);
  return failures() - before;
}

int channel_start(const struct client_options* options, int channel) {
  IMPFSChnAttr attributes;
  channel_attributes(options, channel, &attributes);
  return channel_start_as(channel, &attributes, 0);
}

int channel_stop(int channel) {
  const int before = failures();
  expect("IMP_FrameSource_SetFrameDepth", IMP_FrameSource_SetFrameDepth(channel, 0), 0);
  expect("IMP_FrameSource_DisableChn", IMP_FrameSource_DisableChn(channel), 0);
  expect("IMP_FrameSource_DestroyChn", IMP_FrameSource_DestroyChn(channel), 0);
  return failures() - before;
}

struct taker {
  const struct client_options* options;
  int channel;
  pthread_t thread;
  int taken;
  int gaps; /* frames that lie more than one frame after the one before */
  int wrong_size;
  int64_t first, last; /* times */
};

/* As t31cam's: two running sums over 32-bit words. */
static unsigned long long checksum(const void* pixels, uint32_t bytes) {
  const uint32_t* words = pixels;
  uint32_t sum = 0;
  uint32_t sum_of_sums = 0;
  for (uint32_t i = 0; i < bytes / 4; ++i) {
    sum += words[i];
    sum_of_sums += sum;
  }
  return (unsigned long long)sum_of_sums << 32 | sum;
}

static FILE* open_file(const struct taker* taker, const char* ending) {
  char path[512];
  if (taker->options->folder == NULL) return NULL;
  snprintf(path, sizeof(path), "%s/ch%d.%s", taker->options->folder, taker->channel, ending);
  return fopen(path, "w");
}

static void keep_picture(const struct taker* taker, const IMPFrameInfo* frame) {
  FILE* file = open_file(taker, "nv12");
  if (file == NULL) return;
  fwrite((const void*)(uintptr_t)frame->virAddr, 1, frame->size, file);
  fclose(file);
}

static void look_at(struct taker* taker, const IMPFrameInfo* frame, FILE* sums) {
  const struct client_options* options = taker->options;
  const uint32_t bytes =
      (uint32_t)options->width[taker->channel] * (uint32_t)options->height[taker->channel] * 3 / 2;
  if (frame->size != bytes) ++taker->wrong_size;
  if (taker->taken == 0) taker->first = frame->timeStamp;
  if (taker->taken > 0 && frame->timeStamp - taker->last > 60000) ++taker->gaps;
  taker->last = frame->timeStamp;
  if (sums != NULL) {
    const unsigned number = (unsigned)((frame->timeStamp - taker->first + 20000) / 40000);
    fprintf(sums, "%06u %016llx\n", number,
            checksum((const void*)(uintptr_t)frame->virAddr, bytes));
  }
  if (++taker->taken == options->frames) keep_picture(taker, frame);
}

/* The library gives up after a while; a camera on a busy PC needs longer. */
int get_frame(int channel, IMPFrameInfo** frame) {
  int result = -1;
  for (int tries = 0; result != 0 && tries < MOST_TRIES; ++tries) {
    result = IMP_FrameSource_GetFrame(channel, frame);
  }
  return result;
}

int skip_frames(int channel, int count) {
  int taken = 0;
  while (taken < count) {
    IMPFrameInfo* frame = NULL;
    if (get_frame(channel, &frame) != 0) break;
    if (IMP_FrameSource_ReleaseFrame(channel, frame) != 0) break;
    ++taken;
  }
  return taken;
}

static void* take(void* argument) {
  struct taker* taker = argument;
  FILE* sums = open_file(taker, "sums");
  while (taker->taken < taker->options->frames) {
    IMPFrameInfo* frame = NULL;
    if (get_frame(taker->channel, &frame) != 0) break;
    look_at(taker, frame, sums);
    if (IMP_FrameSource_ReleaseFrame(taker->channel, frame) != 0) break;
  }
  if (sums != NULL) fclose(sums);
  return NULL;
}

void channels_take(const struct client_options* options) {
  struct taker takers[CHANNELS];
  memset(takers, 0, sizeof(takers));
  for (int channel = 0; channel < CHANNELS; ++channel) {
    takers[channel].options = options;
    takers[channel].channel = channel;
    pthread_create(&takers[channel].thread, NULL, take, &takers[channel]);
  }
  for (int channel = 0; channel < CHANNELS; ++channel) {
    struct taker* taker = &takers[channel];
    pthread_join(taker->thread, NULL);
    const double seconds = (double)(taker->last - taker->first) / 1e6;
    printf("channel %d: %d frames, %d gaps, %.3f s, %.2f fps\n", channel, taker->taken, taker->gaps,
           seconds, seconds > 0 ? (taker->taken - 1) / seconds : 0.0);
    check("every frame came", taker->taken == options->frames);
    check("every frame has the size of its picture", taker->wrong_size == 0);
  }
}
