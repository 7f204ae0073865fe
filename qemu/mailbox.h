/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mailbox.h - a page of registers that only the virtual machine has, between libt31-qemu.so and the
 * board module in the guest: interrupt lines, and I2C bus 0 with the sensor models. All registers
 * are 32 bits wide.
 */
#ifndef T31_QEMU_MAILBOX_H
#define T31_QEMU_MAILBOX_H

#define T31_MAILBOX_BASE 0x13f00000u
#define T31_MAILBOX_BYTES 0x1000u

#define T31_MAILBOX_ID 0x00      /* reads T31_MAILBOX_MAGIC */
#define T31_MAILBOX_PENDING 0x04 /* interrupt lines that are high and enabled, one bit a line */
#define T31_MAILBOX_ENABLE 0x08  /* lines that may interrupt */
#define T31_MAILBOX_END 0x0c     /* any write: lines have been served, look again */
/* Physical address of a struct t31_mailbox_transfer: done when the write returns. */
#define T31_MAILBOX_I2C 0x10
#define T31_MAILBOX_RESULT 0x14 /* of the last transfer: messages done, or a negative errno */

/* Physical address of a struct t31_mailbox_file: RESULT then holds 0 or a negative errno. */
#define T31_MAILBOX_FILE 0x18
/* Physical address of a struct t31_mailbox_text: another sensor on the bus. RESULT as for a file.
 */
#define T31_MAILBOX_SENSOR 0x1c

#define T31_MAILBOX_MAGIC 0x54333156u

/* Bits of PENDING and ENABLE. */
#define T31_MAILBOX_LINES 2
#define T31_MAILBOX_LINE_ISP 0
#define T31_MAILBOX_LINE_VIC 1

/* ISA interrupt that carries them. */
#define T31_MAILBOX_ISA_IRQ 11

#define T31_MAILBOX_MESSAGES 8
#define T31_MAILBOX_DATA 2048

/* Little endian, in guest memory. Data of all messages, one after the other, behind them. */
struct t31_mailbox_transfer {
  unsigned int count;
  struct {
    unsigned short address;
    unsigned short flags; /* bit 0: read */
    unsigned short length;
    unsigned short offset; /* into data */
  } message[T31_MAILBOX_MESSAGES];
  unsigned char data[T31_MAILBOX_DATA];
};

/* ioctls of /dev/rmem in the virtual machine: with a struct t31_mailbox_file ... */
#define T31_RMEM_TO_HOST 0x40485401u
/* ... a struct t31_mailbox_text: describes the sensor; holds what is wrong with that afterwards ...
 */
#define T31_RMEM_SENSOR 0x48005402u
/* ... and a struct t31_mailbox_fault, see there. */
#define T31_RMEM_FAULT 0x40485403u

#define T31_MAILBOX_LARGEST_FILE (16u << 20)

/* Memory that becomes a file of the host, in the folder T31_QEMU_OUT. */
struct t31_mailbox_file {
  char name[64]; /* no folders */
  unsigned int address;
  unsigned int bytes;
};

/* The description of a sensor and its scene (docs/model.md). */
struct t31_mailbox_text {
  char text[2048];
};

/*
 * The nth call of the driver's module, counted from now on, that asks the kernel for something
 * fails once; 0: none. Back come the calls since the request before this one, and which one failed
 * (empty: none).
 */
struct t31_mailbox_fault {
  unsigned int nth;
  unsigned int calls;
  char failed[64];
};

#endif
