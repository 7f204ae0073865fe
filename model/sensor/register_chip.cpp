// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/sensor/register_chip.hpp"

#include <algorithm>

namespace t31::model {

bool RegisterChip::i2c_write(std::span<const std::uint8_t> bytes) {
  const bool cut_address = !bytes.empty() && bytes.size() < address_bytes_;
  if (!alive() || cut_address || bytes.size() > address_bytes_ + data_bytes_) {
    return false;
  }
  if (bytes.size() >= address_bytes_) {
    pointer_ =
        address_bytes_ == 1 ? bytes[0] : static_cast<std::uint16_t>(bytes[0] << 8 | bytes[1]);
  }
  for (std::size_t i = address_bytes_; i < bytes.size(); ++i) {
    write_register(paged(static_cast<std::uint16_t>(pointer_ + i - address_bytes_)), bytes[i]);
  }
  return true;
}

bool RegisterChip::i2c_read(std::span<std::uint8_t> bytes) {
  if (!alive()) {
    return false;
  }
  std::fill(bytes.begin(), bytes.end(), reg(paged(pointer_)));
  return true;
}

void RegisterChip::set_reset(bool high) {
  if (high && in_reset_) {
    restore_defaults();
    pointer_ = 0;
  }
  in_reset_ = !high;
}

void RegisterChip::set_reg16(std::uint16_t address, std::uint32_t value) {
  set_reg(address, static_cast<std::uint8_t>(value >> 8));
  set_reg(static_cast<std::uint16_t>(address + 1), static_cast<std::uint8_t>(value));
}

void RegisterChip::clear_registers() {
  std::fill(registers_.begin(), registers_.end(), std::uint8_t{0});
}

}  // namespace t31::model
