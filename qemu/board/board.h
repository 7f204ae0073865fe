/* SPDX-License-Identifier: GPL-2.0-or-later */
/* board.h - between the files of the board module. */
#ifndef T31_BOARD_H
#define T31_BOARD_H

#include <linux/io.h>
#include <linux/mutex.h>
#include <linux/types.h>

#include "qemu/mailbox.h"

/* Registers of the virtual machine's mailbox, and of the chip's clock and GPIO units. */
extern void __iomem* t31_mailbox;
/* Only where instructions are counted (counter.h). */
extern void __iomem* t31_counter;
extern void __iomem* t31_cpm;
extern void __iomem* t31_gpio;

/* From a request to the mailbox until its result is read. */
extern struct mutex t31_mailbox_mutex;

/* The device that DMA memory belongs to. */
extern struct device* t31_board_device;

int t31_lines_create(void);
void t31_lines_remove(void);
/* Linux interrupt for the chip's line 37 or 38; -ENOENT for others. */
int t31_lines_number(u32 line);

int t31_bus_create(void);
void t31_bus_remove(void);

int t31_supply_create(void);
void t31_supply_remove(void);
/* Pins of a port get device function 0 to 3. */
int t31_supply_pin_function(u32 port, u32 function, u32 pins);

/* faults.c: true when the driver's call `what` is to fail. Any context. */
bool t31_faults_due(const char* what);
/* ioctl T31_RMEM_FAULT */
long t31_faults_request(unsigned long argument);

int t31_memory_create(void);
void t31_memory_remove(void);

#endif
