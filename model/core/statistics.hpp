// SPDX-License-Identifier: GPL-2.0-or-later
// statistics.hpp - DMA of the statistics into their rings of buffers.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "model/core/environment.hpp"
#include "model/pixel/pipeline.hpp"

namespace t31::model {

// In the order in which they finish.
enum class StatisticsEngine : unsigned {
  kExposureZones,
  kExposureHistogram,
  kShortZones,
  kShortHistogram,
  kWhiteBalance,
  kFocus,
  kToneMapping,
  kDefog,
  kFusion,
};
inline constexpr unsigned kStatisticsEngines = 9;

class StatisticsDma {
 public:
  explicit StatisticsDma(Environment& environment) : environment_(environment) {}

  // The registers that tell the buffer filled last, which nobody can write.
  static bool owns(std::uint32_t offset);
  std::uint32_t read(std::uint32_t offset) const;
  void reset();

  static bool on(const IspRegisters& registers, StatisticsEngine engine);
  static bool any_on(const IspRegisters& registers);
  // The bit of the ISP's interrupt status.
  static std::uint32_t interrupt(StatisticsEngine engine);

  // Fills the next buffer of the engine's ring and publishes which it was.
  void deliver(StatisticsEngine engine, const IspRegisters& registers,
               const Statistics& statistics);

 private:
  struct Position {
    unsigned index = 0;
    std::uint32_t address = 0;
  };
  const Position& position(StatisticsEngine engine) const {
    return positions_[static_cast<unsigned>(engine)];
  }

  void number_focus_frame(std::span<std::uint8_t> zones);

  Environment& environment_;
  std::uint8_t focus_frame_ = 0;  // number of the focus statistics delivered last
  std::array<Position, kStatisticsEngines> positions_{};  // of the buffers filled last
};

}  // namespace t31::model
