// SPDX-License-Identifier: GPL-2.0-or-later
// result.hpp - errors as values. A Status is 0 or a negative errno, a Result<T> carries a value or
// one.
#pragma once

#include "driver/port/port_errno.h"
#include "driver/port/port_types.h"

namespace t31 {

// 0 or a negative errno, as the C boundary wants it.
class [[nodiscard]] Status {
 public:
  constexpr Status() = default;
  // `error` is a positive number of port_errno.h.
  static constexpr Status error(int error) { return Status(-error); }
  // From a C function that returns 0 or a negative errno.
  static constexpr Status from(int code) { return Status(code < 0 ? code : 0); }
  constexpr bool ok() const { return code_ == 0; }
  constexpr int code() const { return code_; }
  constexpr bool operator==(const Status&) const = default;

 private:
  explicit constexpr Status(int code) : code_(code) {}
  int code_ = 0;
};

inline constexpr Status kOk{};

template <typename T>
class [[nodiscard]] Result {
 public:
  constexpr Result(T value) : value_(value) {}
  constexpr Result(Status status) : status_(status) {}
  constexpr bool ok() const { return status_.ok(); }
  constexpr Status status() const { return status_; }
  constexpr int code() const { return status_.code(); }
  constexpr const T& value() const { return value_; }

 private:
  T value_{};
  Status status_{};
};

}  // namespace t31
