/* SPDX-License-Identifier: GPL-2.0-or-later */
/* printk.c - the kernel log of sensor drivers goes to the log of the host; debug messages are
 * dropped. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <linux/printk.h>

#include "t31_host_kernel.h"

int printk(const char* format, ...) {
  char line[256];
  va_list arguments;
  size_t length;

  if (format[0] == KERN_SOH[0] && format[1]) {
    if (format[1] == KERN_DEBUG[1]) return 0;
    format += 2;
  }
  va_start(arguments, format);
  vsnprintf(line, sizeof(line), format, arguments);
  va_end(arguments);
  length = strlen(line);
  while (length && (line[length - 1] == '\n' || line[length - 1] == '\r')) line[--length] = '\0';
  if (length) t31_host_kernel_log(line);
  return (int)length;
}
