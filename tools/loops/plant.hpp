// SPDX-License-Identifier: GPL-2.0-or-later
// plant.hpp - what automatic exposure controls, small: a lit scene, a sensor whose settings act
// some frames later, its steps of gain, and the statistics engine's DMA records of what it sees.
#pragma once

#include <array>
#include <deque>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "driver/control/ae_settings.hpp"
#include "loops/sensor_gains.hpp"

namespace t31::loops {

struct PlantExposure {
  u32 lines = 1;
  u32 again = 1024;
  u32 isp_dgain = 1024;
  double product() const { return lines * (again / 1024.0) * (isp_dgain / 1024.0); }
};

// Mains light: a share of it goes out and on again twice a period.
struct PlantFlicker {
  double hertz = 0;
  double depth = 0;  // 1: dark between the peaks
};

class Plant {
 public:
  static constexpr u32 kWidth = 1920, kHeight = 1080;
  static constexpr u32 kFrameLines = 1350, kFps = 25;

  explicit Plant(unsigned latency) : latency_(latency) {}

  GainTable gains;
  u32 max_isp_dgain = 65535;
  double radiance = 1;  // mean luma of an even scene per line of exposure
  int mean_noise = 0;   // levels, the same for all zones of a frame
  PlantFlicker flicker;
  std::function<double(u32 zone)> scene = [](u32) { return 1.0; };

  // What the sensor is told in this frame; acts `latency` frames later. Returns what is realised.
  PlantExposure tell(const control::AeShares& shares);
  // Frame that settings told now will act in.
  u32 acts_in() const { return frame_ + latency_; }
  // The exposure in force, at once.
  void force(const PlantExposure& exposure) { now_ = exposure; }

  // Takes a frame; statistics are in the buffers afterwards.
  void expose();
  u32 frame() const { return frame_; }
  // Luma of an even scene, before whole levels and without noise.
  double luma() const { return luma_; }
  const PlantExposure& exposure() const { return now_; }
  const u8* zones() const { return reinterpret_cast<const u8*>(zones_.data()); }
  const u8* histogram() const { return reinterpret_cast<const u8*>(histogram_.data()); }
  // Largest over smallest row of an even scene in this frame, less 1.
  double banding() const;

 private:
  double lit(double first_line) const;
  void write_zone(u32 zone, u32 level);

  unsigned latency_;
  u32 frame_ = 0xffffffff;  // the first is 0
  PlantExposure now_;
  struct Told {
    u32 frame;
    PlantExposure exposure;
  };
  std::deque<Told> told_;
  double luma_ = 0;
  std::mt19937 random_{1};
  alignas(16) std::array<u32, 1024> zones_{};
  alignas(16) std::array<u32, 512> histogram_{};
};

}  // namespace t31::loops
