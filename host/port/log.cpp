// SPDX-License-Identifier: GPL-2.0-or-later
#include "host/port/log.hpp"

#include <atomic>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>

#include "driver/port/port.h"
#include "host/machine.hpp"
#include "host/strict/report.hpp"
#include "t31_host_kernel.h"

namespace t31::host {
namespace {

constexpr size_t kLongestLine = 512;
std::atomic<void (*)(const char*)> log_callback{nullptr};

}  // namespace

Log::Log() : show_(getenv("T31_LOG") != nullptr) {}

void Log::add(const std::string& line) {
  if (const auto callback = log_callback.load()) callback(line.c_str());
  const std::scoped_lock lock(mutex_);
  text_ += line + "\n";
  if (show_) fprintf(stderr, "%s\n", line.c_str());
}

void Log::model_line(const char* line) {
  if (show_) fprintf(stderr, "virtual T31: %s\n", line);
}

std::string Log::take() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(text_, {});
}

void set_log_callback(void (*callback)(const char* line)) {
  log_callback = callback;
}

}  // namespace t31::host

using t31::host::machine;

void t31_port_log(enum t31_log_level, const char* format, ...) {
  char line[t31::host::kLongestLine];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  machine().log.add(std::string("tx-isp: ") + line);
}

void t31_port_panic(const char* what) {
  t31::host::fatal("panic: %s", what);
}

int t31_port_snprintf(char* buffer, u32 size, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int length = vsnprintf(buffer, size, format, arguments);
  va_end(arguments);
  return length;
}

void t31_host_kernel_log(const char* line) {
  machine().log.add(line);
}
