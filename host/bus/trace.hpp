// SPDX-License-Identifier: GPL-2.0-or-later
// trace.hpp - the register trace: accesses as "W,UNIT,OFFSET,VALUE", what led to them as "# ...".
#pragma once

#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>

namespace t31::host {

class Trace {
 public:
  // Negative errno when the file can't be created.
  int open(const char* path);
  bool on() const { return file_ != nullptr; }

  void access(char kind, uint32_t address, uint32_t value);
  // A line starting with "# "; nothing without a trace.
  void mark(const char* format, ...) __attribute__((format(printf, 2, 3)));
  void mark(const char* format, va_list arguments);
  // The driver opens a file: marked once for a series of calls with the same path.
  void mark_file(const char* path);

 private:
  struct Close {
    void operator()(FILE* file) const { fclose(file); }
  };
  std::unique_ptr<FILE, Close> file_;
  std::mutex mutex_;
  std::string last_file_;
};

}  // namespace t31::host
