// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/blocks/fake_home.hpp"

#include <cstdlib>
#include <cstring>
#include <utility>

namespace t31::test {
namespace {
FakeHome* g_home = nullptr;
}

FakeHome::FakeHome() {
  g_home = this;
}
FakeHome::~FakeHome() {
  g_home = nullptr;
}

Window FakeHome::window() const {
  return Window(reinterpret_cast<t31_mmio*>(const_cast<FakeHome*>(this)));
}

std::vector<Write> FakeHome::take_writes() {
  return std::exchange(writes_, {});
}

void FakeHome::record(u32 offset, u32 value) {
  writes_.push_back({offset, value});
  state[offset] = value;
}

}  // namespace t31::test

using t31::test::g_home;

extern "C" {

u32 t31_host_mmio_read(const struct t31_mmio*, u32 offset) {
  return g_home->state[offset];
}

void t31_host_mmio_write(struct t31_mmio*, u32 offset, u32 value) {
  g_home->record(offset, value);
}

void* t31_port_alloc(u32 size) {
  if (g_home->fail_allocation > 0 && --g_home->fail_allocation == 0) return nullptr;
  ++g_home->live_allocations;
  return std::calloc(1, size);
}

void t31_port_free(void* memory) {
  if (memory != nullptr) --g_home->live_allocations;
  std::free(memory);
}

long t31_port_file_size(const char* path) {
  const auto file = g_home->files.find(path);
  return file == g_home->files.end() ? -T31_ENOENT : static_cast<long>(file->second.size());
}

long t31_port_file_read(const char* path, void* buffer, u32 size) {
  if (g_home->files_unreadable) return -T31_EIO;
  const auto& bytes = g_home->files.at(path);
  const size_t count = bytes.size() < size ? bytes.size() : size;
  std::memcpy(buffer, bytes.data(), count);
  return static_cast<long>(count);
}

void t31_port_log(enum t31_log_level, const char*, ...) {
  ++g_home->log_lines;
}
}
