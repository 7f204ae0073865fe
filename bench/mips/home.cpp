// SPDX-License-Identifier: GPL-2.0-or-later
#include "bench/mips/home.hpp"

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

struct t31_node {
  char name[24];
  const t31_node_ops* ops;
  void* context;
};
struct t31_irq {
  u32 line;
  t31_irq_handler handler;
  void* context;
  bool enabled;
};

namespace t31::bench {
namespace {

constexpr u32 kUnits = 8;
constexpr u32 kUnitBytes = 0x90000;
constexpr u32 kVideoInput = 0x133e0000;
constexpr u32 kCpm = 0x10000000;
constexpr u32 kIsp = 0x13300000;
constexpr u32 kFirstWork = 0;
constexpr unsigned kMostWork = 16;

struct Unit {
  u32 base;
  u8* memory;
};
struct Work {
  void (*function)(void*);
  void* context;
  u32 pending;
};
static_assert(sizeof(Work) <= sizeof(t31_work));

Unit units[kUnits];
t31_node nodes[16];
t31_irq irqs[4];
t31_work* queue[kMostWork];
unsigned queued = 0;
unsigned allocation_count = 0;
bool log_shown = false;
u8* tuning_file = nullptr;
long tuning_bytes = 0;
u64 clock_ns = 1000000000;

bool is_tuning(const char* path) {
  return std::strncmp(path, "/etc/sensor/", 12) == 0 && std::strstr(path, "-cust-") == nullptr;
}

// What silicon answers while nothing moves.
void reset_unit(const Unit& unit) {
  auto* words = reinterpret_cast<volatile u32*>(unit.memory);
  if (unit.base == kCpm) words[0xc4 / 4] = 1u << 20;
  if (unit.base != kIsp) return;
  words[0x28 / 4] = 1;
  for (u32 channel = 0; channel < 3; ++channel) {
    words[(0x9970 + channel * 0x100) / 4] = 1;
    words[(0x9988 + channel * 0x100) / 4] = 1;
    words[(0x997c + channel * 0x100) / 4] = 1;
    words[(0x9994 + channel * 0x100) / 4] = 1;
  }
}

}  // namespace

bool set_tuning_file(const char* path) {
  std::FILE* file = std::fopen(path, "rb");
  if (file == nullptr) return false;
  std::fseek(file, 0, SEEK_END);
  tuning_bytes = std::ftell(file);
  std::rewind(file);
  tuning_file = static_cast<u8*>(std::malloc(static_cast<std::size_t>(tuning_bytes)));
  const bool read = std::fread(tuning_file, 1, static_cast<std::size_t>(tuning_bytes), file) ==
                    static_cast<std::size_t>(tuning_bytes);
  std::fclose(file);
  return read;
}

volatile u32* registers(u32 base) {
  for (const Unit& unit : units) {
    if (unit.memory != nullptr && unit.base == base) {
      return reinterpret_cast<volatile u32*>(unit.memory);
    }
  }
  return nullptr;
}

Node::Node(const char* name) : node_(nullptr) {
  for (t31_node& node : nodes) {
    if (node.ops != nullptr && std::strcmp(node.name, name) == 0) node_ = &node;
  }
}
bool Node::open() {
  return node_ != nullptr && node_->ops->open(node_->context, &file_) == 0;
}
void Node::close() {
  node_->ops->release(node_->context, file_);
}
long Node::ioctl(u32 command, void* argument) {
  return ioctl(command, static_cast<u32>(reinterpret_cast<uintptr_t>(argument)));
}
long Node::ioctl(u32 command, u32 argument) {
  return node_->ops->ioctl(node_->context, file_, command, argument, 0);
}

void raise_interrupt(u32 line) {
  for (const t31_irq& irq : irqs) {
    if (irq.handler != nullptr && irq.line == line && irq.enabled) irq.handler(irq.context);
  }
}

unsigned run_work() {
  unsigned done = 0;
  while (queued > kFirstWork) {
    t31_work* const item = queue[0];
    std::memmove(&queue[0], &queue[1], --queued * sizeof queue[0]);
    Work& work = *reinterpret_cast<Work*>(item);
    work.pending = 0;
    work.function(work.context);
    ++done;
  }
  return done;
}

unsigned allocations() {
  return allocation_count;
}
void show_log(bool show) {
  log_shown = show;
}

}  // namespace t31::bench

