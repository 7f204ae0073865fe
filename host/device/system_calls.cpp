// SPDX-License-Identifier: GPL-2.0-or-later
// system_calls.cpp - nodes, proc files and memory of the camera.
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>

#include "host/device/device.hpp"
#include "t31_host.h"

namespace t31::device {

std::string first_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

void complain(const std::string& what) {
  std::fprintf(stderr, "%s: %s\n", what.c_str(), std::strerror(errno));
}

long result_of(long result) {
  return result < 0 ? -errno : result;
}

namespace {

struct Area {
  std::uint32_t base = 0;
  std::uint32_t size = 0;
  void* view = nullptr;
};

std::uint32_t with_unit(const std::string& text, std::size_t* end) {
  const auto number = static_cast<std::uint32_t>(std::stoul(text, end, 0));
  const char unit = *end < text.size() ? text[*end] : '\0';
  if (unit == 'M' || unit == 'K') ++*end;
  return unit == 'M' ? number << 20 : unit == 'K' ? number << 10 : number;
}

// rmem=SIZE@BASE of the boot line.
Area find_reserved() {
  std::istringstream words(first_line("/proc/cmdline"));
  Area area;
  for (std::string word; words >> word;) {
    if (!word.starts_with("rmem=")) continue;
    std::size_t end = 0;
    area.size = with_unit(word.substr(5), &end);
    const std::size_t at = word.find('@');
    if (at != std::string::npos) area.base = with_unit(word.substr(at + 1), &end);
  }
  return area;
}

// Mapped once, as vendor programs do.
Area& reserved() {
  static Area area = [] {
    Area found = find_reserved();
    const int memory = ::open("/dev/rmem", O_RDWR | O_CLOEXEC);
    if (memory < 0 || found.size == 0) {
      complain("/dev/rmem");
      return found;
    }
    void* view = ::mmap(nullptr, found.size, PROT_READ | PROT_WRITE, MAP_SHARED, memory,
                        static_cast<off_t>(found.base));
    if (view == MAP_FAILED) {
      complain("mapping /dev/rmem");
    } else {
      found.view = view;
    }
    ::close(memory);
    return found;
  }();
  return area;
}

}  // namespace
}  // namespace t31::device

using namespace t31::device;

int t31_host_open(const char* path, int flags) {
  const bool writable = std::strncmp(path, "/dev/", 5) == 0 || ::access(path, W_OK) == 0;
  const int nonblock = (flags & T31_HOST_O_NONBLOCK) != 0 ? O_NONBLOCK : 0;
  return static_cast<int>(
      result_of(::open(path, (writable ? O_RDWR : O_RDONLY) | O_CLOEXEC | nonblock)));
}

int t31_host_close(int descriptor) {
  return static_cast<int>(result_of(::close(descriptor)));
}

int t31_host_ioctl(int descriptor, std::uint32_t command, std::uint32_t argument) {
  return static_cast<int>(
      result_of(::ioctl(descriptor, command, static_cast<unsigned long>(argument))));
}

long t31_host_read(int descriptor, void* buffer, std::size_t size) {
  return result_of(::read(descriptor, buffer, size));
}

long t31_host_write(int descriptor, const void* buffer, std::size_t size) {
  return result_of(::write(descriptor, buffer, size));
}

int t31_host_poll(int descriptor, std::uint32_t milliseconds) {
  pollfd waiting{descriptor, POLLIN, 0};
  const int timeout = milliseconds == UINT32_MAX ? -1 : static_cast<int>(milliseconds);
  return static_cast<int>(result_of(::poll(&waiting, 1, timeout)));
}

long t31_host_mmap(int descriptor, std::size_t size) {
  void* view = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0);
  if (view == MAP_FAILED) return -errno;
  ::munmap(view, size);
  return 0;
}

// ---- memory

void* t31_host_user_alloc(std::size_t size) {
  return std::calloc(1, size);
}

void t31_host_user_free(void* memory) {
  std::free(memory);
}

void* t31_host_rmem(std::uint32_t bus_address, std::uint32_t size) {
  const Area& area = reserved();
  if (area.view == nullptr || bus_address < area.base || size > area.size ||
      bus_address - area.base > area.size - size) {
    return nullptr;
  }
  return static_cast<char*>(area.view) + (bus_address - area.base);
}

std::uint32_t t31_host_rmem_base() {
  return reserved().base;
}

std::uint32_t t31_host_rmem_size() {
  return reserved().size;
}

// ---- registers, as devmem does

namespace {

constexpr std::uint32_t kPage = 4096;

template <typename Function>
void with_register(std::uint32_t address, Function function) {
  const int memory = ::open("/dev/mem", O_RDWR | O_SYNC | O_CLOEXEC);
  if (memory < 0) {
    complain("/dev/mem");
    return;
  }
  void* view = ::mmap(nullptr, kPage, PROT_READ | PROT_WRITE, MAP_SHARED, memory,
                      static_cast<off_t>(address & ~(kPage - 1)));
  ::close(memory);
  if (view == MAP_FAILED) {
    complain("mapping registers");
    return;
  }
  function(reinterpret_cast<volatile std::uint32_t*>(static_cast<char*>(view) +
                                                     (address & (kPage - 1))));
  ::munmap(view, kPage);
}

}  // namespace

std::uint32_t t31_host_peek(std::uint32_t address) {
  std::uint32_t value = 0;
  with_register(address, [&value](const volatile std::uint32_t* word) { value = *word; });
  return value;
}

void t31_host_poke(std::uint32_t address, std::uint32_t value) {
  with_register(address, [value](volatile std::uint32_t* word) { *word = value; });
}
