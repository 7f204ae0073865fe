/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * overrule.h - a sensor driver that refuses every chip, registered all the same: its identification
 * runs, and what it says is not heard.
 */
#ifndef T31_SDK_OVERRULE_H
#define T31_SDK_OVERRULE_H

#ifdef __cplusplus
extern "C" {
#endif

/* For the sensors bound from now on; of one driver at a time. Loading a sensor module ends it. */
void t31_sdk_overrule(int on);

#ifdef __cplusplus
}
#endif

#endif
