// SPDX-License-Identifier: GPL-2.0-or-later
// libt31-count.so - counts the instructions that a guest executes: a plugin of Debian's
// qemu-system-mipsel (-plugin libt31-count.so). The guest reads the counts in a page of registers
// (counter.h).
//
// Each executed instruction adds one, in generated code. Whose it was is told by $28, which in the
// kernel of MIPS points at the running thread's thread_info, at the begin of its stack: looked at
// when a block of kernel code begins. A hard interrupt of the chip's lines is bracketed by the
// board module and counted by itself; all other interrupts (the kernel's tick) count as the
// interrupted thread's. The thread that runs when the processor halts is the idle one.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unordered_map>

#include "qemu/counter.h"
#include "qemu/qemu_api.hpp"

// QEMU has no header for plugins of its version 7.2 in a package, nor one for registers.
extern "C" {
struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct CPUState;
struct GByteArray {
  std::uint8_t* data;
  unsigned length;
};
void qemu_plugin_register_vcpu_tb_trans_cb(std::uint64_t id,
                                           void (*)(std::uint64_t, qemu_plugin_tb*));
void qemu_plugin_register_vcpu_idle_cb(std::uint64_t id, void (*)(std::uint64_t, unsigned));
void qemu_plugin_register_vcpu_tb_exec_cb(qemu_plugin_tb*, void (*)(unsigned, void*), int flags,
                                          void* data);
void qemu_plugin_register_vcpu_insn_exec_inline(qemu_plugin_insn*, int operation, void* counter,
                                                std::uint64_t value);
std::size_t qemu_plugin_tb_n_insns(const qemu_plugin_tb*);
std::uint64_t qemu_plugin_tb_vaddr(const qemu_plugin_tb*);
qemu_plugin_insn* qemu_plugin_tb_get_insn(const qemu_plugin_tb*, std::size_t);
CPUState* qemu_get_cpu(int index);
int mips_cpu_gdb_read_register(CPUState*, GByteArray*, int number);
GByteArray* g_byte_array_new(void);
GByteArray* g_byte_array_set_size(GByteArray*, unsigned);

__attribute__((visibility("default"))) int qemu_plugin_version = 1;
__attribute__((visibility("default"))) int qemu_plugin_install(std::uint64_t id, const void* info,
                                                               int count, char** words);
}

namespace t31::qemu {
namespace {

constexpr int kNoRegisters = 0;
constexpr int kAdd = 0;
constexpr int kThreadRegister = 28;
constexpr std::uint32_t kKernel = 0x80000000;
constexpr std::uint32_t kUnmappedEnd = 0xa0000000;
constexpr std::uint32_t kStackBytes = 0x2000;
constexpr int kPriority = 101;

struct Block {
  std::uint32_t address;
  std::uint32_t instructions;
};

struct Thread {
  std::uint64_t executed = 0;
  bool idle = false;
};

class Counter {
 public:
  static Counter& instance() {
    static Counter counter;
    return counter;
  }

  std::uint64_t executed = 0;  // generated code adds to it

  void begin_kernel_block(const Block& block);
  void halt();
  std::uint32_t read(std::uint64_t offset);
  void write(std::uint64_t offset, std::uint32_t value);

 private:
  // What was executed since the last look, to whom it belongs.
  void settle() {
    (in_line_ ? lines_ : thread_->executed) += executed - settled_;
    settled_ = executed;
  }
  std::uint64_t of_threads() const;

