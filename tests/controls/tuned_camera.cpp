// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/controls/tuned_camera.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

namespace t31::test {

std::string shared_path(const std::string& relative) {
  const char* given = std::getenv("T31_SHARED");
  return std::string(given != nullptr ? given : T31_SHARED_DIR) + "/" + relative;
}

TuningFile TuningFile::published(const std::string& name) {
  TuningFile file;
  std::ifstream stream(shared_path("data/tuning/" + name), std::ios::binary);
  file.bytes_.assign(std::istreambuf_iterator<char>(stream), {});
  return file;
}

std::span<std::uint8_t> TuningFile::bank(bool night) {
  return std::span(bytes_).subspan(kFileHeader + (night ? kBankBytes : 0), kBankBytes);
}

std::uint32_t TuningFile::word(bool night, std::uint32_t offset) const {
  std::uint32_t value = 0;
  std::memcpy(&value, &bytes_[kFileHeader + (night ? kBankBytes : 0) + offset], 4);
  return value;
}

void TuningFile::set_word(bool night, std::uint32_t offset, std::uint32_t value) {
  std::memcpy(&bank(night)[offset], &value, 4);
}

void TuningFile::write(const std::string& path) {
  static constexpr std::array<std::uint32_t, 8> kTable = {0x00000000, 0x77073096, 0xee0e612c,
                                                          0x990951ba, 0x076dc419, 0x706af48f,
                                                          0xe963a535, 0x9e6495a3};
  std::uint32_t sum = 0;
  for (std::size_t at = kFileHeader; at + 4 <= bytes_.size(); at += 4) {
    std::uint32_t word = 0;
    std::memcpy(&word, &bytes_[at], 4);
    sum ^= word;
    sum ^= kTable[sum & 7];
  }
  std::memcpy(&bytes_[20], &sum, 4);
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes_.data()),
             static_cast<std::streamsize>(bytes_.size()));
}

int Tisp::open(int flags) {
  const int result = t31_host_open("/dev/tisp", flags);
  if (result < 0) return result;
  fd_ = result;
  return 0;
}

int Tisp::close() {
  const int result = t31_host_close(fd_);
  fd_ = -1;
  return result;
}

Tisp::~Tisp() {
  if (fd_ >= 0) close();
}

int Tisp::get_array(std::uint32_t id, std::vector<std::uint8_t>& bytes) {
  exchange_->id = id;
  const int result = ioctl(T31_TISP_GET_ARRAY);
  if (result == 0) bytes.assign(exchange_->data, exchange_->data + exchange_->size);
  return result;
}

int Tisp::set_array(std::uint32_t id, std::span<const std::uint8_t> bytes) {
  exchange_->id = id;
  exchange_->size = static_cast<std::uint32_t>(bytes.size());
  std::memcpy(exchange_->data, bytes.data(), bytes.size());
  return ioctl(T31_TISP_SET_ARRAY);
}

std::vector<ArrayRow> catalogue() {
  std::vector<ArrayRow> rows;
  std::ifstream stream(shared_path("spec/tuning-blob.csv"));
  std::string line;
  std::getline(stream, line);
  while (std::getline(stream, line)) {
    std::istringstream fields(line);
    std::string offset, bytes, type, count, block, name, id;
    for (std::string* field : {&offset, &bytes, &type, &count, &block, &name, &id}) {
      std::getline(fields, *field, ',');
    }
    if (type == "pad") continue;
    rows.push_back({static_cast<std::uint32_t>(std::stoul(id)),
                    static_cast<std::uint32_t>(std::stoul(offset)),
                    static_cast<std::uint32_t>(std::stoul(bytes)), block, name});
  }
  return rows;
}

void take_frames(Channel& channel, unsigned count) {
  for (unsigned i = 0; i < count; ++i) {
    Frame frame;
    ASSERT_EQ(channel.dequeue(frame), 0);
    ASSERT_EQ(channel.queue(frame.index), 0);
  }
}

}  // namespace t31::test
