/* SPDX-License-Identifier: GPL-2.0-or-later */
/* table.h - what the library's controls take and answer (user-abi 3.3). */
#ifndef T31_LIBIMP_CLIENT_TABLE_H
#define T31_LIBIMP_CLIENT_TABLE_H

#define MOST_CHANGES 20

struct change {
  int offset, width; /* width 0: the end */
  long value;
  int wanted; /* result */
  int other;  /* 1: `reads` is read afterwards instead of `value` */
  long reads;
};

struct control {
  const char* set; /* without IMP_ISP_Tuning_ */
  const char* get;
  int by_value;                      /* the setter takes the value itself */
  unsigned bytes;                    /* of what the getter fills */
  int keeps;                         /* reads back what was set, */
  unsigned measured, measured_bytes; /* but for these bytes, which are the picture's */
  unsigned compared;                 /* only so many of them; 0: all */
  const void* ask;                   /* what the getter is given; NULL: nothing */
  struct change changes[MOST_CHANGES];
};

extern const struct control controls[];
extern const unsigned control_count;

#endif
