// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/core/statistics.hpp"

#include <algorithm>

namespace t31::model {
namespace {

constexpr std::uint32_t kEngineEnable = 0x0010;  // pairs of bits: exposure 1:0, white balance 5:4
constexpr std::uint32_t kExposureEngine = 3u << 0;
constexpr std::uint32_t kWhiteBalanceEngine = 3u << 4;

constexpr std::uint32_t kZoneAddress = 0xa02c;
constexpr std::uint32_t kHistogramAddress = 0xa03c;
constexpr std::uint32_t kExposureDma = 0xa04c;  // zones [5:4], histogram [1:0]
constexpr std::uint32_t kWhiteBalanceAddress = 0xb03c;
constexpr std::uint32_t kWhiteBalanceDma = 0xb04c;

// A DMA field holds the number of the ring's last buffer; 0 switches the engine off.
unsigned zones_last(const IspRegisters& r) {
  return r[kExposureDma] >> 4 & 3;
}
unsigned histogram_last(const IspRegisters& r) {
  return r[kExposureDma] & 3;
}
unsigned white_balance_last(const IspRegisters& r) {
  return r[kWhiteBalanceDma] & 3;
}

}  // namespace

std::uint32_t StatisticsDma::read(std::uint32_t offset) const {
  return offset == kExposureIndex ? zones_ << 4 | histogram_ : white_balance_;
}

bool StatisticsDma::zones_on(const IspRegisters& r) {
  return (r[kEngineEnable] & kExposureEngine) == kExposureEngine && zones_last(r) > 0;
}

bool StatisticsDma::histogram_on(const IspRegisters& r) {
  return (r[kEngineEnable] & kExposureEngine) == kExposureEngine && histogram_last(r) > 0;
}

bool StatisticsDma::white_balance_on(const IspRegisters& r) {
  return (r[kEngineEnable] & kWhiteBalanceEngine) == kWhiteBalanceEngine &&
         white_balance_last(r) > 0;
}

void StatisticsDma::deliver(const IspRegisters& registers, std::uint32_t first_address_register,
                            unsigned last, std::span<const std::uint8_t> bytes, unsigned& index) {
  index = (index + 1) % (last + 1);
  const std::uint32_t address = registers[first_address_register + 4 * index];
  const auto target = environment_.memory(address, bytes.size());
  if (!target.empty()) std::copy(bytes.begin(), bytes.end(), target.begin());
}

void StatisticsDma::deliver_zones(const IspRegisters& registers, const Statistics& statistics) {
  deliver(registers, kZoneAddress, zones_last(registers), statistics.ae_zones, zones_);
}

void StatisticsDma::deliver_histogram(const IspRegisters& registers, const Statistics& statistics) {
  deliver(registers, kHistogramAddress, histogram_last(registers), statistics.ae_histogram,
          histogram_);
}

void StatisticsDma::deliver_white_balance(const IspRegisters& registers,
                                          const Statistics& statistics) {
  deliver(registers, kWhiteBalanceAddress, white_balance_last(registers), statistics.awb_zones,
          white_balance_);
}

}  // namespace t31::model
