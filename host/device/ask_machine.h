/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ask_machine.h - requests of programs in a virtual machine to that machine (qemu/mailbox.h): by
 * way of the board module, or, on a machine that is a whole T31 and runs a camera's kernel, by way
 * of /dev/mem. The boot line of the latter has the word t31vm.
 */
#ifndef T31_HOST_DEVICE_ASK_MACHINE_H
#define T31_HOST_DEVICE_ASK_MACHINE_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

bool t31_machine_is_virtual(void);

/*
 * `command`: T31_RMEM_TO_HOST, T31_RMEM_SENSOR or T31_RMEM_FAULT; only the board module has the
 * last. Returns 0 or a negative errno. The last page of the memory that rmem= reserves is used.
 */
int t31_machine_ask(unsigned long command, void* request);

#ifdef __cplusplus
}
#endif

#endif
