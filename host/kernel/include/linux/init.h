/* SPDX-License-Identifier: GPL-2.0-or-later */
/* init.h - sections of code that a kernel drops after start */
#ifndef T31_STANDIN_LINUX_INIT_H
#define T31_STANDIN_LINUX_INIT_H

#define __init
#define __exit
#define __devinit
#define __devexit

#endif
