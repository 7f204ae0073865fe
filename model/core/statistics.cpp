// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/core/statistics.hpp"

#include <algorithm>

#include "model/core/isp_top.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kBypass = 0x000c;
// Pairs of bits: exposure 1:0, short exposure 3:2, white balance 5:4; focus 8, fusion 9
// (assumption: every recording sets bit 8, those of two exposures bit 9 as well).
constexpr std::uint32_t kEngineEnable = 0x0010;
constexpr std::uint32_t kFusionBypass = 1u << 3;
constexpr std::uint32_t kToneMappingBypass = 1u << 7;
constexpr std::uint32_t kDefogBypass = 1u << 11;

// The buffer filled last: indices of zones [5:4] and histogram [1:0], index, address, address.
constexpr std::uint32_t kExposureIndex = 0xa050;
constexpr std::uint32_t kShortIndex = 0xa850;
constexpr std::uint32_t kWhiteBalanceIndex = 0xb050;
constexpr std::uint32_t kFocusIndex = 0xb8bc;
constexpr std::uint32_t kToneMappingAddress = 0x44b0;
constexpr std::uint32_t kDefogAddress = 0x5ba4;
constexpr std::uint32_t kFusionAddress = 0x2680;

struct Engine {
  std::uint32_t addresses;  // four registers
  std::uint32_t dma;        // holds the number of the ring's last buffer; 0 switches off
  unsigned dma_shift;       // two bits there
  std::uint32_t enable;     // bits of 0x0010 that must be set
  std::uint32_t bypass;     // bit of 0x000c that must be clear
  std::uint32_t interrupt;
  std::span<const std::uint8_t> (*bytes)(const Statistics&);
};

template <auto Member>
std::span<const std::uint8_t> bytes_of(const Statistics& statistics) {
  return statistics.*Member;
}

constexpr std::array<Engine, kStatisticsEngines> kEngines{{
    {0xa02c, 0xa04c, 4, 3u << 0, 0, kIspExposureZones, bytes_of<&Statistics::ae_zones>},
    {0xa03c, 0xa04c, 0, 3u << 0, 0, kIspExposureHistogram, bytes_of<&Statistics::ae_histogram>},
    {0xa82c, 0xa84c, 4, 3u << 2, 0, kIspShortZones, bytes_of<&Statistics::short_zones>},
    {0xa83c, 0xa84c, 0, 3u << 2, 0, kIspShortHistogram, bytes_of<&Statistics::short_histogram>},
    {0xb03c, 0xb04c, 0, 3u << 4, 0, kIspWhiteBalance, bytes_of<&Statistics::awb_zones>},
    {0xb8a8, 0xb8b8, 0, 1u << 8, 0, kIspFocus, bytes_of<&Statistics::focus_zones>},
    {0x4494, 0x4490, 0, 0, kToneMappingBypass, kIspToneMapping, bytes_of<&Statistics::adr>},
    {0x5b84, 0x5b80, 0, 0, kDefogBypass, kIspDefog, bytes_of<&Statistics::defog>},
    {0x2010, 0x2024, 0, 1u << 9, kFusionBypass, kIspFusion, bytes_of<&Statistics::wdr>},
}};

const Engine& engine_of(StatisticsEngine engine) {
  return kEngines[static_cast<unsigned>(engine)];
}

unsigned last_buffer(const IspRegisters& registers, const Engine& engine) {
  return registers[engine.dma] >> engine.dma_shift & 3;
}

}  // namespace

bool StatisticsDma::owns(std::uint32_t offset) {
  return offset == kExposureIndex || offset == kShortIndex || offset == kFusionAddress ||
         offset == kWhiteBalanceIndex || offset == kFocusIndex || offset == kToneMappingAddress ||
         offset == kDefogAddress;
}

std::uint32_t StatisticsDma::read(std::uint32_t offset) const {
  switch (offset) {
    case kExposureIndex:
      return position(StatisticsEngine::kExposureZones).index << 4 |
             position(StatisticsEngine::kExposureHistogram).index;
    case kShortIndex:
      return position(StatisticsEngine::kShortZones).index << 4 |
             position(StatisticsEngine::kShortHistogram).index;
    case kWhiteBalanceIndex:
      return position(StatisticsEngine::kWhiteBalance).index;
    case kFocusIndex:
      return position(StatisticsEngine::kFocus).index;
    case kToneMappingAddress:
      return position(StatisticsEngine::kToneMapping).address;
    case kDefogAddress:
      return position(StatisticsEngine::kDefog).address;
    case kFusionAddress:
      return position(StatisticsEngine::kFusion).address;
    default:
      return 0;
  }
}

void StatisticsDma::reset() {
  positions_ = {};
  focus_frame_ = 0;
}

bool StatisticsDma::on(const IspRegisters& registers, StatisticsEngine which) {
  const Engine& engine = engine_of(which);
  return (registers[kEngineEnable] & engine.enable) == engine.enable &&
         (registers[kBypass] & engine.bypass) == 0 && last_buffer(registers, engine) > 0;
}

bool StatisticsDma::any_on(const IspRegisters& registers) {
  for (unsigned i = 0; i < kStatisticsEngines; ++i) {
    if (on(registers, static_cast<StatisticsEngine>(i))) return true;
  }
  return false;
}

std::uint32_t StatisticsDma::interrupt(StatisticsEngine engine) {
  return engine_of(engine).interrupt;
}

void StatisticsDma::deliver(StatisticsEngine which, const IspRegisters& registers,
                            const Statistics& statistics) {
  const Engine& engine = engine_of(which);
  Position& position = positions_[static_cast<unsigned>(which)];
  position.index = (position.index + 1) % (last_buffer(registers, engine) + 1);
  position.address = registers[engine.addresses + 4 * position.index];
  const auto bytes = engine.bytes(statistics);
  const auto target = environment_.memory(position.address, bytes.size());
  if (!target.empty()) std::copy(bytes.begin(), bytes.end(), target.begin());
  if (which == StatisticsEngine::kFocus) number_focus_frame(target);
}

// Two bits of the number in the last bits of each of the first four records.
void StatisticsDma::number_focus_frame(std::span<std::uint8_t> zones) {
  constexpr unsigned kRecord = 16, kRecords = 4, kShift = 6;
  ++focus_frame_;
  if (zones.empty()) return;
  for (unsigned i = 0; i < kRecords; ++i) {
    std::uint8_t& last = zones[kRecord * i + kRecord - 1];
    last = static_cast<std::uint8_t>((last & 0x3f) | (focus_frame_ >> 2 * i & 3) << kShift);
  }
}

}  // namespace t31::model
