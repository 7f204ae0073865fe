/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * regions.c - crops, masks and zoom, each compared pixel by pixel with the whole picture. Needs a
 * scene at rest without noise, exposure and white balance by hand and no temporal denoise.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "camera.h"

/* Frames that a queue may still hold from before a change, and some. */
enum { kSettle = 12, kWidth = 1280, kHeight = 704, kSmallWidth = 640, kSmallHeight = 352 };
#define SET_CROP "IMP_ISP_Tuning_SetFrontCrop"
#define SET_MASK "IMP_ISP_Tuning_SetMask"
#define ZOOM "IMP_ISP_Tuning_SetAutoZoom"

struct picture {
  int width, height;
  unsigned char* luma;
  unsigned char* chroma;
};

/* The picture of channel 0 once settings have reached it. */
static struct picture take_picture(int width, int height) {
  struct picture picture = {width, height, NULL, NULL};
  const size_t pixels = (size_t)width * height;
  IMPFrameInfo* frame = NULL;
  picture.luma = calloc(1, pixels);
  picture.chroma = calloc(1, pixels / 2);
  if (skip_frames(0, kSettle) != kSettle || get_frame(0, &frame) != 0) {
    check("frames come", 0);
    return picture;
  }
  const unsigned char* bytes = (const unsigned char*)(uintptr_t)frame->virAddr;
  memcpy(picture.luma, bytes, pixels);
  memcpy(picture.chroma, bytes + pixels, pixels / 2); /* the library has taken padding lines out */
  IMP_FrameSource_ReleaseFrame(0, frame);
  return picture;
}

static void drop_picture(struct picture* picture) {
  free(picture->luma);
  free(picture->chroma);
}

/* The first difference is told. */
static int same_window(const struct picture* whole, const struct picture* part, int left, int top) {
  for (int y = 0; y < part->height; ++y) {
    for (int x = 0; x < part->width; ++x) {
      const int of_whole = whole->luma[(y + top) * whole->width + x + left];
      if (part->luma[y * part->width + x] == of_whole) continue;
      printf("luma at %d,%d is %d instead of %d\n", x, y, part->luma[y * part->width + x],
             of_whole);
      return 0;
    }
  }
  for (int y = 0; y < part->height / 2; ++y) {
    if (memcmp(&part->chroma[y * part->width], &whole->chroma[(y + top / 2) * whole->width + left],
               part->width) == 0)
      continue;
    printf("chroma of line %d differs\n", y);
    return 0;
  }
  return 1;
}

static void start(const struct client_options* options, int width, int height, int scaled) {
  IMPFSChnAttr attributes;
  channel_attributes(options, 0, &attributes);
  attributes.picWidth = attributes.scaler.outwidth = width;
  attributes.picHeight = attributes.scaler.outheight = height;
  attributes.scaler.enable = scaled;
  channel_start_as(0, &attributes, 0);
}

/* ---- a channel's own crop */

static void channel_crop(const struct client_options* options, const struct picture* whole,
                         int left, int top, int wanted) {
  IMPFSChnAttr attributes;
  printf("crop at %d,%d\n", left, top);
  channel_attributes(options, 0, &attributes);
  attributes.picWidth = attributes.crop.width = kWidth;
  attributes.picHeight = attributes.crop.height = kHeight;
  attributes.crop.enable = 1;
  attributes.crop.left = left;
  attributes.crop.top = top;
  attributes.scaler.enable = 0;
  channel_start_as(0, &attributes, wanted);
  if (wanted != 0) {
    note("IMP_FrameSource_DisableChn", IMP_FrameSource_DisableChn(0));
    expect("IMP_FrameSource_DestroyChn", IMP_FrameSource_DestroyChn(0), 0);
    return;
  }
  struct picture part = take_picture(kWidth, kHeight);
  check("a channel's crop is that part of the picture", same_window(whole, &part, left, top));
  drop_picture(&part);
  channel_stop(0);
}

/* ---- the front crop, which all channels have */

struct front_crop {
  uint32_t enable, top, left, width, height;
};

static void set_front_crop(struct front_crop crop, int wanted) {
  char what[64];
  snprintf(what, sizeof(what), "%u: %ux%u at %u,%u", crop.enable, crop.width, crop.height,
           crop.left, crop.top);
  call_begins(SET_CROP, what);
  call_ended(SET_CROP, what, IMP_ISP_Tuning_SetFrontCrop((IMPISPFrontCrop*)&crop), wanted);
}

static void expect_front_crop(const struct front_crop* wanted) {
  struct front_crop got;
  memset(&got, 0, sizeof(got));
  expect("IMP_ISP_Tuning_GetFrontCrop", IMP_ISP_Tuning_GetFrontCrop((IMPISPFrontCrop*)&got), 0);
  if (memcmp(&got, wanted, sizeof(got)) != 0) {
    printf("reads %u: %ux%u at %u,%u\n", got.enable, got.width, got.height, got.left, got.top);
  }
  check("the front crop is read back", memcmp(&got, wanted, sizeof(got)) == 0);
}

