// SPDX-License-Identifier: GPL-2.0-or-later
#include "fake_home.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdarg>
#include <functional>
#include <mutex>
#include <new>

struct t31_node {
  std::string name;
  const t31_node_ops* ops;
  void* context;
};
struct t31_proc_text {
  std::string text;
};

namespace fake {
namespace {

std::recursive_mutex chip_lock, table_lock;
std::unique_ptr<Home> current = std::make_unique<Home>();
std::map<std::string, t31_node*> nodes;
std::map<u32, std::pair<void*, u32>> user_memory;
u32 next_user_address = 0x10000;
thread_local int spin_depth = 0;
std::atomic<u32> signals{0};
std::atomic<u32> sleeping{0};

u32 fifo_state(size_t entries, size_t depth) {
  return (entries == 0 ? 1u : 0u) | (entries >= depth ? 2u : 0u);
}

u32 read_channel(Chip& chip, unsigned n, u32 offset) {
  ScalerChannel& channel = chip.channel[n];
  const bool none = channel.done.empty();
  switch (offset) {
    case 0x70:
      return fifo_state(channel.luma.size(), chip.fifo_depth);
    case 0x88:
      return fifo_state(channel.chroma.size(), chip.fifo_depth);
    case 0x7c:
    case 0x94:
      return channel.done_never_empty ? 0 : (none ? 1 : 0);
    case 0x74:
      return none ? 0xdead0000 : channel.done.front().first;
    case 0x8c:
      return none ? 0 : channel.done.front().second;
    case 0x90:
      if (!none) channel.done.pop_front();
      return channel.frames;
    default:
      return chip.registers[0x9900 + n * 0x100 + offset];
  }
}

void write_channel(Chip& chip, unsigned n, u32 offset, u32 value) {
  ScalerChannel& channel = chip.channel[n];
  const bool busy = ((chip.enabled() | chip.busy) >> n & 1) != 0;
  const auto push = [&](std::deque<u32>& fifo) {
    if (fifo.size() >= chip.fifo_depth) {
      ++chip.lost_pushes;
    } else {
      fifo.push_back(value);
    }
  };
  if (offset == 0x6c) push(channel.luma);
  if (offset == 0x84) push(channel.chroma);
  if (offset >= 0x9c && offset <= 0xa8 && busy) ++channel.cleared_while_busy;
  if (offset == 0x9c) channel.luma.clear();
  if (offset == 0xa0) channel.chroma.clear();
  if (offset == 0xa4) channel.done.clear();
}

}  // namespace

u32 Chip::enabled() const {
  const auto found = registers.find(0x9804);
  return found == registers.end() ? 0 : found->second & 7;
}

bool Chip::end_frame(unsigned n) {
  std::lock_guard guard(chip_lock);
  ScalerChannel& to = channel[n];
  busy &= live ? ~(1u << n) : ~0u;
  if ((enabled() >> n & 1) == 0) return false;
  ++to.frames;
  if (to.luma.empty() || to.chroma.empty()) return false;
  to.done.emplace_back(to.luma.front(), to.chroma.front());
  to.last_luma = to.luma.front();
  to.luma.pop_front();
  to.chroma.pop_front();
  return true;
}

Writes Chip::take_writes() {
  std::lock_guard guard(chip_lock);
  return std::exchange(writes, {});
}

void Home::run_until(u64 time) {
  for (;;) {
    const auto next =
        std::min_element(pending.begin(), pending.end(),
                         [](const PendingWork& a, const PendingWork& b) { return a.due < b.due; });
    if (next == pending.end() || next->due > time) break;
    const PendingWork work = *next;
    pending.erase(next);
    time_ns = std::max(time_ns, work.due);
    work.function(work.context);
  }
  time_ns = time;
}

std::string Home::take_log() {
  std::lock_guard guard(table_lock);
  return std::exchange(log, {});
}

unsigned Home::log_lines() const {
  unsigned lines = 0;
  for (char c : log) lines += c == '\n' ? 1 : 0;
  return lines;
}

Home& home() {
  return *current;
}

void reset() {
  EXPECT_TRUE(nodes.empty());
  current = std::make_unique<Home>();
}

unsigned node_count() {
  return static_cast<unsigned>(nodes.size());
}

u32 map_user(void* memory, u32 size) {
  std::lock_guard guard(table_lock);
  const u32 address = next_user_address;
  next_user_address += (size + 0xffu) & ~0xffu;
  user_memory[address] = {memory, size};
  return address;
}

void unmap_user(u32 address) {
  std::lock_guard guard(table_lock);
  user_memory.erase(address);
}

unsigned sleepers() {
  return sleeping.load();
}

Descriptor::Descriptor(const char* node, u32 flags) : node_(node), flags_(flags) {
  const auto found = nodes.find(node_);
  if (found == nodes.end()) {
    error_ = -T31_ENOENT;
    return;
  }
  error_ = found->second->ops->open(found->second->context, &file_);
  open_ = error_ == 0;
}

void Descriptor::close() {
  if (!open_) return;
  open_ = false;
  t31_node* node = nodes.at(node_);
  node->ops->release(node->context, file_);
}

long Descriptor::ioctl(u32 command, u32 argument) {
  t31_node* node = nodes.at(node_);
  return node->ops->ioctl(node->context, file_, command, argument, flags_);
}

void Descriptor::signal_sleepers() {
  ++signals;
}

namespace {

struct Lock {
  std::mutex mutex;
};
struct Wait {
  std::mutex mutex;
  std::condition_variable changed;
};
template <typename T, typename Storage>
T& in(Storage* storage) {
  static_assert(sizeof(T) <= sizeof(Storage));
  return *std::launder(reinterpret_cast<T*>(storage));
}

void must_be_able_to_sleep(const char* what) {
  if (spin_depth != 0) {
    ADD_FAILURE() << what << " under a spin lock";
  }
}

int copy(u32 address, u32 size, const std::function<void(char*)>& action) {
  must_be_able_to_sleep("a user copy");
  std::lock_guard guard(table_lock);
  for (const auto& [begin, range] : user_memory) {
    if (address >= begin && address - begin <= range.second &&
        size <= range.second - (address - begin)) {
      action(static_cast<char*>(range.first) + (address - begin));
      return 0;
    }
  }
  return -T31_EFAULT;
}

}  // namespace
}  // namespace fake

