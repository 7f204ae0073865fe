// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/core/csi.hpp"

#include <algorithm>
#include <utility>

namespace t31::model {
namespace {

constexpr std::uint32_t kVersion = 0x00;
constexpr std::uint32_t kLanes = 0x04;
constexpr std::uint32_t kPhyShutdown = 0x08;
constexpr std::uint32_t kPhyReset = 0x0c;
constexpr std::uint32_t kControllerReset = 0x10;
constexpr std::uint32_t kPhyState = 0x14;
constexpr std::uint32_t kError1 = 0x20;
constexpr std::uint32_t kError2 = 0x24;
constexpr std::uint32_t kMask1 = 0x28;
constexpr std::uint32_t kMask2 = 0x2c;
constexpr std::uint32_t kVersionValue = 0x3130322a;

constexpr std::uint32_t kPhyControl0 = 0x000;
constexpr std::uint32_t kPhyControl1 = 0x080;
constexpr std::uint32_t kClockLane = 0x128;
constexpr std::uint32_t kSettle0 = 0x160;
constexpr std::uint32_t kSettleStride = 0x80;
constexpr std::uint32_t kSettleAtReset = 0;
constexpr std::uint32_t kParallelMode = 0x2cc;

// ERR1: start-of-transmission errors per lane, frame boundary mismatch of virtual channel 0.
constexpr std::uint32_t kFrameBoundary = 1u << 4;
// ERR2: data identifier not recognised, virtual channel 0.
constexpr std::uint32_t kDataIdentifier = 1u << 12;

// Chip lanes; a third settle group exists without a lane.
constexpr unsigned kChipLanes = 2;
// A lane locks with the right settle code or one of its neighbours (assumption: the D-PHY's
// tolerance is about one step of the table).
constexpr unsigned kSettleTolerance = 1;

}  // namespace

unsigned Csi::settle_code(unsigned mbps) {
  constexpr unsigned kUpperBounds[] = {110, 150, 200, 250, 300, 400, 500, 600, 700, 800, 1000};
  unsigned code = 0;
  if (mbps < 80) return 11;
  for (unsigned bound : kUpperBounds) {
    if (mbps < bound) break;
    ++code;
  }
  return code;
}

std::uint32_t Csi::phy_state() const {
  if (!(phy_reset_n_ & 1) || link_lanes_ == 0) return 0;
  constexpr std::uint32_t kClockActive = 1u << 8;
  constexpr std::uint32_t kNotUltraLowPower = 1u << 9;
  constexpr std::uint32_t kClockStopped = 1u << 10;
  if (link_sending_) return kNotUltraLowPower | kClockActive;
  const std::uint32_t data_lanes = (1u << std::min(link_lanes_, kChipLanes)) - 1;
  return kClockStopped | kNotUltraLowPower | data_lanes << 4;
}

std::uint32_t Csi::read(std::uint32_t offset) {
  switch (offset) {
    case kVersion:
      return kVersionValue;
    case kLanes:
      return lanes_minus_one_;
    case kPhyShutdown:
      return phy_shutdown_n_;
    case kPhyReset:
      return phy_reset_n_;
    case kControllerReset:
      return controller_reset_n_;
    case kPhyState:
      return phy_state();
    case kError1:
      return std::exchange(error1_, 0);
    case kError2:
      return std::exchange(error2_, 0);
    case kMask1:
      return mask1_;
    case kMask2:
      return mask2_;
    default:
      return 0;
  }
}

void Csi::write(std::uint32_t offset, std::uint32_t value) {
  switch (offset) {
    case kLanes:
      lanes_minus_one_ = value & 3;
      break;
    case kPhyShutdown:
      phy_shutdown_n_ = value & 1;
      break;
    case kPhyReset:
      phy_reset_n_ = value & 1;
      break;
    case kControllerReset:
      controller_reset_n_ = value & 1;
      break;
    case kMask1:
      mask1_ = value;
      break;
    case kMask2:
      mask2_ = value;
      break;
    default:
      break;
  }
}

std::uint32_t Csi::read_phy(std::uint32_t offset) const {
  switch (offset) {
    case kPhyControl0:
      return phy_control0_;
    case kPhyControl1:
      return phy_control1_;
    case kClockLane:
      return clock_lane_;
    case kParallelMode:
      return parallel_mode_;
    default:
      for (unsigned i = 0; i < kLaneGroups; ++i)
        if (offset == kSettle0 + kSettleStride * i) return settle_[i];
      return 0;
  }
}

void Csi::write_phy(std::uint32_t offset, std::uint32_t value) {
  switch (offset) {
    case kPhyControl0:
      phy_control0_ = value;
      return;
    case kPhyControl1:
      phy_control1_ = value;
      return;
    case kClockLane:
      clock_lane_ = value;
      return;
    case kParallelMode:
      parallel_mode_ = value;
      return;
    default:
      break;
  }
  for (unsigned i = 0; i < kLaneGroups; ++i) {
    if (offset == kSettle0 + kSettleStride * i) settle_[i] = value;
  }
}

bool Csi::phy_on() const {
  return (phy_reset_n_ & 1) && phy_control0_ != 0 && clock_lane_ != 0 && !(parallel_mode_ & 1);
}

bool Csi::settles(unsigned lane, unsigned mbps) const {
  if (settle_[lane] == kSettleAtReset) return true;
  const unsigned right = settle_code(mbps);
  const unsigned code = settle_[lane] & 0xf;
  return (code > right ? code - right : right - code) <= kSettleTolerance;
}

Csi::Reception Csi::receive(const LinkFormat& link) {
  if (!phy_on() || !(controller_reset_n_ & 1)) return Reception::kNothing;
  const unsigned lanes = lanes_minus_one_ + 1;
  std::uint32_t lost_lanes = 0;
  for (unsigned lane = 0; lane < std::min(lanes, kChipLanes); ++lane)
    if (lane >= link.lanes || !settles(lane, link.mbps)) lost_lanes |= 1u << lane;
  if (lost_lanes == 0 && lanes == link.lanes) return Reception::kPackets;
  error1_ |= lost_lanes | kFrameBoundary;
  return Reception::kErrors;
}

void Csi::report_unrecognised_data_type() {
  error2_ |= kDataIdentifier;
}

void Csi::set_link(unsigned lanes, bool sending) {
  link_lanes_ = lanes;
  link_sending_ = sending;
}

}  // namespace t31::model
