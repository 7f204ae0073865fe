/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * protocol.h - what t31d and libt31-preload.so say to each other: packets on a Unix socket, one
 * answer to each request. A program uses as many connections at a time as it has calls under way.
 * Numbers are little endian, as both sides are.
 */
#ifndef T31D_PROTOCOL_H
#define T31D_PROTOCOL_H

#include <stdint.h>

/* The environment variable that names the daemon's socket. */
#define T31D_SOCKET_VARIABLE "T31D_SOCKET"

#define T31D_DATA 4096 /* most bytes of data in a packet */
#define T31D_TOKEN 16  /* bytes that prove that the daemon reads the program's memory */

enum t31d_operation {
  /* First on every connection. argument[0], argument[2]: address of a token in the
   * program, low and high; argument[1]: 1 when
   * the program runs in an emulator that places its memory. data: the token. */
  T31D_HELLO = 1,
  /* argument[0]: open flags as in Linux; data: path. Answer: result = handle, value[0] = kind, a
   * descriptor comes along. T31D_KIND_MEMORY: value[1] = physical base, value[2] = bytes, data =
   * u64 offset in the file. */
  T31D_OPEN,
  T31D_CLOSE, /* handle */
  T31D_IOCTL, /* handle, argument[0] = command, argument[1] = argument */
  T31D_READ,  /* handle, argument[0] = bytes; answer: data */
  T31D_WRITE, /* handle, data */
  /* handle of a T31D_KIND_CHIP, argument[0] = physical address, argument[1] = bytes. A descriptor
     comes along. */
  T31D_MAP,
  T31D_TIME, /* answer: value[0] seconds, value[1] nanoseconds of the camera's clock */
  /* No answer: a signal has come for the thread whose call is under way. */
  T31D_INTERRUPT
};

enum t31d_kind {
  T31D_KIND_NODE = 1, /* a node of the driver: calls go through the daemon */
  T31D_KIND_TEXT,     /* the descriptor holds the file's text; nothing else to do */
  T31D_KIND_MEMORY,   /* /dev/rmem: the descriptor is the memory */
  T31D_KIND_CHIP,     /* /dev/mem */
  T31D_KIND_ENCODER   /* /dev/avpu: no such hardware here, but it answers */
};

struct t31d_request {
  uint32_t operation;
  uint32_t handle;
  uint32_t argument[3];
};

struct t31d_reply {
  int32_t result; /* or a negative errno of the daemon's machine */
  uint32_t value[3];
};

#endif
