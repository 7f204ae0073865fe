// SPDX-License-Identifier: GPL-2.0-or-later
// proc.cpp - proc files: text rendered at a descriptor's first read, then read piece by piece.
#include <algorithm>
#include <cstdarg>
#include <cstring>

#include "driver/port/port.h"
#include "host/client/files.hpp"
#include "host/machine.hpp"
#include "host/strict/report.hpp"
#include "t31_host_kernel.h"

struct t31_proc_text {
  std::string text;
};

namespace t31::host {
namespace {

constexpr size_t kMostWritten = 64 << 10;

class ProcFile final : public FileNode {
 public:
  ProcFile(const char* path, const t31_proc_ops& ops, void* context)
      : FileNode(std::string("/proc/") + path, machine().lock_order.next_id()),
        ops_(ops),
        context_(context) {}

  int open(void** state) override {
    *state = new Reader;
    return 0;
  }

  void release(void* state, bool) override { delete static_cast<Reader*>(state); }

  long ioctl(void*, uint32_t, uint32_t, uint32_t) override { return -T31_ENOTTY; }

  long read(void* state, void* buffer, size_t size, uint32_t) override {
    Reader& reader = *static_cast<Reader*>(state);
    const std::scoped_lock lock(reader.mutex);
    if (!reader.rendered) {
      if (ops_.show != nullptr) ops_.show(context_, &reader.text);
      reader.rendered = true;
    }
    const std::string& text = reader.text.text;
    const size_t count = std::min(size, text.size() - reader.offset);
    if (count > 0) memcpy(buffer, text.data() + reader.offset, count);
    reader.offset += count;
    return static_cast<long>(count);
  }

  long write(void*, const void* buffer, size_t size) override {
    if (ops_.write == nullptr) return -T31_EIO;
    if (size > kMostWritten) return -T31_EINVAL;
    const std::string copy(static_cast<const char*>(buffer), size);
    return ops_.write(context_, copy.c_str(), static_cast<u32>(size));
  }

  int poll(void*, uint32_t) override { return 1; }

 private:
  struct Reader {
    std::mutex mutex;
    bool rendered = false;
    size_t offset = 0;
    t31_proc_text text;
  };

  const t31_proc_ops ops_;
  void* const context_;
};

}  // namespace
}  // namespace t31::host

using namespace t31::host;

struct t31_proc {
  explicit t31_proc(std::shared_ptr<ProcFile> shown) : file(std::move(shown)) {}
  std::shared_ptr<ProcFile> file;
};

namespace {

int create_proc(const std::string& path, const t31_proc_ops* ops, void* context, t31_proc** out,
                const void* owner) {
  auto& host = machine();
  might_sleep("t31_port_proc_create");
  if (host.faults.hit("t31_port_proc_create")) return -T31_ENOMEM;
  auto proc = std::make_unique<t31_proc>(std::make_shared<ProcFile>(path.c_str(), *ops, context));
  if (const int error = host.files.add(proc->file); error < 0) return error;
  host.objects.add(ObjectKind::kProcFile, proc.get(), path.c_str(), 0, owner);
  host.trace.mark("proc_create %s", proc->file->name());
  *out = proc.release();
  return 0;
}

}  // namespace

int t31_port_proc_create(const char* name, const struct t31_proc_ops* ops, void* context,
                         struct t31_proc** out) {
  return create_proc(std::string("jz/isp/") + name, ops, context, out, __builtin_return_address(0));
}

int t31_host_proc_create(const char* path, const struct t31_proc_ops* ops, void* context,
                         struct t31_proc** out) {
  return create_proc(path, ops, context, out, __builtin_return_address(0));
}

void t31_port_proc_destroy(struct t31_proc* proc) {
  auto& host = machine();
  might_sleep("t31_port_proc_destroy");
  if (!host.objects.remove(ObjectKind::kProcFile, proc)) {
    return violation("t31_port_proc_destroy of a file that isn't there");
  }
  host.files.remove(*proc->file);
  delete proc;
}

void t31_port_proc_printf(struct t31_proc_text* text, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  va_list copy;
  va_copy(copy, arguments);
  const int length = vsnprintf(nullptr, 0, format, copy);
  va_end(copy);
  const size_t start = text->text.size();
  text->text.resize(start + static_cast<size_t>(length) + 1);
  vsnprintf(text->text.data() + start, static_cast<size_t>(length) + 1, format, arguments);
  text->text.resize(start + static_cast<size_t>(length));
  va_end(arguments);
}