static void front_crops(const struct client_options* options, const struct picture* whole) {
  const int places[][2] = {{0, 0}, {320, 188}, {1920 - kWidth, 1080 - kHeight}};
  struct front_crop crop = {1, 0, 0, kWidth, kHeight};
  const struct front_crop off = {0, 0, 0, 1920, 1080};
  expect_front_crop(&off);
  start(options, kWidth, kHeight, 1);
  struct picture scaled = take_picture(kWidth, kHeight);
  for (unsigned at = 0; at < 3; ++at) {
    crop.left = places[at][0], crop.top = places[at][1];
    set_front_crop(crop, 0);
    expect_front_crop(&crop);
    struct picture part = take_picture(kWidth, kHeight);
    check("a front crop is that part of the picture",
          same_window(whole, &part, crop.left, crop.top));
    drop_picture(&part);
  }
  struct front_crop outside = crop;
  outside.left += 2;
  set_front_crop(outside, -1);
  outside = crop;
  outside.top += 2;
  set_front_crop(outside, -1);
  outside = crop;
  outside.width = kWidth - 16; /* smaller than the channel's picture */
  set_front_crop(outside, -1);
  outside.width = 0;
  set_front_crop(outside, -1);
  expect_front_crop(&crop);
  crop.enable = 0;
  set_front_crop(crop, 0);
  expect_front_crop(&off);
  struct picture again = take_picture(kWidth, kHeight);
  check("without a front crop the picture is as before", same_window(&scaled, &again, 0, 0));
  drop_picture(&again);
  drop_picture(&scaled);
  channel_stop(0);
}

/* ---- masks */

static int inside(const IMPISP_MASK_BLOCK_PAR* block, int x, int y) {
  return block->mask_en && x >= block->mask_pos_left &&
         x < block->mask_pos_left + block->mask_width && y >= block->mask_pos_top &&
         y < block->mask_pos_top + block->mask_height;
}

/* Every pixel is the mask's colour inside and as before outside. */
static int masked(const struct picture* before, const struct picture* now,
                  const IMPISP_MASK_BLOCK_PAR* blocks) {
  for (int y = 0; y < now->height; ++y) {
    for (int x = 0; x < now->width; ++x) {
      int wanted = before->luma[y * before->width + x];
      for (int at = 0; at < 4; ++at) {
        if (inside(&blocks[at], x, y)) wanted = blocks[at].mask_value.mask_ayuv.y_value;
      }
      if (now->luma[y * now->width + x] == wanted) continue;
      printf("luma at %d,%d is %d instead of %d\n", x, y, now->luma[y * now->width + x], wanted);
      return 0;
    }
  }
  for (int y = 0; y < now->height / 2; ++y) {
    for (int x = 0; x < now->width; ++x) {
      int wanted = before->chroma[y * before->width + x];
      for (int at = 0; at < 4; ++at) {
        if (!inside(&blocks[at], x, 2 * y)) continue;
        wanted = x % 2 == 0 ? blocks[at].mask_value.mask_ayuv.u_value
                            : blocks[at].mask_value.mask_ayuv.v_value;
      }
      if (now->chroma[y * now->width + x] == wanted) continue;
      printf("chroma at %d,%d is %d instead of %d\n", x, y, now->chroma[y * now->width + x],
             wanted);
      return 0;
    }
  }
  return 1;
}

static void put_block(IMPISP_MASK_BLOCK_PAR* block, int left, int top, int width, int height,
                      int colour) {
  block->mask_en = 1;
  block->mask_pos_left = left;
  block->mask_pos_top = top;
  block->mask_width = width;
  block->mask_height = height;
  block->mask_value.mask_ayuv.y_value = colour;
  block->mask_value.mask_ayuv.u_value = 255 - colour;
  block->mask_value.mask_ayuv.v_value = colour / 2;
}

