/* SPDX-License-Identifier: GPL-2.0-or-later */
/* delay.h - sleeping in virtual time */
#ifndef T31_STANDIN_LINUX_DELAY_H
#define T31_STANDIN_LINUX_DELAY_H

void msleep(unsigned int milliseconds);

#endif
