/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sources.c - what frame sources have beside their size: states, queues, delays, pools, turning. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "camera.h"

#define STATE "IMP_FrameSource_ChnStatQuery"
#define SET_POOL "IMP_FrameSource_SetPool"
#define GET_POOL "IMP_FrameSource_GetPool"
#define TURN "IMP_FrameSource_SetChnRotate"
#define TIMED "IMP_FrameSource_GetTimedFrame"

typedef int (*state_call)(int channel, int* state);
typedef int (*two_call)(int, int);
typedef int (*turn_call)(int channel, unsigned char turn, int width, int height);
typedef int (*request_call)(int pool, size_t bytes, const char* name);

static void expect_state(int channel, int wanted) {
  state_call call = (state_call)library_function(STATE);
  int state = 77;
  if (call == NULL) return;
  expect(STATE, call(channel, &state), 0);
  if (state != wanted) printf("state %d instead of %d\n", state, wanted);
  check("the channel's state is told", state == wanted);
}

static void create(const struct client_options* options, int channel, IMPFSChnAttr* set) {
  memset(set, 0, 2 * sizeof(*set)); /* see channel_start_as */
  channel_attributes(options, channel, set);
  expect("IMP_FrameSource_CreateChn", IMP_FrameSource_CreateChn(channel, set), 0);
}

static void enable(int channel) {
  expect("IMP_FrameSource_EnableChn", IMP_FrameSource_EnableChn(channel), 0);
  expect("IMP_FrameSource_SetFrameDepth", IMP_FrameSource_SetFrameDepth(channel, 2), 0);
}

static void states(const struct client_options* options) {
  enum { kClosed, kOpen, kRuns };
  IMPFSChnAttr set[2];
  int depth = 77;
  create(options, 1, set);
  expect_state(1, kOpen);
  enable(1);
  expect_state(1, kRuns);
  expect("IMP_FrameSource_GetFrameDepth", IMP_FrameSource_GetFrameDepth(1, &depth), 0);
  check("the depth is read back", depth == 2);
  check("frames come", skip_frames(1, 3) == 3);
  expect("IMP_FrameSource_SetFrameDepth", IMP_FrameSource_SetFrameDepth(1, 0), 0);
  expect("IMP_FrameSource_GetFrameDepth", IMP_FrameSource_GetFrameDepth(1, &depth), 0);
  check("no depth is read back", depth == 0);
  expect("IMP_FrameSource_DisableChn", IMP_FrameSource_DisableChn(1), 0);
  expect_state(1, kOpen);
  expect("IMP_FrameSource_DestroyChn", IMP_FrameSource_DestroyChn(1), 0);
  expect_state(1, kClosed);
}

/* Queues and delays: more buffers than nrVBs. */
static void queues(const struct client_options* options) {
  IMPFSChnAttr set[2];
  IMPFSChnFifoAttr fifo;
  int got = 77;
  create(options, 1, set);
  expect("IMP_FrameSource_GetChnFifoAttr", IMP_FrameSource_GetChnFifoAttr(1, &fifo), 0);
  fifo.maxdepth = 2;
  fifo.type = FIFO_DATA_PRIORITY;
  expect("IMP_FrameSource_SetChnFifoAttr", IMP_FrameSource_SetChnFifoAttr(1, &fifo), 0);
  memset(&fifo, 0, sizeof(fifo));
  expect("IMP_FrameSource_GetChnFifoAttr", IMP_FrameSource_GetChnFifoAttr(1, &fifo), 0);
  check("the queue is read back", fifo.maxdepth == 2 && fifo.type == FIFO_DATA_PRIORITY);
  expect("IMP_FrameSource_SetMaxDelay", IMP_FrameSource_SetMaxDelay(1, 3), 0);
  expect("IMP_FrameSource_GetMaxDelay", IMP_FrameSource_GetMaxDelay(1, &got), 0);
  check("the largest delay is read back", got == 3);
  expect("IMP_FrameSource_SetDelay", IMP_FrameSource_SetDelay(1, 2), 0);
  expect("IMP_FrameSource_GetDelay", IMP_FrameSource_GetDelay(1, &got), 0);
  check("the delay is read back", got == 2);
  enable(1);
  check("frames come through queue and delay", skip_frames(1, 5) == 5);
  channel_stop(1);
}

static void timed_frame(const struct client_options* options) {
  IMPFSChnAttr set[2];
  IMPFrameInfo info;
  struct {
    uint64_t at, minus, plus;
  } time = {0, 1000000, 1000000};
  int (*call)(int, void*, int, void*, IMPFrameInfo*) =
      (int (*)(int, void*, int, void*, IMPFrameInfo*))library_function(TIMED);
  const unsigned bytes = (unsigned)options->width[1] * options->height[1] * 3 / 2;
  unsigned char* picture = calloc(1, bytes + 65536);
  unsigned sum = 0;
  create(options, 1, set);
  expect("IMP_FrameSource_SetMaxDelay", IMP_FrameSource_SetMaxDelay(1, 4), 0);
  expect("IMP_FrameSource_SetDelay", IMP_FrameSource_SetDelay(1, 2), 0);
  enable(1);
  skip_frames(1, 3);
  memset(&info, 0, sizeof(info));
  /* Frames wait for two others before they can be asked for: on a busy PC the time may be over. */
  int result = -1;
  call_begins(TIMED, "");
  for (int tries = 0; tries < 20 && result != 0; ++tries) {
    time.at = (uint64_t)IMP_System_GetTimeStamp();
    result = call(1, &time, 1, picture, &info);
  }
  call_ended(TIMED, "", result, 0);
  for (unsigned at = 0; at < bytes; ++at) sum |= picture[at];
  check("the frame of a time holds a picture", sum != 0);
  channel_stop(1);
  free(picture);
}

