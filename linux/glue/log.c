// SPDX-License-Identifier: GPL-2.0-or-later
/* log.c - messages. */
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/printk.h>

#include "glue.h"

void t31_port_log(enum t31_log_level level, const char* format, ...) {
  static const char* const prefixes[] = {KERN_INFO, KERN_WARNING, KERN_ERR};
  struct va_format message;
  va_list arguments;

  if ((int)level < t31_print_level) return;
  va_start(arguments, format);
  message.fmt = format;
  message.va = &arguments;
  printk("%stx-isp: %pV\n", prefixes[level <= T31_LOG_ERROR ? level : T31_LOG_ERROR], &message);
  va_end(arguments);
}

void t31_port_panic(const char* what) {
  printk(KERN_CRIT "tx-isp: %s\n", what);
  BUG();
  while (1)
    ;
}

int t31_port_snprintf(char* buffer, u32 size, const char* format, ...) {
  va_list arguments;
  int length;

  va_start(arguments, format);
  length = vsnprintf(buffer, size, format, arguments);
  va_end(arguments);
  return length;
}