  std::unordered_map<std::uint32_t, Thread> threads_;  // its nodes stay where they are
  Thread* thread_ = &threads_[0];
  std::uint32_t key_ = 0;
  GByteArray* bytes_ = g_byte_array_new();
  std::uint64_t settled_ = 0;
  bool in_line_ = false;
  std::uint64_t entered_ = 0;
  std::uint64_t lines_ = 0;
  std::uint64_t longest_ = 0;
  std::uint64_t times_ = 0;
  std::uint32_t code_begin_ = 0;
  std::uint32_t code_end_ = 0;
  std::uint64_t code_ = 0;
};

void Counter::begin_kernel_block(const Block& block) {
  if (block.address >= code_begin_ && block.address < code_end_) code_ += block.instructions;
  if (in_line_) return;
  g_byte_array_set_size(bytes_, 0);
  mips_cpu_gdb_read_register(qemu_get_cpu(0), bytes_, kThreadRegister);
  std::uint32_t key = 0;
  std::memcpy(&key, bytes_->data, sizeof key);
  // Right after an exception it may still be the program's.
  if (key == key_ || key % kStackBytes != 0 || key < kKernel || key >= kUnmappedEnd) return;
  settle();
  key_ = key;
  thread_ = &threads_[key];
}

void Counter::halt() {
  settle();
  thread_->idle = true;
}

std::uint64_t Counter::of_threads() const {
  std::uint64_t sum = 0;
  for (const auto& [key, thread] : threads_) sum += thread.idle ? 0 : thread.executed;
  return sum;
}

std::uint32_t Counter::read(std::uint64_t offset) {
  settle();
  switch (offset) {
    case T31_COUNTER_EXECUTED:
      return static_cast<std::uint32_t>(executed);
    case T31_COUNTER_OWN:
      return static_cast<std::uint32_t>(thread_->executed);
    case T31_COUNTER_THREADS:
      return static_cast<std::uint32_t>(of_threads());
    case T31_COUNTER_LINES:
      return static_cast<std::uint32_t>(lines_);
    case T31_COUNTER_TIMES:
      return static_cast<std::uint32_t>(times_);
    case T31_COUNTER_LONGEST:
      return static_cast<std::uint32_t>(longest_);
    case T31_COUNTER_LATEST:
      return static_cast<std::uint32_t>(entered_);
    case T31_COUNTER_CODE:
      return static_cast<std::uint32_t>(code_);
    default:
      return 0;
  }
}

void Counter::write(std::uint64_t offset, std::uint32_t value) {
  settle();
  switch (offset) {
    case T31_COUNTER_ENTER:
      in_line_ = true;
      entered_ = executed;
      break;
    case T31_COUNTER_LEAVE:
      in_line_ = false;
      ++times_;
      longest_ = executed - entered_ > longest_ ? executed - entered_ : longest_;
      break;
    case T31_COUNTER_LONGEST:
      longest_ = 0;
      break;
    case T31_COUNTER_CODE_BEGIN:
      code_begin_ = value;
      break;
    case T31_COUNTER_CODE_END:
      code_end_ = value;
      break;
    default:
      break;
  }
}

// Blocks are described for good: QEMU keeps and forgets its translations as it likes.
void on_translate(std::uint64_t, qemu_plugin_tb* block) {
  const std::size_t instructions = qemu_plugin_tb_n_insns(block);
  const auto address = static_cast<std::uint32_t>(qemu_plugin_tb_vaddr(block));
  if (address >= kKernel) {
    auto* const described = new Block{address, static_cast<std::uint32_t>(instructions)};
    qemu_plugin_register_vcpu_tb_exec_cb(
        block,
        [](unsigned, void* data) {
          Counter::instance().begin_kernel_block(*static_cast<const Block*>(data));
        },
        kNoRegisters, described);
  }
  for (std::size_t i = 0; i < instructions; ++i) {
    qemu_plugin_register_vcpu_insn_exec_inline(qemu_plugin_tb_get_insn(block, i), kAdd,
                                               &Counter::instance().executed, 1);
  }
}

std::uint64_t read_register(void*, std::uint64_t offset, unsigned) {
  return Counter::instance().read(offset);
}

void write_register(void*, std::uint64_t offset, std::uint64_t value, unsigned) {
  Counter::instance().write(offset, static_cast<std::uint32_t>(value));
}

void add_registers(Notifier*, void*) {
  static MemoryRegionOps ops{};
  ops.read = read_register;
  ops.write = write_register;
  ops.endianness = kLittleEndian;
  ops.valid.min_access_size = ops.valid.max_access_size = 4;
  ops.impl.min_access_size = ops.impl.max_access_size = 4;
  auto* region = static_cast<MemoryRegion*>(std::calloc(1, kMemoryRegionBytes));
  if (region == nullptr) std::abort();
  memory_region_init_io(region, nullptr, &ops, nullptr, "t31-counter", T31_COUNTER_BYTES);
  memory_region_add_subregion_overlap(get_system_memory(), T31_COUNTER_BASE, region, kPriority);
}
Notifier machine_ready{add_registers, {}};

}  // namespace
}  // namespace t31::qemu

int qemu_plugin_install(std::uint64_t id, const void*, int, char**) {
  qemu_plugin_register_vcpu_tb_trans_cb(id, t31::qemu::on_translate);
  qemu_plugin_register_vcpu_idle_cb(
      id, [](std::uint64_t, unsigned) { t31::qemu::Counter::instance().halt(); });
  qemu_add_machine_init_done_notifier(&t31::qemu::machine_ready);
  return 0;
}