static void pools(const struct client_options* options) {
  two_call set_pool = (two_call)library_function(SET_POOL);
  value_call get_pool = (value_call)library_function(GET_POOL);
  request_call request = (request_call)library_function("IMP_System_MemPoolRequest");
  value_call release = (value_call)library_function("IMP_System_MemPoolFree");
  IMPFSChnAttr set[2];
  if (set_pool == NULL || get_pool == NULL || request == NULL) return;
  expect("IMP_System_MemPoolRequest", request(0, 4u << 20, "frames"), 0);
  expect(SET_POOL, set_pool(1, 0), 0);
  expect(GET_POOL, get_pool(1), 0);
  create(options, 1, set);
  enable(1);
  check("frames come out of the pool", skip_frames(1, 3) == 3);
  channel_stop(1);
  if (release != NULL) note("IMP_System_MemPoolFree", release(0));
}

/* The library turns pictures on their way to its encoder; GetFrame's stay upright. */
static void turning(const struct client_options* options) {
  turn_call turn = (turn_call)library_function(TURN);
  struct client_options sized = *options;
  IMPFSChnAttr set[2];
  if (turn == NULL) return;
  sized.width[1] = 640, sized.height[1] = 384;
  for (unsigned char quarter = 0; quarter <= 2; ++quarter) {
    expect(TURN, turn(1, quarter, sized.width[1], sized.height[1]), 0);
    create(&sized, 1, set);
    enable(1);
    check("frames come", skip_frames(1, 3) == 3);
    channel_stop(1);
  }
  expect(TURN " back", turn(1, 0, sized.width[1], sized.height[1]), 0);
}

/* Channel 3 has no hardware: the library makes its pictures of another channel's, with instructions
 * that qemu-mipsel doesn't have. So it isn't started. */
static void extension(const struct client_options* options) {
  IMPFSChnAttr set[2];
  create(options, 1, set);
  set[0].type = FS_EXT_CHANNEL;
  expect("IMP_FrameSource_CreateChn", IMP_FrameSource_CreateChn(3, set), 0);
  expect("IMP_FrameSource_SetSource", IMP_FrameSource_SetSource(3, 1), 0);
  expect("IMP_FrameSource_DestroyChn", IMP_FrameSource_DestroyChn(3), 0);
  expect("IMP_FrameSource_DestroyChn", IMP_FrameSource_DestroyChn(1), 0);
}

/* The smallest and the largest size, and the next ones. */
static void size(const struct client_options* options, int width, int height, int wanted) {
  IMPFSChnAttr set[2];
  struct client_options sized = *options;
  printf("size %dx%d\n", width, height);
  sized.width[1] = width, sized.height[1] = height;
  create(&sized, 1, set);
  set[0].nrVBs = 2;
  expect("IMP_FrameSource_SetChnAttr", IMP_FrameSource_SetChnAttr(1, set), 0);
  if (expect("IMP_FrameSource_EnableChn", IMP_FrameSource_EnableChn(1), wanted) == 0) {
    expect("IMP_FrameSource_SetFrameDepth", IMP_FrameSource_SetFrameDepth(1, 1), 0);
    check("frames come", skip_frames(1, 2) == 2);
    channel_stop(1);
    return;
  }
  expect("IMP_FrameSource_DestroyChn", IMP_FrameSource_DestroyChn(1), 0);
}

static void snapshots(const struct client_options* options) {
  IMPFSChnAttr set[2];
  IMPFrameInfo info;
  const int width = options->width[1], height = options->height[1];
  unsigned char* picture = calloc(1, (size_t)width * height * 2 + 4096);
  create(options, 1, set);
  enable(1);
  skip_frames(1, 2);
  memset(&info, 0, sizeof(info));
  expect("IMP_FrameSource_SnapFrame",
         IMP_FrameSource_SnapFrame(1, PIX_FMT_NV12, width, height, picture, &info), 0);
  check("a snapshot has the channel's size", info.width == (unsigned)width &&
                                                 info.height == (unsigned)height &&
                                                 info.size >= (unsigned)(width * height * 3 / 2));
  expect("IMP_FrameSource_SnapFrame in YUYV",
         IMP_FrameSource_SnapFrame(1, PIX_FMT_YUYV422, width, height, picture, &info), 0);
  channel_stop(1);
  free(picture);
}

/* Sizes first: 1.1.2 doesn't give all memory back later on. */
void check_sources(const struct client_options* options) {
  size(options, 1920, 1080, 0);
  size(options, 1936, 1080, -1);
  size(options, 128, 128, 0);
  size(options, 112, 128, -1);
  states(options);
  queues(options);
  timed_frame(options);
  pools(options);
  snapshots(options);
  extension(options);
  turning(options);
}
