// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * to_host.c - hands files of the virtual machine to the folder T31_QEMU_OUT of the host, through
 * reserved memory, which no camera session may use meanwhile.
 *
 * usage: to_host FILE...
 */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "host/device/ask_machine.h"
#include "qemu/mailbox.h"

static void die(const char* what) {
  fprintf(stderr, "to_host: %s: %s\n", what, strerror(errno));
  exit(1);
}

static uint32_t rmem_base(void) {
  char line[1024] = "";
  FILE* file = fopen("/proc/cmdline", "r");
  char* at;

  if (!file || !fgets(line, sizeof(line), file)) die("/proc/cmdline");
  fclose(file);
  at = strstr(line, "rmem=");
  at = at ? strchr(at, '@') : NULL;
  if (!at) die("no rmem=SIZE@BASE on the boot line");
  return (uint32_t)strtoul(at + 1, NULL, 0);
}

static void hand_over(void* view, uint32_t base, char* path) {
  struct t31_mailbox_file request = {.address = base};
  int file = open(path, O_RDONLY);
  ssize_t got;

  if (file < 0) die(path);
  while ((got = read(file, (char*)view + request.bytes, T31_MAILBOX_LARGEST_FILE - request.bytes)) >
         0)
    request.bytes += (uint32_t)got;
  if (got < 0) die(path);
  close(file);
  snprintf(request.name, sizeof(request.name), "%s", basename(path));
  errno = -t31_machine_ask(T31_RMEM_TO_HOST, &request);
  if (errno) die(path);
}

int main(int count, char** words) {
  const uint32_t base = rmem_base();
  const int memory = open("/dev/rmem", O_RDWR);
  void* view;

  if (memory < 0) die("/dev/rmem");
  view =
      mmap(NULL, T31_MAILBOX_LARGEST_FILE, PROT_READ | PROT_WRITE, MAP_SHARED, memory, (off_t)base);
  if (view == MAP_FAILED) die("mapping /dev/rmem");
  for (int i = 1; i < count; i++) hand_over(view, base, words[i]);
  return 0;
}
