/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Empty on purpose. With -msoft-float the compiler's freestanding C++ headers reach glibc's
 * features.h, which wants this file; Debian's cross packages don't have it, and a kernel module has
 * no glibc to be stubbed.
 */
