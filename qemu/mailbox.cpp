// SPDX-License-Identifier: GPL-2.0-or-later
#include "qemu/mailbox.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "qemu/camera.hpp"
#include "qemu/mailbox.h"

namespace t31::qemu {
namespace {

bool copy(std::uint32_t address, void* bytes, std::size_t size, bool to_guest) {
  return address_space_rw(&address_space_memory, address, kUnspecified, bytes, size, to_guest) == 0;
}

int transfer(std::uint32_t address) {
  t31_mailbox_transfer shared;
  if (!copy(address, &shared, sizeof shared, false)) return -EFAULT;
  if (shared.count == 0 || shared.count > T31_MAILBOX_MESSAGES) return -EINVAL;
  t31_model_i2c_msg messages[T31_MAILBOX_MESSAGES];
  for (unsigned i = 0; i < shared.count; ++i) {
    const auto& from = shared.message[i];
    if (from.offset + from.length > T31_MAILBOX_DATA) return -EINVAL;
    messages[i] = {from.address, from.flags, from.length, shared.data + from.offset};
  }
  const int result = Camera::instance().transfer({messages, shared.count});
  copy(address, &shared, sizeof shared, true);
  return result;
}

int write_file(std::uint32_t address) {
  t31_mailbox_file file;
  if (!copy(address, &file, sizeof file, false)) return -EFAULT;
  const char* const folder = std::getenv("T31_QEMU_OUT");
  const std::string name(file.name, strnlen(file.name, sizeof file.name));
  if (folder == nullptr) return -ENOENT;
  if (name.empty() || name.front() == '.' || name.find('/') != std::string::npos) return -EINVAL;
  if (file.bytes > T31_MAILBOX_LARGEST_FILE) return -E2BIG;
  std::vector<char> bytes(file.bytes);
  if (!copy(file.address, bytes.data(), bytes.size(), false)) return -EFAULT;
  std::ofstream out(std::string(folder) + "/" + name, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return out.good() ? 0 : -EIO;
}

int attach(std::uint32_t address) {
  t31_mailbox_text shared;
  if (!copy(address, &shared, sizeof shared, false)) return -EFAULT;
  shared.text[sizeof shared.text - 1] = '\0';
  const std::string json = shared.text;
  shared.text[0] = '\0';
  const int result = Camera::instance().attach(json.c_str(), shared.text);
  copy(address, &shared, sizeof shared, true);
  return result;
}

std::uint64_t read_register(void*, std::uint64_t offset, unsigned) {
  return Mailbox::instance().read(static_cast<std::uint32_t>(offset));
}

void write_register(void*, std::uint64_t offset, std::uint64_t value, unsigned) {
  Mailbox::instance().write(static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(value));
}

}  // namespace

// The line goes to a controller that sees edges only; so the guest says when it has looked.
void Mailbox::update_line() {
  if (line_) line_((levels_ & enabled_) != 0);
}

void Mailbox::set_level(unsigned model_line, bool high) {
  const std::uint32_t bit =
      1u << (model_line == T31_MODEL_IRQ_ISP ? T31_MAILBOX_LINE_ISP : T31_MAILBOX_LINE_VIC);
  levels_ = high ? levels_ | bit : levels_ & ~bit;
  update_line();
}

std::uint32_t Mailbox::read(std::uint32_t offset) const {
  switch (offset) {
    case T31_MAILBOX_ID:
      return T31_MAILBOX_MAGIC;
    case T31_MAILBOX_PENDING:
      return levels_ & enabled_;
    case T31_MAILBOX_ENABLE:
      return enabled_;
    case T31_MAILBOX_RESULT:
      return static_cast<std::uint32_t>(result_);
    default:
      return 0;
  }
}

void Mailbox::write(std::uint32_t offset, std::uint32_t value) {
  switch (offset) {
    case T31_MAILBOX_ENABLE:
      enabled_ = value & ((1u << T31_MAILBOX_LINES) - 1);
      update_line();
      break;
    case T31_MAILBOX_END:
      if (line_) line_(false);
      update_line();
      break;
    case T31_MAILBOX_I2C:
      result_ = transfer(value);
      break;
    case T31_MAILBOX_FILE:
      result_ = write_file(value);
      break;
    case T31_MAILBOX_SENSOR:
      result_ = attach(value);
      break;
    default:
      break;
  }
}

void Mailbox::map(int priority, std::function<void(bool)> line) {
  static const MemoryRegionOps kOps = word_registers(read_register, write_register);
  line_ = std::move(line);
  add_region("t31-mailbox", T31_MAILBOX_BASE, T31_MAILBOX_BYTES, kOps, nullptr, priority);
}

}  // namespace t31::qemu
