// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31d/chip_pages.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

#include "t31_host.h"

namespace t31::daemon {
namespace {

constexpr uint32_t kPage = 4096;
constexpr uint32_t kMostMapped = 1 << 20;

struct Register {
  uint32_t address;
  uint32_t value;
};

// Outside the camera: who the chip is (a T31X), and what programs look at on their way
// (bench-malta 5.2).
constexpr Register kElsewhere[] = {
    {0x1300002c, 0x10031000},  // family T31
    {0x13540238, 0x22220000},  // variant X
    // Strength of the Ethernet pads, as set already: programs that find nothing there divide by it.
    {0x10011010, 0x00000100},
    {0x10011020, 0x00000100},
    {0x10011030, 0x00000100},
};

// Clock registers: reading them has no side effect.
constexpr uint32_t kClocks = 0x10000000;
constexpr uint32_t kClockBytes = 0x100;

// Lines of the frame that channel 0 has written.
constexpr uint32_t kLineCounter = 0x13309888;

bool is_inside(uint32_t address, uint32_t base, uint32_t size) {
  return address >= base && address - base <= size - sizeof(uint32_t);
}

void put(uint8_t* bytes, uint32_t offset, uint32_t value) {
  __atomic_store_n(reinterpret_cast<uint32_t*>(bytes + offset), value, __ATOMIC_RELAXED);
}

void fill(uint8_t* bytes, uint32_t base, uint32_t size) {
  for (uint32_t offset = 0; offset < kClockBytes; offset += sizeof(uint32_t)) {
    const uint32_t address = kClocks + offset;
    if (is_inside(address, base, size)) put(bytes, address - base, t31_host_peek(address));
  }
  for (const Register& known : kElsewhere) {
    if (is_inside(known.address, base, size)) put(bytes, known.address - base, known.value);
  }
}

}  // namespace

ChipPages::~ChipPages() {
  for (auto& [key, window] : windows_) {
    munmap(window.bytes, window.size);
    close(window.file);
  }
}

int ChipPages::open(uint32_t address, uint32_t size) {
  if (size == 0 || size > kMostMapped || address % kPage != 0) return -EINVAL;
  const std::scoped_lock lock(mutex_);
  const uint64_t key = uint64_t{address} << 32 | size;
  auto found = windows_.find(key);
  if (found == windows_.end()) {
    const uint32_t whole = (size + kPage - 1) / kPage * kPage;
    const int file = memfd_create("t31-chip", MFD_CLOEXEC);
    if (file < 0) return -errno;
    if (ftruncate(file, whole) < 0) {
      close(file);
      return -ENOMEM;
    }
    void* const bytes = mmap(nullptr, whole, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (bytes == MAP_FAILED) {
      close(file);
      return -ENOMEM;
    }
    found = windows_.emplace(key, Window{file, static_cast<uint8_t*>(bytes), whole}).first;
    fill(found->second.bytes, address, whole);
  }
  return fcntl(found->second.file, F_DUPFD_CLOEXEC, 0);
}

void ChipPages::refresh() {
  const std::scoped_lock lock(mutex_);
  for (auto& [key, window] : windows_) {
    const auto base = static_cast<uint32_t>(key >> 32);
    if (is_inside(kLineCounter, base, window.size)) {
      put(window.bytes, kLineCounter - base, t31_host_peek(kLineCounter));
    }
  }
}

}  // namespace t31::daemon
