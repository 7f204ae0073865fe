// SPDX-License-Identifier: GPL-2.0-or-later
// traffic.hpp - I2C traffic in words: "0100=01 r320c(08)", as recorded for every driver.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "t31_host_kernel.h"

namespace t31::sdk {

// Hears the virtual camera's I2C bus as long as it lives. Everything runs on one thread at a time.
class Listener {
 public:
  Listener();
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  void clear();
  const std::string& text() const { return text_; }
  // Registers that were read, in the order of their first read.
  const std::vector<std::uint16_t>& reads() const { return reads_; }
  unsigned writes() const { return writes_; }
  unsigned failures() const { return failures_; }
  // Of the last read: bytes of a register's address. 0: nothing was read yet.
  unsigned address_bytes() const { return address_bytes_; }
  // What writes are taken for before anything is read.
  void assume(unsigned address_bytes) { address_bytes_ = address_bytes; }
  // From now on it is noted by which calls through an object the last read was made.
  void trace(std::filesystem::path object) { object_ = std::move(object); }
  const std::vector<std::uint64_t>& last_read() const { return last_read_; }

 private:
  static void heard(void* context, const struct t31_model_i2c_msg* messages, int count, int result);
  void hear(const struct t31_model_i2c_msg* messages, int count, int result);
  void note_write(const struct t31_model_i2c_msg& message);

  std::string text_;
  std::vector<std::uint16_t> reads_;
  unsigned writes_ = 0;
  unsigned failures_ = 0;
  unsigned address_bytes_ = 0;
  std::filesystem::path object_;
  std::vector<std::uint64_t> last_read_;
};

// One event of a recorded test run.
struct Reference {
  std::string event;  // "s_stream", "EXPO", ...
  std::uint32_t argument = 0;
  int result = 0;
  unsigned syncs = 0;
  std::string traffic = {};
};

// sensor-event-writes.csv: by driver, in the order of the run. Empty when there is no such file.
std::map<std::string, std::vector<Reference>> read_references(const std::filesystem::path& file);

}  // namespace t31::sdk