static void masks(const struct client_options* options) {
  IMPISPMASKAttr mask;
  IMPISPMASKAttr got;
  start(options, kWidth, kHeight, 1);
  struct picture before = take_picture(kWidth, kHeight);
  memset(&mask, 0, sizeof(mask));
  mask.mask_type = IMPISP_MASK_TYPE_YUV;
  put_block(&mask.chn0[0], 0, 0, 64, 32, 0);
  put_block(&mask.chn0[1], 320, 160, 128, 96, 255);
  put_block(&mask.chn0[2], kWidth - 64, kHeight - 64, 64, 64, 128);
  put_block(&mask.chn0[3], 640, 16, 32, 16, 17);
  expect(SET_MASK, IMP_ISP_Tuning_SetMask(&mask), 0);
  memset(&got, 0, sizeof(got));
  expect("IMP_ISP_Tuning_GetMask", IMP_ISP_Tuning_GetMask(&got), 0);
  check("masks are read back", memcmp(got.chn0, mask.chn0, sizeof(mask.chn0)) == 0);
  struct picture now = take_picture(kWidth, kHeight);
  check("masks cover what they should, and nothing else", masked(&before, &now, mask.chn0));
  drop_picture(&now);
  expect(SET_MASK " unchanged", IMP_ISP_Tuning_SetMask(&got), 0);
  now = take_picture(kWidth, kHeight);
  check("masks that are written back stay", masked(&before, &now, mask.chn0));
  drop_picture(&now);
  mask.mask_type = IMPISP_MASK_TYPE_RGB; /* the library turns it into YUV in place */
  mask.chn0[1].mask_value.mask_rgb.Red = 255;
  mask.chn0[1].mask_value.mask_rgb.Green = 0;
  mask.chn0[1].mask_value.mask_rgb.Blue = 0;
  expect(SET_MASK " in RGB", IMP_ISP_Tuning_SetMask(&mask), 0);
  expect("IMP_ISP_Tuning_GetMask", IMP_ISP_Tuning_GetMask(&got), 0);
  const unsigned char red = got.chn0[1].mask_value.mask_ayuv.y_value;
  check("red has the luma of red, or is handed on as it is (1.1.1, 1.1.2)",
        (red > 60 && red < 95) || red == 255);
  now = take_picture(kWidth, kHeight);
  check("masks in RGB cover the same places", masked(&before, &now, got.chn0));
  drop_picture(&now);
  memset(&mask, 0, sizeof(mask));
  mask.mask_type = IMPISP_MASK_TYPE_YUV;
  expect(SET_MASK " none", IMP_ISP_Tuning_SetMask(&mask), 0);
  now = take_picture(kWidth, kHeight);
  check("without masks the picture is as before", same_window(&before, &now, 0, 0));
  drop_picture(&now);
  drop_picture(&before);
  channel_stop(0);
}

/* ---- zoom */

/* chan, scaler: enable, width, height, crop: enable, left, top, width, height */
struct zoom {
  int32_t channel, scale, out_width, out_height, crop, left, top, width, height;
};

static void set_zoom(struct zoom zoom, int wanted) {
  pointer_call call = (pointer_call)library_function(ZOOM);
  char what[96];
  snprintf(what, sizeof(what), "channel %d: scaler %d %dx%d, crop %d %dx%d at %d,%d", zoom.channel,
           zoom.scale, zoom.out_width, zoom.out_height, zoom.crop, zoom.width, zoom.height,
           zoom.left, zoom.top);
  call_begins(ZOOM, what);
  call_ended(ZOOM, what, call(&zoom), wanted);
}

static void zooms(const struct client_options* options, const struct picture* whole) {
  const int places[][2] = {{0, 0}, {640, 364}, {1920 - kSmallWidth, 1080 - kSmallHeight}};
  if (library_function(ZOOM) == NULL) return;
  start(options, kSmallWidth, kSmallHeight, 1);
  struct picture far = take_picture(kSmallWidth, kSmallHeight);
  for (unsigned at = 0; at < 3; ++at) {
    const int left = places[at][0], top = places[at][1];
    set_zoom((struct zoom){0, 0, 0, 0, 1, left, top, kSmallWidth, kSmallHeight}, 0);
    struct picture part = take_picture(kSmallWidth, kSmallHeight);
    check("zoomed in, the picture is that part", same_window(whole, &part, left, top));
    drop_picture(&part);
  }
  set_zoom((struct zoom){0, 0, 0, 0, 1, 1282, 728, kSmallWidth, kSmallHeight}, -1);
  set_zoom((struct zoom){0, 0, 0, 0, 1, 1280, 730, kSmallWidth, kSmallHeight}, -1);
  set_zoom((struct zoom){0, 0, 0, 0, 1, -2, 0, kSmallWidth, kSmallHeight}, -1);
  set_zoom((struct zoom){3, 0, 0, 0, 1, 0, 0, kSmallWidth, kSmallHeight}, -1);
  set_zoom((struct zoom){-1, 0, 0, 0, 1, 0, 0, kSmallWidth, kSmallHeight}, -1);
  set_zoom((struct zoom){0, 1, 1936, 1080, 1, 0, 0, kSmallWidth, kSmallHeight}, -1);
  set_zoom((struct zoom){0, 1, kSmallWidth, kSmallHeight, 0, 0, 0, 0, 0}, 0);
  struct picture again = take_picture(kSmallWidth, kSmallHeight);
  check("zoomed out, the picture is as before", same_window(&far, &again, 0, 0));
  drop_picture(&again);
  drop_picture(&far);
  channel_stop(0);
}

void check_regions(const struct client_options* options) {
  start(options, 1920, 1080, 0);
  struct picture whole = take_picture(1920, 1080);
  struct picture twice = take_picture(1920, 1080);
  check("the picture is at rest", same_window(&whole, &twice, 0, 0));
  drop_picture(&twice);
  channel_stop(0);
  channel_crop(options, &whole, 0, 0, 0);
  channel_crop(options, &whole, 322, 188, 0);
  channel_crop(options, &whole, 1920 - kWidth, 1080 - kHeight, 0);
  channel_crop(options, &whole, 1922 - kWidth, 1080 - kHeight, -1);
  channel_crop(options, &whole, 1920 - kWidth, 1082 - kHeight, -1);
  front_crops(options, &whole);
  masks(options);
  zooms(options, &whole);
  drop_picture(&whole);
}
