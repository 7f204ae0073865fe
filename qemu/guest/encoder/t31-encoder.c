// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * t31-encoder.c - /dev/avpu of a chip without an encoder. The vendor's library opens it before it
 * starts the camera, and a thread of its waits for the interrupts: here none ever comes. The
 * virtual machine's alone; cameras have the encoder's own driver.
 */
#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/sched.h>

#define WAIT_FOR_INTERRUPT 0xc004710cu
#define PAUSE_MS 1000

static long encoder_ioctl(struct file* file, unsigned int command, unsigned long argument) {
  (void)file;
  (void)argument;
  if (command == WAIT_FOR_INTERRUPT && msleep_interruptible(PAUSE_MS)) return -ERESTARTSYS;
  return 0;
}

static const struct file_operations encoder_operations = {
    .owner = THIS_MODULE,
    .unlocked_ioctl = encoder_ioctl,
};
static struct miscdevice encoder = {
    .minor = MISC_DYNAMIC_MINOR,
    .name = "avpu",
    .fops = &encoder_operations,
};

static int __init encoder_init(void) {
  return misc_register(&encoder);
}

static void __exit encoder_exit(void) {
  misc_deregister(&encoder);
}

module_init(encoder_init);
module_exit(encoder_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("a video encoder that never encodes, for a virtual machine");
