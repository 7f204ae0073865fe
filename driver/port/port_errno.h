/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * port_errno.h - error numbers as Linux user space of the machine at hand sees them. They stand
 * here because the freestanding core has no <errno.h>; T31_ prefixed, so that both can be included.
 */
#ifndef T31_DRIVER_PORT_PORT_ERRNO_H
#define T31_DRIVER_PORT_PORT_ERRNO_H

enum {
  T31_EPERM = 1,
  T31_ENOENT = 2,
  T31_EINTR = 4,
  T31_EIO = 5,
  T31_ENXIO = 6,
  T31_E2BIG = 7,
  T31_EAGAIN = 11,
  T31_ENOMEM = 12,
  T31_EFAULT = 14,
  T31_EBUSY = 16,
  T31_EEXIST = 17,
  T31_ENODEV = 19,
  T31_EINVAL = 22,
  T31_EFBIG = 27,
  T31_ENOSPC = 28,
  T31_ENOTTY = 25,
  T31_EPIPE = 32,
  T31_ERANGE = 34,
#ifdef __mips__
  T31_ETIMEDOUT = 145,
  T31_EREMOTEIO = 140,
#else
  T31_ETIMEDOUT = 110,
  T31_EREMOTEIO = 121,
#endif
  /* Kernel internal; the home translates on the way to user space. */
  T31_ERESTARTSYS = 512,
  T31_ENOIOCTLCMD = 515, /* "no such operation": fan-outs skip it; user space sees ENOTTY */
};

#endif
