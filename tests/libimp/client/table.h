/* SPDX-License-Identifier: GPL-2.0-or-later */
/* table.h - what the library's controls take and answer (user-abi 3.3). */
#ifndef T31_LIBIMP_CLIENT_TABLE_H
#define T31_LIBIMP_CLIENT_TABLE_H

struct change {
  int offset, width; /* width 0: the end */
  long value;
  int wanted; /* result */
};

struct control {
  const char* set; /* without IMP_ISP_Tuning_ */
  const char* get;
  int by_value;    /* the setter takes the value itself */
  unsigned bytes;  /* of what the getter fills */
  int keeps;       /* reads back what was set */
  const void* ask; /* what the getter is given; NULL: nothing */
  struct change changes[8];
};

extern const struct control controls[];
extern const unsigned control_count;

#endif