using namespace t31::bench;

extern "C" {

u32 bench_read_first(const struct t31_mmio* mapping) {
  if (reinterpret_cast<const u8*>(mapping) ==
      reinterpret_cast<volatile const u8*>(registers(kVideoInput))) {
    return 0;
  }
  return *reinterpret_cast<const volatile u32*>(mapping);
}

void t31_port_log(enum t31_log_level, const char* format, ...) {
  if (!log_shown) return;
  va_list arguments;
  va_start(arguments, format);
  std::vfprintf(stderr, format, arguments);
  va_end(arguments);
  std::fputc('\n', stderr);
}
void t31_port_panic(const char* what) {
  std::fprintf(stderr, "panic: %s\n", what);
  std::abort();
}
int t31_port_snprintf(char* buffer, u32 size, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int length = std::vsnprintf(buffer, size, format, arguments);
  va_end(arguments);
  return length;
}

struct t31_mmio* t31_port_ioremap(u32 base, u32, const char*) {
  for (Unit& unit : units) {
    if (unit.memory != nullptr) continue;
    unit = {base, static_cast<u8*>(std::calloc(1, kUnitBytes))};
    reset_unit(unit);
    return reinterpret_cast<t31_mmio*>(unit.memory);
  }
  return nullptr;
}
void t31_port_iounmap(struct t31_mmio*) {}

int t31_port_irq_request(u32 line, t31_irq_handler handler, t31_irq_handler, const char*,
                         void* context, struct t31_irq** out) {
  for (t31_irq& irq : irqs) {
    if (irq.handler != nullptr) continue;
    irq = {line, handler, context, false};
    *out = &irq;
    return 0;
  }
  return -T31_EBUSY;
}
void t31_port_irq_free(struct t31_irq* irq) {
  irq->handler = nullptr;
}
void t31_port_irq_enable(struct t31_irq* irq) {
  irq->enabled = true;
}
void t31_port_irq_disable(struct t31_irq* irq) {
  irq->enabled = false;
}

int t31_port_clk_get(const char*, struct t31_clk** out) {
  *out = reinterpret_cast<t31_clk*>(&queued);
  return 0;
}
void t31_port_clk_put(struct t31_clk*) {}
int t31_port_clk_set_rate(struct t31_clk*, u32) {
  return 0;
}
u32 t31_port_clk_get_rate(struct t31_clk*) {
  return 200000000;
}
int t31_port_clk_enable(struct t31_clk*) {
  return 0;
}
void t31_port_clk_disable(struct t31_clk*) {}
int t31_port_gpio_request(u32, const char*) {
  return 0;
}
void t31_port_gpio_free(u32) {}
int t31_port_gpio_direction_output(u32, int) {
  return 0;
}

void* t31_port_alloc(u32 size) {
  ++allocation_count;
  return std::calloc(1, size);
}
void t31_port_free(void* memory) {
  std::free(memory);
}
void* t31_port_dma_alloc(u32 size, u32* bus_address) {
  void* const memory = std::aligned_alloc(4096, (size + 4095) & ~4095u);
  if (memory == nullptr) return nullptr;
  ++allocation_count;
  std::memset(memory, 0, size);
  *bus_address = static_cast<u32>(reinterpret_cast<uintptr_t>(memory));
  return memory;
}
void t31_port_dma_free(void* memory, u32, u32) {
  std::free(memory);
}
void t31_port_dma_sync_for_cpu(u32, u32) {}
void t31_port_dma_sync_for_device(u32, u32) {}
int t31_port_dma_range_valid(u32, u32) {
  return 1;
}
void* t31_port_rmem_map(u32, u32) {
  return nullptr;
}
void t31_port_rmem_unmap(void*, u32) {}
u32 t31_port_ispmem_base(void) {
  return 0;
}
u32 t31_port_ispmem_size(void) {
  return 0;
}

void t31_port_spin_init(struct t31_spinlock*, const char*) {}
void t31_port_spin_destroy(struct t31_spinlock*) {}
unsigned long t31_port_spin_lock_irqsave(struct t31_spinlock*) {
  return 0;
}
void t31_port_spin_unlock_irqrestore(struct t31_spinlock*, unsigned long) {}
void t31_port_mutex_init(struct t31_mutex*, const char*) {}
void t31_port_mutex_destroy(struct t31_mutex*) {}
void t31_port_mutex_lock(struct t31_mutex*) {}
void t31_port_mutex_unlock(struct t31_mutex*) {}
void t31_port_wait_init(struct t31_wait*, const char*) {}
void t31_port_wait_destroy(struct t31_wait*) {}
void t31_port_wake_all(struct t31_wait*) {}
int t31_port_wait(struct t31_wait*, int (*condition)(void*), void* context, u32, int) {
  return condition(context) != 0 ? 0 : -T31_ETIMEDOUT;
}
void t31_port_msleep(u32) {}
u64 t31_port_time_ns(void) {
  return clock_ns += 1000000;
}

int t31_port_queue_create(const char*, struct t31_queue** out) {
  *out = reinterpret_cast<t31_queue*>(&queue);
  return 0;
}
void t31_port_queue_destroy(struct t31_queue*) {}
void t31_port_work_init(struct t31_work* work, void (*function)(void*), void* context) {
  *reinterpret_cast<Work*>(work) = {function, context, 0};
}
int t31_port_work_queue(struct t31_queue*, struct t31_work* work) {
  Work& item = *reinterpret_cast<Work*>(work);
  if (item.pending != 0 || queued == kMostWork) return 0;
  item.pending = 1;
  queue[queued++] = work;
  return 1;
}
int t31_port_work_queue_delayed(struct t31_queue* to, struct t31_work* work, u32) {
  return t31_port_work_queue(to, work);
}
void t31_port_work_cancel(struct t31_queue*, struct t31_work* work) {
  for (unsigned i = 0; i < queued; ++i) {
    if (queue[i] != work) continue;
    std::memmove(&queue[i], &queue[i + 1], (--queued - i) * sizeof queue[0]);
    reinterpret_cast<Work*>(work)->pending = 0;
    return;
  }
}
void t31_port_queue_flush(struct t31_queue*) {
  run_work();
}

long t31_port_file_size(const char* path) {
  return is_tuning(path) && tuning_file != nullptr ? tuning_bytes : -T31_ENOENT;
}
long t31_port_file_read(const char* path, void* buffer, u32 size) {
  if (!is_tuning(path) || tuning_file == nullptr) return -T31_ENOENT;
  const long bytes =
      static_cast<long>(size) < tuning_bytes ? static_cast<long>(size) : tuning_bytes;
  std::memcpy(buffer, tuning_file, static_cast<std::size_t>(bytes));
  return bytes;
}
long t31_port_file_write(const char*, const void*, u32 size) {
  return static_cast<long>(size);
}

int t31_port_copy_from_user(void* to, u32 user_address, u32 size) {
  std::memcpy(to, reinterpret_cast<const void*>(uintptr_t{user_address}), size);
  return 0;
}
int t31_port_copy_to_user(u32 user_address, const void* from, u32 size) {
  std::memcpy(reinterpret_cast<void*>(uintptr_t{user_address}), from, size);
  return 0;
}

int t31_port_node_create(const char* name, const struct t31_node_ops* ops, void* context,
                         struct t31_node** out) {
  for (t31_node& node : nodes) {
    if (node.ops != nullptr) continue;
    std::snprintf(node.name, sizeof node.name, "%s", name);
    node.ops = ops;
    node.context = context;
    *out = &node;
    return 0;
  }
  return -T31_ENOMEM;
}
void t31_port_node_destroy(struct t31_node* node) {
  node->ops = nullptr;
}
int t31_port_proc_create(const char*, const struct t31_proc_ops*, void*, struct t31_proc** out) {
  *out = reinterpret_cast<t31_proc*>(&queued);
  return 0;
}
void t31_port_proc_destroy(struct t31_proc*) {}
void t31_port_proc_printf(struct t31_proc_text*, const char*, ...) {}

}  // extern "C"
