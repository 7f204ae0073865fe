// SPDX-License-Identifier: GPL-2.0-or-later
#include "host/device/ask_machine.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "qemu/mailbox.h"

#define PAGE 4096u

static bool has_board(void) {
  return access("/sys/bus/platform/devices/t31-board", F_OK) == 0;
}

static void boot_line(char* line, int size) {
  FILE* const file = fopen("/proc/cmdline", "r");

  line[0] = '\0';
  if (!file) return;
  if (!fgets(line, size, file)) line[0] = '\0';
  fclose(file);
}

static bool is_whole_t31(void) {
  char line[4096];

  boot_line(line, sizeof(line));
  for (char* word = strtok(line, " \n"); word; word = strtok(NULL, " \n"))
    if (!strcmp(word, "t31vm")) return true;
  return false;
}

bool t31_machine_is_virtual(void) {
  return has_board() || is_whole_t31();
}

/* rmem=64M@0x4000000; 0 when there is none. */
static uint32_t last_reserved_page(void) {
  char line[4096];
  char* word;
  uint32_t size;

  boot_line(line, sizeof(line));
  word = strstr(line, "rmem=");
  if (!word) return 0;
  size = (uint32_t)strtoul(word + 5, &word, 0);
  if (*word == 'M') size <<= 20;
  if (*word == 'K') size <<= 10;
  word = strchr(word, '@');
  return word ? (uint32_t)strtoul(word + 1, NULL, 0) + size - PAGE : 0;
}

static int ask_registers(volatile uint32_t* registers, volatile uint8_t* page, uint32_t address,
                         uint32_t offset, uint8_t* request, size_t size) {
  int result;

  if (registers[T31_MAILBOX_ID / 4] != T31_MAILBOX_MAGIC) return -ENODEV;
  for (size_t i = 0; i < size; i++) page[i] = request[i];
  registers[offset / 4] = address;
  result = (int)registers[T31_MAILBOX_RESULT / 4];
  for (size_t i = 0; i < size; i++) request[i] = page[i];
  return result;
}

static int ask_whole_t31(uint32_t offset, void* request, size_t size) {
  const uint32_t address = last_reserved_page();
  const int memory = open("/dev/mem", O_RDWR | O_SYNC | O_CLOEXEC);
  int result = -errno;
  void* registers;
  void* page;

  if (memory < 0) return result;
  if (!address) {
    close(memory);
    return -ENODEV;
  }
  registers = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, memory, T31_MAILBOX_BASE);
  page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, memory, (off_t)address);
  result = registers == MAP_FAILED || page == MAP_FAILED
               ? -errno
               : ask_registers(registers, page, address, offset, request, size);
  if (registers != MAP_FAILED) munmap(registers, PAGE);
  if (page != MAP_FAILED) munmap(page, PAGE);
  close(memory);
  return result;
}

static int ask_board(unsigned long command, void* request) {
  const int board = open("/dev/rmem", O_RDWR | O_CLOEXEC);
  int result;

  if (board < 0) return -errno;
  result = ioctl(board, command, request) < 0 ? -errno : 0;
  close(board);
  return result;
}

int t31_machine_ask(unsigned long command, void* request) {
  if (has_board()) return ask_board(command, request);
  switch (command) {
    case T31_RMEM_TO_HOST:
      return ask_whole_t31(T31_MAILBOX_FILE, request, sizeof(struct t31_mailbox_file));
    case T31_RMEM_SENSOR:
      return ask_whole_t31(T31_MAILBOX_SENSOR, request, sizeof(struct t31_mailbox_text));
    default:
      return -ENOTTY;
  }
}
