// SPDX-License-Identifier: GPL-2.0-or-later
// log.hpp - the kernel log of the machine: what the driver and sensor drivers say.
#pragma once

#include <mutex>
#include <string>

namespace t31::host {

class Log {
 public:
  Log();

  void add(const std::string& line);
  // Diagnosis of the virtual T31: shown, but no line of the driver.
  void model_line(const char* line);
  // Everything since the last call.
  std::string take();

 private:
  const bool show_;  // environment variable T31_LOG
  std::mutex mutex_;
  std::string text_;
};

// Every line, as it comes, goes there too; null: nowhere.
void set_log_callback(void (*callback)(const char* line));

}  // namespace t31::host
