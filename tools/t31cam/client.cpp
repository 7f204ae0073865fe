// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31cam/client.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace t31::cam {

std::string error_text(long code) {
  return std::strerror(static_cast<int>(-code));
}

Node::Node(std::string path)
    : path_(std::move(path)), descriptor_(t31_host_open(path_.c_str(), 0)) {
  if (descriptor_ < 0) throw Failure(fmt::format("{}: {}", path_, error_text(descriptor_)));
}

Node::~Node() {
  t31_host_close(descriptor_);
}

int Node::try_call(std::uint32_t command, std::uint32_t argument) const {
  return t31_host_ioctl(descriptor_, command, argument);
}

int Node::call(const char* what, std::uint32_t command, std::uint32_t argument) const {
  const int result = try_call(command, argument);
  if (result < 0) throw Failure(fmt::format("{}: {}: {}", path_, what, error_text(result)));
  return result;
}

std::string Node::read_all() const {
  std::string text;
  char buffer[4096];
  for (;;) {
    const long count = t31_host_read(descriptor_, buffer, sizeof(buffer));
    if (count < 0) throw Failure(fmt::format("{}: {}", path_, error_text(count)));
    if (count == 0) return text;
    text.append(buffer, static_cast<std::size_t>(count));
  }
}

std::uint32_t ReservedMemory::allocate(std::uint32_t size, const char* what) {
  constexpr std::uint32_t kPage = 4096;
  const std::uint32_t total = t31_host_rmem_size();
  if (size > total - used_) {
    throw Failure(fmt::format("{}: {} bytes needed, {} of {} bytes of reserved memory are free",
                              what, size, total - used_, total));
  }
  const std::uint32_t address = t31_host_rmem_base() + used_;
  used_ += std::min((size + kPage - 1) / kPage * kPage, total - used_);
  return address;
}

}  // namespace t31::cam
