// SPDX-License-Identifier: GPL-2.0-or-later
#include "host/strict/report.hpp"

#include <atomic>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>

namespace t31::host {
namespace {

std::atomic<void (*)(const char*)> abort_hook{nullptr};

std::string format_text(const char* format, va_list arguments) {
  va_list copy;
  va_copy(copy, arguments);
  const int length = vsnprintf(nullptr, 0, format, copy);
  va_end(copy);
  std::string text(static_cast<size_t>(length), '\0');
  vsnprintf(text.data(), text.size() + 1, format, arguments);
  return text;
}

std::string describe_self() {
  const Thread* const self = Thread::self();
  if (self == nullptr) return "by a thread outside the machine";
  std::string text = "by thread '" + self->name() + "'";
  if (self->in_interrupt) {
    text += " in interrupt context";
  } else if (self->in_system_call) {
    text += " in a system call";
  }
  return text + held_locks_text(*self);
}

std::string print_report(const char* format, va_list arguments) {
  const std::string report =
      "t31 host: " + format_text(format, arguments) + "\n  " + describe_self() + "\n";
  fputs(report.c_str(), stderr);
  fflush(stderr);
  return report;
}

}  // namespace

void violation(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const std::string report = print_report(format, arguments);
  va_end(arguments);
  if (const auto hook = abort_hook.load()) {
    hook(report.c_str());
  } else {
    abort();
  }
}

void fatal(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const std::string report = print_report(format, arguments);
  va_end(arguments);
  if (const auto hook = abort_hook.load()) hook(report.c_str());
  abort();
}

Thread& attached(const char* call) {
  Thread* const self = Thread::self();
  if (self == nullptr) {
    fatal("%s by a thread that isn't part of the machine: t31_host_thread_attach it first", call);
  }
  return *self;
}

void process_context(const char* call) {
  if (attached(call).in_interrupt) violation("%s in interrupt context", call);
}

void might_sleep(const char* call) {
  const Thread& self = attached(call);
  if (self.in_interrupt) {
    violation("%s may sleep, called in interrupt context", call);
  } else if (self.held.spins() > 0) {
    violation("%s may sleep, called under a spin lock", call);
  }
}

void check_nothing_held(const char* where) {
  const Thread& self = *Thread::self();
  if (self.held.locks() > 0) violation("lock still held on return from %s", where);
}

std::string held_locks_text(const Thread& thread) {
  std::string text;
  static constexpr const char* kKinds[] = {"spin lock '", "mutex '", "the end of '"};
  for (unsigned i = 0; i < thread.held.count(); ++i) {
    text += i == 0 ? ", holding " : ", ";
    text += kKinds[static_cast<int>(thread.held[i].kind)];
    text += thread.held[i].name;
    text += "'";
  }
  return text;
}

void set_abort_hook(void (*hook)(const char* report)) {
  abort_hook = hook;
}

}  // namespace t31::host
