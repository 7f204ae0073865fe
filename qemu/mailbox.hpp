// SPDX-License-Identifier: GPL-2.0-or-later
// mailbox.hpp - QEMU's side of mailbox.h.
#pragma once

#include <cstdint>
#include <functional>

namespace t31::qemu {

class Mailbox {
 public:
  static Mailbox& instance() {
    static Mailbox mailbox;
    return mailbox;
  }

  // `line`: the one interrupt that carries those of the chip; none on a machine that has the chip's
  // own interrupt controller.
  void map(int priority, std::function<void(bool)> line = {});
  // Of the chip's lines, numbered as t31_model.h does.
  void set_level(unsigned model_line, bool high);

  std::uint32_t read(std::uint32_t offset) const;
  void write(std::uint32_t offset, std::uint32_t value);

 private:
  void update_line();

  std::function<void(bool)> line_;
  std::uint32_t levels_ = 0;
  std::uint32_t enabled_ = 0;
  int result_ = 0;
};

}  // namespace t31::qemu
