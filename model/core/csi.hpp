// SPDX-License-Identifier: GPL-2.0-or-later
// csi.hpp - MIPI CSI-2 host controller and its D-PHY.
#pragma once

#include <array>
#include <cstdint>

#include "model/sensor/sensor.hpp"

namespace t31::model {

class Csi {
 public:
  std::uint32_t read(std::uint32_t offset);
  void write(std::uint32_t offset, std::uint32_t value);
  std::uint32_t read_phy(std::uint32_t offset) const;
  void write_phy(std::uint32_t offset, std::uint32_t value);

  enum class Reception {
    kNothing,  // PHY or controller off or in reset: silence
    kErrors,   // lanes or settle time are wrong: no packet survives, ERR1 and ERR2 say why
    kPackets
  };
  // What arrives of a frame sent in this format; sets the error registers.
  // The pads are inputs of the parallel port: PHY on, its mode parallel.
  bool ttl() const { return (phy_reset_n_ & 1) && phy_control0_ != 0 && (parallel_mode_ & 1); }
  Reception receive(const LinkFormat& link);
  // A packet whose data type nobody asked for.
  void report_unrecognised_data_type();
  // What PHY_STATE shows: which sensor is on the link, and whether it sends at this moment.
  void set_link(unsigned lanes, bool sending);

  // Settle code for a lane rate in Mbit/s (hw-pipeline 2.2).
  static unsigned settle_code(unsigned mbps);

 private:
  std::uint32_t phy_state() const;
  bool phy_on() const;
  bool settles(unsigned lane, unsigned mbps) const;

  static constexpr unsigned kLaneGroups = 3;
  std::uint32_t lanes_minus_one_ = 0;
  std::uint32_t phy_shutdown_n_ = 0;
  std::uint32_t phy_reset_n_ = 0;
  std::uint32_t controller_reset_n_ = 0;
  std::uint32_t error1_ = 0;
  std::uint32_t error2_ = 0;
  std::uint32_t mask1_ = 0;
  std::uint32_t mask2_ = 0;

  std::uint32_t phy_control0_ = 0;
  std::uint32_t phy_control1_ = 0;
  std::uint32_t clock_lane_ = 0;
  std::uint32_t parallel_mode_ = 0;
  // A lane whose register has its reset value measures the time itself. Nothing but a write brings
  // that value back: DPHY_RSTZ leaves registers alone (assumptions; the stricter ones).
  std::array<std::uint32_t, kLaneGroups> settle_{};

  unsigned link_lanes_ = 0;
  bool link_sending_ = false;
};

}  // namespace t31::model
