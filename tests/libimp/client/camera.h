/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * camera.h - the parts of the libimp test client. It is compiled against the vendor's headers,
 * which the user brings (T31_LIBIMP_HEADERS), and linked against the vendor's library (T31_LIBIMP).
 */
#ifndef T31_LIBIMP_CLIENT_CAMERA_H
#define T31_LIBIMP_CLIENT_CAMERA_H

#include <imp/imp_common.h>
#include <imp/imp_framesource.h>
#include <imp/imp_isp.h>
#include <imp/imp_system.h>
#include <stdint.h>

#define CHANNELS 2

struct client_options {
  const char* sensor;
  int address; /* on I2C */
  int width[CHANNELS];
  int height[CHANNELS];
  int frames;         /* of each channel */
  const char* folder; /* where frames and sums go; NULL: nowhere */
  /* Held exposure in lines, analogue gain (Q10), white balance gains (Q8); 0: automatic. */
  unsigned lines, gain, red, blue;
  int untimed; /* the camera's time is not the clock's: how far frames lie apart says nothing */
};

/* "api NAME" before a call of the library and "result NAME ...: RESULT" after it; a result other
 * than the expected one is counted. */
#define expect(name, call, wanted) (call_begins(name, ""), call_ended(name, "", (call), wanted))
/* For those with no result that one could expect. */
#define note(name, call) (call_begins(name, ""), call_noted(name, (call)))
void call_begins(const char* name, const char* what);
int call_ended(const char* name, const char* what, int result, int wanted);
int call_noted(const char* name, int result);
/* A statement about what the calls brought; counted when it is false. */
void check(const char* what, int holds);
int failures(void);
/* The function of that name; NULL where this version of the library has none. */
void* library_function(const char* name);
typedef int (*pointer_call)(void*);
typedef int (*value_call)(unsigned);

/* open, sensor, tuning, system; and the way back. 0: all well. `added`, unless NULL, is called
 * between AddSensor and EnableSensor. */
int camera_start(const struct client_options* options, void (*added)(void));
int camera_stop(void);
/* Its parts, for programs with an order of their own. */
IMPSensorInfo* sensor_of(const struct client_options* options);

/* 1920x1080 and the like, without crops. */
void channel_attributes(const struct client_options* options, int channel,
                        IMPFSChnAttr* attributes);
/* Create, set, read back, enable; EnableChn answers `wanted`. */
int channel_start_as(int channel, IMPFSChnAttr* attributes, int wanted);
int channel_start(const struct client_options* options, int channel);
int channel_stop(int channel);
/* Takes frames: number and checksum of each go to FOLDER/chN.sums. */
void channels_take(const struct client_options* options);
/* IMP_FrameSource_GetFrame with patience. */
int get_frame(int channel, IMPFrameInfo** frame);
/* Takes `count` frames of one channel and gives them back; how many came. */
int skip_frames(int channel, int count);

/* Manual exposure: lines, and analogue gain (Q10) where the library has a control for that. */
void hold_gains(unsigned lines, unsigned gain);
/* The control that ends and makes the links: before channels run. */
void check_bypass(void);
/* Every IMP_ISP_Tuning_* and other control of the library. */
void check_controls(void);
/* Exposure and white balance by hand. */
void check_exposure(void);
/* Frame rates, modes, flips, restarts, snapshots in a running camera. */
void check_changes(const struct client_options* options);
/* Crops, masks and zoom against the same picture without them; starts and stops channel 0. */
void check_regions(const struct client_options* options);
/* Every IMP_FrameSource_*; starts and stops channels. */
void check_sources(const struct client_options* options);

/* Sessions with a start and an end of their own. */
void session_setup(const struct client_options* options);
void session_hooks(const struct client_options* options);
void session_prudynt(const struct client_options* options);
void session_raptor(const struct client_options* options);

#endif
