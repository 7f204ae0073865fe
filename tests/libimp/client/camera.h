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
};

/* Every call of the library is reported as "call NAME -> RESULT"; a result other than the expected
 * one is counted. */
int expect(const char* name, int result, int expected);
/* For those with no result that one could expect. */
int note(const char* name, int result);
/* A statement about what the calls brought; counted when it is false. */
void check(const char* what, int holds);
int failures(void);

/* open, sensor, tuning, system; and the way back. 0: all well. */
int camera_start(const struct client_options* options);
int camera_stop(void);

int channel_start(const struct client_options* options, int channel);
int channel_stop(int channel);
/* Takes frames: number and checksum of each go to FOLDER/chN.sums. */
void channels_take(const struct client_options* options);

/* Manual exposure: lines, and analogue gain (Q10) where the library has a control for that. */
void hold_gains(unsigned lines, unsigned gain);
/* The control that ends and makes the links: before channels run. */
void check_bypass(void);
/* Every IMP_ISP_Tuning_* and other control of the library. */
void check_controls(void);
/* Frame rates, modes, flips, restarts, snapshots in a running camera. */
void check_changes(const struct client_options* options);

#endif
