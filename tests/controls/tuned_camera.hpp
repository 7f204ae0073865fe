// SPDX-License-Identifier: GPL-2.0-or-later
// tuned_camera.hpp - a camera whose tuning files a test writes, and clients of its tuning nodes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tests/camera/client.hpp"
#include "uapi/t31/tisp.h"

namespace t31::test {

inline constexpr std::uint32_t kBankBytes = 79856;
inline constexpr std::uint32_t kFileHeader = 24;

// A tuning file as bytes, for tests to change; offsets are those of the file format's
// specification.
class TuningFile {
 public:
  // A published file; empty without shared data.
  static TuningFile published(const std::string& name);
  bool present() const { return !bytes_.empty(); }

  // A word of the day or the night bank.
  std::uint32_t word(bool night, std::uint32_t offset) const;
  void set_word(bool night, std::uint32_t offset, std::uint32_t value);
  std::span<std::uint8_t> bank(bool night);
  std::vector<std::uint8_t>& bytes() { return bytes_; }
  // With the right checksum (an independent implementation of tuning-blob 1.2).
  void write(const std::string& path);

 private:
  std::vector<std::uint8_t> bytes_;
};

// /dev/tisp.
class Tisp {
 public:
  int open(int flags = 0);
  int close();
  ~Tisp();
  int ioctl(std::uint32_t command) { return t31_host_ioctl(fd_, command, exchange_.address()); }
  int descriptor() const { return fd_; }
  t31_tool_exchange& exchange() { return *exchange_; }

  int get_array(std::uint32_t id, std::vector<std::uint8_t>& bytes);
  int set_array(std::uint32_t id, std::span<const std::uint8_t> bytes);

 private:
  int fd_ = -1;
  User<t31_tool_exchange> exchange_;
};

// One row of the specification's table of arrays.
struct ArrayRow {
  std::uint32_t id;
  std::uint32_t offset, bytes;
  std::string block, name;
};
// Empty without shared data.
std::vector<ArrayRow> catalogue();

std::string shared_path(const std::string& relative);

// Takes and gives back `count` frames of a channel that streams with two buffers.
void take_frames(Channel& channel, unsigned count);

}  // namespace t31::test