using fake::home;

extern "C" {

u32 t31_host_mmio_read(const t31_mmio*, u32 offset) {
  std::lock_guard guard(fake::chip_lock);
  fake::Chip& chip = home().chip;
  if (offset == 0x9808) return chip.enabled() | chip.busy;
  if (offset >= 0x9900 && offset < 0x9c00) {
    return fake::read_channel(chip, (offset - 0x9900) / 0x100, offset & 0xff);
  }
  return chip.registers[offset];
}

void t31_host_mmio_write(t31_mmio*, u32 offset, u32 value) {
  std::lock_guard guard(fake::chip_lock);
  fake::Chip& chip = home().chip;
  chip.writes.emplace_back(offset, value);
  if (offset == 0x9804 && chip.live) chip.busy |= chip.enabled() & ~value;
  if (offset >= 0x9900 && offset < 0x9c00) {
    fake::write_channel(chip, (offset - 0x9900) / 0x100, offset & 0xff, value);
  }
  chip.registers[offset] = value;
}

void t31_port_log(enum t31_log_level, const char* format, ...) {
  char line[512];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  std::lock_guard guard(fake::table_lock);
  home().log += std::string(line) + "\n";
}

void t31_port_proc_printf(t31_proc_text*, const char* format, ...) {
  char line[512];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  home().proc += line;
}

void t31_port_dma_sync_for_device(u32 address, u32 size) {
  std::lock_guard guard(fake::table_lock);
  home().synced.emplace_back(address, size);
}

int t31_port_dma_range_valid(u32 address, u32 size) {
  return address >= home().ram_begin && size != 0 && address < home().ram_end &&
         size <= home().ram_end - address;
}

void t31_port_spin_init(t31_spinlock* lock, const char*) {
  new (lock) fake::Lock;
}
void t31_port_spin_destroy(t31_spinlock* lock) {
  fake::in<fake::Lock>(lock).~Lock();
}
unsigned long t31_port_spin_lock_irqsave(t31_spinlock* lock) {
  fake::in<fake::Lock>(lock).mutex.lock();
  ++fake::spin_depth;
  return 0;
}
void t31_port_spin_unlock_irqrestore(t31_spinlock* lock, unsigned long) {
  --fake::spin_depth;
  fake::in<fake::Lock>(lock).mutex.unlock();
}

void t31_port_mutex_init(t31_mutex* mutex, const char*) {
  new (mutex) fake::Lock;
}
void t31_port_mutex_destroy(t31_mutex* mutex) {
  fake::in<fake::Lock>(mutex).~Lock();
}
void t31_port_mutex_lock(t31_mutex* mutex) {
  fake::must_be_able_to_sleep("a mutex");
  fake::in<fake::Lock>(mutex).mutex.lock();
}
void t31_port_mutex_unlock(t31_mutex* mutex) {
  fake::in<fake::Lock>(mutex).mutex.unlock();
}

void t31_port_wait_init(t31_wait* wait, const char*) {
  new (wait) fake::Wait;
}
void t31_port_wait_destroy(t31_wait* wait) {
  fake::in<fake::Wait>(wait).~Wait();
}
void t31_port_wake_all(t31_wait* wait) {
  fake::Wait& queue = fake::in<fake::Wait>(wait);
  std::lock_guard guard(queue.mutex);
  queue.changed.notify_all();
}
int t31_port_wait(t31_wait* wait, int (*condition)(void*), void* context, u32 milliseconds,
                  int interruptible) {
  fake::must_be_able_to_sleep("a wait");
  fake::Wait& queue = fake::in<fake::Wait>(wait);
  const auto begin = std::chrono::steady_clock::now();
  const u32 signal = fake::signals.load();
  ++fake::sleeping;
  int result = 0;
  while (condition(context) == 0) {
    if (interruptible != 0 && fake::signals.load() != signal) {
      result = -T31_ERESTARTSYS;
      break;
    }
    const auto passed = std::chrono::steady_clock::now() - begin;
    if (milliseconds != T31_WAIT_FOREVER && passed > std::chrono::milliseconds(milliseconds)) {
      result = -T31_ETIMEDOUT;
      break;
    }
    std::unique_lock guard(queue.mutex);
    queue.changed.wait_for(guard, std::chrono::milliseconds(1));
  }
  --fake::sleeping;
  return result;
}

void t31_port_msleep(u32) {
  fake::must_be_able_to_sleep("a sleep");
  ++home().sleeps;
}

u64 t31_port_time_ns() {
  return home().time_ns;
}
void t31_port_dma_sync_for_cpu(u32, u32) {}

void* t31_port_rmem_map(u32 address, u32 size) {
  fake::must_be_able_to_sleep("a mapping");
  EXPECT_LE(size, 64u);
  ++home().mappings;
  return home().memory[address].data();
}
void t31_port_rmem_unmap(void*, u32) {
  --home().mappings;
}

int t31_port_queue_create(const char*, t31_queue** out) {
  fake::must_be_able_to_sleep("creating a queue");
  if (home().fail_queue_create != 0 && --home().fail_queue_create == 0) return -T31_ENOMEM;
  ++home().queues;
  *out = reinterpret_cast<t31_queue*>(&home().queues);
  return 0;
}
void t31_port_queue_destroy(t31_queue*) {
  fake::must_be_able_to_sleep("destroying a queue");
  EXPECT_TRUE(home().pending.empty());
  --home().queues;
}
void t31_port_work_init(t31_work* work, void (*function)(void*), void* context) {
  new (work) fake::PendingWork{work, function, context, 0};
}
int t31_port_work_queue_delayed(t31_queue*, t31_work* item, u32 milliseconds) {
  fake::PendingWork work = fake::in<fake::PendingWork>(item);
  for (const fake::PendingWork& other : home().pending) {
    if (other.item == item) return 0;
  }
  work.due = home().time_ns + u64{milliseconds} * 1000000;
  home().pending.push_back(work);
  return 1;
}
void t31_port_work_cancel(t31_queue*, t31_work* item) {
  fake::must_be_able_to_sleep("cancelling work");
  std::erase_if(home().pending, [&](const fake::PendingWork& work) { return work.item == item; });
}

int t31_port_copy_from_user(void* to, u32 address, u32 size) {
  if (home().fail_copy_in != 0 && --home().fail_copy_in == 0) return -T31_EFAULT;
  return fake::copy(address, size, [&](char* memory) { std::memcpy(to, memory, size); });
}
int t31_port_copy_to_user(u32 address, const void* from, u32 size) {
  if (home().fail_copy_out != 0 && --home().fail_copy_out == 0) return -T31_EFAULT;
  return fake::copy(address, size, [&](char* memory) { std::memcpy(memory, from, size); });
}

int t31_port_node_create(const char* name, const t31_node_ops* ops, void* context, t31_node** out) {
  if (home().fail_node_create != 0 && --home().fail_node_create == 0) return -T31_ENOMEM;
  if (fake::nodes.count(name) != 0) return -T31_EEXIST;
  *out = fake::nodes[name] = new t31_node{name, ops, context};
  return 0;
}
void t31_port_node_destroy(t31_node* node) {
  fake::nodes.erase(node->name);
  delete node;
}

}  // extern "C"
