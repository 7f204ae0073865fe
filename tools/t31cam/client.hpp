// SPDX-License-Identifier: GPL-2.0-or-later
// client.hpp - a client of the camera's device nodes: descriptors and memory as C++ objects. All
// errors are thrown as Failure.
#pragma once

#include <cstdint>
#include <new>
#include <string>
#include <vector>

#include "t31_host.h"
#include "t31cam/errors.hpp"

namespace t31::cam {

// The message for a negative errno.
std::string error_text(long code);

// One T in memory that the 32-bit ABI can address.
template <typename T>
class UserMemory {
 public:
  explicit UserMemory(const T& value = T{}) {
    void* memory = t31_host_user_alloc(sizeof(T));
    if (memory == nullptr) throw Failure("out of client memory");
    value_ = new (memory) T(value);
  }
  ~UserMemory() { t31_host_user_free(value_); }
  UserMemory(const UserMemory&) = delete;
  UserMemory& operator=(const UserMemory&) = delete;

  T& operator*() { return *value_; }
  T* operator->() { return value_; }
  std::uint32_t address() const { return t31_host_user_address(value_); }

 private:
  T* value_;
};

// An open device node or proc file.
class Node {
 public:
  explicit Node(std::string path);
  ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  // The raw result: negative errno on error.
  int try_call(std::uint32_t command, std::uint32_t argument) const;
  // Throws "PATH: WHAT: reason" on error.
  int call(const char* what, std::uint32_t command, std::uint32_t argument = 0) const;
  template <typename T>
  int call(const char* what, std::uint32_t command, const UserMemory<T>& argument) const {
    return call(what, command, argument.address());
  }
  // Reads to the end of the file.
  std::string read_all() const;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  int descriptor_;
};

// Reserved memory, handed out from its start to its end; all is given back with the object.
class ReservedMemory {
 public:
  // 4 KiB aligned bus address of `size` bytes.
  std::uint32_t allocate(std::uint32_t size, const char* what);

 private:
  std::uint32_t used_ = 0;
};

}  // namespace t31::cam
