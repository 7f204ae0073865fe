// SPDX-License-Identifier: GPL-2.0-or-later
// statistics.hpp - DMA of the exposure and white-balance statistics into their rings of buffers.
#pragma once

#include <cstdint>
#include <span>

#include "model/core/environment.hpp"
#include "model/pixel/pipeline.hpp"

namespace t31::model {

class StatisticsDma {
 public:
  static constexpr std::uint32_t kExposureIndex = 0xa050;
  static constexpr std::uint32_t kWhiteBalanceIndex = 0xb050;

  explicit StatisticsDma(Environment& environment) : environment_(environment) {}

  // The registers of buffer indices, which nobody can write.
  static bool owns(std::uint32_t offset) {
    return offset == kExposureIndex || offset == kWhiteBalanceIndex;
  }
  std::uint32_t read(std::uint32_t offset) const;
  void reset() { zones_ = histogram_ = white_balance_ = 0; }

  static bool zones_on(const IspRegisters& registers);
  static bool histogram_on(const IspRegisters& registers);
  static bool white_balance_on(const IspRegisters& registers);

  // Each fills the next buffer of its ring and publishes its index.
  void deliver_zones(const IspRegisters& registers, const Statistics& statistics);
  void deliver_histogram(const IspRegisters& registers, const Statistics& statistics);
  void deliver_white_balance(const IspRegisters& registers, const Statistics& statistics);

 private:
  void deliver(const IspRegisters& registers, std::uint32_t first_address_register, unsigned last,
               std::span<const std::uint8_t> bytes, unsigned& index);

  Environment& environment_;
  unsigned zones_ = 0, histogram_ = 0, white_balance_ = 0;
};

}  // namespace t31::model
